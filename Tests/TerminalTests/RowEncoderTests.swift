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

  @Test(arguments: [1, 2, 24, 36, 40, 100, 400])
  func everyRowHasATagOfItsOwn(rows: Int) {
    let encoder = RowEncoder(depth: .indexed256, asciiOnly: false, rows: rows)
    let tags = (0..<rows).map { encoder.tag(row: $0) }
    #expect(Set(tags.map { $0.isEmpty ? "none" : "\($0)" }).count == rows)
    #expect(tags.allSatisfy { $0.upperBound <= encoder.tagLength })
    #expect(encoder.tagLength <= 30)
  }

  @Test func theFormChangesButNotTheLook() {
    let patterns: [(Int, Int) -> Int] = [
      { _, _ in 17 }, { x, y in 17 + (x / 7 + y / 3) % 5 }, { x, y in 17 + (x * 7 + y * 13) % 3 },
      { x, _ in x % 2 == 0 ? 17 : 65 },
    ]
    for pattern in patterns {
      let canvas = shaded(50, 20, pattern)
      let encoder = RowEncoder(depth: .indexed256, asciiOnly: false, rows: 20)
      var texts: Set<[UInt32]> = []
      for y in 0..<20 {
        var encoded: [EncodedCell] = []
        encoder.encode(canvas.cells[y * 50..<(y + 1) * 50], row: y, into: &encoded)
        #expect(encoded.count == 50)
        for (x, cell) in encoded.enumerated() {
          #expect(
            halves(cell) == [Int32(pattern(x, y * 2)), Int32(pattern(x, y * 2 + 1))], "cell \(x), \(y)")
        }
        texts.insert(encoded.map { $0.glyph.base })
      }
      #expect(texts.count == 20, "no two rows have the same characters")
    }
  }

  @Test func tagsSurviveATrailOverThem() {
    // Text of rows with a few cells covered by something else, as a trail that crosses the left edge does.
    let encoder = RowEncoder(depth: .indexed256, asciiOnly: false, rows: 36)
    var canvas = shaded(60, 36) { x, _ in 17 + x / 10 }
    for y in 0..<36 { canvas[2, y] = Cell("▚", Style(.indexed(220), on: .indexed(17))) }
    var texts: Set<[UInt32]> = []
    for y in 0..<36 {
      var encoded: [EncodedCell] = []
      encoder.encode(canvas.cells[y * 60..<(y + 1) * 60], row: y, into: &encoded)
      texts.insert(encoded.map { $0.glyph.base })
    }
    #expect(texts.count == 36)
  }

  @Test func coloursThatTheTerminalDoesNotHave() {
    let direct = RowEncoder(depth: .direct, asciiOnly: false, rows: 1)
    #expect(direct.number(.terminal) == -1)
    #expect(direct.number(.ansi(3)) == 3)
    #expect(direct.number(.ansi(9)) == 0xff0000, "beyond 7 a number is RGB")
    #expect(direct.number(Colour(hex: 0x000003)) == 8, "below 8 it would be an ANSI colour")
    #expect(direct.number(.indexed(16)) == 8)
    #expect(direct.number(Colour(hex: 0x123456)) == 0x123456)
    let table = RowEncoder(depth: .indexed256, asciiOnly: false, rows: 1)
    #expect(table.number(.indexed(81)) == 81)
    var encoded: [EncodedCell] = []
    RowEncoder(depth: .ansi8, asciiOnly: false, rows: 1)
      .encode([Cell("x", Style(Colour(hex: 0xff0000), on: .ansi(12), .bold))], row: 0, into: &encoded)
    #expect(encoded == [EncodedCell(glyph: "x", foreground: 1, background: 4, attributes: .bold)])
    RowEncoder(depth: .none, asciiOnly: false, rows: 1)
      .encode([Cell("▀", Style(.ansi(1), on: .ansi(2)))], row: 0, into: &encoded)
    #expect(encoded == [EncodedCell(glyph: .upperHalf, foreground: -1, background: -1, attributes: [])])
  }

  @Test func anASCIITerminalGetsASCII() {
    var canvas = Canvas(width: 12, height: 1)
    canvas.text("ηκ ─│→日", x: 0, y: 0, style: .plain)
    canvas[9, 0] = Cell("▀", Style(.ansi(1), on: .ansi(4)))
    var encoded: [EncodedCell] = []
    RowEncoder(depth: .ansi8, asciiOnly: true, rows: 1).encode(canvas.cells[...], row: 0, into: &encoded)
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
    RowEncoder(depth: .ansi16, asciiOnly: false, rows: 1).encode(cells[...], row: 0, into: &encoded)
    #expect(encoded[1] == EncodedCell(glyph: " ", foreground: 2, background: 4, attributes: []))
    #expect(encoded[2].attributes == .reverse)
    #expect(encoded[3].attributes == [])
  }
}
