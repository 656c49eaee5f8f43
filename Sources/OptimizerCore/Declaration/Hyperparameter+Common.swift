// The knobs that many optimizers share, said once so that keys, symbols and ranges agree everywhere. λ is an eigenvalue
// everywhere: the strength of a decay is `wd`.

extension Hyperparameter {
  /// `lr`, the learning rate η.
  static func learningRate(_ value: Double, _ path: Path<Owner.Scalar>) -> Hyperparameter {
    .real("lr", "η", "learning rate", role: .rate, default: value, in: 1e-8...100, scale: .log, path)
  }

  /// `l2`, the strength of a decay that is part of the gradient.
  static func l2(_ path: Path<Owner.Scalar>) -> Hyperparameter {
    .real("l2", "wd", "L2 penalty", role: .penalty, default: 0, in: 0...100, scale: .log, onset: 0.1, path)
  }

  /// `weight_decay`, the strength of a decay beside the gradient.
  static func weightDecay(_ value: Double, _ path: Path<Owner.Scalar>) -> Hyperparameter {
    .real("weight_decay", "wd", "weight decay", role: .decay, default: value, in: 0...100, scale: .log, path)
  }

  /// A decay rate β of an average or a velocity: `memory` or `memoryOfSquares`.
  static func decayRate(
    _ key: String, _ symbol: String, _ label: String, role: Knob.Role, default value: Double,
    _ path: Path<Owner.Scalar>
  ) -> Hyperparameter {
    .real(key, symbol, label, role: role, default: value, in: 0...0.999999, scale: .logOneMinus, path)
  }

  /// `eps`, the small number ε under a division.
  static func epsilon(
    _ key: String = "eps", _ symbol: String = "ε", _ label: String = "added to the divisor",
    default value: Double, _ path: Path<Owner.Scalar>
  ) -> Hyperparameter {
    .real(
      key, symbol, label, role: .divisor, default: value, in: 0...10, scale: .log,
      floor: 1e-20, path)
  }

  /// `eps_inside`: √(s + ε) instead of √s + ε.
  static func epsilonInside(_ path: Path<Bool>) -> Hyperparameter {
    .toggle("eps_inside", "√(·+ε)", "ε inside the root", default: false, path)
  }
}

extension Slot {
  /// `g`, the gradient that the last step used.
  static func gradient(_ read: @escaping @Sendable (Owner) -> [Owner.Scalar]) -> Slot {
    Slot("g", "gradient", .gradient, read: read)
  }
}
