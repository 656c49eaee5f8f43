import Canvas
import Experiments
import Explorer
import Exports
import Landscapes
import Pixels
import Scenes
import Testing

/// The screen and the figure show the same.
struct SamePictureTests {
  /// What a picture of a race shows, whatever it looks like.
  struct Shown: Equatable, CustomStringConvertible {
    /// The colours of ways with a dot a step.
    var ways: [String] = []
    /// The colours of ways without.
    var ghosts: [String] = []
    /// What is written on the heads.
    var heads: [String] = []
    var starts = 0
    var minima = 0
    var saddles = 0
    var rests = 0
    var hasFan = false
    /// Arrows, by their tips.
    var arrows = 0
    /// Balls and ellipses.
    var outlines = 0
    var hasField = false

    var description: String {
      "ways \(ways), ghosts \(ghosts), heads \(heads), \(starts) starts, \(minima) minima, \(saddles) saddles, "
        + "\(rests) rests, \(arrows) arrows, \(outlines) outlines\(hasFan ? ", a fan" : "")\(hasField ? ", a field" : "")"
    }

    private static let tips: Set<Glyph> = ["▲", "▼", "◀", "▶", "◢", "◣", "◤", "◥"]
    private static let directions: Set<Glyph> = ["→", "↗", "↑", "↖", "←", "↙", "↓", "↘"]

    /// What a drawing of cells holds.
    init(_ drawing: PlotDrawing) {
      var lines: [String: Int] = [:]
      var directions = 0
      for item in drawing.items {
        switch item {
        // What is drawn over all ways are arrows.
        case .way(let way) where way.rank < .max && way.places.count > 1:
          if way.marksPlaces { ways.append("\(way.colour)") } else { ghosts.append("\(way.colour)") }
        case .way(let way) where way.rank == .max && way.places.count > 40: outlines += 1
        case .letter(let glyph, _, _) where Self.tips.contains(glyph): arrows += 1
        case .letter(let glyph, _, _) where Self.directions.contains(glyph): directions += 1
        case .head(let glyph, _, _): heads.append(Unicode.Scalar(glyph.base).map { String($0) } ?? "")
        case .sign("◆", _, _): starts += 1
        case .sign("+", _, _): minima += 1
        case .sign("×", _, _): saddles += 1
        case .sign("○", _, let colour) where colour != drawing.palette.strong: rests += 1
        case .lines(let all, let colour): lines["\(colour)", default: 0] += all.count
        default: break
        }
      }
      // A few are at the edge, for those who are outside.
      hasField = directions > 20
      // A line leads to a head that stands aside.
      hasFan = lines.values.contains { $0 > heads.count }
      sort()
    }

    /// What a figure holds.
    init(_ figure: Picture) {
      for item in figure.items { add(item, in: "") }
      sort()
    }

    private mutating func sort() {
      ways.sort()
      ghosts.sort()
      heads.sort()
    }

    private mutating func add(_ item: Picture.Item, in group: String) {
      let name = item.name ?? group
      switch (item.shape, item.name) {
      case (.group(let items, _), "trajectory"), (.group(let items, _), "ghost"): addWay(items)
      case (.group(let items, _), _):
        if name != "legend" { for item in items { add(item, in: name) } }
      case (.lines, "start"): starts += 1
      case (.lines, "minimum"): minima += 1
      case (.lines, "saddle"): saddles += 1
      case (.lines(let lines), "fan"): hasFan = !lines.isEmpty
      case (.circle, "ring"): rests += 1
      case (.lines, "arrow"): arrows += 1
      case (.lines, "ball"), (.lines, "scatter"): outlines += 1
      case (.lines(let lines), "field"): hasField = !lines.isEmpty
      case (.text(let label), _) where group == "heads": heads.append(label.text)
      default: break
      }
    }

