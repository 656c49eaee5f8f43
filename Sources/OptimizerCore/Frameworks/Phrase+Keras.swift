/// Keras' words. Its weight decay is always beside the gradient.
extension Phrase {
  /// A class of `keras.optimizers`.
  static func keras(
    _ name: String, _ arguments: [Argument], fixed: [String: String] = [:], idle: Set<String> = [],
    demands: [Demand] = [], remark: String = ""
  ) -> Phrase {
    Phrase(
      framework: .keras, call: "keras.optimizers.\(name)", arguments: arguments, fixed: fixed, idle: idle,
      demands: demands, remark: remark)
  }

  static let kerasBetas: [Argument] = [.init("beta_1", .knob("beta1")), .init("beta_2", .knob("beta2"))]
  /// Why Adam and its kin are fixed to no epsilon there.
  static let kerasEarlyEpsilon = "its epsilon acts before the bias correction, so that only 0 is the same"
}

extension Phrase.Argument {
  static let kerasRate = Phrase.Argument("learning_rate", .knob("lr"))
  static let kerasEpsilon = Phrase.Argument("epsilon", .knob("eps"))
}
