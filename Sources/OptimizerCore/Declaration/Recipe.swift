/// What a step did, as seen from outside.
public struct StepRecord<Scalar: Lane>: Sendable, Hashable {
  /// The point before the step, d numbers.
  public let before: [Scalar]
  /// The point after it.
  public let after: [Scalar]
  /// The true gradient at the point after it; what the step used is the rule's own slot `g`.
  public let gradient: [Scalar]

  /// A step.
  public init(before: [Scalar], after: [Scalar], gradient: [Scalar]) {
    self.before = before
    self.after = after
    self.gradient = gradient
  }

  /// What was added to the point.
  public var displacement: [Scalar] { zip(after, before).map { $0 - $1 } }
}

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

/// A line of an update rule with its numbers, the owner's type forgotten.
public struct RecipeText<Scalar: Lane>: Sendable, Hashable {
  /// The line.
  public let text: String
  /// What the line computes.
  public let symbol: String
  /// The name of that in words.
  public let label: String
  /// The numbers that the line computed in the last step.
  public let values: [Scalar]
  /// How they are drawn: an arrow starts at the point before the step; nil if only the numbers tell.
  public let drawing: Drawing?

  /// A line with its numbers.
  public init(text: String, symbol: String, label: String, values: [Scalar], drawing: Drawing? = nil) {
    self.text = text
    self.symbol = symbol
    self.label = label
    self.values = values
    self.drawing = drawing
  }
}
