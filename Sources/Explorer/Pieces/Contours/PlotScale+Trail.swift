import Experiments
import Landscapes

extension PlotScale {
  /// The most recorded steps that a trail draws; what is older is drawn from every so many of them.
  private static let trailRows = 2048

  /// The way of a run up to its step: of the recent steps all are drawn, of the older ones every so many.
  func trail(of run: Run, on landscape: Landscape) -> Trail {
    guard let end = run.history.index(at: run.step) else { return Trail() }
    let recent = max(0, end - PlotScale.trailRows)
    let stride = max(1, recent / PlotScale.trailRows)
    let rows = Array(Swift.stride(from: 0, to: recent, by: stride)) + Array(recent...end)
    return trail(through: rows.map { landscape.project(run.history.parameters(at: $0)) })
  }

  /// The way through points, oldest first.
  func trail(through points: [Point]) -> Trail {
    var trail = Trail()
    if points.count == 1 { trail.append(place(points[0]), age: 0) }
    for (index, (a, b)) in zip(points, points.dropFirst()).enumerated() {
      guard let part = part(from: a, to: b) else { continue }
      trail.append(from: part.from, to: part.to, age: points.count - 2 - index)
    }
    return trail
  }

  /// Where every iterate of a run is, from the start to its step; nil if the history is thinned, or long.
  func places(of run: Run, on landscape: Landscape) -> [SIMD2<Double>]? {
    guard let end = run.history.index(at: run.step), end == run.step, end < PlotScale.trailRows else {
      return nil
    }
    return (0...end).map { place(landscape.project(run.history.parameters(at: $0))) }
  }
}
