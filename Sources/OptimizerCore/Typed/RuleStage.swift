/// A part of a step: numbers of all parameters first, then what is computed for each, then what looks at all of them or asks
/// the loss, whose answers the next part may use.
///
/// Every number that is one for all parameters has a register; what is one for each has a row where more than a part of a
/// step needs it, and a slot while the part computes it.
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
  /// Rows that are read into slots.
  var loads: [Move] = []
  /// Over slots, for each parameter.
  var body: [Instruction] = []
  /// Slots that are kept in rows.
  var stores: [Move] = []
  var calls: [Call] = []
  var slotCount = 0
}
