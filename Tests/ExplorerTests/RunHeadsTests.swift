import Canvas
import Experiments
@testable import Explorer
import Scenes
import Testing

/// Heads that meet fan out: all are seen, tied to where they are, and named.
@Suite struct RunHeadsTests {
  private static let glyphs: [GlyphSet] = [.pixels, .octant, .braille, .ascii]

  private struct Shown {
    var heads: [SIMD2<Double>] = []
    var leaders: [(from: SIMD2<Double>, to: SIMD2<Double>)] = []

    init(_ drawing: PlotDrawing) {
      for item in drawing.items {
        switch item {
        case .head(_, let place, _): heads.append(place)
        case .leader(let from, let to, _): leaders.append((from, to))
        default: break
        }
      }
    }
  }

  private func drawing(_ places: [SIMD2<Double>], columns: Int, rows: Int) throws -> Shown {
    let palette = Palette(depth: .direct)
    var plot = Plot(columns: columns, rows: rows, rung: .pixels, palette: palette)
    RunHeads(
      heads: places.enumerated().map {
        RunHeads.Head(glyph: Glyph(Character("\($0 + 1)")), place: $1, colour: palette.entry($0))
      }
    ).draw(on: &plot)
    var canvas = Canvas(width: columns, height: rows)
    plot.paint(on: &canvas, at: Rect(x: 0, y: 0, width: columns, height: rows))
    return Shown(try #require(canvas.drawings.first).drawing)
  }

  /// Discs in pixels do not cover each other wherever they meet, at the edges too, and lines lead to those that are aside.
  @Test(arguments: [
    SIMD2(30.2, 10.7), SIMD2(0.3, 0.2), SIMD2(59.6, 10.1), SIMD2(59.9, 19.9), SIMD2(1.5, 19.5),
  ]) func discsStandApart(_ place: SIMD2<Double>) throws {
    for spread in [0.0, 0.4, 1.1] {
      let places = (0..<9).map { index in
        let way = SIMD2(Double(index % 3) - 1, 0.5 * Double(index / 3) - 0.5) * spread
        return (place + way).clamped(lowerBound: SIMD2(0, 0), upperBound: SIMD2(59.99, 19.99))
      }
      let shown = try drawing(places, columns: 60, rows: 20)
      #expect(shown.heads.count == 9)
      #expect(shown.heads[0] == places[0])
      for (i, a) in shown.heads.enumerated() {
        #expect(a.x >= 0 && a.y >= 0 && a.x < 60 && a.y < 20)
        for b in shown.heads[..<i] {
          let way = (a - b) * SIMD2(1, 2)
          #expect((way * way).sum().squareRoot() > 2.6, "\(a) and \(b)")
        }
      }
      let aside = zip(shown.heads, places).filter { $0 != $1 }
      #expect(aside.count == shown.leaders.count && (spread > 0 || aside.count == 8))
      for (head, place) in aside {
        // All of it is in the picture.
        #expect(head.x >= 1.2 && head.x <= 58.8 && head.y >= 0.6 && head.y <= 19.4, "\(head)")
        #expect(shown.leaders.contains { $0.from == place && $0.to == head })
      }
    }
  }

  /// At the minimum every entry has its digit and its name, whatever the plot is made of.
  @Test(arguments: glyphs) func nobodyIsHiddenAtTheMinimum(_ glyphs: GlyphSet) throws {
    let names = ["sgd:lr=0.5", "newton", "newton:lr=0.9", "momentum:lr=0.1,beta=0.1", "adam:lr=0.05"]
    var explorer = try explorer(
      "bowl", names, steps: 500, appearance: Appearance(glyphs: glyphs, depth: .direct))
    explorer.handle(.showsPictures(glyphs == .pixels))
    explorer.apply(Settings(glyphs: glyphs))
    let frame = explorer.frame()
    let area = explorer.plotArea
    let text = (area.y..<area.bottom).map { y in
      String((area.x..<area.right).map { Character(Unicode.Scalar(frame[$0, y].glyph.base) ?? " ") })
    }
    for (index, entry) in explorer.race.experiment.entries.enumerated() {
      #expect(text.contains { $0.contains("\(index + 1)") }, "\(glyphs): \(index + 1)")
      #expect(text.contains { $0.contains(entry.label) }, "\(glyphs): \(entry.label)")
    }
  }
}
