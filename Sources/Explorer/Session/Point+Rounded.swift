import Landscapes

extension Point {
  /// A start that a person can say aloud: no more digits than the window resolves.
  func rounded(to window: PlotWindow) -> Point {
    func rounded(_ value: Double, span: Double) -> Double {
      guard span > 0, span.isFinite else { return value }
      var unit = 1.0
      while unit > span / 1000 { unit /= 10 }
      while unit < span / 10000 { unit *= 10 }
      let inverse = (1 / unit).rounded()
      return unit < 1 ? (value * inverse).rounded() / inverse : (value / unit).rounded() * unit
    }
    return Point(x: rounded(x, span: window.width), y: rounded(y, span: window.height))
  }
}
