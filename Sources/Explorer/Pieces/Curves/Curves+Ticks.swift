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
    let perUnit = Double(rows - 1) / (high - low)
    switch scale {
    case .linear:
      let ticks = Ticks.round(in: low...high, atMost: max(1, rows / 3))
      return ticks.values.map { Tick(value: $0, label: Ticks.label($0, step: ticks.step)) }
    case .logarithmic: return powers(perDecade: perUnit)
    case .symmetric(let unit): return symmetric(unit: unit, perDecade: perUnit)
    }
  }

  private func powers(perDecade: Double) -> [Tick] {
    var ticks: [Tick] = []
    // As many powers of ten as leave a blank row between their labels.
    let stride = max(1, Int(clamped: (2 / perDecade).rounded(.up)))
    for power in Int(clamped: low)...Int(clamped: high) {
      let isLabelled = (Int(clamped: high) - power) % stride == 0
      ticks.append(Tick(value: Double(power), label: isLabelled ? scale.label(at: Double(power)) : ""))
      guard perDecade >= 4, Double(power) < high else { continue }
      for factor in [2.0, 5.0] {
        ticks.append(Tick(value: Double(power) + Elementary.log10(factor), label: ""))
      }
    }
    return ticks
  }

  /// 0, and from it the powers of ten of both signs; those that have a blank row to the one before have a label.
  private func symmetric(unit: Double, perDecade: Double) -> [Tick] {
    var ticks = low <= 0 && high >= 0 ? [Tick(value: 0, label: scale.label(at: 0))] : []
    for sign in [1.0, -1] {
      var labelled = 0.0
      for power in 0...Int(CurveScale.decades) {
        let value = unit * Elementary.pow(10, Double(power)) * sign
        let position = scale.position(of: value)
        guard (low...high).contains(position) else { continue }
        let hasRoom = (position - labelled).magnitude * perDecade >= 2
        if hasRoom { labelled = position }
        ticks.append(Tick(value: position, label: hasRoom ? NumberText.brief(value) : ""))
      }
    }
    return ticks.sorted { $0.value < $1.value }
  }
}
