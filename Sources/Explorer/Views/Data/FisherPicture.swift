import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// A layer's block of the Fisher matrix beside the product of its Kronecker factors, as two heat maps on one scale: entries
/// above 0 towards one end of the colours, below 0 towards the other, by their square roots.
struct FisherPicture {
  let block: NetworkProblem.FisherBlock?
  let layer: Int

  /// The mean over the entries that a pixel of a picture with so many a side stands for.
  static func mean(_ matrix: [Double], _ side: Int, row: Int, column: Int, of pixels: Int) -> Double {
    func places(_ k: Int) -> Range<Int> {
      let first = k * side / pixels
      return first..<max(first + 1, (k + 1) * side / pixels)
    }
    var sum = 0.0
    for i in places(row) { for j in places(column) { sum += matrix[i * side + j] } }
    return sum / Double(places(row).count * places(column).count)
  }

  /// Paints it.
  func paint(on canvas: inout Canvas, _ rect: Rect, _ look: Look) {
    guard let block else {
      let words = "this network has too many parameters for a Fisher matrix"
      canvas.text(Text.truncated(words, to: rect.width), x: rect.x, y: rect.y, style: look.muted)
      return
    }
    let isPlain = look.palette.depth == .none || look.glyphs == .ascii
    // Square on the screen: a cell is two pixels high, or where there are no halves one.
    let (width, height) = ((rect.width - 2) / 2, (rect.height - 2) * (isPlain ? 1 : 2))
    let room = min(width, isPlain ? 2 * height : height)
    let pixels = min(room, block.side)
    guard pixels >= 4 else { return }
    // A small matrix has pixels of several columns and half rows.
    let zoom = max(1, room / pixels)
    let rows = isPlain ? max(1, pixels * zoom / 2) : pixels * zoom
    let size = (block.exact + block.product).reduce(0) { max($0, $1.magnitude) }
    let titles = ["layer \(layer + 1): F, \(block.side)×\(block.side)", "A⊗S"]
    for (place, matrix) in [block.exact, block.product].enumerated() {
      let x = rect.x + place * (max(pixels * zoom, Text.width(of: titles[0])) + 2)
      canvas.text(
        look.spelled(titles[place]), x: x, y: rect.y, style: look.text, width: max(0, rect.right - x))
      func share(_ row: Int, _ column: Int) -> Double {
        let line = row * pixels / rows
        let value = Self.mean(
          matrix, block.side, row: min(line, pixels - 1), column: column / zoom, of: pixels)
        guard size > 0, value.isFinite else { return 0.5 }
        return 0.5 + 0.5 * (value < 0 ? -1 : 1) * min(1, (value.magnitude / size).squareRoot())
      }
      for line in 0..<(isPlain ? rows : (rows + 1) / 2) {
        for column in 0..<pixels * zoom {
          let cell = Rect(x: x + column, y: rect.y + 1 + line, width: 1, height: 1)
          if isPlain {
            let value = share(line, column)
            let signs: [Glyph] = ["=", "-", ".", "+", "#"]
            canvas.fill(cell, signs[min(4, max(0, Int(clamped: value * 4.999)))], look.text)
          } else {
            let (upper, lower) = (
              share(2 * line, column), 2 * line + 1 < rows ? share(2 * line + 1, column) : 0.5
            )
            canvas.fill(
              cell, .upperHalf, Style(look.palette.mapped(upper), on: look.palette.mapped(lower)))
          }
        }
      }
    }
    let words = "‖F − A⊗S‖/‖F‖ = \(NumberText.brief(block.error, digits: 3))"
    canvas.text(
      Text.truncated(look.spelled(words), to: rect.width), x: rect.x, y: rect.bottom - 1, style: look.strong)
  }
}
