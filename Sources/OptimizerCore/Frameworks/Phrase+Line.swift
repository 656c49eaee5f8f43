/// Writing a spec as a phrase has it.
extension Phrase {
  /// The settings of a spec that are not what the framework takes for granted, as it would have them: `eps_inside=on`.
  func obstacles(to spec: OptimizerSpec) -> [String] {
    spec.knobs.compactMap { knob in
      guard let text = fixed[knob.key], let value = try? knob.parse(text), spec.setting(knob.key) != value
      else {
        return nil
      }
      return "\(knob.key)=\(text)"
    }
  }

  /// The line of a spec that meets no obstacle.
  func line(for spec: OptimizerSpec, adding more: [(word: String, text: String)]) -> String {
    func text(_ key: String) -> String {
      guard let knob = spec.knobs.first(where: { $0.key == key }), let value = spec.setting(key) else {
        preconditionFailure("\(spec.id) has a knob '\(key)', as its phrase says")
      }
      return Phrase.python(value, knob)
    }
    let given = arguments.map { argument -> (word: String, text: String) in
      switch argument.value {
      case .knob(let key): (argument.word, text(key))
      case .tuple(let keys): (argument.word, "(\(keys.map(text).joined(separator: ", ")))")
      case .literal(let text): (argument.word, text)
      }
    }
    // What is added says more than what is there.
    let rest = given.filter { argument in !more.contains { $0.word == argument.word } }
    let parts = (first.map { [$0] } ?? []) + (rest + more).map { "\($0.word)=\($0.text)" }
    return "\(call)(\(parts.joined(separator: ", ")))"
  }

  /// A value as Python writes it.
  static func python(_ value: Double, _ knob: Knob) -> String {
    switch knob.kind {
    case .toggle: return value == 0 ? "False" : "True"
    case .choice:
      return knob.format(value) == "none" ? "None" : "'\(knob.format(value).replacing("-", with: "_"))'"
    case .integer: return knob.format(value)
    case .real:
      if value == 0, knob.zeroWord != nil { return "None" }
      let text = value.shortest
      return text.contains { ".en".contains($0) } ? text : text + ".0"
    }
  }
}
