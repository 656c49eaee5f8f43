import Canvas
import Experiments

extension Axis {
  /// The letter, with the words where there are some: `η learning rate`.
  var name: String { symbol == label || label.isEmpty ? symbol : "\(symbol) \(label)" }

  /// A value as it is shown: four digits tell neighbours apart.
  func brief(_ value: Double) -> String {
    isWhole || !words.isEmpty ? text(of: value) : NumberText.setting(value)
  }

  /// Round values along the axis, and where they stand in cells.
  func ticks(of count: Int, atMost most: Int) -> [(position: Double, label: String)] {
    var ticks: [(Double, String)] = []
    func add(_ value: Double, _ label: String) {
      guard let position = position(of: value, of: count), position > -0.5, position < Double(count) - 0.5
      else { return }
      ticks.append((position, label))
    }
    let (least, greatest) = (Swift.min(low, high), Swift.max(low, high))
    if !words.isEmpty || isWhole && greatest - least < Double(most) {
      let first = Int(clamped: least.rounded(.up))
      for value in first...Swift.max(first, Int(clamped: greatest)) {
        add(Double(value), text(of: Double(value)))
      }
      return ticks
    }
    switch scale {
    case .linear:
      let round = Ticks.round(in: least...greatest, atMost: most)
      for value in round.values { add(value, Ticks.label(value, step: round.step)) }
    case .log:
      var powers: [Double] = []
      for exponent in -320...308 {
        guard let power = Double("1e\(exponent)"), power >= least * 0.999999, power <= greatest * 1.000001
        else { continue }
        powers.append(power)
      }
      if powers.count >= 2 {
        let stride = (powers.count + most - 1) / most
        for (index, power) in powers.enumerated() where index % stride == 0 {
          add(power, NumberText.brief(power))
        }
      } else {
        let round = Ticks.round(in: least...greatest, atMost: most)
        for value in round.values { add(value, Ticks.label(value, step: round.step)) }
      }
    case .logOneMinus:
      // 0, 0.9, 0.99 … and the halves between where there is room.
      var distance = 1.0
      while 1 - distance <= greatest, distance > 1e-12 {
        add(1 - distance, NumberText.brief(1 - distance, downTo: distance))
        if most > 4 { add(1 - distance / 2, NumberText.brief(1 - distance / 2, downTo: distance / 2)) }
        distance /= 10
      }
    }
    return ticks
  }
}
