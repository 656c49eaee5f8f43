import Canvas
import Landscapes
import OptimizerCore

/// What a dialog that closes leaves to be done.
enum DialogAnswer {
  /// Nothing.
  case close
  /// Words until the next key.
  case note(String)
  /// The same race on another landscape.
  case landscape(id: String)
  /// A plane, by its name.
  case plane(String)
  /// The landscape of a formula.
  case formula(String)
  /// An optimizer added to the race, as a spec.
  case optimizer(String)
  /// A rule as text that was made of another.
  case rule(String, origin: TypedRule)
  /// The value of a knob, as it is written.
  case value(PanelKnob, String)
  /// The playhead at a step, for what happened there.
  case step(Int, words: String)
  /// A place in the lecture: its scene, and the beat, −1 for the opening.
  case beat(scene: Int, beat: Int)
  /// What is shown as a file.
  case export(path: String, overwriting: Bool)
  /// What a line of the command line says.
  case command(String)
  /// What a key does without the dialog.
  case key(Key)
}
