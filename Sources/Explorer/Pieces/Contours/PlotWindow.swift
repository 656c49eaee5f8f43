import Landscapes

/// The window type of landscapes, under a name that does not collide with a screen's window.
typealias PlotWindow = Landscapes.Window

extension PlotWindow {
  /// Whether the plot shows the window with one scale for both axes: unless its sides differ by more than a factor of two.
  ///
  /// With one scale a right angle looks like one, and a gradient stands on its contour.
  var isToScale: Bool {
    let ratio = width / height
    return ratio >= 0.5 && ratio <= 2
  }
}

extension PlotWindow {
  /// What is nearer to the plane than this share of the window is on it: more is not told apart from rounding.
  static let planeRounding = 1e-12
}
