import Canvas
import Experiments
import Landscapes

/// What a model of one input tells along it, and the rows of the data.
struct FitPicture {
  let problem: any DataProblem
  let parameters: [Double]
  let colour: Colour

  /// Paints it.
  func paint(on canvas: inout Canvas, _ rect: Rect, _ look: Look) {
    let (table, roles) = (problem.training, problem.roles)
    guard rect.width >= 4, rect.height >= 2, let xs = table.column(roles.inputs[0]),
      let ys = roles.target.flatMap(table.column), let left = xs.min(), let right = xs.max(),
      let low = ys.min(), let high = ys.max()
    else { return }
    let x = Self.padded(left, right)
    // A probability is drawn where its answers lie, from 0 to 1.
    let y = roles.classes == 2 ? -0.15...1.15 : Self.padded(low, high)
    let columns = rect.width * 2
    let places = (0...columns).map {
      x.lowerBound + Double($0) / Double(columns) * (x.upperBound - x.lowerBound)
    }
    let told = problem.predictions(at: parameters, inputs: [places])
    guard let curve = roles.classes == 2 ? told.last : told.first else { return }
    func place(_ px: Double, _ py: Double) -> SIMD2<Double> {
      SIMD2(
        (px - x.lowerBound) / (x.upperBound - x.lowerBound) * Double(rect.width),
        (y.upperBound - py) / (y.upperBound - y.lowerBound) * Double(rect.height))
    }
    var plot = Plot(columns: rect.width, rows: rect.height, rung: look.glyphs, palette: look.palette)
    let point: Glyph = look.glyphs == .ascii ? "o" : "•"
    for row in 0..<RegionPicture.shownRows(of: table.count, in: rect) {
      plot.marker(point, at: place(xs[row], ys[row]), style: look.muted.on(.terminal))
    }
    plot.trail(zip(places, curve).map { place($0, $1) }, TrailPen(colour)) { _ in 0 }
    plot.paint(on: &canvas, at: rect)
  }

  private static func padded(_ low: Double, _ high: Double) -> ClosedRange<Double> {
    let margin = high > low ? 0.08 * (high - low) : 1
    let range = low - margin...high + margin
    return Window.isSide(range) ? range : -1...1
  }
}
