extension Landscape {
  /// The number of contour levels that pictures ask for.
  package static let levelCount = 10

  /// The samples of a part of the landscape by which its contour levels are chosen, the same whatever the picture: all
  /// pictures of a window, large or small, show the same lines.
  package func overview(of window: Window, step: Int) -> Field {
    sketch(columns: 96, rows: 72, window: window, step: step)
  }

  /// The contour levels of a part of the landscape.
  package func levels(in window: Window, step: Int, count: Int = levelCount) -> Levels {
    Levels(field: overview(of: window, step: step), spacing: spacing, count: count)
  }
}
