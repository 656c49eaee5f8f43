import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes
import Testing
import TestSupport

@testable import Explorer

/// A run that has gone far draws no line where none of its steps passed.
@Suite struct FarTrailTests {
  /// The ravine with a rate at which plain descent diverges: after 150 steps it is 1e37 away, after 1,100 at 1e290.
  private static func explorer(_ steps: Int, glyphs: GlyphSet = .braille) throws -> Explorer {
    var scene = try scene("ravine")
    scene.experiment.entries = Entry.entries([try OptimizerSpec("sgd:lr=0.09")])
    scene.experiment.budget = Budget(steps: steps)
    var explorer = Explorer(
      scene: scene, appearance: Appearance(glyphs: glyphs, depth: .none), width: 120, height: 36)
    explorer.seek(to: steps)
    return explorer
  }

  private static func points(of explorer: Explorer) -> [Point] {
    let history = explorer.race.run(entry: 0).history
    return (0..<history.count).map {
      Point(x: history.coordinate(0, at: $0), y: history.coordinate(1, at: $0))
    }
  }

  /// Whether a step of a way passes a rectangle, by arithmetic without rounding.
  private static func passes(_ way: [Point], _ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> Bool {
    zip(way, way.dropFirst()).contains { a, b in ExactSum.meets(x, y, from: (a.x, a.y), to: (b.x, b.y)) }
  }

  /// The cells of the plot that are not as they would be without the trail, but for the names of levels, which give way to it.
  private static func trailCells(_ explorer: Explorer) -> [(x: Int, y: Int)] {
    var (with, without) = (explorer, explorer)
    without.overlays.remove(.trail)
    let (a, b) = (with.frame(), without.frame())
    let plot = explorer.plotArea
    let digits = "0123456789".map { Glyph($0) }
    // A trail may be of digits, too: ones alone.
    func isName(_ canvas: Canvas, _ x: Int, _ y: Int) -> Bool {
      var (first, last) = (x, x)
      guard digits.contains(canvas[x, y].glyph) else { return false }
      while digits.contains(canvas[first - 1, y].glyph) { first -= 1 }
      while digits.contains(canvas[last + 1, y].glyph) { last += 1 }
      return (first...last).contains { canvas[$0, y].glyph != "1" }
    }
    return (plot.y..<plot.bottom).flatMap { y in
      (plot.x..<plot.right).filter { x in
        a[x, y] != b[x, y] && !isName(a, x, y) && !isName(b, x, y)
      }.map { ($0 - plot.x, y - plot.y) }
    }
  }

  @Test(arguments: [20, 60, 100, 150, 200, 400], [GlyphSet.braille, .quadrant, .ascii])
  func everyCellOfTheTrailIsOnTheWay(_ steps: Int, _ glyphs: GlyphSet) throws {
    let explorer = try Self.explorer(steps, glyphs: glyphs)
    let way = Self.points(of: explorer)
    try #require(way.count > 20)
    let cells = Self.trailCells(explorer)
    let window = explorer.layout.area.shown(explorer.window)
    let plot = explorer.plotArea
    let (dx, dy) = (window.width / Double(plot.width), window.height / Double(plot.height))
    // A dot belongs to the cell in which its middle is, so a way may pass half a dot beside.
    let (mx, my) = (dx / 4, dy / 4)
    for cell in cells {
      let left = window.x.lowerBound + Double(cell.x) * dx
      let top = window.y.upperBound - Double(cell.y) * dy
      #expect(
        Self.passes(way, (left - mx)...(left + dx + mx), (top - dy - my)...(top + my)),
        "no step passes cell \(cell) after \(steps) steps")
    }
    // The first steps are in the picture, and so are cells of theirs.
    #expect(cells.count > 20)
  }

  /// Paths on the relief lie over the same ground.
  @Test func aPathOnTheReliefPassesWhereTheRunDid() throws {
    let explorer = try Self.explorer(150)
    let way = Self.points(of: explorer)
    let window = explorer.window
    for (a, b) in zip(way, way.dropFirst()) {
      let part = window.part(from: a, to: b)
      let isMet = ExactSum.meets(window.x, window.y, from: (a.x, a.y), to: (b.x, b.y))
      #expect((part != nil) == isMet)
    }
    var far = explorer
    far.show(.surface)
    // From the step on at which no way passes the window, the picture stays as it is but for what ages.
    let last =
      zip(way, way.dropFirst()).enumerated().filter { _, step in
        ExactSum.meets(window.x, window.y, from: (step.0.x, step.0.y), to: (step.1.x, step.1.y))
      }.map(\.offset).max() ?? 0
    func dots(_ step: Int) -> [[Bool]] {
      var explorer = far
      explorer.seek(to: step)
      let frame = explorer.frame()
      let stage = explorer.layout.stage
      return (stage.y..<stage.bottom - 1).map { y in
        (stage.x..<stage.right).map { frame[$0, y].glyph != .space }
      }
    }
    try #require(last < 120)
    #expect(dots(last + 30) == dots(150))
  }

  /// In another space the ways are those of the landscape.
  @Test func aMappedTrailPassesWhereItDoes() throws {
    // x̃ = x + y, ỹ = y − x, about (0, 0).
    let map = try #require(AffineMap(centre: Point(0, 0), Point(x: 1, y: 1), Point(x: -1, y: 1)))
    let scale = PlotScale(
      PlotArea(Rect(x: 0, y: 0, width: 20, height: 7), isShort: true),
      showing: PlotWindow(x: -1...1, y: -1...1), through: map)
    func trail(_ points: Point...) -> [SIMD2<Double>] { scale.trail(through: points).places }
    // Along x = y: level through the middle row.
    let through = trail(Point(-1e37, -1e37), Point(1e37, 1e37))
    #expect(through.count == 2)
    #expect(through.allSatisfy { abs($0.y - 3.5) < 1e-9 })
    // By more than a window, and by no more than a rounding of its ends.
    #expect(trail(Point(-1e37, -1e37), Point(1e37, 1e36)).isEmpty)
    #expect(trail(Point(-1e37, -1e37), Point(1e37, 1e37.nextUp)).isEmpty)
    #expect(trail(Point(0.1, 0.1)).count == 1)
  }
}
