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

  /// The views that would tell.
  static let tellingViews: [ViewName] = [.step]

  mutating func switchBlind() {
    isBlind.toggle()
    selectedKnob = min(selectedKnob, max(0, knobs.count - 1))
    if isBlind, Explorer.tellingViews.contains(type(of: view).name) { open(.contour) }
    status = isBlind ? nil : .note("revealed")
  }

  /// What the screen calls an entry.
  func label(ofEntry index: Int) -> String {
    isBlind ? "entry \(index + 1)" : race.experiment.entries[index].label
  }
}
