internal import OptimizerCore

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
  /// Leaves of the graph: never executed.
  case literal, input

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

/// One step of a tape: r[target] = operation(r[a], r[b], r[c]).
struct Instruction: Sendable {
  var operation: Operation
  var target: Int32
  var a: Int32
  var b: Int32
  var c: Int32
}

/// Executes instructions in order over one buffer of registers; no recursion, no allocation.
///
/// The single place where operations get their meaning: folding, single points and eight lanes all run this code, so
/// they agree to the bit.
@inline(__always)
func execute<S: Lane>(
  _ instructions: UnsafePointer<Instruction>, count: Int, on r: UnsafeMutablePointer<S>
) {
  var next = instructions
  let end = instructions + count
  while next != end {
    let a = r + Int(next.pointee.a)
    let b = r + Int(next.pointee.b)
    let target = r + Int(next.pointee.target)
    switch next.pointee.operation {
    case .add: target.pointee = a.pointee + b.pointee
    case .subtract: target.pointee = a.pointee - b.pointee
    case .multiply: target.pointee = a.pointee * b.pointee
    case .divide: target.pointee = a.pointee / b.pointee
    // Not `-a`: for eight lanes that is 0 − a, and the sign of a zero would differ from a single run's.
    case .negate: target.pointee = S(repeating: -0.0) - a.pointee
    case .square: target.pointee = a.pointee * a.pointee
    case .squareRoot: target.pointee = a.pointee.squareRoot()
    case .absolute: target.pointee = a.pointee.absolute
    case .sign: target.pointee = a.pointee.signum
    case .positive:
      let v = a.pointee
      let sided = S.select(S.zero .< v, S.one, S.zero)
      target.pointee = S.select(v .== v, sided, v)
    case .minimum:
      let (v, w) = (a.pointee, b.pointee)
      target.pointee = S.select(v .< w, v, S.select(w .<= v, w, v + w))
    case .maximum:
      let (v, w) = (a.pointee, b.pointee)
      target.pointee = S.select(w .< v, v, S.select(v .<= w, w, v + w))
    // A comparison with a NaN is one: v + w is, wherever neither of the two orders holds.
    case .less:
      let (v, w) = (a.pointee, b.pointee)
      target.pointee = S.select(v .< w, S.one, S.select(w .<= v, S.zero, v + w))
    case .lessOrEqual:
      let (v, w) = (a.pointee, b.pointee)
      target.pointee = S.select(v .<= w, S.one, S.select(w .< v, S.zero, v + w))
    case .equal:
      let (v, w) = (a.pointee, b.pointee)
      target.pointee = S.select(v .== w, S.one, S.select(v .< w, S.zero, S.select(w .< v, S.zero, v + w)))
    case .notEqual:
      let (v, w) = (a.pointee, b.pointee)
      target.pointee = S.select(v .== w, S.zero, S.select(v .< w, S.one, S.select(w .< v, S.one, v + w)))
    case .select:
      let other = r + Int(next.pointee.c)
      let v = a.pointee
      target.pointee = S.select(v .== S.zero, other.pointee, S.select(v .== v, b.pointee, v))
    case .gate:
      let other = r + Int(next.pointee.c)
      let v = a.pointee
      let sum = S.select(b.pointee + other.pointee .== S.zero, S.zero, v)
      target.pointee = S.select(v .== S.zero, other.pointee, S.select(v .== v, b.pointee, sum))
    case .guardedMultiply:
      let v = a.pointee
      target.pointee = S.select(v .== S.zero, S.zero, v * b.pointee)
    case .rectify:
      let v = a.pointee
      target.pointee = S.select(v .<= S.zero, S.zero, v)
    case .sine: target.pointee = a.pointee.map(Elementary.sin)
    case .cosine: target.pointee = a.pointee.map(Elementary.cos)
    case .tangent: target.pointee = a.pointee.map(Elementary.tan)
    case .arcsine: target.pointee = a.pointee.map(Elementary.asin)
    case .arccosine: target.pointee = a.pointee.map(Elementary.acos)
    case .arctangent: target.pointee = a.pointee.map(Elementary.atan)
    case .arctangent2: target.pointee = pairwise(a.pointee, b.pointee, Elementary.atan2)
    case .sinh: target.pointee = a.pointee.map(Elementary.sinh)
    case .cosh: target.pointee = a.pointee.map(Elementary.cosh)
    case .tanh: target.pointee = a.pointee.map(Elementary.tanh)
    case .exp: target.pointee = a.pointee.map(Elementary.exp)
    case .log: target.pointee = a.pointee.map(Elementary.log)
    case .log10: target.pointee = a.pointee.map(Elementary.log10)
    case .log1p: target.pointee = a.pointee.map(Elementary.log1p)
    case .power: target.pointee = pairwise(a.pointee, b.pointee, Elementary.pow)
    case .hypotenuse: target.pointee = pairwise(a.pointee, b.pointee, Elementary.hypot)
    case .modulo: target.pointee = pairwise(a.pointee, b.pointee, Elementary.mod)
    case .sigmoid: target.pointee = a.pointee.map(Elementary.sigmoid)
    case .softplus: target.pointee = a.pointee.map(Elementary.softplus)
    case .floor: target.pointee = a.pointee.map { $0.rounded(.down) }
    case .ceiling: target.pointee = a.pointee.map { $0.rounded(.up) }
    case .round: target.pointee = a.pointee.map { $0.rounded(.toNearestOrAwayFromZero) }
    case .errorFunction: target.pointee = a.pointee.map(Elementary.erf)
    case .complementaryErrorFunction: target.pointee = a.pointee.map(Elementary.erfc)
    case .logSumExp: target.pointee = pairwise(a.pointee, b.pointee, Elementary.logSumExp)
    case .semicircle:
      let v = a.pointee
      target.pointee = ((S.one - v) * (S.one + v)).squareRoot()
    case .squaredSecant:
      let reciprocal = S.one / a.pointee.map(Elementary.cosh)
      target.pointee = reciprocal * reciprocal
    case .direction:
      let v = a.pointee
      target.pointee = S.select(v .== S.zero, S.zero, v / (r + Int(next.pointee.c)).pointee)
    case .literal, .input: break
    }
    next += 1
  }
}

/// A scalar function of two numbers applied lane by lane.
@inline(__always)
private func pairwise<S: Lane>(_ a: S, _ b: S, _ function: (Double, Double) -> Double) -> S {
  var result = a
  for lane in 0..<S.laneCount { result[lane: lane] = function(a[lane: lane], b[lane: lane]) }
  return result
}
