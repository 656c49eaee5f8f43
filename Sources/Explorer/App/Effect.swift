/// What the explorer asks of the program around it.
public enum Effect: Sendable, Hashable {
  case quit
  case suspend
  case redraw
  /// The looks have changed, and are to be the same the next time.
  case remember(Settings)
  /// What is shown is to be written to a file, its kind chosen by its ending; one that exists only if it may be
  /// overwritten.
  case export(path: String, overwriting: Bool)
}
