/// A part of a step: numbers of all parameters first, then what is computed for each, then what looks at all of them or asks
/// the loss, whose answers the next part may use.
///
/// Every number that is one for all parameters has a register; what is one for each has a slot. The first slots are rows, which
/// last: the state, and what more than a part of a step needs. The others hold what is computed on the way.
struct RuleStage: Sendable {
  /// From one place to another.
  struct Move: Sendable {
    var from: Int
    var to: Int
  }

  /// A question about all parameters, or to the loss.
  struct Call: Sendable {
    var operation: Operation
    /// The row that is asked about.
    var argument: Int
    /// The register that the row is filled from, where it is one number; nil where the row was stored.
    var filledFrom: Int?
    /// The register of the order of a root.
    var order: Int
    /// A register for a reduction, a row otherwise.
    var result: Int
  }

  /// Over registers.
  var numbers: [Instruction] = []
  /// Registers that fill slots.
  var fills: [Move] = []
  /// Over slots, for each parameter.
  var body: [Instruction] = []
  var calls: [Call] = []
}
