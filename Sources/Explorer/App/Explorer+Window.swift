import Canvas
import Experiments
import Landscapes

/// What part of the landscape is shown.
extension Explorer {
  mutating func pan(_ x: Int, _ y: Int) {
    remember(.window)
    window = window.panned(x: Double(x) / 10, y: Double(y) / 10)
  }

  /// Magnifies by a quarter, or the reverse, around the middle or the point given.
  mutating func zoom(_ direction: Int, around point: Point? = nil) {
    let next = window.zoomed(by: direction > 0 ? 1.25 : 0.8, around: point ?? window.centre)
    guard next != window else {
      status = .note(direction > 0 ? "doubles have no more digits to zoom into" : "this is as far as it goes")
      return
    }
    remember(.window)
    window = next
  }

  mutating func resetView() {
    remember(.window)
    window = race.experiment.window
  }
}
