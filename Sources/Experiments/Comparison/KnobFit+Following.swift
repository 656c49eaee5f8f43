import OptimizerCore

/// Knobs that matter one after another: the largest step of Rprop from where its steps have grown to it.
extension KnobFit {
  /// Follows the run row by row. Where a row is missed to which all before were met, one number is looked for that leads
  /// there, whatever its value, and all that came before stays as it is.
  mutating func follow() {
    let all = rows
    defer {
      rows = all
      cost = cost(values)
    }
    for row in 2...max(all, 2) {
      rows = min(row, all)
      cost = cost(values)
      guard cost <= Self.exact || meet() else { return }
    }
  }

  /// Looks for the number that leads to the last of the rows.
  private mutating func meet() -> Bool {
    let start = fitted
    let rate = knobs.filter { $0.role == .rate }
    improve(rate)
    if cost <= Self.exact { return true }
    for knob in knobs where knob.role != .rate {
      for value in startingPoints(of: knob, from: start) {
        fitted = start
        values[knob.key] = value
        var best = projected(values)
        cost = cost(values)
        if best.cost < cost {
          scaleRate(&best)
          cost = cost(values)
        }
        improve(rate + [knob])
        if cost <= Self.exact { return true }
      }
    }
    fitted = start
    improve(knobs)
    return cost <= Self.exact
  }

  /// The values of a knob, over its whole range, that make the most of a difference for the better; a few.
  private func startingPoints(of knob: Knob, from start: FittedKnobs) -> [Double] {
    var found: [(value: Double, cost: Double)] = []
    for value in Self.valuesOfAllSizes(of: knob) {
      var trial = start.values
      trial[knob.key] = value
      let cost = min(cost(trial), projected(trial).cost)
      let isNew = !found.contains { ($0.cost - cost).magnitude <= 1e-9 * cost }
      if isNew, cost.isFinite, (cost - start.cost).magnitude > 1e-9 * start.cost {
        found.append((value, cost))
      }
    }
    return found.sorted { $0.cost < $1.cost }.prefix(4).map(\.value)
  }

  /// Those that people use, and four a decade.
  private static func valuesOfAllSizes(of knob: Knob) -> [Double] {
    let decades = (-6...3).flatMap { power in
      [1.0, 2, 3, 5].map { $0 * Elementary.pow(10, Double(power)) }
    }
    return usualValues(of: knob) + decades.filter(knob.range.contains)
  }
}
