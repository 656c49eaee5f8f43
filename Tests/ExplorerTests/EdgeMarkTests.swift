import Canvas
import Experiments
@testable import Explorer
import Landscapes
import OptimizerCore
import Scenes
import Testing

/// The marks of runs that have left the plot.
@Suite struct EdgeMarkTests {
  private static let palette = Palette(theme: .dark, depth: .direct)

  /// A plot of 20 by 6 cells with marks, as rows and as a canvas.
  private func drawn(
    _ departures: [(sign: Character, place: SIMD2<Double>)], glyphs: GlyphSet = .braille,
    taken: [(x: Int, y: Int)] = []
  ) -> (rows: [String], canvas: Canvas) {
    var plot = Plot(columns: 20, rows: 6, rung: glyphs, palette: Self.palette)
    var marks = EdgeMarks(of: plot)
    for (sign, place) in departures {
      marks.add(Glyph(sign), at: place, colour: Self.palette.entry(sign.wholeNumberValue ?? 0))
    }
    marks.draw(on: &plot, Look(Appearance(glyphs: glyphs, depth: .direct))) { x, y in
      taken.contains { $0 == (x, y) }
    }
    var canvas = Canvas(width: 20, height: 6)
    plot.paint(on: &canvas, x: 0, y: 0)
    let rows = canvas.rows.map { $0.replacing("▀", with: " ") }
    return (rows, canvas)
  }

  private static let blank = String(repeating: " ", count: 20)

  private static func padded(_ text: String, at column: Int) -> String {
    let row = String(repeating: " ", count: column) + text
    return row + String(repeating: " ", count: 20 - row.count)
  }

  /// Cells are twice as high as wide: three columns and one row beyond a corner is not straight up, nor is it straight.
  @Test(arguments: [
    (-5.0, 3.0, 3, 0, "←1", "<1"), (30, 3, 3, 18, "1→", "1>"), (15, -4, 0, 14, "1↑", "1^"),
    (5, 9, 5, 5, "↓1", "v1"),
    (30, -5, 0, 18, "1↗", "1/"), (-10, -5, 0, 0, "↖1", "\\1"), (30, 11, 5, 18, "1↘", "1\\"),
    (-10, 11, 5, 0, "↙1", "/1"), (60, -1, 0, 18, "1→", "1>"), (21, -50, 0, 18, "1↑", "1^"),
    (.infinity, 3, 3, 18, "1→", "1>"), (-.infinity, -.infinity, 0, 0, "↖1", "\\1"),
    (1e308, 4, 4, 18, "1→", "1>"),
  ])
  func aMarkStandsWhereTheWayBackIsShortest(
    x: Double, y: Double, row: Int, column: Int, text: String, ascii: String
  ) {
    for (glyphs, text) in [(GlyphSet.braille, text), (.ascii, ascii)] {
      let rows = drawn([("1", SIMD2(x, y))], glyphs: glyphs).rows
      #expect(rows[row] == Self.padded(text, at: column))
      #expect(rows.enumerated().allSatisfy { $0.offset == row || $0.element == Self.blank })
    }
  }

  @Test func whatIsNowhereHasNoMark() {
    #expect(drawn([("1", SIMD2(.nan, 3))]).rows.allSatisfy { $0 == Self.blank })
  }

  @Test func digitAndArrowHaveTheColourOfTheEntry() {
    let canvas = drawn([("2", SIMD2(30, 3))]).canvas
    #expect(canvas[18, 3].style == Self.palette.head(Self.palette.entry(2)))
    #expect(canvas[19, 3].style == canvas[18, 3].style)
  }

  /// All who are beyond one cell are said, with one arrow for those in one direction.
  @Test func severalInOneCellAreAllSaid() {
    let right = drawn([("1", SIMD2(30, 3)), ("3", SIMD2(25, 3.4)), ("3", SIMD2(28, 3.2))])
    #expect(right.rows[3] == Self.padded("13→", at: 17))
    #expect(right.canvas[17, 3].style == Self.palette.head(Self.palette.entry(1)))
    #expect(right.canvas[18, 3].style == Self.palette.head(Self.palette.entry(3)))
    #expect(drawn([("1", SIMD2(-30, 3)), ("3", SIMD2(-25, 3.4))]).rows[3] == Self.padded("←13", at: 0))
    // Beyond one corner there are several directions.
    #expect(
      drawn([("1", SIMD2(60, -1)), ("2", SIMD2(30, -5)), ("4", SIMD2(31, -5))]).rows[0]
        == Self.padded("1→24↗", at: 15))
    let nine = drawn((1...9).map { (Character("\($0)"), SIMD2(99.0, 2)) })
    #expect(nine.rows[2] == Self.padded("123456789→", at: 10))
  }

  /// A mark moves along its edge for what is inside, and for other marks.
  @Test func aMarkCoversNothing() {
    #expect(drawn([("1", SIMD2(30, 3))], taken: [(18, 3)]).rows[4] == Self.padded("1→", at: 18))
    #expect(drawn([("1", SIMD2(30, 3))], taken: [(18, 3), (19, 4)]).rows[2] == Self.padded("1→", at: 18))
    #expect(drawn([("1", SIMD2(5, -3))], taken: [(6, 0)]).rows[0] == Self.padded("↑1", at: 4))
    let both = drawn([("1", SIMD2(5, -3)), ("2", SIMD2(6, -3))]).rows[0]
    #expect(both == Self.padded("↑1↑2", at: 5))
    #expect(
      drawn([("1", SIMD2(5, -3))], taken: (0..<20).map { ($0, 0) }).rows.allSatisfy { $0 == Self.blank })
  }

  /// On the screen: who has left the window is at its edge, who is inside has a head, and nobody is missing.
  @Test(arguments: [GlyphSet.braille, .ascii]) func whoLeavesTheWindowIsSeenToLeave(glyphs: GlyphSet) throws {
    // x is multiplied by −1.5 a step, the other by 0.9: they start at (−2, 1.5).
    var explorer = try explorer(
      "bowl", ["sgd:lr=1.25", "sgd:lr=0.05"], appearance: Appearance(glyphs: glyphs, depth: .direct))
    explorer.seek(to: 4)
    #expect(explorer.race.run(entry: 0).point == Point(x: -10.125, y: 7.59375))
    var plot = explorer.frame().rows.map { row in
      String(row.dropFirst(explorer.plotArea.x).prefix(explorer.plotArea.width))
    }
    #expect(plot[explorer.plotArea.y].hasPrefix(glyphs == .ascii ? "\\1" : "↖1"))
    #expect(plot.contains { $0.contains("2") })
    // Panned away, the other one leaves, too.
    for _ in 0..<12 { explorer.type("l") }
    plot = explorer.frame().rows.map { row in
      String(row.dropFirst(explorer.plotArea.x).prefix(explorer.plotArea.width))
    }
    #expect(plot.contains { $0.hasPrefix(glyphs == .ascii ? "<2" : "←2") })
    // Before the first step there is the start, and no head to miss.
    explorer.type("0")
    #expect(!explorer.shows(glyphs == .ascii ? "<2" : "←2"))
  }
}
