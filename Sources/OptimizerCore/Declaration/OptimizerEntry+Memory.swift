extension OptimizerEntry {
  /// What it stores from step to step besides the d parameters, counted from the slots that it keeps: `2 d numbers (m, v)`;
  /// a matrix is one of a vector of parameters.
  public var memory: String {
    let slots = [OptimizerEntry.fewer, OptimizerEntry.more].map { keptSlots(of: $0) }
    var parts: [(form: String, symbols: [String])] = []
    for (few, many) in zip(slots[0], slots[1]) {
      let form = OptimizerEntry.form(few.values.count, many.values.count)
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
    if !about.memory.isEmpty { words.append(about.memory) }
    return words.isEmpty ? "nothing" : words.joined(separator: " and ")
  }

  /// How many parameters the two vectors have that tell a number from a vector and a vector from a matrix.
  private static let (fewer, more) = (5, 7)

  private func keptSlots(of count: Int) -> [SlotValue<Double>] {
    var rule = makeScalar()
    rule.prepare(for: .vector(count))
    return rule.state.filter(\.isKept)
  }

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
