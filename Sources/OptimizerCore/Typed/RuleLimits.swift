/// How much a rule may have, so that none can exhaust the machine; the length and depth of its text are those of formulas.
package enum RuleLimits {
  /// The most knobs.
  package static let knobs = 24
  /// The most lines.
  package static let lines = 64
  /// The most calls that look at all parameters or ask the loss.
  package static let calls = 64
}
