import Canvas
import Experiments
import OptimizerCore

extension Curves {
  /// A mark on the vertical axis.
  struct Tick: Hashable {
    /// As the scale counts.
    let value: Double
    /// Empty for one in between.
    let label: String
  }

  /// The marks on the vertical axis between its ends, for so many rows: powers of ten, with 2 and 5 between them where
  /// they are far apart; round numbers on a linear axis.
  func ticks(rows: Int) -> [Tick] {
    guard !isEmpty, rows >= 3 else { return [] }
    guard isLogarithmic else {
      let ticks = Ticks.round(in: low...high, atMost: max(1, rows / 3))
      return ticks.values.map { Tick(value: $0, label: Ticks.label($0, step: ticks.step)) }
    }
    var ticks: [Tick] = []
    let perDecade = Double(rows - 1) / (high - low)
    // As many powers of ten as leave a blank row between their labels.
    let stride = max(1, Int(clamped: (2 / perDecade).rounded(.up)))
    for power in Int(clamped: low)...Int(clamped: high) {
      let isLabelled = (Int(clamped: high) - power) % stride == 0
      ticks.append(Tick(value: Double(power), label: isLabelled ? Curves.label(power: Double(power)) : ""))
      guard perDecade >= 4, Double(power) < high else { continue }
      for factor in [2.0, 5.0] {
        ticks.append(Tick(value: Double(power) + Elementary.log10(factor), label: ""))
      }
    }
    return ticks
  }
}
