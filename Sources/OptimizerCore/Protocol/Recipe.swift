/// What a step did, as seen from outside.
public struct StepRecord<Scalar: Lane>: Sendable, Hashable {
  /// The point before the step, d numbers.
  public let before: [Scalar]
  /// The point after it.
  public let after: [Scalar]
  /// The gradient that the step used; for a rule that looks elsewhere, the one from there.
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
  /// The numbers that the line computed in the last step.
  public let read: @Sendable (Owner, StepRecord<Owner.Scalar>) -> [Owner.Scalar]

  /// A line of a recipe.
  public init(
    _ text: String, _ symbol: String, _ label: String,
    read: @escaping @Sendable (Owner, StepRecord<Owner.Scalar>) -> [Owner.Scalar]
  ) {
    self.text = text
    self.symbol = symbol
    self.label = label
    self.read = read
  }

  /// The usual first line: the gradient at the point.
  public static var gradient: RecipeLine {
    RecipeLine("g ← ∇f(θ)", "g", "gradient") { _, step in step.gradient }
  }

  /// The usual last line, with the rule's own text: the point that the step arrived at.
  public static func move(_ text: String) -> RecipeLine {
    RecipeLine(text, "θ", "point") { _, step in step.after }
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

  /// A line with its numbers.
  public init(text: String, symbol: String, label: String, values: [Scalar]) {
    self.text = text
    self.symbol = symbol
    self.label = label
    self.values = values
  }
}
