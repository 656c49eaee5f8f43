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
  private static let apart = 4.0
  /// Half the sides of a head.
  private static let reach = SIMD2(1.2, 0.6)

  func draw(on plot: inout Plot) {
    let placed = placed(on: plot)
    for (head, place) in placed where place != head.place {
      plot.leader(from: head.place, to: place, colour: head.colour)
    }
    for (head, place) in placed { plot.head(head.glyph, at: place, colour: head.colour) }
    for (head, place) in placed.filter(\.head.isFirst) + placed.filter({ !$0.head.isFirst }) {
      guard let name = head.name else { continue }
      // Beyond the halves of the square.
      plot.place(
        Text.sanitised(name), near: place, beyond: 1, within: 3,
        style: Style(head.colour, on: .terminal, .bold))
    }
  }

  /// Each head that is in the plot, and where it stands: where it is, or aside of those before that it would meet there.
  private func placed(on plot: Plot) -> [(head: Head, place: SIMD2<Double>)] {
    var placed: [(head: Head, place: SIMD2<Double>)] = []
    for head in heads where plot.cell(at: head.place) != nil {
      let spot = RunHeads.ways(across: plot.columns).lazy.map { head.place + $0 }.first { spot in
        // Who goes aside is not to be cut by the edge.
        let corners = spot == head.place ? [spot] : [spot - RunHeads.reach, spot + RunHeads.reach]
        return corners.allSatisfy { plot.cell(at: $0) != nil }
          && placed.allSatisfy { !plot.headsMeet($0.place, spot) }
      }
      placed.append((head, spot ?? head.place))
    }
    return placed
  }

  /// The ways from where a head is to where it may stand: not at all, to the right, to the left, the same in the rows around.
  private static func ways(across columns: Int) -> [SIMD2<Double>] {
    let aside = stride(from: apart, to: max(apart, Double(columns)), by: 1)
    let beside = aside.map { SIMD2($0, 0) } + aside.map { SIMD2(-$0, 0) }
    let around = [2.0, -2, 4, -4].flatMap { row in
      ([SIMD2(0, 0)] + beside).map { $0 + SIMD2(0, row) }
    }
    return [SIMD2(0, 0)] + beside + around
  }
}
