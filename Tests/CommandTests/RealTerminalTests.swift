import Canvas
import Explorer
import Foundation
import Glibc
import Scenes
import TestSupport
import Testing

@testable import Pixels

/// The program in real terminals: what they show of a plot is the raster that was meant.
@Suite(.serialized) struct RealTerminalTests {
  private let columns = 80
  private let rows = 26
  private let steps = 4

  /// The screen as the program means it.
  private func wanted(
    steps: Int, depth: ColourDepth = .indexed256, _ change: (inout Explorer) -> Void = { _ in }
  ) throws -> Canvas {
    var explorer = Explorer(
      scene: try SceneLibrary().scene("ravine"),
      appearance: Appearance(theme: .dark, glyphs: .braille, depth: depth), width: columns, height: rows
    )
    explorer.apply(Settings(glyphs: .pixels))
    explorer.handle(.showsPictures(true))
    for _ in 0..<steps { explorer.handle(.key(.character("n"))) }
    change(&explorer)
    return explorer.frame()
  }

  /// How far pictures of drawings are from what is on the screen: the mean over all parts of colours, and the share of
  /// pixels of which some part is far off.
  private func distance(of shown: RealTerminal.Picture, from canvas: Canvas) -> (mean: Double, far: Double)? {
    let cell = CellSize(width: shown.width / columns, height: shown.height / rows)
    guard shown.width == cell.width * columns, shown.height == cell.height * rows, cell.width > 3 else {
      return nil
    }
    var (sum, far, count) = (0, 0, 0)
    for placed in canvas.drawings {
      let image = PictureLayers.image(of: placed, on: canvas, cell: cell)
      for y in 0..<image.height {
        for x in 0..<image.width where image[x, y] != .clear {
          let place = ((y + placed.rect.y * cell.height) * shown.width + x + placed.rect.x * cell.width) * 3
          let (red, green, blue) = image[x, y].straight
          let parts = zip(shown.rgb[place..<place + 3], [red, green, blue]).map { abs(Int($0) - Int($1)) }
          sum += parts.reduce(0, +)
          if parts.contains(where: { $0 > 60 }) { far += 1 }
          count += 1
        }
      }
    }
    return count == 0 ? nil : (Double(sum) / Double(3 * count), Double(far) / Double(count))
  }

  @Test(arguments: RealTerminal.Kind.allCases) func thePlotIsTheRaster(kind: RealTerminal.Kind) throws {
    let terminal = try RealTerminal(
      kind, columns: columns, rows: rows,
      running: [BuiltProgram.descent, "ravine", "--no-config", "--glyphs", "pixels"])
    // Sixels have 256 colours, and kitty's shader rounds.
    let (mean, far) = kind == .xterm ? (9.0, 0.02) : (3, 0.005)
    var found: (mean: Double, far: Double)?
    for (number, keys) in [[], [String](repeating: "n", count: steps), ["question"], ["Escape"]].enumerated()
    {
      if !keys.isEmpty { try terminal.press(keys) }
      let isHelp = keys == ["question"]
      let canvas = try wanted(steps: number == 0 ? 0 : steps)
      found = nil
      for _ in 0..<150 {
        found = distance(of: try terminal.picture(), from: canvas)
        // The help lies over the plot, and leaves it as it was.
        if let found, isHelp ? found.far >= far : found.mean < mean && found.far < far { break }
        usleep(200_000)
      }
      let last = try #require(found, "the window has \(columns)x\(rows) cells")
      #expect(isHelp ? last.far >= far : last.mean < mean && last.far < far, "\(kind) \(number): \(last)")
    }
    // A picture of another step is not within the tolerance.
    let other = try #require(distance(of: try terminal.picture(), from: try wanted(steps: steps + 3)))
    #expect(other.far >= far, "\(other)")
  }

  /// The cells of pictures over which text lies, that are not as they should be: of a blank all is its ground, of a character
  /// most is its ground, and something is not.
  private func strangers(in shown: RealTerminal.Picture, on canvas: Canvas) -> (wrong: [String], count: Int)?
  {
    let cell = CellSize(width: shown.width / columns, height: shown.height / rows)
    guard shown.width == cell.width * columns, shown.height == cell.height * rows, cell.width > 3 else {
      return nil
    }
    var (wrong, count): ([String], Int) = ([], 0)
    let rect = canvas.drawings[0].rect
    for y in rect.y..<rect.bottom {
      for x in rect.x..<rect.right where !canvas.showsDrawing(x: x, y: y) {
        let style = canvas[x, y].style
        let isReversed = style.attributes.contains(.reverse)
        let ground = Pixel(isReversed ? style.foreground : style.background).straight
        var like = 0
        for row in 0..<cell.height {
          for column in 0..<cell.width {
            let place = ((y * cell.height + row) * shown.width + x * cell.width + column) * 3
            let parts = zip(shown.rgb[place..<place + 3], [ground.red, ground.green, ground.blue])
            if parts.allSatisfy({ abs(Int($0) - Int($1)) <= 8 }) { like += 1 }
          }
        }
        let share = Double(like) / Double(cell.width * cell.height)
        let isBlank = canvas[x, y].glyph == .space
        if isBlank ? share < 0.95 : !(0.3..<1).contains(share) {
          wrong.append("\(x), \(y): \(canvas[x, y].glyph), \(share)")
        }
        count += 1
      }
    }
    return (wrong, count)
  }

  /// A dialog over the picture stands on its own ground and can be read, and around it the picture is what it was.
  @Test func aDialogStandsOnItsOwnGround() throws {
    let terminal = try RealTerminal(
      .kitty, columns: columns, rows: rows,
      running: [BuiltProgram.descent, "ravine", "--no-config", "--glyphs", "pixels"])
    // The picture first, then dialogs over it.
    for (name, key) in [("", ""), ("L", "L"), ("question", "?")] {
      if key == "?" { try terminal.press(["Escape"]) }
      if !name.isEmpty { try terminal.press([name]) }
      let canvas = try wanted(steps: 0, depth: .direct) { explorer in
        for character in key { explorer.handle(.key(.character(character))) }
      }
      var found: (far: Double, wrong: [String], count: Int)?
      for _ in 0..<150 {
        let picture = try terminal.picture()
        if let distance = distance(of: picture, from: canvas),
          let strangers = strangers(in: picture, on: canvas)
        {
          found = (distance.far, strangers.wrong, strangers.count)
          if distance.far < 0.01, strangers.wrong.isEmpty { break }
        }
        usleep(200_000)
      }
      let last = try #require(found, "the window has \(columns)x\(rows) cells")
      #expect(last.far < 0.01 && (name.isEmpty || last.count > 200), "\(key): \(last.far), \(last.count)")
      #expect(last.wrong.isEmpty, "\(key): \(last.wrong.prefix(20))")
    }
  }
}
