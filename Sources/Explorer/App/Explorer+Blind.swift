import Experiments
import Scenes

/// Blind mode: the audience sees digits and guesses which optimizer is which.
///
/// Hidden are the names, the update rule and the knobs of the optimizers, the number of evaluations (some optimizers need
/// more of them a step than others), the title, the caption and the replay line. What is left of the outcome is one word.
extension Explorer {
  /// What is asked instead of the title.
  static let blindTitle = "Which is which?"
  /// What stands instead of the caption.
  static let blindCaption = "B reveals which digit is which optimizer."

  /// Why a key does nothing while it would tell.
  static let blindObstacle = "blind: that would tell which is which; B reveals"

  /// Hides the names, or reveals them.
  mutating func switchBlind() {
    if isBlind {
      session.isBlind = false
    } else {
      session.hideNames()
      if session.viewName != type(of: view).name { openSessionView() }
    }
    selectedKnob = min(selectedKnob, max(0, knobs.count - 1))
    status = isBlind ? nil : .note("revealed")
  }
}
