import TestSupport
import Testing

@testable import Canvas
@testable import Pixels

/// Whatever a run comes to, its picture ends no program, and is as large as it should be.
struct DrawingFuzzTests {
  /// Numbers that a run may reach.
  private static let extremes: [Double] = [
    .nan, .infinity, -.infinity, 1e308, -1e308, 1e20, -1e20, 1e9, 0, -0.0, 5e-324, 7.5,
  ]

  private struct Source {
    var random: SplitMix64

    mutating func number() -> Double {
      Int.random(in: 0..<3, using: &random) == 0
        ? DrawingFuzzTests.extremes[Int.random(in: 0..<DrawingFuzzTests.extremes.count, using: &random)]
        : Double.random(in: -4...24, using: &random)
    }

    mutating func place() -> SIMD2<Double> { SIMD2(number(), number()) }

    mutating func places() -> [SIMD2<Double>] {
      (0..<Int.random(in: 0..<9, using: &random)).map { _ in place() }
    }

    mutating func plot(_ columns: Int, _ rows: Int, _ palette: Palette) -> Plot {
      var plot = Plot(columns: columns, rows: rows, rung: .pixels, palette: palette)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: plot.shade { _, _ in number() }
      case 1: plot.shade(bands: 4) { x, _ in x % 5 == 0 ? nil : x % 7 }
      case 2: plot.shade(pairsOf: palette.tones) { x, y in x * y }
      default: break
      }
      let marks: [Glyph] = ["◆", "+", "×", "○", "◉", "7", "漢", "→", " "]
      for _ in 0..<12 {
        switch Int.random(in: 0..<7, using: &random) {
        case 0: plot.line(places())
        case 1: plot.line(places(), colour: palette.accent)
        case 2: plot.points(places(), colour: palette.entry(1))
        case 3:
          plot.trail(places(), TrailPen(palette.entry(2), rank: 3, fade: 2, broad: 2, marksPlaces: true))
        case 4: plot.head("4", at: place(), colour: palette.entry(3))
        case 5: plot.leader(from: place(), to: place(), colour: palette.entry(4))
        default:
          plot.marker(
            marks[Int.random(in: 0..<marks.count, using: &random)], at: place(),
            style: palette.style(.strong).on(.terminal))
        }
      }
      return plot
    }
  }

  @Test func anyPlotIsPainted() {
    for seed in FuzzCases.seeds(60) {
      FuzzCases.begin("drawing \(seed)")
      var source = Source(random: SplitMix64(state: UInt64(seed)))
      let palette = Palette(theme: Theme.allCases[seed % Theme.allCases.count], depth: .direct)
      let (columns, rows) = (seed % 23, seed % 9)
      var canvas = Canvas(width: 20, height: 8, style: palette.style(.text))
      source.plot(columns, rows, palette).paint(on: &canvas, x: seed % 7 - 2, y: seed % 5 - 2)
      let cell = CellSize(width: 1 + seed % 12, height: 1 + seed % 21)
      for placed in canvas.drawings {
        let image = PictureLayers.image(of: placed, on: canvas, cell: cell)
        #expect(image.width == columns * cell.width && image.height == rows * cell.height)
      }
      for means in [
        PictureLayers.Means.kitty(replacesParts: true), .sixel, .placeholders(hasDirectColour: true),
      ] {
        var layers = PictureLayers(means, cell: cell)
        _ = layers.bytes(for: canvas)
        #expect(layers.bytes(for: canvas).isEmpty)
      }
    }
  }
}
