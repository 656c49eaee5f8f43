import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// The arrows of a step on a plot: a letter before each tip, and letters for places.
struct StepPicture {
  let arrows: StepArrows

  init(arrows: StepArrows) { self.arrows = arrows }

  /// What a moment has computed so far.
  init(_ moment: StepMoment) { arrows = StepArrows(moment) }

  /// A letter with the size of its arrow.
  struct Legend: Hashable {
    let symbol: String
    let quantity: Quantity
    let size: StepArrows.Size
  }

  /// Draws the arrows on a plot and returns what was drawn with which factor.
  ///
  /// - Parameter highlighted: the letter that is drawn over the others.
  func draw(on plot: inout Plot, _ scale: PlotScale, highlighted: String?) -> [Legend] {
    guard let start = arrows.start, scale.columns > 0, scale.rows > 0 else { return [] }
    plot.marker(
      plot.rung == .ascii ? "o" : "○", at: scale.place(start),
      style: plot.palette.style(.strong).on(.terminal))
    let arrows = arrows.arrows(on: scale.measure)
    let last = arrows.last { $0.symbol == highlighted }
    for arrow in arrows where arrow.symbol != last?.symbol { draw(arrow, on: &plot, scale) }
    if let last { draw(last, on: &plot, scale) }
    return arrows.map { Legend(symbol: $0.name, quantity: $0.quantity, size: $0.size) }
  }

  private func draw(_ arrow: StepArrows.Arrow, on plot: inout Plot, _ scale: PlotScale) {
    let colour = arrow.quantity.colour(in: plot.palette)
    let letter = Glyph(Quantity.letter(of: arrow.symbol))
    guard arrow.size != .place else {
      plot.marker(letter, at: scale.place(arrow.begin), style: plot.palette.head(colour))
      return
    }
    guard let end = arrow.end else { return }
    let (from, to) = (scale.place(arrow.begin), scale.place(end))
    let way = to - from
    let rows = Point(x: way.x / 2, y: way.y).norm
    guard rows > 0, rows.isFinite else { return }
    if arrow.size == .tooSmall {
      plot.trail([from + way * 0.15, from + way * 0.4], .over(colour, sign: letter))
    } else if let part = scale.part(from: arrow.begin, to: end) {
      plot.trail([part.from, part.to], .over(colour, sign: letter))
    }
    // The letter stands before the tip, one cell further on.
    let beyond = SIMD2(way.x / rows / 2, way.y / rows)
    let steps = max(2, abs(beyond.x) > abs(beyond.y) ? 1 / max(abs(beyond.x), 0.1) : 1)
    plot.marker(
      StepPicture.tip(way, isAscii: plot.rung == .ascii), at: to,
      style: plot.palette.style(.strong).with(colour).on(.terminal))
    plot.marker(letter, at: to + beyond * min(steps, 2), style: plot.palette.head(colour))
  }

  /// The arrowhead for a direction on the screen, rows down.
  private static func tip(_ way: SIMD2<Double>, isAscii: Bool) -> Glyph {
    let (x, y) = (way.x / 2, way.y)
    // Half as wide sectors for the diagonals would be wrong: each of the eight has 45°.
    let isSteep = abs(y) > 2.414 * abs(x)
    let isFlat = abs(x) > 2.414 * abs(y)
    if isFlat { return x > 0 ? (isAscii ? ">" : "▶") : (isAscii ? "<" : "◀") }
    if isSteep { return y > 0 ? (isAscii ? "v" : "▼") : (isAscii ? "^" : "▲") }
    if isAscii { return (x > 0) == (y > 0) ? "\\" : "/" }
    return x > 0 ? (y > 0 ? "◢" : "◥") : (y > 0 ? "◣" : "◤")
  }
}
