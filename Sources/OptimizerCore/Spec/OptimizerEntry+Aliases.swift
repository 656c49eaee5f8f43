/// PyTorch's words, translated.
extension OptimizerEntry {
  /// What PyTorch calls its settings, where the words differ.
  public var aliases: [Alias] { about.aliases + weightDecay }

  /// PyTorch's `weight_decay` is a part of the gradient for some and beside it for others; here each has a word.
  private var weightDecay: [Alias] {
    guard knobs.contains(where: { $0.role == .penalty }), !knobs.contains(where: { $0.key == "weight_decay" })
    else { return [] }
    return [
      .advice(
        "weight_decay",
        "PyTorch's, a part of the gradient, is l2=… here; beside the gradient it is decay(\(about.id)):weight_decay=…"
      )
    ]
  }

  /// The settings that a word of PyTorch's stands for, with the texts of their values; nil for no such word.
  ///
  /// - Throws: where it is something else here, what to write.
  func translated(_ word: String, _ value: String) throws(SpecError) -> [(key: String, text: String)]? {
    guard let alias = (aliases + Alias.everywhere).first(where: { $0.word == word }) else { return nil }
    let none = "\(about.id) has no key '\(word)'"
    switch alias.meaning {
    case .keys(let keys):
      let inside = value.hasPrefix("(") && value.hasSuffix(")") ? value.dropFirst().dropLast() : value[...]
      let values = inside.split(separator: ",", omittingEmptySubsequences: false).map {
        $0.filter { !$0.isWhitespace }
      }
      guard values.count == keys.count else {
        let form = keys.count == 1 ? "one number" : "(\(keys.joined(separator: ",")))"
        throw SpecError("\(word) takes \(form), got '\(Excerpt.of(value))'")
      }
      return zip(keys, values).map { key, value in
        // Python's word for a value that is left to the rule.
        let auto = knobs.first { $0.key == key }?.zeroWord
        return (key, value == "None" ? auto ?? value : value)
      }
    case .optimizer(let spec, let key):
      let isOff = ["false", "off", "0"].contains(value.lowercased())
      if key == nil, isOff { throw SpecError("\(none): leave it out, \(about.name) is without") }
      let setting = key.map { "\(spec.contains(":") ? "," : ":")\($0)=\(Excerpt.of(value))" } ?? ""
      throw SpecError("\(none): write \(spec)\(setting)")
    case .advice(let advice):
      let number = Double(value) == nil ? nil : value
      throw SpecError("\(none): \(number.map { advice.replacing("=…", with: "=\($0)") } ?? advice)")
    }
  }
}
