public import Landscapes

/// What the curves show, and on which axes.
public struct CurveChoice: Sendable, Hashable {
  /// What curves go against.
  public enum Against: String, CaseIterable, Sendable, Hashable {
    /// Steps.
    case steps
    /// Gradient evaluations.
    case evaluations
  }

  /// What they show.
  public var quantity = CurveQuantity.loss
  /// How the axes count.
  public var axes = CurveAxes.log
  /// What they go against.
  public var against = Against.steps
  /// The fixed point that a regret is measured from; nil for the lowest minimum that is known.
  public var point: Point?

  /// The loss, logarithmic, against steps, or what is given.
  public init(
    _ quantity: CurveQuantity = .loss, axes: CurveAxes = .log, against: Against = .steps, point: Point? = nil
  ) {
    self.quantity = quantity
    self.axes = axes
    self.against = against
    self.point = point
  }

  /// Whether they go against gradient evaluations instead of steps.
  package var countsEvaluations: Bool { against == .evaluations }
}
