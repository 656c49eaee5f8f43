import Canvas
import Experiments
import Landscapes
import Scenes

/// The eigen-axes of the Hessian on a plot, each with its eigenvalue.
struct AxesPicture {
  let axes: Portrait.Axes

  func draw(on plot: inout Plot, _ scale: PlotScale, _ look: Look) -> [[(String, Style)]] {
    guard scale.columns > 0, scale.rows > 0 else { return [] }
    let halves = axes.halves(on: scale.measure)
    guard axes.axes.contains(where: { $0.value != 0 }) else { return [[("λ = 0: no axes here", look.muted)]] }
    let middle = scale.place(axes.place)
    for (value, way, length) in halves {
      let half = scale.measure.way(way) * SIMD2(2, 1)
      let style = look.text.with(value < 0 ? look.palette.bad : look.palette.caption)
      plot.dashes(from: middle - half, to: middle + half, colour: style.foreground)
      // The value stands at the end that has room for it.
      let text = "λ \(NumberText.brief(value))"
      let beyond = half * ((length + 1.2) / length)
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
