import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// The sizes of what goes through a network, layer by layer: activations to the right, slopes of the loss to the left.
struct LayerPicture {
  let problem: NetworkProblem
  let parameters: [Double]
  let colour: Colour

  /// Paints it, the first layer at the top; bars are as long as the logarithm of the size.
  func paint(on canvas: inout Canvas, _ rect: Rect, _ look: Look) {
    let sizes = problem.layerSizes(at: parameters)
    let (labels, numbers) = (9, 8)
    let half = (rect.width - labels) / 2
    guard half > numbers + 3, rect.height >= 3 else { return }
    let heading = Rect(x: rect.x, y: rect.y, width: rect.width, height: 1)
    canvas.text(
      rightAligned: "slopes backward", right: heading.x + half, y: heading.y, style: look.muted)
    canvas.text("activations forward", x: heading.x + half + labels, y: heading.y, style: look.muted)
    let rows = min(sizes.activations.count, rect.height - 1)
    for layer in 0..<rows {
      let y = rect.y + 1 + layer
      let name = "layer \(layer + 1)"
      canvas.text(centred: name, in: Rect(x: rect.x + half, y: y, width: labels, height: 1), style: look.text)
      let (forward, backward) = (sizes.activations[layer], sizes.slopes[layer])
      let right = Rect(x: rect.x + half + labels, y: y, width: half, height: 1)
      let shown = bar(forward, of: half - numbers)
      canvas.fill(Rect(x: right.x, y: y, width: shown, height: 1), fill(look), look.text.with(colour))
      canvas.text(NumberText.brief(forward), x: right.x + shown + 1, y: y, style: look.text)
      let length = bar(backward, of: half - numbers)
      canvas.fill(
        Rect(x: rect.x + half - length, y: y, width: length, height: 1), fill(look), look.text.with(colour))
      canvas.text(
        rightAligned: NumberText.brief(backward), right: rect.x + half - length - 1, y: y, style: look.text)
    }
    if rows < sizes.activations.count, rect.height > 2 {
      canvas.text(
        "… of \(sizes.activations.count) layers", x: rect.x, y: rect.bottom - 1, style: look.muted)
    }
  }

  private func fill(_ look: Look) -> Glyph { look.glyphs == .ascii ? "#" : "▆" }

  /// The cells of a bar: none for 1e-6 and less, all for 1e3 and more.
  private func bar(_ size: Double, of width: Int) -> Int {
    guard size > 0, size.isFinite else { return size.isFinite ? 0 : width }
    let share = (Elementary.log10(size) + 6) / 9
    return min(width, max(0, Int(clamped: (share * Double(width)).rounded())))
  }
}
