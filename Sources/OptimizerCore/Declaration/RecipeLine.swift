/// A line of an update rule, such as `m ← β₁m + (1−β₁)g`, and how to find its result after a step.
public struct RecipeLine<Owner: Optimizer>: Sendable {
  /// The line.
  public let text: String
  /// What the line computes: `m`.
  public let symbol: String
  /// The name of that in words.
  public let label: String
  /// How the result is drawn; nil for as the slot of the same symbol is, or not at all if there is none.
  public let drawing: Drawing?
  /// The numbers that the line computed in the last step; empty where the line takes no part, and is then left out.
  public let read: @Sendable (Owner, StepRecord<Owner.Scalar>) -> [Owner.Scalar]

  /// A line of a recipe.
  public init(
    _ text: String, _ symbol: String, _ label: String, _ drawing: Drawing? = nil,
    read: @escaping @Sendable (Owner, StepRecord<Owner.Scalar>) -> [Owner.Scalar]
  ) {
    self.text = text
    self.symbol = symbol
    self.label = label
    self.drawing = drawing
    self.read = read
  }

  /// The usual first line: the gradient as the rule got it, from its slot `g`.
  public static var gradient: RecipeLine {
    RecipeLine("g ← ∇f(θ)", "g", "gradient", .arrow) { owner, _ in
      Owner.slots.first { $0.symbol == "g" }?.read(owner) ?? []
    }
  }

  /// A decay beside the gradient: w ← −ηλθ, an arrow from the point; left out where it is 0.
  static func decayTerm(_ strength: @escaping @Sendable (Owner) -> Owner.Scalar) -> RecipeLine {
    RecipeLine("w ← −η λ θ", "w", "decay", .arrow) { owner, step in
      let strength = strength(owner)
      return Owner.Scalar.all(strength .== Owner.Scalar.zero) ? [] : step.before.map { -(strength * $0) }
    }
  }

  /// The usual last line, with the rule's own text: the point that the step arrived at.
  public static func move(_ text: String) -> RecipeLine {
    RecipeLine(text, "θ", "point", .point) { _, step in step.after }
  }
}
