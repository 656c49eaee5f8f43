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
    /// What stands beside heads.
    var names: [String] = []
    /// The numbers of iterates.
    var numbers: [String] = []
    /// The names of contour lines, each once.
    var levels: Set<String> = []
    /// The numbers of the axes.
    var across: [String] = []
    var up: [String] = []

    var description: String {
      "ways \(ways), ghosts \(ghosts), heads \(heads), \(starts) starts, \(minima) minima, \(saddles) saddles, "
        + "names \(names), numbers \(numbers), levels \(levels.sorted()), axes \(across) \(up), "
        + "\(rests) rests, \(arrows) arrows, \(outlines) outlines\(hasFan ? ", a fan" : "")\(hasField ? ", a field" : "")"
    }

    private static let tips: Set<Glyph> = ["▲", "▼", "◀", "▶", "◢", "◣", "◤", "◥"]
    private static let directions: Set<Glyph> = ["→", "↗", "↑", "↖", "←", "↙", "↓", "↘"]

    /// What a drawing of cells holds, and what stands around it on the screen, as far as it is of a window.
    init(_ placed: Canvas.PlacedDrawing, on canvas: Canvas, in window: Window) {
      let drawing = placed.drawing
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
      hasFan = lines.values.contains { $0 > 0 }
      for (word, style) in Self.words(of: drawing) { add(word, style, drawing.palette) }
      readAxes(around: placed.rect, on: canvas, in: window)
      sort()
    }

    /// What is written into a drawing, letter by letter.
    private static func words(of drawing: PlotDrawing) -> [(word: String, style: Style)] {
      var words: [(word: String, style: Style, end: SIMD2<Double>)] = []
      for case .letter(let glyph, let place, let style) in drawing.items {
        let letter = String(Character(Unicode.Scalar(glyph.base) ?? " "))
        if let last = words.last, last.style == style, last.end.y == place.y,
          [1, 2].contains(place.x - last.end.x)
        {
          // A blank is no letter.
          let gap = place.x - last.end.x == 2 ? " " : ""
          words[words.count - 1] = (last.word + gap + letter, style, place)
        } else {
          words.append((letter, style, place))
        }
      }
      return words.map { ($0.word, $0.style) }
    }

    private mutating func add(_ word: String, _ style: Style, _ palette: Palette) {
      let isNumber = word.allSatisfy { $0.isNumber || ".−e".contains($0) }
      if style.background != .terminal { return }
      if style.attributes.contains(.bold) {
        if !isNumber { names.append(word) }
      } else if isNumber {
        if palette.entries.contains(style.foreground) { numbers.append(word) } else { levels.insert(word) }
      }
    }

    private mutating func readAxes(around rect: Rect, on canvas: Canvas, in window: Window) {
      func text(_ columns: Range<Int>, _ row: Int) -> String {
        String(columns.map { Character(Unicode.Scalar(canvas[$0, row].glyph.base) ?? " ") })
      }
      func numbers(_ text: String, in range: ClosedRange<Double>) -> [String] {
        text.split(separator: " ").map { String($0) }.filter {
          Double($0.replacing("−", with: "-")).map { range.contains($0) } ?? false
        }
      }
      across = numbers(text(rect.x - 5..<rect.right, rect.bottom + 1), in: window.x)
      up = (rect.y..<rect.bottom).flatMap { row in
        numbers(text(0..<rect.x, row).replacing("┤", with: " "), in: window.y)
      }
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
      names.sort()
      numbers.sort()
      across.sort()
      up.sort()
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
      case (.text(let label), "name"): names.append(label.text)
      case (.text(let label), "number"): numbers.append(label.text)
      case (.text(let label), _): add(label.text, in: group)
      default: break
      }
    }

    private mutating func add(_ text: String, in group: String) {
      switch group {
      case "heads": heads.append(text)
      case "levels": levels.insert(text)
      case "across": across.append(text)
      case "up": up.append(text)
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
    Moment(scene: "ravine", step: 30) {
      $0.ways.count == 4 && $0.heads == ["1", "2", "3", "4"] && $0.levels.count > 2 && $0.numbers.count > 1
        && $0.names == ["Adam", "Momentum", "Newton", "SGD"] && $0.across.count > 3 && $0.up.count > 3
    },
    // All in one place.
    Moment(scene: "ravine", step: 400) { $0.heads.count == 4 && $0.names.count == 4 },
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
    let frame = explorer.frame()
    let plot = try #require(
      frame.drawings.first { if case .shades = $0.drawing.ground { true } else { false } })
    let export = Export(scene: explorer.shown, subject: explorer.subject, theme: .dark, depth: .direct)
    let screen = Shown(plot, on: frame, in: export.window)
    let figure = Shown(export.figure.drawing)
    #expect(screen == figure)
    #expect(moment.shows(screen), "\(screen)")
  }
}
