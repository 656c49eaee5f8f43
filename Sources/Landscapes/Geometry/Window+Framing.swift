extension Window {
  /// The share of its area that what a window frames takes: enough to be seen from afar, and some ground around it.
  package static let framedShare = 0.65

  /// The window that frames points: the box around them takes `framedShare` of it. A box that is very flat is made higher
  /// first, or wider, to a tenth of its other side.
  ///
  /// - Returns: nil if no two of the finite points differ.
  package init?(framing points: some Sequence<Point>) {
    var (left, right, bottom, top) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
    for point in points where point.isFinite {
      (left, right) = (min(left, point.x), max(right, point.x))
      (bottom, top) = (min(bottom, point.y), max(top, point.y))
    }
    let (width, height) = (right - left, top - bottom)
    guard width.isFinite, height.isFinite, max(width, height) > 0 else { return nil }
    let least = max(width, height) / 10
    let scale = 1 / Window.framedShare.squareRoot()
    let (wide, high) = (max(width, least) * scale, max(height, least) * scale)
    let window = Window.checked(
      (left + right) / 2 - wide / 2, wide, (bottom + top) / 2 - high / 2, high)
    guard let window else { return nil }
    self = window
  }
}
