/// The derivatives of one node of a graph along some inputs, by one reverse sweep that writes new nodes.
///
/// Conventions: relu, abs, sign and hypot have slope 0 at 0; min, max and `if` have the slope of the branch taken (the
/// second argument of min and max where they are equal); what steps (sign, step, floor, comparisons) has slope 0.
///
/// A derivative stays in the range of doubles, and keeps its digits, wherever value and derivative themselves do: the
/// rules below never take a detour over a square, a difference of near equals, or a power that the result lacks.
struct ReverseSweep {
  typealias Index = ExpressionGraph.Index

  private(set) var graph: ExpressionGraph
  private var adjoints: [Index]
  private let activity: [Bool]
  // Behind an `if` an adjoint of 0 means "branch not taken" and must win over an infinite local slope.
  private var isGuarded: [Bool]
  // The node that the sweep stands at.
  private var adjoint: Index = 0
  private var isGuardedHere = false

  /// Sweeps from a node down to the inputs.
  init(_ graph: ExpressionGraph, from root: Index, along inputs: [Index]) {
    let inputCount = graph.inputCount
    activity = graph.activity(of: inputs)
    let count = max(Int(root) + 1, inputCount)
    self.graph = graph
    self.graph.isDifferentiating = true
    adjoints = [Index](repeating: -1, count: count)
    isGuarded = [Bool](repeating: false, count: count)
    adjoints[Int(root)] = self.graph.literal(1)
    for position in stride(from: count - 1, through: inputCount, by: -1) {
      adjoint = adjoints[position]
      guard adjoint >= 0, isActive(Index(position)) else { continue }
      let node = self.graph.nodes[position]
      isGuardedHere = isGuarded[position] || node.operation.choosesBranch
      if !arithmetic(Index(position), node), !choice(node) { function(Index(position), node) }
    }
    self.graph.isDifferentiating = false
  }

  /// The derivative along an input.
  mutating func derivative(along input: Index) -> Index {
    adjoints[Int(input)] < 0 ? graph.literal(0) : adjoints[Int(input)]
  }

  private func isActive(_ operand: Index) -> Bool { activity[Int(operand)] }

  private mutating func make(_ operation: Operation, _ a: Index, _ b: Index? = nil, _ c: Index? = nil)
    -> Index
  {
    graph.make(operation, a, b, c)
  }

  private mutating func push(_ contribution: Index, to operand: Index) {
    guard isActive(operand), graph.literalValue(contribution) != 0 else { return }
    let target = Int(operand)
    adjoints[target] = adjoints[target] < 0 ? contribution : make(.add, adjoints[target], contribution)
    if isGuardedHere { isGuarded[target] = true }
  }

  /// The adjoint times a slope.
  private mutating func times(_ slope: Index) -> Index {
    make(isGuardedHere ? .guardedMultiply : .multiply, adjoint, slope)
  }

  /// The adjoint divided.
  private mutating func over(_ divisor: Index) -> Index {
    isGuardedHere ? times(make(.divide, graph.literal(1), divisor)) : make(.divide, adjoint, divisor)
  }

  private mutating func arithmetic(_ v: Index, _ node: ExpressionGraph.Node) -> Bool {
    let (a, b) = (node.a, node.b)
    if let power = graph.integerPowers[v] {
      let factor = graph.literal(Double(power.exponent))
      let rest = graph.integerPower(power.base, power.exponent - 1)
      push(times(make(.multiply, factor, rest)), to: power.base)
      return true
    }
    switch node.operation {
    case .add:
      push(adjoint, to: a)
      push(adjoint, to: b)
    case .subtract:
      push(adjoint, to: a)
      if isActive(b) { push(make(.negate, adjoint), to: b) }
    case .multiply:
      if isActive(a) { push(times(b), to: a) }
      if isActive(b) { push(times(a), to: b) }
    case .divide:
      if isActive(a) { push(over(b), to: a) }
      if isActive(b) { pushDivisor(v, b) }
    case .negate: push(make(.negate, adjoint), to: a)
    case .flush: push(adjoint, to: a)
    case .square:
      if isGuardedHere {
        push(times(make(.multiply, graph.literal(2), a)), to: a)
      } else {
        push(make(.multiply, make(.multiply, graph.literal(2), adjoint), a), to: a)
      }
    case .squareRoot:
      if isGuardedHere {
        push(times(make(.divide, graph.literal(0.5), v)), to: a)
      } else {
        push(make(.divide, make(.multiply, graph.literal(0.5), adjoint), v), to: a)
      }
    case .power:
      if isActive(a) {
        // An exponent of 0 has slope 0, also where the base is 0.
        let rest = graph.makePower(a, make(.subtract, b, graph.literal(1)))
        push(times(make(.guardedMultiply, b, rest)), to: a)
      }
      if isActive(b) { push(times(make(.guardedMultiply, v, make(.log, a))), to: b) }
    default: return false
    }
    return true
  }

  /// v = u ⁄ sⁿ has the slope −n·v ⁄ s along s, without a way over s²ⁿ.
  private mutating func pushDivisor(_ v: Index, _ divisor: Index) {
    var (base, exponent) = graph.integerPowers[divisor] ?? (divisor, 1)
    if exponent == 1, graph.nodes[Int(divisor)].operation == .square {
      (base, exponent) = (graph.nodes[Int(divisor)].a, 2)
    }
    let rest = make(.divide, v, base)
    push(make(.negate, times(make(.multiply, graph.literal(Double(exponent)), rest))), to: base)
  }

