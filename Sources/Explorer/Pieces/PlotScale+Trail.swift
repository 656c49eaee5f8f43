import Experiments
import Landscapes

extension PlotScale {
  /// The most recorded steps that a trail draws; what is older is drawn from every so many of them.
  private static let trailRows = 2048

  /// The places of a run up to its step, oldest first: the recent ones all, the older ones thinned.
  func trail(of run: Run, on landscape: Landscape) -> [SIMD2<Double>] {
    guard let end = run.history.index(at: run.step) else { return [] }
    let recent = max(0, end - PlotScale.trailRows)
    let stride = max(1, recent / PlotScale.trailRows)
    var places: [SIMD2<Double>] = []
    places.reserveCapacity(end - recent + recent / stride + 2)
    func append(_ index: Int) {
      let point = landscape.project(run.history.parameters(at: index))
      places.append(place(point))
    }
    for index in Swift.stride(from: 0, to: recent, by: stride) { append(index) }
    for index in recent...end { append(index) }
    return places
  }
}
