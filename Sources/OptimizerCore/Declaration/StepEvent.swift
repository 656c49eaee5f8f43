/// What can happen in a step beyond the plain rule, in the words of the log.
package enum StepEvent {
  /// A gradient was shortened.
  package static let clipped = "the gradient was clipped"
  /// A point was clamped.
  package static let projected = "the point was put back into the box"
  /// Slow weights moved.
  package static let synchronised = "the slow point follows"
  /// Conjugate directions begin anew.
  package static let restarted = "began anew along the gradient"
  /// A Newton step that does not exist.
  package static let singular = "no Newton step: singular Hessian"
  /// An integrator gave up.
  package static let lost = "the flow cannot be followed further at this tolerance"

  /// The events that say why a step could not be taken.
  package static let ends = [singular, lost]
}