  private mutating func choice(_ node: ExpressionGraph.Node) -> Bool {
    let (a, b, c) = (node.a, node.b, node.c)
    let zero = graph.literal(0)
    switch node.operation {
    case .guardedMultiply:
      if isActive(a) { push(make(.guardedMultiply, adjoint, b), to: a) }
      // The zero of the guard wins over an adjoint that is infinite or undefined, too.
      if isActive(b) { push(make(.gate, a, make(.guardedMultiply, adjoint, a), zero), to: b) }
    case .minimum, .maximum:
      let takesFirst = node.operation == .minimum ? make(.less, a, b) : make(.less, b, a)
      if isActive(a) { push(make(.gate, takesFirst, adjoint, zero), to: a) }
      if isActive(b) { push(make(.gate, takesFirst, zero, adjoint), to: b) }
    case .select, .gate:
      if isActive(b) { push(make(.gate, a, adjoint, zero), to: b) }
      if isActive(c) { push(make(.gate, a, zero, adjoint), to: c) }
    case .rectify: push(make(.gate, make(.lessOrEqual, a, zero), zero, adjoint), to: a)
    case .absolute: push(times(make(.sign, a)), to: a)
    default: return false
    }
    return true
  }

  private mutating func function(_ v: Index, _ node: ExpressionGraph.Node) {
    let (a, b) = (node.a, node.b)
    switch node.operation {
    case .sine: push(times(make(.cosine, a)), to: a)
    case .cosine: push(make(.negate, times(make(.sine, a))), to: a)
    case .tangent: push(times(make(.add, graph.literal(1), make(.square, v))), to: a)
    case .arcsine: push(over(make(.semicircle, a)), to: a)
    case .arccosine: push(make(.negate, over(make(.semicircle, a))), to: a)
    case .semicircle: push(make(.negate, times(make(.divide, a, v))), to: a)
    case .arctangent: push(over(make(.add, graph.literal(1), make(.square, a))), to: a)
    case .arctangent2, .hypotenuse, .direction: pushPolar(v, node)
    case .sinh: push(times(make(.cosh, a)), to: a)
    case .cosh: push(times(make(.sinh, a)), to: a)
    case .tanh: push(times(make(.squaredSecant, a)), to: a)
    case .squaredSecant:
      let product = make(.multiply, make(.tanh, a), v)
      push(times(make(.multiply, graph.literal(-2), product)), to: a)
    case .exp: push(times(v), to: a)
    case .log: push(over(a), to: a)
    case .log10: push(over(make(.multiply, a, graph.literal(0x1.26bb1bbb55516p+1))), to: a)
    case .log1p: push(over(make(.add, graph.literal(1), a)), to: a)
    case .modulo:
      push(adjoint, to: a)
      if isActive(b) { push(make(.negate, times(make(.floor, make(.divide, a, b)))), to: b) }
    case .sigmoid:
      // s(a)·s(−a) keeps its digits where 1 − s(a) has none.
      push(times(make(.multiply, v, make(.sigmoid, make(.negate, a)))), to: a)
    case .softplus: push(times(make(.sigmoid, a)), to: a)
    case .logSumExp:
      if isActive(a) { push(times(make(.sigmoid, make(.subtract, a, b))), to: a) }
      if isActive(b) { push(times(make(.sigmoid, make(.subtract, b, a))), to: b) }
    case .errorFunction: push(times(gaussian(a)), to: a)
    case .complementaryErrorFunction: push(make(.negate, times(gaussian(a))), to: a)
    case .sign, .positive, .less, .lessOrEqual, .equal, .notEqual, .floor, .ceiling, .round: break
    case .literal, .input: break
    // What stands in lists of instructions is in no graph.
    case .copy, .multiplyAdd, .subtractMultiply, .multiplyMultiply, .multiplyFlush, .multiplyAddFlush,
      .rootAdd, .rootMultiplyAdd, .divideDifference, .descend, .average, .averageSquare:
      break
    // None of them stands in a loss.
    case .sum, .mean, .norm, .largest, .loss, .gradient, .hessianProduct, .random, .matrixSign, .inverseRoot:
      break
    // Above.
    case .add, .subtract, .multiply, .divide, .negate, .flush, .square, .squareRoot, .power: break
    case .guardedMultiply, .gate, .select, .minimum, .maximum, .rectify, .absolute: break
    }
  }

  /// 2/√π·exp(−a²).
  private mutating func gaussian(_ a: Index) -> Index {
    let bell = make(.exp, make(.negate, make(.square, a)))
    return make(.multiply, graph.literal(0x1.20dd750429b6dp+0), bell)
  }

  /// Norm, angle and direction of (a, b): squares would leave the range at 1e±154, the direction never does.
  private mutating func pushPolar(_ v: Index, _ node: ExpressionGraph.Node) {
    let (a, b) = (node.a, node.b)
    let isNorm = node.operation == .hypotenuse
    let norm = isNorm ? v : node.operation == .direction ? node.c : make(.hypotenuse, a, b)
    let first = make(.direction, a, b, norm)
    let second = make(.direction, b, a, norm)
    switch node.operation {
    case .hypotenuse:
      if isActive(a) { push(times(first), to: a) }
      if isActive(b) { push(times(second), to: b) }
    case .arctangent2:
      // At the origin 0/0: an angle has no slope there.
      if isActive(a) { push(times(make(.divide, second, norm)), to: a) }
      if isActive(b) { push(make(.negate, times(make(.divide, first, norm))), to: b) }
    default:
      // 0 at the origin, like the slope of the norm.
      let curvature = make(.divide, graph.literal(1), norm)
      if isActive(a) { push(times(make(.guardedMultiply, make(.square, second), curvature)), to: a) }
      if isActive(b) {
        let product = make(.multiply, first, second)
        push(make(.negate, times(make(.guardedMultiply, product, curvature))), to: b)
      }
    }
  }
}
