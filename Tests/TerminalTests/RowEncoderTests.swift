import Testing

@testable import Canvas
@testable import Terminal

@Suite struct RowEncoderTests {
  /// What an encoded cell looks like: the colours of its two halves.
  private func halves(_ cell: EncodedCell) -> [Int32] {
    switch cell.glyph {
    case .upperHalf: [cell.foreground, cell.background]
    case .lowerHalf: [cell.background, cell.foreground]
    case .fullBlock: [cell.foreground, cell.foreground]
    default: [cell.background, cell.background]
    }
  }

  private func shaded(_ width: Int, _ height: Int, _ colour: (Int, Int) -> Int) -> Canvas {
    var canvas = Canvas(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width {
        canvas[x, y] = Cell("▀", Style(.indexed(colour(x, y * 2)), on: .indexed(colour(x, y * 2 + 1))))
      }
    }
    return canvas
  }

  @Test func theFormChangesButNotTheLook() {
    let patterns: [(Int, Int) -> Int] = [
      { _, _ in 17 }, { x, y in 17 + (x / 7 + y / 3) % 5 }, { x, y in 17 + (x * 7 + y * 13) % 3 },
      { x, _ in x % 2 == 0 ? 17 : 65 },
    ]
    for pattern in patterns {
      let canvas = shaded(50, 20, pattern)
      let encoder = RowEncoder(depth: .indexed256, asciiOnly: false)
      for y in 0..<20 {
        var encoded: [EncodedCell] = []
        encoder.encode(canvas.cells[y * 50..<(y + 1) * 50], into: &encoded)
        #expect(encoded.count == 50)
        for (x, cell) in encoded.enumerated() {
          #expect(
            halves(cell) == [Int32(pattern(x, y * 2)), Int32(pattern(x, y * 2 + 1))], "cell \(x), \(y)")
        }
      }
    }
  }

  /// Of colours told in full, those of a digit on its ground stay for the name behind it.
  @Test func coloursTheOtherWayRoundAreReversed() {
    let (entry, page) = (Colour(hex: 0xf5d240), Colour(hex: 0x0d1017))
    let (curve, plate) = (Style(entry, on: page), Style(page, on: entry))
    let cells =
      [Cell("▂", curve)] + [" ", "1", " "].map { Cell($0, plate) } + [" ", "S"].map { Cell($0, curve) }
      + [Cell("x", Style(entry, on: Colour(hex: 0x123456)))]
    func look(_ cell: EncodedCell) -> [Int32] {
      let isReversed = cell.attributes.contains(.reverse)
      return isReversed ? [cell.background, cell.foreground] : [cell.foreground, cell.background]
    }
    for depth in [ColourDepth.direct, .indexed256] {
      let encoder = RowEncoder(depth: depth, asciiOnly: false)
      var encoded: [EncodedCell] = []
      encoder.encode(cells[...], into: &encoded)
      let there = cells.map { $0.style.quantised(to: depth) }
      for (index, cell) in encoded.enumerated() {
        let wanted = [encoder.number(there[index].foreground), encoder.number(there[index].background)]
        #expect(cell.glyph == .space ? look(cell)[1] == wanted[1] : look(cell) == wanted, "\(depth) \(index)")
      }
      let pairs = Set(encoded.prefix(6).map { [$0.foreground, $0.background] })
      #expect(pairs.count == (depth == .direct ? 1 : 2))
    }
  }

  @Test func aFormKeepsTheColoursThatAreThere() {
    // Down a slope: every cell shares one colour with the one before.
    let canvas = shaded(40, 1) { x, y in 17 + (x + y) / 2 }
    var encoded: [EncodedCell] = []
    RowEncoder(depth: .indexed256, asciiOnly: false).encode(canvas.cells[...], into: &encoded)
    var changes = 0
    for (here, next) in zip(encoded, encoded.dropFirst()) {
      changes += (here.foreground != next.foreground ? 1 : 0) + (here.background != next.background ? 1 : 0)
    }
    #expect(changes <= 20, "one colour for every new one, and no more")
    // A row begins with colours of its own, whatever the forms.
    #expect(encoded.allSatisfy { $0.foreground >= 0 && $0.background >= 0 })
  }

  /// What does not change keeps its form, whatever changes before it.
  @Test func aCellThatIsThereKeepsItsForm() {
    var canvas = shaded(40, 1) { _, _ in 17 }
    let encoder = RowEncoder(depth: .indexed256, asciiOnly: false)
    var (first, second, alone): ([EncodedCell], [EncodedCell], [EncodedCell]) = ([], [], [])
    let before = canvas.cells
    encoder.encode(before[...], into: &first)
    canvas[4, 0] = Cell("x", Style(.indexed(200), on: .indexed(100)))
    encoder.encode(canvas.cells[...], over: (before[...], first), into: &second)
    #expect(first.indices.filter { first[$0] != second[$0] } == [4])
    encoder.encode(canvas.cells[...], into: &alone)
    #expect(first.indices.count { first[$0] != alone[$0] } > 1, "else they would be others")
  }

  @Test func coloursThatTheTerminalDoesNotHave() {
    let direct = RowEncoder(depth: .direct, asciiOnly: false)
    #expect(direct.number(.terminal) == -1)
    #expect(direct.number(.ansi(3)) == 3)
    #expect(direct.number(.ansi(9)) == 0xff0000, "beyond 7 a number is RGB")
    #expect(direct.number(Colour(hex: 0x000003)) == 8, "below 8 it would be an ANSI colour")
    #expect(direct.number(.indexed(16)) == 8)
    #expect(direct.number(Colour(hex: 0x123456)) == 0x123456)
    let table = RowEncoder(depth: .indexed256, asciiOnly: false)
    #expect(table.number(.indexed(81)) == 81)
    var encoded: [EncodedCell] = []
    RowEncoder(depth: .ansi8, asciiOnly: false)
      .encode([Cell("x", Style(Colour(hex: 0xff0000), on: .ansi(12), .bold))], into: &encoded)
    #expect(encoded == [EncodedCell(glyph: "x", foreground: 1, background: 4, attributes: .bold)])
    RowEncoder(depth: .none, asciiOnly: false)
      .encode([Cell("▀", Style(.ansi(1), on: .ansi(2)))], into: &encoded)
    #expect(encoded == [EncodedCell(glyph: .upperHalf, foreground: -1, background: -1, attributes: [])])
  }

  @Test func anASCIITerminalGetsASCII() {
    var canvas = Canvas(width: 12, height: 1)
    canvas.text("ηκ ─│→日", x: 0, y: 0, style: .plain)
    canvas[9, 0] = Cell("▀", Style(.ansi(1), on: .ansi(4)))
    var encoded: [EncodedCell] = []
    RowEncoder(depth: .ansi8, asciiOnly: true).encode(canvas.cells[...], into: &encoded)
    #expect(encoded.count == 12)
    #expect(encoded.allSatisfy { $0.glyph.base >= 0x20 && $0.glyph.base < 0x7f })
    #expect(halves(encoded[9]) == [4, 4], "a half-block becomes the ground of its lower half")
  }

  @Test func underlinedBlanksKeepTheirLook() {
    var encoded: [EncodedCell] = []
    let cells = [
      Cell("x", Style(.ansi(1), on: .ansi(4), .underline)), Cell(" ", Style(.ansi(2), on: .ansi(4))),
      Cell(" ", Style(.ansi(3), on: .ansi(4), .reverse)), Cell(" ", Style(.ansi(3), on: .ansi(4))),
    ]
    RowEncoder(depth: .ansi16, asciiOnly: false).encode(cells[...], into: &encoded)
    #expect(encoded[1] == EncodedCell(glyph: " ", foreground: 2, background: 4, attributes: []))
    #expect(encoded[2].attributes == .reverse)
    #expect(encoded[3].attributes == [])
  }
}
