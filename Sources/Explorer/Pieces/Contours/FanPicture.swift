import Canvas
import Experiments
import Scenes

/// A landscape with the runs of a fan on it, kept between frames: a step adds to it.
struct FanPicture {
  private struct Key: Equatable {
    var ground: PictureCache.Key?
    var experiment: Experiment
    var entry: Int
    var count: Int
  }

  private var key: Key?
  private var step = 0
  private var plot = Plot(columns: 0, rows: 0)

  /// The ground with the fan on it.
  mutating func plot(
    of crowd: Portrait.Crowd, over ground: Plot, _ groundKey: PictureCache.Key?, _ scale: PlotScale,
    draw: (_ places: [SIMD2<Double>], _ plot: inout Plot) -> Void
  ) -> Plot {
    let fan = crowd.fan
    let key = Key(ground: groundKey, experiment: fan.experiment, entry: fan.entry, count: fan.runs.count)
    var first = step
    if key != self.key || crowd.step < first {
      self.key = key
      plot = ground
      first = 0
    }
    step = crowd.step
    guard step > first else { return plot }
    for way in crowd.ways(from: first) { draw(scale.trail(through: way).places, &plot) }
    return plot
  }
}
