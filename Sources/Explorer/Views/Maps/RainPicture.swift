import Canvas
import Experiments
import Landscapes

/// The points of a rain over the contours, with the share that each minimum gets.
///
/// Alone, a point has the hue of the minimum at which it will end, as in the basin map, and is grey where that is none;
/// beside another rain it has the hue of its optimizer.
struct RainPicture {
  let rain: Rain
  let destiny: RainDestiny
  /// The number of the entry's colour.
  let colour: Int
  let isAlone: Bool
  let minima: [Point]

  private var hasHues: Bool { isAlone && !minima.isEmpty }

  func draw(on plot: inout Plot, _ scale: PlotScale) {
    let palette = plot.palette
    guard hasHues else {
      return draw(
        Array(rain.positions.indices), palette.entry(colour), .digit(ofEntry: rain.entry), on: &plot, scale)
    }
    var groups = [[Int]](repeating: [], count: minima.count + 1)
    for index in rain.positions.indices { groups[destiny.minimum(ofPoint: index) ?? 0].append(index) }
    // Those that end at no known minimum lie under the others.
    draw(groups[0], palette.ghost, ".", on: &plot, scale)
    for (number, group) in groups.enumerated().dropFirst() {
      draw(group, palette.minimum(number - 1), RainPicture.sign(of: number), on: &plot, scale)
    }
  }

  /// The sign of a minimum where there are no colours.
  private static func sign(of number: Int) -> Glyph { Glyph(Character("\(number % 10)")) }

  private func draw(
    _ group: [Int], _ colour: Colour, _ sign: Glyph, on plot: inout Plot, _ scale: PlotScale
  ) {
    let places = group.lazy.map { scale.place(rain.positions[$0]) }
    // A crowd takes the finer dots.
    if rain.positions.count > 1000, plot.rung != .ascii {
      plot.points(places, colour: colour)
    } else {
      plot.dots(places, colour: colour, sign: sign)
    }
  }

  /// Beside each minimum the share of the points that are at it, or will be.
  func paintShares(on canvas: inout Canvas, _ area: PlotArea, _ scale: PlotScale, _ look: Look) {
    let counts = destiny.counts
    for (index, minimum) in minima.enumerated() where counts.converged[index + 1] > 0 {
      let share = Double(counts.converged[index + 1]) / Double(rain.positions.count) * 100
      let text = " \(NumberText.fixed(share, decimals: share < 1 ? 1 : 0)) % "
      let spot = scale.place(minimum)
      guard let cell = RainPicture.cell(spot, of: area.plot) else { continue }
      // To the right of the minimum, or to the left where there is no room.
      let width = Text.width(of: text)
      let x = cell.x + 1 + width <= area.plot.right ? cell.x + 1 : cell.x - width
      guard x >= area.plot.x else { continue }
      canvas.text(
        text, x: x, y: cell.y,
        style: look.palette.head(hasHues ? look.palette.minimum(index) : look.palette.entry(colour)))
    }
  }

  private static func cell(_ spot: SIMD2<Double>, of plot: Rect) -> (x: Int, y: Int)? {
    guard spot.x >= 0, spot.y >= 0 else { return nil }
    let (x, y) = (plot.x + Int(clamped: spot.x), plot.y + Int(clamped: spot.y))
    return plot.contains(x: x, y: y) ? (x, y) : nil
  }
}
