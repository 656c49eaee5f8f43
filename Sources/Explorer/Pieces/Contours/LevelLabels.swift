import Canvas
import Experiments
import Landscapes

/// The losses of a few contour lines, written into them.
struct LevelLabels {
  private struct Label {
    let text: String
    /// Its middle, in cells.
    let place: SIMD2<Double>
  }

  private var labels: [Label] = []

  /// The most lines that are named.
  private static let most = 4

  /// No labels.
  init() {}

  /// The labels of lines, chosen so that they lie apart from each other and from the edges.
  ///
  /// - Parameters:
  ///   - lines: the places of each line in cells, by the name of its level, lowest level first.
  ///   - columns: cells across.
  ///   - rows: cells down.
  init(_ lines: [(name: String, lines: [[SIMD2<Double>]])], columns: Int, rows: Int) {
    guard columns >= 30, rows >= 10 else { return }
    let drawn = lines.filter { !$0.lines.isEmpty }
    guard !drawn.isEmpty else { return }
    // Evenly through the levels, the outermost ones first.
    let count = min(LevelLabels.most, drawn.count)
    let picks = (0..<count).map { count == 1 ? 0 : (drawn.count - 1) * $0 / (count - 1) }
    for pick in picks {
      let (text, lines) = drawn[pick]
      let width = Double(Text.width(of: text))
      let longest = lines.max { $0.count < $1.count } ?? []
      let spots = longest.filter {
        $0.x > width / 2 + 2 && $0.x < Double(columns) - width / 2 - 2 && $0.y > 1 && $0.y < Double(rows) - 1
      }
      func distance(_ spot: SIMD2<Double>) -> Double {
        labels.map { label in
          let way = (label.place - spot) * SIMD2(1, 2)
          return (way * way).sum()
        }.min() ?? spot.x
      }
      guard let spot = spots.max(by: { distance($0) < distance($1) }) else { continue }
      // Too near to another, a number could be read as the other line's.
      guard labels.isEmpty || distance(spot) > 100 else { continue }
      labels.append(Label(text: text, place: spot))
    }
  }

  /// Writes them where neither a trail nor a mark lies.
  func draw(on plot: inout Plot) {
    for label in labels {
      let width = Text.width(of: label.text)
      let x = Int(clamped: label.place.x) - width / 2
      let y = Int(clamped: label.place.y)
      guard plot.isFree(x: x - 1, y: y, width: width + 2) else { continue }
      plot.inscribe(label.text, x: x, y: y, style: plot.palette.lineLabel(on: plot.groundColour(x: x, y: y)))
    }
  }
}
