internal import OptimizerCore

/// What one instruction of a tape does with its operands a, b and c.
enum Operation: UInt8, Sendable {
  case add, subtract, multiply, divide, negate, square, squareRoot
  case absolute, sign, positive, minimum, maximum
  case less, lessOrEqual, equal, notEqual, select
  /// a·b, where an a of 0 wins over an infinite or undefined b: what a branch not taken contributes.
  case guardedMultiply
  case sine, cosine, tangent, arcsine, arccosine, arctangent, arctangent2
  case sinh, cosh, tanh, exp, log, log10, log1p, power, hypotenuse, modulo
  case sigmoid, rectify, softplus, floor, ceiling, round
  /// Leaves of the graph: never executed.
  case literal, input

  /// Whether the result follows one operand and ignores another.
  var choosesBranch: Bool {
    switch self {
    case .select, .minimum, .maximum, .rectify, .guardedMultiply: true
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
    case .less: target.pointee = S.select(a.pointee .< b.pointee, S.one, S.zero)
    case .lessOrEqual: target.pointee = S.select(a.pointee .<= b.pointee, S.one, S.zero)
    case .equal: target.pointee = S.select(a.pointee .== b.pointee, S.one, S.zero)
    case .notEqual: target.pointee = S.select(a.pointee .== b.pointee, S.zero, S.one)
    case .select:
      let other = r + Int(next.pointee.c)
      target.pointee = S.select(a.pointee .== S.zero, other.pointee, b.pointee)
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
