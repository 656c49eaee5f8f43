import Canvas
import Experiments
import Landscapes

/// A landscape with the runs of a fan on it, kept between frames: a step adds to it.
struct FanPicture {
  private struct Key: Equatable {
    var ground: PictureCache.Key?
    var experiment: Experiment
    var entry: Int
    var count: Int
  }

  /// The most rows of a run's past that are drawn anew.
  private static let rows = 1024

  private var key: Key?
  private var step = 0
  private var plot = Plot(columns: 0, rows: 0)

  /// The ground with the fan on it, as far as its runs have come but not beyond a step.
  mutating func plot(
    of fan: Fan, until limit: Int, over ground: Plot, _ groundKey: PictureCache.Key?, on landscape: Landscape,
    _ scale: PlotScale, draw: (_ places: [SIMD2<Double>], _ plot: inout Plot) -> Void
  ) -> Plot {
    let key = Key(ground: groundKey, experiment: fan.experiment, entry: fan.entry, count: fan.runs.count)
    let step = min(limit, fan.completeStep)
    var first = self.step
    if key != self.key || step < first {
      self.key = key
      plot = ground
      first = 0
    }
    self.step = step
    guard step > first else { return plot }
    for run in fan.runs {
      let history = run.history
      guard let from = history.index(at: first), let to = history.index(at: step), to > from else { continue }
      let stride = max(1, (to - from) / FanPicture.rows)
      let rows = Array(Swift.stride(from: from, to: to, by: stride)) + [to]
      draw(scale.trail(through: rows.map { landscape.project(history.parameters(at: $0)) }).places, &plot)
    }
    return plot
  }
}
