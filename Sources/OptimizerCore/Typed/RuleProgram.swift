/// A rule compiled: what a step does in order, whatever the number of parameters.
struct RuleProgram: Sendable {
  /// Where a result is found after a step.
  enum Place: Sendable, Hashable {
    case row(Int)
    case register(Int)
  }

  /// What follows from knobs alone, over registers: computed when a knob was turned.
  var preparation: [Instruction] = []
  /// Its registers that fill slots.
  var settledFills: [RuleStage.Move] = []
  /// The registers of conditions that follow from switches and choices alone, which no schedule turns.
  var conditions: [Int] = []
  var stages: [RuleStage] = []
  /// Inputs that become results, kept before anything is computed.
  var firstMoves: [RuleStage.Move] = []
  /// Registers that go on to the next step.
  var registerMoves: [RuleStage.Move] = []
  /// Rows that go on to the next step.
  var rowMoves: [RuleStage.Move] = []
  /// Registers that fill rows at the end.
  var rowFills: [RuleStage.Move] = []
  /// Numbers that are always the same, with their registers.
  var literals: [(register: Int, value: Double)] = []
  /// The results of the lines.
  var lines: [Place] = []
  /// The results of what else is looked at.
  var probes: [Place] = []
  var rowCount = 0
  var registerCount = 0
  /// The rows and the other slots.
  var slotCount = 0
  /// Whether the gradient where the step begins is asked for, or the loss alone.
  var usesGradient = false
  var usesLoss = false

  /// The rows of the point and of the gradient.
  static let (point, gradient) = (0, 1)

  /// What it asks of a problem.
  var needs: Capabilities { asks(.hessianProduct) ? .hessian : [] }

  /// Whether a step makes such a call.
  func asks(_ operation: Operation) -> Bool {
    stages.contains { $0.calls.contains { $0.operation == operation } }
  }
}
