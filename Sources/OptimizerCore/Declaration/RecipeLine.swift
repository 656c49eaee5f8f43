/// A line of an update rule, such as `m ← β₁m + (1−β₁)g`, and how to find its result after a step.
///
/// Letters are the symbols of the rule's slots and knobs, of what the lines before have computed, `θ` (the point so far),
/// `t` (the number of the step, from 1) and `g_prev` (what `g` was before the step; `θ_prev` is where the step began). A
/// form of the rule beside the first stands in brackets after two spaces: `v ← β v − η g  (torch: β v + g)`. What can be
/// carried out as arithmetic is checked against the kernel by a test.
public struct RecipeLine<Owner: Optimizer>: Sendable {
  /// The line.
  public let text: String
  /// What the line computes: `m`.
  public let symbol: String
  /// The name of that in words.
  public let label: String
  /// What it is in the rule.
  public let role: SlotRole
  /// The numbers that the line computed in the last step; empty where the line takes no part, and is then left out.
  public let read: @Sendable (Owner, StepRecord<Owner.Scalar>) -> [Owner.Scalar]

  /// A line whose result is no slot.
  public init(
    _ text: String, _ symbol: String, _ label: String, _ role: SlotRole,
    read: @escaping @Sendable (Owner, StepRecord<Owner.Scalar>) -> [Owner.Scalar]
  ) {
    self.text = text
    self.symbol = symbol
    self.label = label
    self.role = role
    self.read = read
  }

  /// A line that computes a slot: the one whose symbol stands before the arrow.
  ///
  /// - Parameter label: the name of the result, where the line has a shorter one than the slot.
  public static func slot(_ text: String, label: String? = nil) -> RecipeLine {
    let symbol = text.prefix { $0 != "←" }.split(separator: " ").joined(separator: " ")
    return slot(text, of: symbol, label: label)
  }

  /// A line that computes the slot of a symbol, however it is written.
  public static func slot(_ text: String, of symbol: String, label: String? = nil) -> RecipeLine {
    guard let slot = Owner.slots.first(where: { $0.symbol == symbol }) else {
      preconditionFailure("\(Owner.about.id) has no slot '\(symbol)' for its line '\(text)'")
    }
    return RecipeLine(text, symbol, label ?? slot.label, slot.role) { owner, _ in slot.read(owner) }
  }

  /// The usual first line: the gradient as the rule got it, from its slot `g`.
  public static var gradient: RecipeLine { .slot(plainGradient) }

  static var plainGradient: String { "g ← ∇f(θ)" }

  /// A decay beside the gradient: w ← −η wd θ, an arrow from the point; left out where it is 0.
  static func decayTerm(
    _ text: String = "w ← −η wd θ", _ strength: @escaping @Sendable (Owner) -> Owner.Scalar
  ) -> RecipeLine {
    RecipeLine(text, "w", "decay", .decay) { owner, step in
      let strength = strength(owner)
      return Owner.Scalar.all(strength .== Owner.Scalar.zero) ? [] : step.before.map { -(strength * $0) }
    }
  }

  /// The usual last line, with the rule's own text: the point that the step arrived at.
  public static func move(_ text: String) -> RecipeLine {
    RecipeLine(text, "θ", "point", .point) { _, step in step.after }
  }
}
