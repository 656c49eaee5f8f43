/// What one instruction of a tape does with its operands a, b and c.
enum Operation: UInt8, Sendable {
  case add, subtract, multiply, divide, negate, square, squareRoot
  case absolute, sign, positive, minimum, maximum
  case less, lessOrEqual, equal, notEqual, select
  /// a·b, where an a of 0 wins over an infinite or undefined b: what a branch not taken contributes.
  case guardedMultiply
  /// What of an adjoint passes a branch: b where a is not 0, else c. An undefined a passes 0 alone.
  case gate
  case sine, cosine, tangent, arcsine, arccosine, arctangent, arctangent2
  case sinh, cosh, tanh, exp, log, log10, log1p, power, hypotenuse, modulo
  case sigmoid, rectify, softplus, floor, ceiling, round
  case errorFunction, complementaryErrorFunction, logSumExp
  // What stands in derivatives alone, because a formula of the operations above would lose digits or leave the range.
  /// √((1 − a)(1 + a)).
  case semicircle
  /// 1 ⁄ cosh²(a).
  case squaredSecant
  /// a ⁄ c, where c is the norm of (a, b); 0 where a is 0, so that the direction at the origin is (0, 0).
  case direction
  /// a, or exactly 0 where its magnitude is below 1e-290: what becomes of a state.
  case flush
  // What looks at all parameters at once, or asks the loss: the machine of a rule computes it between its tapes.
  case sum, mean, norm, largest
  case gradient, loss, hessianProduct, random, matrixSign, inverseRoot
  // What stands in lists of instructions alone, made of two that follow each other: one call less, and every rounding of both.
  /// a.
  case copy
  /// a·b + c, c − a·b and (a·b)·c, each of two roundings.
  case multiplyAdd, subtractMultiply, multiplyMultiply
  /// a·b and a·b + c, flushed.
  case multiplyFlush, multiplyAddFlush
  /// √a + b and √(a·b) + c.
  case rootAdd, rootMultiplyAdd
  /// a/(b − c): what corrects an average that began at 0.
  case divideDifference
  /// What stands in the target, less a·(b ⁄ c): a step of a rate by a quotient.
  case descend
  /// What stands in the target, times a, and b·c or (b·c)·c, flushed: an average of gradients or of their squares goes on.
  case average, averageSquare
  /// Leaves of the graph: never executed.
  case literal, input

  /// Whether it is computed of all parameters at once, between the tapes.
  var isCollective: Bool {
    switch self {
    case .sum, .mean, .norm, .largest, .loss, .gradient, .hessianProduct, .random, .matrixSign, .inverseRoot:
      true
    default: false
    }
  }

  /// Whether the target is an operand, too.
  var readsTarget: Bool { self == .descend || self == .average || self == .averageSquare }

  /// Whether it is collective with one number as its result.
  var isReduction: Bool {
    switch self {
    case .sum, .mean, .norm, .largest, .loss: true
    default: false
    }
  }

  /// Whether the result follows one operand and ignores another.
  var choosesBranch: Bool {
    switch self {
    case .select, .gate, .minimum, .maximum, .rectify, .guardedMultiply: true
    default: false
    }
  }

  /// Whether a and b may change places.
  var isSymmetric: Bool {
    switch self {
    case .add, .multiply, .hypotenuse, .logSumExp: true
    default: false
    }
  }
}
