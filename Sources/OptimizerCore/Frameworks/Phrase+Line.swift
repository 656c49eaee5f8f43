/// Writing a spec as a phrase has it.
extension Phrase {
  /// What of a spec is not as the framework takes it for granted or wants it, as it would have it: `eps_inside=on`.
  func obstacles(to spec: OptimizerSpec) -> [String] {
    let settled = spec.knobs.compactMap { knob -> String? in
      guard let text = fixed[knob.key], let value = try? knob.parse(text), spec.setting(knob.key) != value
      else {
        return nil
      }
      return "\(knob.key)=\(text)"
    }
    func value(_ key: String) -> Double {
      guard let value = spec.setting(key) else {
        preconditionFailure("\(spec.id) has a knob '\(key)', as its phrase says")
      }
      return value
    }
    return settled + demands.filter { !$0.holds(value) }.map(\.text)
  }

  /// The line of a spec that meets no obstacle.
  ///
  /// - Parameters:
  ///   - base: the line of the optimizer that it wraps.
  ///   - more: arguments that say more than those there are.
  func line(
    for spec: OptimizerSpec, base: String = "", adding more: [(word: String, text: String)] = []
  ) -> String {
    func number(_ key: String) -> String {
      guard let knob = spec.knobs.first(where: { $0.key == key }), let value = spec.setting(key) else {
        preconditionFailure("\(spec.id) has a knob '\(key)', as its phrase says")
      }
      return Phrase.python(value, knob)
    }
    func text(_ value: Value) -> String {
      switch value {
      case .knob(let key): number(key)
      case .tuple(let keys): "(\(keys.map(number).joined(separator: ", ")))"
      case .literal(let text): text
      case .call(let name, let arguments):
        written(name, arguments.map { ($0.word, text($0.value)) })
      case .base: base
      }
    }
    func written(_ name: String, _ arguments: [(word: String, text: String)]) -> String {
      let parts = arguments.map { $0.word.isEmpty ? $0.text : "\($0.word)=\($0.text)" }
      return "\(name)(\(parts.joined(separator: ", ")))"
    }
    let rest = arguments.filter { argument in !more.contains { $0.word == argument.word } }
    return written(call, rest.map { ($0.word, text($0.value)) } + more)
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
