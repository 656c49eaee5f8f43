import Canvas

/// The losses of the contour lines that are named, written into them.
struct LevelLabels {
  private struct Label {
    let text: String
    /// Where its middle may be, in cells, the best place first.
    let places: [SIMD2<Double>]
  }

  private var labels: [Label] = []

  /// The places that are looked at along the lines of a level.
  private static let most = 96
  /// Nearer to another, a number could be read as the other line's: a row is two columns.
  private static let apart = 10.0

  /// No labels.
  init() {}

  /// The labels of lines, which lie apart from each other and from the edges.
  ///
  /// - Parameters:
  ///   - lines: the places of each line in cells, by the name of its level, lowest level first.
  ///   - columns: cells across.
  ///   - rows: cells down.
  init(_ lines: [(name: String, lines: [[SIMD2<Double>]])], columns: Int, rows: Int) {
    guard columns >= 30, rows >= 10 else { return }
    var first: [SIMD2<Double>] = []
    for (text, lines) in lines {
      let width = Double(Text.width(of: text))
      // On a long line a name does most good: that is far to follow.
      let longest = lines.map(\.count).max() ?? 0
      let all = lines.filter { 2 * $0.count >= longest }.joined().filter {
        $0.x > width / 2 + 2 && $0.x < Double(columns) - width / 2 - 2 && $0.y > 1 && $0.y < Double(rows) - 1
      }
      let spots = stride(from: 0, to: all.count, by: max(1, all.count / LevelLabels.most)).map { all[$0] }
      let ranks = spots.map { spot in first.map { LevelLabels.distance($0, spot) }.min() ?? spot.x }
      let order = spots.indices.sorted { (ranks[$1], $0) < (ranks[$0], $1) }
      guard let best = order.first else { continue }
      first.append(spots[best])
      labels.append(Label(text: text, places: order.map { spots[$0] }))
    }
  }

  private static func distance(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
    let way = (a - b) * SIMD2(1, 2)
    return (way * way).sum().squareRoot()
  }

  /// Writes each at the best place where neither a trail nor a mark lies; once that is covered at another, if there is one with
  /// none beside it.
  func draw(on plot: inout Plot) {
    var drawn: [SIMD2<Double>] = []
    for label in labels {
      let width = Text.width(of: label.text)
      func cell(_ place: SIMD2<Double>) -> (x: Int, y: Int) {
        (Int(clamped: place.x) - width / 2, Int(clamped: place.y))
      }
      func place(among places: some Sequence<SIMD2<Double>>, with margin: Int, _ plot: Plot) -> SIMD2<Double>?
      {
        places.first { place in
          let cell = cell(place)
          return drawn.allSatisfy { LevelLabels.distance($0, place) > LevelLabels.apart }
            && plot.isFree(x: cell.x - margin, y: cell.y, width: width + 2 * margin)
        }
      }
      // It stays as long as it can be read: a name that moves is looked at.
      guard
        let place = place(among: label.places.prefix(1), with: 0, plot)
          ?? place(among: label.places, with: 1, plot) ?? place(among: label.places, with: 0, plot)
      else { continue }
      let (x, y) = cell(place)
      plot.inscribe(label.text, x: x, y: y, style: plot.palette.lineLabel(on: plot.groundColour(x: x, y: y)))
      drawn.append(place)
    }
  }
}
