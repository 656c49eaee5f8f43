import Testing

@testable import Canvas

/// What is drawn can be read from afar, on every ground.
@Suite struct LegibilityTests {
  /// A number over the edge of two grounds is whole: half of it would be another number.
  @Test(arguments: [ColourDepth.ansi16, .ansi8], Theme.allCases)
  func marksCanBeReadOnGroundsOfFewColours(_ depth: ColourDepth, _ theme: Theme) {
    let palette = Palette(theme: theme, depth: depth)
    let count = palette.tones.count
    var plot = Plot(columns: count, rows: 1, palette: palette)
    plot.shade { x, _ in Double(x) / Double(count - 1) }
    for ink in [palette.muted, palette.text] + palette.entries {
      var marked = plot
      for x in 0..<count { marked.marker("8", at: SIMD2(Double(x), 0.5), style: Style(ink, on: .terminal)) }
      var canvas = Canvas(width: count, height: 1)
      marked.paint(on: &canvas, x: 0, y: 0)
      for x in 0..<count {
        let style = canvas[x, 0].style
        let best = max(min(3, ink.contrast(to: palette.ground)), 1)
        #expect(style.foreground.contrast(to: style.background) >= best, "\(ink) on tone \(x)")
      }
    }
  }

  @Test func aPerCentSignStaysWithItsNumber() {
    #expect(Text.wrapped("AdamW 92 %, Adam 90 %", to: 9) == ["AdamW", "92 %,", "Adam 90 %"])
    #expect(Text.wrapped("% alone", to: 3) == ["%", "alo", "ne"])
    // A line that is too narrow even for the two of them.
    #expect(Text.wrapped("1234567 %", to: 8).allSatisfy { Text.width(of: $0) <= 8 })
  }

  /// A curve of fine dots would be seen from the first row alone.
  @Test func curvesAreAsBroadAsTrails() {
    for rung in GlyphSet.allCases {
      let grid = DotGrid(rung, palette: Palette(), width: 2, height: 2)
      #expect(grid.dots == rung.trailDots && grid.dots != .braille)
    }
  }

  @Test func noTextIsPlacedWhereOneWillBePainted() {
    var plot = Plot(columns: 20, rows: 4)
    #expect(plot.isFree(x: 3, y: 2, width: 5) && plot.isUnmarked(x: 3, y: 2, width: 5))
    plot.reserve(x: 7, y: 2, width: 40)
    #expect(!plot.isFree(x: 3, y: 2, width: 5) && plot.isFree(x: 2, y: 2, width: 5))
    #expect(!plot.isUnmarked(x: 19, y: 2, width: 1) && plot.isUnmarked(x: 19, y: 3, width: 1))
    plot.reserve(x: -5, y: 0, width: 3)
    plot.reserve(x: 30, y: 0, width: 3)
    plot.reserve(x: 0, y: -1, width: 3)
    #expect(plot.isFree(x: 0, y: 0, width: 20))
  }

  /// The disc of a head stands where the place is: what it reaches into is free of texts.
  @Test func aDiscOfPixelsCoversNoText() {
    var plot = Plot(columns: 20, rows: 6, rung: .pixels)
    plot.head("1", at: SIMD2(10.5, 3.05), colour: .ansi(1))
    #expect(!plot.isUnmarked(x: 10, y: 2, width: 1), "it reaches over the upper edge of its cell")
    #expect(plot.isUnmarked(x: 10, y: 4, width: 1))
    var cells = Plot(columns: 20, rows: 6, rung: .octant)
    cells.head("1", at: SIMD2(10.5, 3.05), colour: .ansi(1))
    #expect(cells.isUnmarked(x: 10, y: 2, width: 1))
  }

  /// The digit of a head can be read, whatever it is cut out of.
  @Test(arguments: Theme.allCases) func theDigitOfAHeadCanBeRead(_ theme: Theme) {
    let palette = Palette(theme: theme, depth: .direct)
    for entry in palette.entries {
      var plot = Plot(columns: 64, rows: 1, rung: .octant, palette: palette)
      plot.shade { x, _ in Double(x) / 63 }
      for x in stride(from: 1, to: 63, by: 3) {
        plot.head("1", at: SIMD2(Double(x) + 0.5, 0.5), colour: entry)
      }
      var canvas = Canvas(width: 64, height: 1)
      plot.paint(on: &canvas, x: 0, y: 0)
      for x in stride(from: 1, to: 63, by: 3) {
        let style = canvas[x, 0].style
        #expect(style.background == entry)
        #expect(style.foreground.contrast(to: entry) >= 4, "\(entry) at \(x)")
      }
    }
  }

  /// A long step grows old from its older end on, a piece a step, so that no frame changes all of it.
  @Test func aLongSegmentGrowsOldInPieces() {
    let palette = Palette(depth: .direct)
    func fades(_ age: Int) -> [UInt8] {
      var plot = Plot(columns: 96, rows: 1, rung: .octant, palette: palette)
      let still = Array(repeating: SIMD2(95.9, 0.5), count: age)
      plot.trail([SIMD2(0, 0.5), SIMD2(95.9, 0.5)] + still, TrailPen(palette.entry(0), fade: 16, broad: 10))
      return plot.trails.map { $0.bits == 0 ? 9 : $0.fade }
    }
    #expect(Set(fades(0)) == [Plot.fades] && fades(20).dropLast() == ArraySlice(repeating: 0, count: 95))
    for age in 0..<20 {
      let (here, next) = (fades(age), fades(age + 1))
      #expect(!here.contains(9), "no gap between the pieces")
      #expect(zip(here, next).count { $0 != $1 } <= 13, "age \(age)")
    }
  }

  /// The parts of a loss are told apart by colours that are no entry's among the first.
  @Test(arguments: [ColourDepth.direct, .indexed256], Theme.allCases)
  func thePartsOfALossLookLikeNoEntry(_ depth: ColourDepth, _ theme: Theme) {
    let palette = Palette(theme: theme, depth: depth)
    let parts = [palette.parts.whole, palette.parts.flat, palette.parts.sharp]
    for (index, part) in parts.enumerated() {
      for other in parts[..<index] + palette.entries.prefix(4) {
        #expect(OKLab(part).distance(to: OKLab(other)) > 0.09, "\(theme) \(depth): \(part) and \(other)")
      }
    }
  }

  /// A fan of runs stands back behind the run that is shown.
  @Test(arguments: [ColourDepth.direct, .indexed256], Theme.allCases)
  func aPaleColourStandsBack(_ depth: ColourDepth, _ theme: Theme) {
    let palette = Palette(theme: theme, depth: depth)
    for entry in palette.entries.prefix(4) {
      let pale = palette.pale(entry)
      #expect(pale != entry)
      #expect(pale.contrast(to: palette.ground) < entry.contrast(to: palette.ground))
    }
  }
}
