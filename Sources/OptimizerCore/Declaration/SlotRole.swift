/// What a piece of state, or what a line of a recipe computes, is in the rule.
///
/// It decides how the numbers are drawn and coloured, and what may be said about them: only an average of squared gradients
/// can be said to remember a steep step.
public enum SlotRole: Sendable, Hashable, CaseIterable {
  /// A gradient.
  case gradient
  /// A velocity, or an average of gradients.
  case average
  /// An average of squared gradients in which the older weigh ever less; how much less says the knob of the role
  /// `memoryOfSquares`.
  case averageOfSquares
  /// Other squares, one for each coordinate: a sum, a maximum, an average of squares of something else.
  case squares
  /// What the step goes along, or is put together from.
  case direction
  /// The part of a step that pulls towards the origin.
  case decay
  /// A place besides the point: a slow point, an average of points.
  case place
  /// The place where the gradient was taken, where that is not the point.
  case probe
  /// The point itself, after the step.
  case point
  /// One number, or one for each block of the parameters.
  case number
  /// A d×d or block matrix, row-major.
  case matrix

  /// Whether state of this kind is usually stored from step to step; else it is made anew in each.
  var isUsuallyKept: Bool {
    switch self {
    case .average, .averageOfSquares, .squares, .place, .matrix: true
    case .gradient, .direction, .decay, .probe, .point, .number: false
    }
  }

  /// How it is drawn.
  public var drawing: Drawing {
    switch self {
    case .gradient, .average, .direction, .decay: .arrow
    case .averageOfSquares, .squares: .squares
    case .place, .probe, .point: .point
    case .number: .scalar
    case .matrix: .matrix
    }
  }
}
