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
  /// A Gauss-Newton step that does not exist.
  package static let singularGaussNewton = "no Gauss-Newton step: singular matrix, which damping mends"
  /// A natural gradient that does not exist.
  package static let singularFisher = "no natural gradient: singular Fisher matrix, which damping mends"
  /// A step of K-FAC that does not exist.
  package static let singularFactor = "no K-FAC step: singular factor, which damping mends"
  /// A step that would have raised the loss.
  package static let refused = "the step was refused: it raised the loss"
  /// An integrator gave up.
  package static let lost = "the flow cannot be followed further at this tolerance"

  /// A schedule that would have moved a knob out of its range.
  static func held(_ knob: Knob, at value: Double) -> String {
    "\(knob.key) is held at \(value.shortest), the end of its range"
  }

  /// A recorded run that has no more rows.
  package static let recordingEnds = "the recording ends"

  /// The events that say why a step could not be taken.
  package static let ends = [singular, singularGaussNewton, singularFisher, singularFactor, lost]
}
