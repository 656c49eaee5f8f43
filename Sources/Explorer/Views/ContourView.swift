import Canvas
import Scenes

/// The landscape from above, with the paths on it: where every other view leads back to.
struct ContourView: View {
  static let name = ViewName.contour
  static let key: Character? = nil
  static let title = "the landscape from above"

  init(_ explorer: Explorer) {}

  /// Without an explorer, for one that is being made.
  init() {}

  func contour(in stage: Rect) -> Rect? { stage }

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, in explorer: inout Explorer, _ look: Look) {
    explorer.paintContourWithInstruments(on: &canvas, ScreenLayout(explorer).area, look)
  }
}
