import Canvas
import Landscapes

/// A landscape in a few cells, shaded as the plot shades it, with its known minima.
struct LandscapePreview {
  let landscape: Landscape
  private let field: Field
  private let levels: Levels

  /// Its size in cells.
  static let columns = 26
  static let rows = 10

  init(_ landscape: Landscape) {
    self.landscape = landscape
    field = landscape.sketch(
      columns: LandscapePreview.columns, rows: 2 * LandscapePreview.rows, window: landscape.window)
    levels = Levels(field: field, spacing: landscape.spacing, count: Landscape.levelCount)
  }

  func paint(on canvas: inout Canvas, _ rect: Rect, _ look: Look) {
    let (columns, rows) = (min(rect.width, LandscapePreview.columns), min(rect.height, LandscapePreview.rows))
    var plot = Plot(columns: columns, rows: rows, rung: look.glyphs, palette: look.palette)
    plot.shade { x, y in levels.shade(of: field.values[y * LandscapePreview.columns + x]) ?? .nan }
    let window = landscape.window
    for minimum in landscape.minima {
      let place = SIMD2(
        (minimum.x - window.x.lowerBound) / window.width * Double(columns),
        (window.y.upperBound - minimum.y) / window.height * Double(rows))
      plot.marker("+", at: place, style: look.strong.on(.terminal))
    }
    plot.paint(on: &canvas, at: Rect(x: rect.x, y: rect.y, width: columns, height: rows))
  }
}
