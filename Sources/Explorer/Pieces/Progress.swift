import Canvas
import Experiments
import Scenes

/// A bar that fills from the left.
func paintProgress(
  _ share: Double, on canvas: inout Canvas, x: Int, y: Int, width: Int, _ look: Look
) {
  guard width > 0 else { return }
  let filled = Int(min(max(share, 0), 1) * Double(width))
  canvas.rule(x: x, y: y, width: width, glyph: "─", style: look.faint)
  canvas.rule(x: x, y: y, width: filled, glyph: "━", style: look.accent)
}
