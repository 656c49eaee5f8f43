import Experiments
import Landscapes
import OptimizerCore

/// Losses that a run might have had.
extension RunRecord {
  /// The highest loss within a distance of the point of a row.
  func robustLoss(_ row: Int, within distance: Double?) throws(Fault) -> Double? {
    guard let distance else { return nil }
    guard distance >= 0 else {
      throw Fault(message: "a distance is at least 0, got \(NumberText.exact(distance))")
    }
    let landscape = landscape(row)
    guard landscape.dimension == 2 else {
      throw Fault(message: "the loss around a point is looked at where there are two parameters")
    }
    let centre = point(row)
    let step = history.steps[row]
    var highest = history.losses[row]
    for angle in 0..<360 {
      let turn = Double(angle) * .pi / 180
      let (x, y) = (Elementary.cos(turn), Elementary.sin(turn))
      for length in 1...32 {
        let reach = distance * Double(length) / 32
        let loss = landscape.value(at: [centre.x + reach * x, centre.y + reach * y], step: step)
        highest = max(highest, loss)
      }
    }
    return highest
  }

  /// What the points before the steps up to a row have lost, each by the loss of its step, above what a fixed point has.
  func regret(_ row: Int, against x: Double?, _ y: Double?) -> Double? {
    guard let x, let y, history.steps[row] == row else { return nil }
    return (0..<row).reduce(0) { sum, before in
      let landscape = landscape(before + 1)
      return sum + landscape.value(at: Array(history.parameters(at: before)), step: before + 1)
        - landscape.value(at: Point(x, y), step: before + 1)
    }
  }
}
