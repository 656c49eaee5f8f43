import Canvas

extension Canvas {
  /// A bar that fills from the left with a share from 0 to 1.
  mutating func progress(_ share: Double, x: Int, y: Int, width: Int, _ look: Look) {
    guard width > 0 else { return }
    let filled = Int(clamped: min(max(share, 0), 1) * Double(width))
    rule(x: x, y: y, width: width, glyph: "─", style: look.faint)
    rule(x: x, y: y, width: filled, glyph: "━", style: look.accent)
  }
}
