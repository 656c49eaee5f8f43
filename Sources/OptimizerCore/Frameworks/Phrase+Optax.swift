/// Optax's words.
extension Phrase {
  /// A call of Optax.
  static func optax(
    _ name: String, _ arguments: [Argument], fixed: [String: String] = [:], idle: Set<String> = []
  ) -> Phrase {
    Phrase(framework: .optax, call: "optax.\(name)", arguments: arguments, fixed: fixed, idle: idle)
  }

  static let optaxBetas: [Argument] = [.init("b1", .knob("beta1")), .init("b2", .knob("beta2"))]
  /// What Optax's Adam does where it leaves no choice.
  static let optaxUsual = ["bias_correction": "on", "eps_inside": "off", "l2": "0"]
}

extension Phrase.Argument {
  static let optaxRate = Phrase.Argument("learning_rate", .knob("lr"))
  static let optaxEpsilon = Phrase.Argument("eps", .knob("eps"))
}
