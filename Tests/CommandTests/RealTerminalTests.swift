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
  private func wanted(steps: Int) throws -> Canvas {
    var explorer = Explorer(
      scene: try SceneLibrary().scene("ravine"),
      appearance: Appearance(theme: .dark, glyphs: .braille, depth: .indexed256), width: columns, height: rows
    )
    explorer.apply(Settings(glyphs: .pixels))
    explorer.handle(.showsPictures(true))
    for _ in 0..<steps { explorer.handle(.key(.character("n"))) }
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
}
