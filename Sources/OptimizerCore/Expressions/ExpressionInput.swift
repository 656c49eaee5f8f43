/// A named number that expressions are computed from.
package struct ExpressionInput: Sendable, Hashable {
  /// How often it changes, which decides what is computed when.
  package enum Role: Sendable, Hashable {
    /// With every evaluation: a coordinate of the point, a column of the data, a gradient.
    case variable
    /// With the step: the step number `t`.
    case step
    /// Seldom: a named constant, a knob, a weight while all rows of the data are gone through.
    case constant
  }

  /// The name in the text, ASCII.
  package let name: String
  /// How often it changes.
  package let role: Role

  /// An input by its name.
  package init(_ name: String, _ role: Role) {
    self.name = name
    self.role = role
  }
}
