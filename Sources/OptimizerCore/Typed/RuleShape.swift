/// How a rule turns its average of gradients into a step, as far as its last line shows: what the unit ball is drawn from.
enum RuleShape: Sendable, Hashable {
  /// Each coordinate by a rate of its own: the step, and the average that was multiplied.
  case diagonal(step: ExpressionGraph.Index, average: ExpressionGraph.Index, isAdded: Bool)
  /// By its sign.
  case sign
  /// By the sign of matrices.
  case matrixSign
  /// None of these.
  case other

  /// The shape of a rule, given which nodes are places and which grow with the gradient.
  init(
    of rule: RuleGraph, isPlace: (ExpressionGraph.Index) -> Bool, isAverage: (ExpressionGraph.Index) -> Bool
  ) {
    let last = rule.graph.nodes[Int(rule.pointFinal)]
    self = .other
    guard last.operation == .subtract || last.operation == .add else { return }
    let isAdded = last.operation == .add
    var step = last.b
    if isAdded, isPlace(last.b), !isPlace(last.a) {
      step = last.a
    } else {
      guard isPlace(last.a), !isAdded || !isPlace(last.b) else { return }
    }
    var core = step
    var (hasDecay, hasMovingFactor) = (false, false)
    descent: while true {
      let node = rule.graph.nodes[Int(core)]
      switch node.operation {
      case .multiply:
        guard rule.isVector(node.a) != rule.isVector(node.b) || isAverage(node.a) != isAverage(node.b) else {
          return
        }
        let isFirst =
          rule.isVector(node.a) != rule.isVector(node.b) ? rule.isVector(node.a) : isAverage(node.a)
        core = isFirst ? node.a : node.b
        hasMovingFactor = hasMovingFactor || !rule.isFixed(isFirst ? node.b : node.a)
      case .divide where rule.isVector(node.a):
        core = node.a
        hasMovingFactor = hasMovingFactor || !rule.isFixed(node.b)
      case .add where isPlace(node.a) != isPlace(node.b):
        hasDecay = true
        core = isPlace(node.a) ? node.b : node.a
      case .sign, .matrixSign:
        // A sign times what follows the gradient is no step of one length.
        if !hasMovingFactor { self = node.operation == .sign ? .sign : .matrixSign }
        return
      default: break descent
      }
    }
    if !hasDecay, isAverage(core) { self = .diagonal(step: step, average: core, isAdded: isAdded) }
  }
}

extension RuleGraph {
  /// Whether a node follows from knobs and the step alone, whatever point, gradient and state are.
  fileprivate func isFixed(_ index: ExpressionGraph.Index) -> Bool {
    let node = graph.nodes[Int(index)]
    switch node.operation {
    case .literal: return true
    case .input:
      let firstKept = (states + former).map(\.input).min() ?? RuleGraph.Index(graph.inputCount)
      return index == RuleGraph.step || index >= RuleGraph.firstKnob && index < firstKept
    case _ where node.operation.isCollective: return false
    default: return [node.a, node.b, node.c].allSatisfy(isFixed)
    }
  }
}
