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

  /// Beside each minimum the share of the points that are at it, or will be, where no other text stands.
  func drawShares(on plot: inout Plot, _ scale: PlotScale) {
    let counts = destiny.counts
    for (index, minimum) in minima.enumerated() where counts.converged[index + 1] > 0 {
      let share = Double(counts.converged[index + 1]) / Double(rain.positions.count) * 100
      let text = " \(NumberText.fixed(share, decimals: share < 1 ? 1 : 0)) % "
      guard let cell = plot.cell(at: scale.place(minimum)) else { continue }
      let width = Text.width(of: text)
      let spots = [0, -1, 1].flatMap {
        [(x: cell.x + 1, y: cell.y + $0), (x: cell.x - width, y: cell.y + $0)]
      }
      guard let spot = spots.first(where: { plot.isUnmarked(x: $0.x, y: $0.y, width: width) }) else {
        continue
      }
      let hue = hasHues ? plot.palette.minimum(index) : plot.palette.entry(colour)
      plot.inscribe(text, x: spot.x, y: spot.y, style: plot.palette.head(hue))
    }
  }
}
