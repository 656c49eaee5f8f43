import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// A knob on screen: of the selected entry, or a constant of the landscape.
struct PanelKnob {
  enum Owner: Hashable {
    case entry(Int)
    case landscape
    /// What is shown of more than two parameters.
    case plane
    /// The noise on every gradient.
    case noise
    /// How many runs the fan has.
    case fan
  }

  var owner: Owner
  var knob: Knob
  /// The value that the next step will use; for a knob under a schedule, what the schedule multiplies.
  var value: Double
  /// The value that the last step used, where a schedule moves it.
  var moved: Double?

  /// What the slider shows.
  var shown: Double { moved ?? value }

  /// The value as its slider shows it.
  var text: String {
    if knob.isDiscrete { return knob.format(value) }
    // A decay rate near 1 is told by its distance from 1.
    var digits = 4
    if knob.scale == .logOneMinus, shown < 1 {
      var distance = 1 - shown
      while distance < 0.01, digits < 9 {
        distance *= 10
        digits += 1
      }
    }
    return NumberText.brief(shown, digits: digits)
  }
}
