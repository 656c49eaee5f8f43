import Experiments
import Landscapes
import Scenes

/// What a view asks of the application: a view changes itself and nothing else.
enum ViewRequest {
  /// What a key would do.
  case perform(Action)
  /// Words until the next key.
  case note(String)
  /// What was said goes.
  case clearStatus
  /// What follows is undone apart from what came before.
  case breakUndo
  /// Playing stops.
  case pause
  /// The first start moves, and the race begins again there.
  case setStart(Point)
  /// The same, and the landscape from above is opened.
  case beginAt(Point)
  /// The window is magnified by a notch, or the reverse.
  case zoom(Int)
  /// The unit ball and the axes of the Hessian go on or off, where arrows are drawn anyway.
  case switchBall
  /// The view of the data shows something else of the models.
  case showData(DataPicture)
  /// The race begins anew as a run of a map, and the landscape from above is opened.
  case adopt(Experiment, saying: String)
}
