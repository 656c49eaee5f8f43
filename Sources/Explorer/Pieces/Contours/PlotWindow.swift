import Landscapes

/// The window type of landscapes, under a name that does not collide with a screen's window.
typealias PlotWindow = Landscapes.Window

extension PlotWindow {
  /// What is nearer to the plane than this share of the window is on it: more is not told apart from rounding.
  static let planeRounding = 1e-12
}
