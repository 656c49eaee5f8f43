/// A way of looking at a race, by the name that scenes and `--view` call it.
public enum ViewName: String, CaseIterable, Sendable, Hashable {
  /// The landscape from above, with the paths on it.
  case contour
  /// The update rule of the selected optimizer, line by line.
  case step
  /// The loss along the step and along the axes of curvature.
  case slice
  /// Parameter space beside the space in which the preconditioner is round.
  case twin
  /// The landscape as a surface in three dimensions.
  case surface
  /// Two knobs against each other, a run each half-cell.
  case map
  /// Where runs end, by where they start.
  case basin
  /// Where two optimizers end differently, by where they start.
  case difference
  /// Many starts at once.
  case rain
  /// How sensitive each optimizer is to its learning rate, on equal budgets.
  case fair
  /// The data that a loss is made of, and what the models make of them.
  case data
  /// The landscape from above with many draws of the noise.
  case fan
  /// Every entry under several seeds.
  case seeds
}