    private mutating func addWay(_ items: [Picture.Item]) {
      var hasDots = false
      for case (.group(let dots, _), "steps") in items.map({ ($0.shape, $0.name) }) {
        hasDots = !dots.isEmpty
      }
      for item in items where item.name == "path" {
        guard case .lines(let lines) = item.shape, lines.contains(where: { $0.places.count > 1 }),
          let colour = item.pen.stroke
        else { continue }
        if hasDots { ways.append("\(colour)") } else { ghosts.append("\(colour)") }
      }
    }
  }

  /// A moment of a scene, with keys typed before its last step.
  struct Moment: CustomTestStringConvertible, Sendable {
    var scene: String
    var step: Int
    var keys = ""
    /// What is different in the scene.
    var change: @Sendable (inout Scene) -> Void = { _ in }
    /// What is to be seen at least.
    var shows: @Sendable (Shown) -> Bool
    var testDescription: String { "\(scene), step \(step)\(keys.isEmpty ? "" : ", keys \(keys)")" }
  }

  private static let moments = [
    Moment(scene: "ravine", step: 30) { $0.ways.count == 4 && $0.heads == ["1", "2", "3", "4"] },
    Moment(scene: "ravine", step: 0) { $0.heads.isEmpty && $0.starts == 1 && $0.minima == 1 },
    Moment(scene: "saddle", step: 100) { $0.saddles == 1 && $0.minima == 2 && $0.rests > 0 },
    // One entry off, the others grey but for the selected one, one of them kept in grey besides.
    Moment(scene: "ravine", step: 25, keys: "2g*") { $0.ways.count == 3 && $0.heads.contains("a") },
    Moment(scene: "temperature", step: 40, keys: "F") { $0.hasFan },
    Moment(scene: "muon-steps", step: 20) { !$0.ways.isEmpty && $0.starts > 0 },
    Moment(scene: "saddle", step: 30, change: { $0.overlays = [.trail] }) {
      $0.minima + $0.saddles == 0 && !$0.ways.isEmpty
    },
    Moment(scene: "saddle", step: 30, change: { $0.overlays = [.minima] }) {
      $0.minima == 2 && $0.ways.isEmpty && $0.rests == 0 && $0.heads.count == 4
    },
    Moment(scene: "cancel", step: 4) { $0.arrows > 1 },
    Moment(scene: "zigzag", step: 6) { $0.arrows == 2 && $0.outlines == 0 },
    Moment(scene: "adam-flow", step: 6) { $0.hasField },
    Moment(scene: "sampling", step: 3) { $0.outlines == 1 },
    Moment(scene: "full-matrix", step: 6) { $0.outlines == 1 && $0.arrows == 0 },
    Moment(
      scene: "ravine", step: 12,
      change: { $0.experiment.starts = [Point(x: -2, y: -1), Point(x: -1, y: 0.2), Point(x: -1.5, y: -0.5)] }
    ) {
      $0.starts == 3 && $0.ways.count == 12 && $0.heads.count == 12
    },
  ]

  @Test(arguments: moments) func screenAndFigureShowTheSame(_ moment: Moment) throws {
    var scene = try SceneLibrary().scene(moment.scene)
    moment.change(&scene)
    var explorer = Explorer(
      scene: scene, appearance: Appearance(depth: .direct),
      width: 160, height: 48)
    _ = explorer.handle(.showsPictures(true))
    explorer.seek(to: min(moment.step, 5))
    for key in moment.keys { _ = explorer.handle(.key(.character(key))) }
    explorer.seek(to: moment.step)
    explorer.show(.contour)
    explorer.finishWork()
    let plot = try #require(
      explorer.frame().drawings.map(\.drawing).first { if case .shades = $0.ground { true } else { false } })
    let screen = Shown(plot)
    let export = Export(scene: explorer.shown, subject: explorer.subject, theme: .dark, depth: .direct)
    let figure = Shown(export.figure.drawing)
    #expect(screen == figure)
    #expect(moment.shows(screen), "\(screen)")
  }
}
