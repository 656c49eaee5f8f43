extension Landscape {
  /// The number of contour levels that pictures ask for.
  package static let levelCount = 10

  /// The contour levels of a part of the landscape, from the same samples whatever the picture: all pictures of a window,
  /// large or small, show the same lines.
  package func levels(in window: Window, step: Int, count: Int = levelCount) -> Levels {
    Levels(
      field: sketch(columns: 96, rows: 72, window: window, step: step), spacing: spacing, count: count)
  }
}
