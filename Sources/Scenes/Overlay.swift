/// Something drawn over the picture of a landscape, by the name that scenes call it.
public enum Overlay: String, CaseIterable, Sendable, Hashable {
  /// The paths of the runs.
  case trail
  /// The known minima and saddles.
  case minima
  /// At the selected entry's head: gradient, momentum and the step, as arrows.
  case arrows
  /// The step as a sum of its terms, laid end to end.
  case terms
  /// The eigenvectors of the Hessian at the head, as long as the curvature's radius.
  case axes
  /// The unit ball in which the optimizer measured its step.
  case ball = "glyph"
  /// Where a rule looks besides its own point: look-ahead, SAM's probe, slow weights.
  case probes
  /// Where the selected entry's next step would lead from anywhere: the vector field of a flow, of −∇f, of Adam's drift.
  case field
  /// How the gradients of batches scatter at the head: as measured, and by the law that batches are drawn by.
  case noise
  /// The contour lines of the expected loss over those of the loss of the rows that there are.
  case expected

  /// What is drawn where nothing is said.
  public static let usual: Set<Overlay> = [.trail, .minima]

  /// What it draws, in a few words.
  public var meaning: String {
    switch self {
    case .trail: "the paths of the runs"
    case .minima: "the known minima and saddles"
    case .arrows: "gradient, momentum and step at the head"
    case .terms: "the step as a sum of its terms"
    case .axes: "the eigen-axes of the Hessian at the head"
    case .ball: "the unit ball in which the step was measured"
    case .probes: "where a rule looks besides its own point"
    case .field: "where its next step would lead from anywhere, with the state it has"
    case .noise: "how the gradients of batches scatter at the head"
    case .expected: "the lines of the expected loss, over those of the loss of the rows"
    }
  }
}
