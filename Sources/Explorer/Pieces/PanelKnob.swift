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
  /// The value that the next step will use; for a learning rate under a schedule, what the schedule multiplies.
  var value: Double
  /// The learning rate that the last step used, where a schedule or a line search moves it.
  var moved: Double?

  /// What the slider shows.
  var shown: Double { moved ?? value }
}
