/// Optax's words.
extension Phrase {
  /// A call of Optax.
  static func optax(
    _ name: String, _ arguments: [Argument], fixed: [String: String] = [:], idle: Set<String> = []
  ) -> Phrase {
    Phrase(framework: .optax, call: "optax.\(name)", arguments: arguments, fixed: fixed, idle: idle)
  }

  /// Transformations one after the other.
  static func optaxChain(
    _ links: [Value], fixed: [String: String] = [:], idle: Set<String> = []
  ) -> Phrase {
    .optax("chain", links.map { Argument($0) }, fixed: fixed, idle: idle)
  }

  static let optaxBetas: [Argument] = [.init("b1", .knob("beta1")), .init("b2", .knob("beta2"))]
  /// What Optax's Adam does where it leaves no choice.
  static let optaxUsual = ["bias_correction": "on", "eps_inside": "off", "l2": "0"]
}

extension Phrase.Value {
  /// What multiplies by the learning rate, at the end of a chain.
  static let optaxScaling = Phrase.Value.call("optax.scale_by_learning_rate", [.optaxRate])
}

extension Phrase.Argument {
  static let optaxRate = Phrase.Argument("learning_rate", .knob("lr"))
  static let optaxEpsilon = Phrase.Argument("eps", .knob("eps"))
}
