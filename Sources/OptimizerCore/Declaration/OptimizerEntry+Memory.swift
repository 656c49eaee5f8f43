extension OptimizerEntry {
  /// What it stores from step to step besides the d parameters, counted from the slots that it keeps: `2 d numbers (m, v)`;
  /// a matrix is one of a vector of parameters.
  public var memory: String { OptimizerEntry.memory(of: makeScalar, and: [about.memory]) }

  /// The same of an optimizer that is made, with what it says of itself besides.
  fileprivate static func memory(
    of make: () -> any Optimizer<Double>, and said: [String]
  ) -> String {
    let slots = [fewer, more].map { count in
      var rule = make()
      rule.prepare(for: .vector(count))
      return rule.state.filter(\.isKept)
    }
    var parts: [(form: String, symbols: [String])] = []
    for (few, many) in zip(slots[0], slots[1]) {
      let form = form(few.values.count, many.values.count)
      if let place = parts.firstIndex(where: { $0.form == form }) {
        parts[place].symbols.append(few.symbol)
      } else {
        parts.append((form, [few.symbol]))
      }
    }
    var words = parts.map { part in
      let count = part.symbols.count
      return "\(count == 1 ? "" : "\(count) ")\(part.form) numbers (\(part.symbols.joined(separator: ", ")))"
    }
    words += said.filter { !$0.isEmpty }
    return words.isEmpty ? "nothing" : words.joined(separator: " and ")
  }

  /// How many parameters the two vectors have that tell a number from a vector and a vector from a matrix.
  private static let (fewer, more) = (5, 7)

  /// How a number of values grows with that of the parameters. What is empty before the first step will be a vector.
  private static func form(_ few: Int, _ many: Int) -> String {
    switch (few, many) {
    case (0, 0), (fewer, more): "d"
    case (fewer * fewer, more * more): "d²"
    case (let count, many): count == 1 ? "one" : "\(count)"
    default: "some"
    }
  }
}

extension OptimizerSpec {
  /// What it and its base store from step to step.
  package var memory: String {
    let rules = Array(sequence(first: self) { $0.base })
    return OptimizerEntry.memory(of: makeScalar, and: rules.map(\.about.memory))
  }
}
