import Canvas
import Landscapes

/// The units of a hidden layer as small pictures over the plane of two inputs: bright where a unit is active.
struct UnitPictures {
  let problem: NetworkProblem
  let parameters: [Double]
  let layer: Int
  let window: Window

  /// Paints as many units as have room, each six cells wide and three high with its number.
  func paint(on canvas: inout Canvas, _ rect: Rect, _ look: Look) {
    let (width, height) = (8, 4)
    let across = max(1, (rect.width + 1) / (width + 1))
    let down = max(1, rect.height / (height + 1))
    let units = problem.network.layers[layer].width
    let shown = min(units, across * down)
    guard rect.width >= width, rect.height > height else { return }
    var (xs, ys): ([Double], [Double]) = ([], [])
    for row in 0..<2 * height {
      for column in 0..<width {
        xs.append(window.x.lowerBound + (Double(column) + 0.5) / Double(width) * window.width)
        ys.append(window.y.upperBound - (Double(row) + 0.5) / Double(2 * height) * window.height)
      }
    }
    let activations = problem.activations(of: layer, at: parameters, inputs: [xs, ys])
    for unit in 0..<shown {
      let x = rect.x + unit % across * (width + 1)
      let y = rect.y + unit / across * (height + 1)
      let values = activations[unit]
      let (low, high) = (values.min() ?? 0, values.max() ?? 0)
      let isDead = !(high > low)
      canvas.text(
        "\(unit + 1)" + (isDead ? " still" : ""), x: x, y: y, style: isDead ? look.warning : look.muted,
        width: width)
      for row in 0..<height {
        for column in 0..<width {
          func tone(_ half: Int) -> Colour {
            let value = values[(2 * row + half) * width + column]
            return isDead ? look.palette.faint : look.palette.mapped((value - low) / (high - low))
          }
          let cell = Rect(x: x + column, y: y + 1 + row, width: 1, height: 1)
          if look.palette.depth == .none || look.glyphs == .ascii {
            let value = values[2 * row * width + column]
            let place = isDead ? 0 : Int(clamped: (value - low) / (high - low) * 3.99)
            let signs: [Glyph] = [".", "-", "=", "#"]
            canvas.fill(cell, signs[min(3, max(0, place))], look.text)
          } else {
            canvas.fill(cell, .upperHalf, Style(tone(0), on: tone(1)))
          }
        }
      }
    }
    if shown < units {
      canvas.text(
        rightAligned: "\(shown) of \(units) units", right: rect.right, y: rect.bottom - 1, style: look.muted)
    }
  }
}
