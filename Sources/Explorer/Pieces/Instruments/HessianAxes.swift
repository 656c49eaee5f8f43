import Canvas
import Experiments
import Landscapes
import Scenes

/// The true eigen-axes of the Hessian at an iterate, each with its eigenvalue. Their lengths are in proportion to 1/√|λ|,
/// as those of the contour ellipse around a minimum are.
struct HessianAxes {
  let place: Point
  let axes: [(value: Double, direction: Point)]

  init?(of landscape: Landscape, at place: Point, step: Int) {
    self.place = place
    let hessian = landscape.hessian(at: place, step: step)
    let (values, vectors) = (hessian.eigenvalues, hessian.eigenvectors)
    axes = [(values.larger, vectors.larger), (values.smaller, vectors.smaller)]
    guard place.isFinite, axes.allSatisfy({ $0.value.isFinite && $0.direction.isFinite }) else { return nil }
  }

  /// The half of the longer axis, as a share of the plot's smaller side.
  private static let share = 0.4

  func draw(on plot: inout Plot, _ scale: PlotScale, _ look: Look) -> [[(String, Style)]] {
    guard scale.columns > 0, scale.rows > 0 else { return [] }
    let room = HessianAxes.share * min(scale.columns / 2, scale.rows)
    let flattest = axes.map(\.value.magnitude).min() ?? 0
    let sharpest = axes.map(\.value.magnitude).max() ?? 0
    guard sharpest > 0 else { return [[("λ = 0: no axes here", look.muted)]] }
    let middle = scale.place(place)
    for (value, direction) in axes {
      // The way on the screen of a unit along the axis, in rows.
      let unit = SIMD2(
        direction.x / scale.window.width * scale.columns, -direction.y / scale.window.height * scale.rows)
      let rows = Point(x: unit.x / 2, y: unit.y).norm
      guard rows > 0, rows.isFinite else { continue }
      let relative =
        flattest == sharpest
        ? 1 : (max(flattest, 1e-6 * sharpest) / max(value.magnitude, 1e-6 * sharpest)).squareRoot()
      let half = unit / rows * max(room * relative, 0.6)
      let style = look.text.with(value < 0 ? look.palette.bad : look.palette.caption)
      plot.dashes(from: middle - half, to: middle + half, colour: style.foreground)
      // The value stands at the end that has room for it.
      let text = "λ \(NumberText.brief(value))"
      let beyond = unit / rows * (room * relative + 1.2)
      let ends = [middle + beyond, middle - beyond]
      let width = Double(Text.width(of: text))
      func hasRoom(_ end: SIMD2<Double>) -> Bool {
        end.x - width / 2 >= 0 && end.x + width / 2 <= scale.columns && end.y >= 0 && end.y < scale.rows
      }
      guard let end = ends.first(where: hasRoom) else { continue }
      plot.label(text, centredAt: end, style: style.on(look.palette.ground))
    }
    return [[("axes ", look.text.with(look.palette.caption)), ("1/√|λ|", look.muted)]]
  }
}
