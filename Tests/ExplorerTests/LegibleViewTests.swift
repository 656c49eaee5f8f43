import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// What the views say is whole, beside nothing that it does not belong to, and in colours that can be read.
@Suite struct LegibleViewTests {
  private static let look = Look(Appearance(depth: .direct))

  // MARK: Legends

  @Test func aLegendOfColoursHasAllOfThem() {
    let tones = Self.look.palette.tones
    let parts = (1...6).map { number in
      SwatchRow.Part(tone: tones[number], wordings: ["only \(number) 16.7 %", "\(number) 17 %", "\(number)"])
    }
    for width in stride(from: 100, through: 32, by: -1) {
      var canvas = Canvas(width: width, height: 1)
      SwatchRow(parts: parts).paint(on: &canvas, Rect(x: 0, y: 0, width: width, height: 1), Self.look)
      for number in 1...6 { #expect(canvas.rows[0].contains("\(number)"), "\(width): \(canvas.rows[0])") }
    }
    #expect(SwatchRow.shares(0.481) == ("48.1 %", "48 %") && SwatchRow.shares(0.002) == ("0.2 %", "<1 %"))
  }

  @Test(arguments: ["80x24", "120x36"]) func aDifferenceNamesEveryColour(_ size: String) throws {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    var explorer = try explorer(
      "himmelblau", ["sgd:lr=0.01", "sgd:lr=0.06"], steps: 0, width: parts[0], height: parts[1],
      appearance: Appearance(depth: .direct))
    explorer.type("D")
    explorer.finishWork()
    let frame = explorer.frame()
    // Each ground of the picture stands in the legend, which is the row above it but one.
    let plot = explorer.layout.plot
    var grounds: [Colour: Int] = [:]
    for y in plot.y..<plot.bottom {
      for x in plot.x..<plot.right where frame[x, y].glyph == .upperHalf {
        grounds[frame[x, y].style.background, default: 0] += 1
      }
    }
    let legend = Set((0..<frame.width).map { frame[$0, plot.y - 2].style.background })
    for (ground, count) in grounds where count > 8 { #expect(legend.contains(ground), "\(ground): \(count)") }
    #expect(grounds.count >= 2)
  }

  @Test func theLegendOfDataIsWhole() throws {
    let moons = "network(data=moons, rows=40, hidden=2)"
    let specs = (1...7).map { "sgd:lr=0.\($0)" }
    for width in [80, 100, 120, 200] {
      var explorer = try explorer(moons, specs, width: width, height: 36)
      explorer.type("b")
      #expect(explorer.shows("6 of 7 entries"), "\(width)")
      #expect(!explorer.rows().contains { $0.contains("right") && $0.contains("…") && $0.contains("pale") })
    }
  }

  // MARK: Curves

  /// Where entries are more than rows, each has its digit.
  @Test func everyCurveHasItsDigit() throws {
    let explorer = try explorer("bowl", (1...9).map { "sgd:lr=0.0\($0)" }, steps: 12)
    for rows in [2, 3, 4, 6, 9, 14] {
      let rect = Rect(x: 0, y: 0, width: 44, height: rows + 1)
      var canvas = Canvas(width: 44, height: rows + 1)
      _ = explorer.context.curvePlot(width: 44).paint(on: &canvas, rect, explorer.context.look)
      let text = canvas.rows.dropFirst().map { $0.suffix(34) }.joined()
      for digit in 1...9 { #expect(text.contains("\(digit)"), "\(digit) in \(rows) rows: \(canvas.rows)") }
    }
  }

  @Test func aTableThatIsCutSaysSo() throws {
    let explorer = try explorer("bowl", (1...7).map { "sgd:lr=0.0\($0)" })
    let rows = explorer.race.experiment.entries.enumerated().map { index, entry in
      RaceTable.Row(
        label: entry.label, colour: entry.colour, isOn: true,
        numbers: RunNumbers(explorer.race.run(entry: index)))
    }
    var canvas = Canvas(width: 40, height: 9)
    _ = RaceTable(rows: rows, selected: 0, showsCost: true)
      .paint(on: &canvas, Rect(x: 0, y: 0, width: 40, height: 6), Self.look)
    #expect(canvas.rows[5].contains("and 3 more") && canvas.rows[4].contains("4 "))
    canvas = Canvas(width: 40, height: 9)
    _ = RaceTable(rows: rows, selected: 0, showsCost: true)
      .paint(on: &canvas, Rect(x: 0, y: 0, width: 40, height: 8), Self.look)
    #expect(!canvas.rows.contains { $0.contains("more") })
  }

  /// The losses of a row do not push what follows to and fro.
  @Test func theStripOfEntriesStandsStill() throws {
    var explorer = try explorer("ravine", width: 80, height: 24)
    explorer.type("H")
    var places: Set<[Int]> = []
    for _ in 0..<20 {
      explorer.type("n")
      let row = explorer.rows()[1]
      places.insert(
        ["Momentum", "Adam", "Newton"].map { name in
          row.firstRange(of: name).map { row.distance(from: row.startIndex, to: $0.lowerBound) } ?? -1
        })
    }
    #expect(places.count == 1, "\(places)")
  }

  // MARK: Colours

  /// The line of the rule that is looked at can be read in every theme.
  @Test(arguments: Theme.allCases, [ColourDepth.direct, .indexed256])
  func theLineThatIsLookedAtCanBeRead(_ theme: Theme, _ depth: ColourDepth) throws {
    for spec in ["adam:lr=0.2", "sam(momentum:lr=0.01)", "adamw:lr=0.1"] {
      var explorer = try explorer(
        "ravine", [spec], steps: 3, appearance: Appearance(theme: theme, depth: depth))
      explorer.type("e")
      let ground = explorer.context.look.palette.keyGround
      for _ in 0..<8 {
        let frame = explorer.frame()
        let lines = (2..<frame.height - 2).filter { y in
          (80..<110).count { frame[$0, y].style.background == ground } > 25
        }
        #expect(lines.count == 1)
        for y in lines {
          // The plot beside it may have a tone of that colour.
          for x in 72..<frame.width where frame[x, y].style.background == ground && frame[x, y].glyph.isText {
            #expect(
              frame[x, y].style.foreground.contrast(to: ground) >= 4.5, "\(theme) \(depth) \(spec) \(x)")
          }
        }
        explorer.type("n")
      }
    }
  }

  // MARK: Places

  /// The space of the scene about it holds what the scene is about.
  @Test(arguments: ["80x24", "120x36", "200x60"]) func theTwinHoldsStartsAndPaths(_ size: String) throws {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    for name in ["precondition", "ravine", "rotation"] {
      var explorer = try explorer(name, width: parts[0], height: parts[1])
      explorer.seek(to: 10)
      if !(explorer.view is TwinView) { explorer.type("V") }
      let context = explorer.context
      let run = context.race.run(entry: context.selectedEntry)
      let space = try #require(TwinSpace(of: run, on: context.landscape, asked: nil))
      let view = try #require(explorer.view as? TwinView)
      let window = view.window(of: space, context)
      let runs = context.race.experiment.entries.indices.map { context.race.run(entry: $0).point }
      for point in runs + context.race.experiment.starts + [space.map.centre]
      where context.home.contains(point) {
        #expect(window.contains(space.map(point)), "\(name): \(point)")
      }
      #expect(abs(window.width - window.height) < 1e-9 * window.width)
    }
  }

  /// On the relief nobody is hidden at the minimum.
  @Test func headsThatMeetOnTheReliefFanOut() throws {
    var explorer = try explorer("bowl", ["newton", "newton:lr=0.9", "newton:lr=0.95"], steps: 30)
    explorer.type("v")
    let frame = explorer.frame()
    let plot = explorer.layout.stage
    let text = (plot.y..<plot.bottom).map { y in
      String((plot.x..<plot.right).map { Character(Unicode.Scalar(frame[$0, y].glyph.base) ?? " ") })
    }
    #expect(text.contains { $0.contains("1") && $0.contains("2") && $0.contains("3") }, "\(text)")
  }

  /// Where both have room, neither the share of a minimum nor what is said of the plane hides the other.
  @Test(arguments: ["80x24", "120x36"]) func sharesAndRemarksStandApart(_ size: String) throws {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    var explorer = try explorer("random-saddles", width: parts[0], height: parts[1])
    explorer.seek(to: 20)
    explorer.type("r")
    let rows = explorer.rows()
    let remark = explorer.context.contourPlot.planeRemarks(explorer.layout.plot)
    #expect(!remark.isEmpty)
    for line in remark { #expect(rows.contains { $0.contains(line) }, "\(line)") }
  }

  /// A word about the end of a curve stands beside no other curve.
  @Test(arguments: ["80x24", "120x36"]) func theEndsOfFairCurvesTouchNothing(_ size: String) throws {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    var explorer = try explorer("wide-range", width: parts[0], height: parts[1])
    explorer.type("S")
    explorer.finishWork()
    var seen = 0
    for row in explorer.rows() {
      for word in ["diverges", "too slow", "not in time"] {
        for part in row.ranges(of: word) {
          seen += 1
          #expect(
            part.lowerBound == row.startIndex || row[row.index(before: part.lowerBound)] == " ", "\(row)")
          #expect(part.upperBound == row.endIndex || row[part.upperBound] == " ", "\(row)")
        }
      }
    }
    #expect(seen > 0)
  }

  // MARK: Dialogs

  @Test func aLineThatGoesOnSaysSo() throws {
    var explorer = try explorer("ravine", width: 80, height: 24)
    explorer.type("f")
    let formula = try #require(explorer.rows().first { $0.contains("f(x, y) = ") })
    #expect(formula.contains("…"))
    // What may be typed is whole, and what files there are, each with what it is.
    #expect(explorer.shows("where u = x + y") && !explorer.shows("where u = x…"))
    explorer.type("Esc X")
    #expect(explorer.shows("this screen .screen.svg") && explorer.shows("every step .csv .json"))
  }

  @Test func whatHappenedIsToldWithItsStep() throws {
    var explorer = try explorer("cliff")
    explorer.seek(to: 20)
    explorer.type("i")
    #expect(explorer.shows("step 16"))
  }

  /// A picture lies on the page that its cells have, however many colours these have.
  @Test(arguments: Theme.allCases, [ColourDepth.direct, .indexed256])
  func picturesLieOnThePageOfTheirCells(_ theme: Theme, _ depth: ColourDepth) {
    let pictured = Appearance(theme: theme, glyphs: .pixels, depth: depth).palette
    #expect(pictured.ground == Palette(theme: theme, depth: depth).ground)
    #expect(pictured.entries == Palette(theme: theme).entries && pictured.depth == .direct)
  }
}
