/// How a number of stored values grows with the parameters of a block of n rows and m columns, d = n m of them.
struct StoredNumbers: Sendable {
  private let text: String
  private let count: @Sendable (_ n: Int, _ m: Int) -> Int

  /// The forms there are, the simplest first.
  private static let forms: [StoredNumbers] =
    [
      StoredNumbers(text: "d") { $0 * $1 }, StoredNumbers(text: "d²") { $0 * $1 * $0 * $1 },
      StoredNumbers(text: "1") { _, _ in 1 }, StoredNumbers(text: "4") { _, _ in 4 },
      StoredNumbers(text: "n + m") { $0 + $1 }, StoredNumbers(text: "n²") { n, _ in n * n },
      StoredNumbers(text: "m²") { $1 * $1 },
    ]

  /// What a rule stores in words, a part for each form: `2 d numbers (m, v) and 1 number (c)`.
  ///
  /// - Parameter said: what the rule says of itself besides.
  static func words(of rule: any Optimizer<Double>, isMatrix: Bool, and said: [String]) -> String {
    // Sizes at which no two forms agree, but for those that are the same in a vector.
    let sizes = isMatrix ? [(5, 3), (7, 4)] : [(5, 1), (7, 1)]
    let slots = sizes.map { n, m in
      var rule = rule
      rule.prepare(for: ParameterLayout([("θ", n, m)]))
      return rule.state.filter(\.isKept)
    }
    var parts: [(form: String, symbols: [String])] = []
    for place in slots[0].indices {
      let form = forms.first { form in
        zip(sizes, slots).allSatisfy { size, slots in
          // What is empty before the first step will be as many as the parameters.
          let stored = slots[place].stored == 0 ? size.0 * size.1 : slots[place].stored
          return stored == form.count(size.0, size.1)
        }
      }
      let (text, symbol) = (form?.text ?? "some", slots[0][place].symbol)
      if let known = parts.firstIndex(where: { $0.form == text }) {
        parts[known].symbols.append(symbol)
      } else {
        parts.append((text, [symbol]))
      }
    }
    let words = parts.map { part in
      let count = part.symbols.count
      let form =
        "\(count == 1 ? "" : "\(count) ")\(part.form) \(part.form == "1" && count == 1 ? "number" : "numbers")"
      return "\(form) (\(part.symbols.joined(separator: ", ")))"
    }
    let all = words + said.filter { !$0.isEmpty }
    return all.isEmpty ? "nothing" : all.joined(separator: " and ")
  }
}
