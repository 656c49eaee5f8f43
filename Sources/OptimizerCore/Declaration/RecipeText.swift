/// A line of an update rule with its numbers, the owner's type forgotten.
public struct RecipeText<Scalar: Lane>: Sendable, Hashable {
  /// The line.
  public let text: String
  /// What the line computes.
  public let symbol: String
  /// The name of that in words.
  public let label: String
  /// What it is in the rule.
  public let role: SlotRole
  /// The numbers that the line computed in the last step.
  public let values: [Scalar]

  /// Whether the form in brackets is the one in force, `v ← β v − η g  (torch: β v + g)` with `form=torch`.
  public let isInOtherForm: Bool

  /// The line in the form that is in force alone, for where there is no room for all of it.
  public var short: String {
    let (first, _, other) = RecipeText.parts(of: text)
    // One that says which letters change places has no line of its own.
    guard isInOtherForm, let other, !other.contains(" for ") else { return first }
    return "\(symbol) ← \(other)"
  }

  /// A line in its first form, with the name and the right side of the form in brackets.
  static func parts(of text: String) -> (first: String, name: String?, other: String?) {
    guard let bracket = text.firstRange(of: "  (") else { return (text, nil, nil) }
    let first = String(text[..<bracket.lowerBound])
    let inside = text[bracket.upperBound...].dropLast()
    guard let colon = inside.firstIndex(of: ":") else { return (first, nil, nil) }
    return (first, String(inside[..<colon]), String(inside[colon...].dropFirst(2)))
  }

  /// How they are drawn: an arrow starts at the point before the step.
  public var drawing: Drawing { role.drawing }

  /// A line with its numbers.
  public init(
    text: String, symbol: String, label: String, role: SlotRole, values: [Scalar],
    isInOtherForm: Bool = false
  ) {
    self.text = text
    self.isInOtherForm = isInOtherForm
    self.symbol = symbol
    self.label = label
    self.role = role
    self.values = values
  }
}
