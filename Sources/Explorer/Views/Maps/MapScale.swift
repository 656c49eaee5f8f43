import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// From what became of a run to the tone of its half cell.
struct MapScale {
  private let measure: MapMeasure
  private let low: Double
  private let high: Double

  /// The scale of a map: logarithmic, from its fastest run to its slowest, or from its lowest loss to its highest.
  init(_ grid: SweepGrid, measure: MapMeasure) {
    self.measure = measure
    var (low, high) = (Double.infinity, -Double.infinity)
    for case let cell? in grid.cells {
      guard let value = MapScale.value(of: cell, measure) else { continue }
      low = min(low, value)
      high = max(high, value)
    }
    (self.low, self.high) = (low, high)
  }

  /// What is shown of a run, as a logarithm; nil where there is nothing to show.
  private static func value(of cell: SweepCell, _ measure: MapMeasure) -> Double? {
    switch measure {
    case .minimum:
      return cell.restedAt.map { Elementary.log10(Double(max(1, $0))) }
    case .steps:
      return cell.outcome == .reached ? Elementary.log10(Double(max(1, cell.steps))) : nil
    case .evaluations:
      return cell.outcome == .reached ? Elementary.log10(Double(max(1, cell.evaluations))) : nil
    case .loss:
      guard cell.outcome == .reached || cell.outcome == .notReached, cell.loss.isFinite else { return nil }
      // What is deeper than this is the same to anyone; losses below 0 are compared by the target map.
      return Elementary.log10(max(cell.loss, 1e-16))
    }
  }

  /// 1 for the fastest or lowest, 0 for the slowest or highest.
  private func speed(_ value: Double) -> Double { high > low ? (high - value) / (high - low) : 1 }

  var lowLabel: String { label(low) }
  var highLabel: String { label(high) }

  private func label(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    let number = Elementary.pow(10, value)
    return measure == .loss
      ? NumberText.brief(number) : NumberText.count(Int(clamped: number.rounded()))
  }

  func tone(of cell: SweepCell, _ tones: MapTones) -> Int {
    if measure == .minimum {
      if let minimum = cell.minimum {
        return tones.minimum(minimum, speed: MapScale.value(of: cell, measure).map(speed) ?? 0)
      }
      return cell.outcome == .growing || cell.outcome == .diverged ? tones.gone : tones.unreached
    }
    switch cell.outcome {
    case .growing, .diverged: return tones.gone
    case .reached, .notReached:
      return MapScale.value(of: cell, measure).map { tones.mapped(speed($0)) } ?? tones.unreached
    }
  }
}
