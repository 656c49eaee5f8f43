import Canvas

/// One of eight directions, from the right on and up first.
struct Arrow: Hashable {
  private let octant: Int

  /// The direction of a way on the screen, in columns to the right and rows down.
  init(_ way: SIMD2<Double>) {
    // A cell is twice as high as it is wide.
    let (across, up) = (way.x, -2 * way.y)
    // Either may have overflowed, and only their ratio counts.
    let size = max(abs(across), abs(up))
    let (x, y) = size.isFinite ? (across / size, up / size) : (unit(across), unit(up))
    let isDiagonal = min(abs(x), abs(y)) > 0.414 * max(abs(x), abs(y))
    octant =
      isDiagonal
      ? (x > 0 ? y > 0 ? 1 : 7 : y > 0 ? 3 : 5) : abs(x) >= abs(y) ? (x > 0 ? 0 : 4) : (y > 0 ? 2 : 6)
    func unit(_ value: Double) -> Double { value.isFinite ? 0 : value > 0 ? 1 : -1 }
  }

  /// Its sign.
  func glyph(_ look: Look) -> Glyph {
    let all: [Glyph] =
      look.glyphs == .ascii
      ? [">", "/", "^", "\\", "<", "/", "v", "\\"] : ["→", "↗", "↑", "↖", "←", "↙", "↓", "↘"]
    return all[octant]
  }
}
