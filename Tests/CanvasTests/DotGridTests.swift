import Testing

@testable import Canvas

@Suite struct DotGridTests {
  private func rows(_ grid: DotGrid) -> [String] {
    var canvas = Canvas(width: grid.width, height: grid.height)
    grid.paint(on: &canvas, x: 0, y: 0)
    return canvas.rows
  }

  @Test func diagonals() {
    let expected: [(Dots, [String])] = [
      (.braille, ["⠑⢄  ", "  ⠑⢄"]), (.quadrant, ["▚   ", " ▚  ", "  ▚ ", "   ▚"]),
      (.single, [#"\   "#, #" \  "#, #"  \ "#, #"   \"#]),
    ]
    for (dots, rows) in expected {
      var grid = DotGrid(dots, width: 4, height: rows.count)
      grid.line(from: .zero, to: SIMD2(4, Double(rows.count)), .ansi(2))
      #expect(self.rows(grid) == rows)
    }
  }

  @Test func everyDotHasItsGlyph() {
    for dots in Dots.allCases where dots != .single {
      var seen: Set<Glyph> = []
      for set in 0..<1 << (dots.across * dots.down) { seen.insert(dots.glyph(UInt8(set))) }
      #expect(seen.count == 1 << (dots.across * dots.down), "\(dots): each set of dots looks different")
      #expect(seen.allSatisfy { $0.columns == 1 })
      var full = DotGrid(dots, width: 1, height: 1)
      for x in 0..<dots.across { for y in 0..<dots.down { full.set(x, y, .terminal) } }
      #expect(rows(full) == [dots == .braille ? "⣿" : "█"])
    }
    // The first and the last of their block, and those that stand elsewhere (Unicode 16, chart U1CC00).
    #expect(Dots.octant.glyph(0b0000_0100).base == 0x1cd00 && Dots.octant.glyph(0b1111_1110).base == 0x1cde5)
    #expect(Dots.octant.glyph(0b0000_0001).base == 0x1cea8 && Dots.octant.glyph(0b1111_0000) == "▄")
    #expect(Dots.octant.glyph(0b0101_0101) == "▌" && Dots.octant.glyph(0b1100_0000) == "▂")
    #expect(Dots.sextant.glyph(1) == "🬀")
    #expect(Dots.sextant.glyph(0b111110) == "🬻")
    #expect(Dots.sextant.glyph(0b010101) == "▌")
    #expect(Dots.sextant.glyph(0b010110) == "🬔")
    #expect(Dots.braille.glyph(Dots.braille.bit(1, 3)) == "⢀")
    #expect(Dots.braille.glyph(Dots.braille.bit(0, 3)) == "⡀")
    #expect(Dots.braille.glyph(Dots.braille.bit(1, 0)) == "⠈")
  }

  @Test func signsFollowTheLine() {
    let ways: [(SIMD2<Double>, SIMD2<Double>, String)] = [
      (SIMD2(0, 0.5), SIMD2(3, 0.5), "---"), (SIMD2(0, 0.9), SIMD2(3, 0.1), "---"),
    ]
    for (a, b, row) in ways {
      var grid = DotGrid(.single, width: 3, height: 1)
      grid.line(from: a, to: b, .terminal)
      #expect(rows(grid) == [row])
    }
    var grid = DotGrid(.single, width: 3, height: 3)
    grid.line(from: SIMD2(0.5, 2.5), to: SIMD2(2.5, 0.5), .terminal)
    #expect(rows(grid) == ["  /", " / ", "/  "])
    grid = DotGrid(.single, width: 1, height: 2)
    grid.line(from: SIMD2(0.5, 0), to: SIMD2(0.5, 2), .terminal)
    #expect(rows(grid) == ["|", "|"])
  }

  /// Places far away, infinite or not numbers neither trap nor cost time, and what is inside is right.
  @Test func clippingIsRobust() {
    let wild: [Double] = [
      .nan, .infinity, -.infinity, 1e308, -1e308, 1e18, -1e18, 0, 0.5, 3.999, 4, -0.0, .leastNonzeroMagnitude,
    ]
    for dots in Dots.allCases {
      var grid = DotGrid(dots, width: 4, height: 2)
      for a in wild {
        for b in wild {
          for c in wild {
            for d in [0.0, 1.5, 1e308, .nan] {
              grid.line(from: SIMD2(a, b), to: SIMD2(c, d), .ansi(1))
              grid.point(SIMD2(a, b), .ansi(1))
            }
          }
        }
      }
      grid.polyline([SIMD2(0, 0), SIMD2(.nan, 1), SIMD2(3, 1)], .ansi(1))
      #expect(rows(grid).allSatisfy { Text.width(of: $0) == 4 })
    }
    // Through the middle row from one end of the world to the other.
    var grid = DotGrid.quadrant(width: 4, height: 2)
    grid.line(from: SIMD2(-1e300, 0.25), to: SIMD2(1e300, 0.25), .ansi(1))
    #expect(rows(grid) == ["▀▀▀▀", "    "])
    var outside = DotGrid.quadrant(width: 4, height: 2)
    outside.line(from: SIMD2(-5, -1), to: SIMD2(9, -0.1), .ansi(1))
    #expect(rows(outside) == ["    ", "    "])
    for size in [(0, 0), (0, 3), (3, 0), (-1, 2)] {
      var empty = DotGrid(.braille, width: size.0, height: size.1)
      empty.line(from: .zero, to: SIMD2(9, 9), .ansi(1))
      empty.set(0, 0, .ansi(1))
      #expect(empty.bits.isEmpty)
    }
  }

  @Test func clippingDoesNotBendALine() throws {
    // The part of a long line that is inside is the part of the whole line.
    let (a, b) = (SIMD2(-1000.0, -497.0), SIMD2(1000.0, 503.0))
    let (p, q) = try #require(Raster.clip(a, b, width: 8, height: 8))
    for place in [p, q] {
      let expected = a.y + (b.y - a.y) * (place.x - a.x) / (b.x - a.x)
      #expect(abs(place.y - expected) < 1e-9)
    }
    #expect(p.x == 0 && q.x == 8)
  }

  @Test func theLastColourOfACellShows() {
    var grid = DotGrid.braille(width: 1, height: 1)
    grid.set(0, 0, .ansi(1))
    grid.set(1, 3, .ansi(2))
    var canvas = Canvas(width: 1, height: 1, style: Style(.terminal, on: .ansi(4)))
    grid.paint(on: &canvas, x: 0, y: 0)
    #expect(canvas[0, 0] == Cell("⢁", Style(.ansi(2), on: .ansi(4))))
  }
}
