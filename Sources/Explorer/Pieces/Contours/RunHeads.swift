import Canvas

/// The heads of runs on a plot: each on its true cell, or as near to it as the ones before leave room, and all to be seen.
struct RunHeads {
  /// Where a run is.
  struct Head {
    let glyph: Glyph
    /// Its place, in cells.
    let place: SIMD2<Double>
    let colour: Colour
    /// What stands beside it, if it is to be named.
    var name: String?
    /// Whether it is named before the others.
    var isFirst = false
  }

  /// The heads, in the order in which they take their places.
  let heads: [Head]

  /// Columns from one head to the next where several are in one cell: two squares, and a cell of a line between them.
  private static let apart = 4

  func draw(on plot: inout Plot) {
    let placed = placed(on: plot)
    for (head, place, isAside) in placed where isAside {
      plot.leader(from: head.place, to: place, colour: head.colour)
    }
    for (head, place, isAside) in placed {
      plot.head(head.glyph, at: isAside ? place : head.place, colour: head.colour)
    }
    for (head, place, _) in placed.filter(\.head.isFirst) + placed.filter({ !$0.head.isFirst }) {
      guard let name = head.name else { continue }
      // Beyond the halves of the square.
      plot.place(
        Text.sanitised(name), near: place, beyond: 1, style: Style(head.colour, on: .terminal, .bold))
    }
  }

  /// The place of each head that is in the plot, and whether it had to go aside.
  private func placed(on plot: Plot) -> [(head: Head, place: SIMD2<Double>, isAside: Bool)] {
    var taken: Set<Int> = []
    var placed: [(head: Head, place: SIMD2<Double>, isAside: Bool)] = []
    for head in heads {
      guard let cell = plot.cell(at: head.place) else { continue }
      var x = cell.x
      // A square would hide the digit in the cell beside it.
      let reach = plot.rung == .ascii || plot.palette.depth == .none ? 0 : 1
      func isTaken(_ x: Int) -> Bool {
        (x - reach...x + reach).contains { taken.contains(cell.y * plot.columns + $0) }
      }
      while isTaken(x), x + 1 < plot.columns { x += x == cell.x ? RunHeads.apart : 1 }
      taken.insert(cell.y * plot.columns + x)
      placed.append((head, SIMD2(Double(x) + 0.5, Double(cell.y) + 0.5), x != cell.x))
    }
    return placed
  }
}
