/// Whether a rule is a linear function of the gradient, the point and the state, and its matrix then.
struct RuleLinearity: Sendable {
  private typealias Index = ExpressionGraph.Index

  /// What a node is as a function of what moves.
  private enum Class {
    /// The same whatever moves.
    case constant
    case linear
    case other
  }

  private let rule: RuleGraph
  /// What the point loses, the rate times this; nil where the point's own last line says it.
  private let factor: ExpressionGraph.Index?
  /// The states that take part.
  private let states: [RuleGraph.Kept]

  /// The rule as it is; nil if it is not linear, or another one at every step.
  init?(_ rule: RuleGraph) { self.init(rule, factor: nil) }

  /// The rule with the rate times an average in the place of its step, as a preconditioner leaves it; nil if the average is not
  /// linear.
  init?(_ rule: RuleGraph, factor: ExpressionGraph.Index?) {
    self.rule = rule
    self.factor = factor
    let isLive = rule.live(from: factor ?? rule.pointFinal)
    states = rule.kept.filter { isLive[Int($0.input)] }
    guard states.allSatisfy(\.isVector), !isLive[Int(RuleGraph.loss)],
      Self.settles(rule, rule.live(from: rule.pointFinal))
    else {
      return nil
    }
    let classes = Self.classes(rule, isLive)
    let results = [factor ?? rule.pointFinal] + states.map(\.final)
    guard results.allSatisfy({ classes[Int($0)] == .linear || rule.graph.literalValue($0) == 0 }) else {
      return nil
    }
  }

  /// Whether what follows from the step alone comes to rest as steps go by: it is made of operations that do, and not
  /// compared with what is far away. What comes back every k steps is another rule at some of them.
  private static func settles(_ rule: RuleGraph, _ isLive: [Bool]) -> Bool {
    var follows: [Bool] = []
    for (position, node) in rule.graph.nodes.enumerated() {
      guard isLive[position], node.operation != .literal, node.operation != .input else {
        follows.append(Index(position) == RuleGraph.step)
        continue
      }
      let operands = [node.a, node.b, node.c]
      let isFollowing = operands.contains { follows[Int($0)] }
      follows.append(isFollowing)
      guard isFollowing else { continue }
      switch node.operation {
      case .less, .lessOrEqual, .equal, .notEqual:
        let isLate = operands.contains { (rule.graph.literalValue($0) ?? 0) >= late }
        guard !isLate || !operands.contains(RuleGraph.step) else { return false }
      case .modulo, .sine, .cosine, .tangent, .floor, .ceiling, .round: return false
      default: break
      }
    }
    return true
  }

  /// A step at which what settles has settled.
  private static let late = 1024.0

  private static func classes(_ rule: RuleGraph, _ isLive: [Bool]) -> [Class] {
    var classes: [Class] = []
    for (position, node) in rule.graph.nodes.enumerated() {
      guard isLive[position] else {
        classes.append(.other)
        continue
      }
      switch node.operation {
      case .literal:
        classes.append(.constant)
        continue
      case .input:
        classes.append(rule.isVector(Index(position)) ? .linear : .constant)
        continue
      default: break
      }
      let (a, b, c) = (classes[Int(node.a)], classes[Int(node.b)], classes[Int(node.c)])
      func isZero(_ index: Index) -> Bool { rule.graph.literalValue(index) == 0 }
      let found: Class =
        switch node.operation {
        case .gradient, .hessianProduct, .negate, .flush: a == .constant ? .other : a
        case _ where node.operation.isCollective: .other
        case _ where a == .constant && b == .constant && c == .constant: .constant
        case .add, .subtract:
          a == .linear && (b == .linear || isZero(node.b)) || isZero(node.a) && b == .linear
            ? .linear : .other
        case .multiply:
          a == .constant && b == .linear || a == .linear && b == .constant ? .linear : .other
        case .divide: a == .linear && b == .constant ? .linear : .other
        case .select:
          a == .constant && (b == .linear || isZero(node.b)) && (c == .linear || isZero(node.c))
            ? .linear : .other
        default: .other
        }
      classes.append(found)
    }
    return classes
  }

  /// The matrix for knobs as they are, or nil where it is another one at every step.
  func matrix(of rule: TypedRule, settings: [Double]) -> StepMatrix? {
    let rateIndex = rule.rateIndex
    let rate = rateIndex.map { settings[$0] } ?? 1
    let linearity = self
    @Sendable func entries(_ curvature: Double, _ rate: Double, at step: Double) -> [Double] {
      var settings = settings
      if let rateIndex { settings[rateIndex] = rate }
      return linearity.entries(curvature, rate, settings, step)
    }
    // A thousand steps on, and for some steps after that, it must be what it is.
    let late = Self.late
    let usual = entries(1 / rate, rate, at: late)
    guard rate > 0, usual.allSatisfy(\.isFinite),
      (1...12).allSatisfy({ entries(1 / rate, rate, at: late + Double($0)) == usual }),
      entries(1 / rate, rate, at: 1e9) == usual
    else { return nil }
    let key = "\(rule.text) \(settings)"
    return StepMatrix(
      key: key, size: states.count + 1, rate: rate, isPreconditioned: factor != nil
    ) { entries($0, $1, at: late) }
  }

  /// A column for the point and each state: what becomes of all of them where that is 1 and the others 0.
  private func entries(_ curvature: Double, _ rate: Double, _ settings: [Double], _ step: Double) -> [Double]
  {
    let size = states.count + 1
    var matrix = [Double](repeating: 0, count: size * size)
    for column in 0..<size {
      var inputs = [Double](repeating: 0, count: rule.graph.inputCount)
      inputs[Int(RuleGraph.step)] = step
      for (place, value) in settings.enumerated() { inputs[RuleGraph.firstKnob + place] = value }
      if column == 0 { inputs[0] = 1 } else { inputs[Int(states[column - 1].input)] = 1 }
      inputs[Int(RuleGraph.gradient)] = curvature * inputs[0]
      let values = rule.values(inputs, curvature: curvature)
      matrix[column] = factor.map { inputs[0] - rate * values[Int($0)] } ?? values[Int(rule.pointFinal)]
      for (row, state) in states.enumerated() { matrix[(row + 1) * size + column] = values[Int(state.final)] }
    }
    return matrix
  }
}

extension RuleGraph {
  /// The values of all nodes on a quadratic along one eigenvector, where what looks at all parameters is not asked.
  fileprivate func values(_ inputs: [Double], curvature: Double) -> [Double] {
    var values = inputs + [Double](repeating: 0, count: graph.nodes.count - inputs.count)
    values.withUnsafeMutableBufferPointer { values in
      for position in graph.inputCount..<graph.nodes.count {
        let node = graph.nodes[position]
        switch node.operation {
        case .literal: values[position] = Double(bitPattern: node.bits)
        case .gradient, .hessianProduct: values[position] = curvature * values[Int(node.a)]
        case _ where node.operation.isCollective: break
        default:
          var instruction = Instruction(
            operation: node.operation, target: Int32(position), a: node.a, b: node.b, c: node.c)
          execute(&instruction, count: 1, on: values.baseAddress!)
        }
      }
    }
    return values
  }
}
