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
    case .flush: target.pointee = a.pointee.flushed
    case .copy: target.pointee = a.pointee
    case .multiplyAdd: target.pointee = a.pointee * b.pointee + (r + Int(next.pointee.c)).pointee
    case .multiplyAddFlush:
      target.pointee = (a.pointee * b.pointee + (r + Int(next.pointee.c)).pointee).flushed
    case .multiplyFlush: target.pointee = (a.pointee * b.pointee).flushed
    case .multiplyMultiply: target.pointee = a.pointee * b.pointee * (r + Int(next.pointee.c)).pointee
    case .subtractMultiply: target.pointee = (r + Int(next.pointee.c)).pointee - a.pointee * b.pointee
    case .descend:
      target.pointee = target.pointee - a.pointee * (b.pointee / (r + Int(next.pointee.c)).pointee)
    case .average: average(target, a.pointee, b.pointee, (r + Int(next.pointee.c)).pointee)
    case .averageSquare: averageSquare(target, a.pointee, b.pointee, (r + Int(next.pointee.c)).pointee)
    case .rootMultiplyAdd:
      target.pointee = (a.pointee * b.pointee).squareRoot() + (r + Int(next.pointee.c)).pointee
    case .divideDifference: target.pointee = a.pointee / (b.pointee - (r + Int(next.pointee.c)).pointee)
    case .rootAdd: target.pointee = a.pointee.squareRoot() + b.pointee
    case .positive: target.pointee = positive(a.pointee)
    case .minimum: target.pointee = least(a.pointee, b.pointee)
    case .maximum: target.pointee = largest(a.pointee, b.pointee)
    case .less, .lessOrEqual, .equal, .notEqual:
      target.pointee = compare(next.pointee.operation, a.pointee, b.pointee)
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
      target.pointee = S.select(a.pointee .== S.zero, S.zero, a.pointee * b.pointee)
    case .rectify: target.pointee = S.select(a.pointee .<= S.zero, S.zero, a.pointee)
    case .direction: target.pointee = direction(a.pointee, (r + Int(next.pointee.c)).pointee)
    case let function: target.pointee = apply(function, a.pointee, b.pointee)
    }
    next += 1
  }
}

/// A share of a norm; of zero it is zero.
@inline(__always)
private func direction<S: Lane>(_ v: S, _ norm: S) -> S { S.select(v .== S.zero, S.zero, v / norm) }

/// What becomes of an average: it keeps a share of itself, and takes one of a number.
@inline(__always)
private func average<S: Lane>(_ target: UnsafeMutablePointer<S>, _ kept: S, _ share: S, _ number: S) {
  target.pointee = (target.pointee * kept + share * number).flushed
}

/// The same of a square, multiplied from the left.
@inline(__always)
private func averageSquare<S: Lane>(_ target: UnsafeMutablePointer<S>, _ kept: S, _ share: S, _ number: S) {
  target.pointee = (target.pointee * kept + share * number * number).flushed
}

/// The functions that are computed lane by lane; each costs far more than finding it here.
@inline(__always)
private func apply<S: Lane>(_ function: Operation, _ a: S, _ b: S) -> S {
  switch function {
  case .sine: a.map(Elementary.sin)
  case .cosine: a.map(Elementary.cos)
  case .tangent: a.map(Elementary.tan)
  case .arcsine: a.map(Elementary.asin)
  case .arccosine: a.map(Elementary.acos)
  case .arctangent: a.map(Elementary.atan)
  case .arctangent2: pairwise(a, b, Elementary.atan2)
  case .sinh: a.map(Elementary.sinh)
  case .cosh: a.map(Elementary.cosh)
  case .tanh: a.map(Elementary.tanh)
  case .exp: a.map(Elementary.exp)
  case .log: a.map(Elementary.log)
  case .log10: a.map(Elementary.log10)
  case .log1p: a.map(Elementary.log1p)
  case .power: pairwise(a, b, Elementary.pow)
  case .hypotenuse: pairwise(a, b, Elementary.hypot)
  case .modulo: pairwise(a, b, Elementary.mod)
  case .sigmoid: a.map(Elementary.sigmoid)
  case .softplus: a.map(Elementary.softplus)
  case .floor: a.map { $0.rounded(.down) }
  case .ceiling: a.map { $0.rounded(.up) }
  case .round: a.map { $0.rounded(.toNearestOrAwayFromZero) }
  case .errorFunction: a.map(Elementary.erf)
  case .complementaryErrorFunction: a.map(Elementary.erfc)
  case .logSumExp: pairwise(a, b, Elementary.logSumExp)
  case .semicircle: ((S.one - a) * (S.one + a)).squareRoot()
  case .squaredSecant: squared(S.one / a.map(Elementary.cosh))
  default: preconditionFailure("a leaf of the graph is never executed")
  }
}

/// 1 or 0; of a NaN it is one.
@inline(__always)
private func positive<S: Lane>(_ v: S) -> S {
  S.select(v .== v, S.select(S.zero .< v, S.one, S.zero), v)
}

/// The smaller of two; a NaN where either is one.
@inline(__always)
private func least<S: Lane>(_ v: S, _ w: S) -> S { S.select(v .< w, v, S.select(w .<= v, w, v + w)) }

/// The larger of two; a NaN where either is one.
@inline(__always)
private func largest<S: Lane>(_ v: S, _ w: S) -> S { S.select(w .< v, v, S.select(v .<= w, w, v + w)) }

/// 1 or 0; a comparison with a NaN is one: v + w is, wherever neither of the two orders holds.
@inline(__always)
private func compare<S: Lane>(_ operation: Operation, _ v: S, _ w: S) -> S {
  switch operation {
  case .less: S.select(v .< w, S.one, S.select(w .<= v, S.zero, v + w))
  case .lessOrEqual: S.select(v .<= w, S.one, S.select(w .< v, S.zero, v + w))
  case .equal: S.select(v .== w, S.one, S.select(v .< w, S.zero, S.select(w .< v, S.zero, v + w)))
  default: S.select(v .== w, S.zero, S.select(v .< w, S.one, S.select(w .< v, S.one, v + w)))
  }
}

@inline(__always)
private func squared<S: Lane>(_ value: S) -> S { value * value }

/// A scalar function of two numbers applied lane by lane.
@inline(__always)
private func pairwise<S: Lane>(_ a: S, _ b: S, _ function: (Double, Double) -> Double) -> S {
  var result = a
  for lane in 0..<S.laneCount { result[lane: lane] = function(a[lane: lane], b[lane: lane]) }
  return result
}
