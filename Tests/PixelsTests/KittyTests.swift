import Canvas
import Foundation
import TestSupport
import Testing

@testable import Pixels

/// kitty's protocol, obeyed by a model of the terminal and compared with the pictures.
struct KittyTests {
  private let ground = PNGTests.picture(width: 300, height: 200)
  private let moving = PNGTests.picture(width: 300, height: 200, isOpaque: false, seed: 5)

  @Test func bytesBecomeLetters() {
    var random = SplitMix64(state: 3)
    for count in 0..<50 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(String(decoding: Base64.text(of: bytes), as: UTF8.self) == Data(bytes).base64EncodedString())
    }
  }

  @Test func thePictureArrives() throws {
    var terminal = TerminalPictures()
    try terminal.read(KittyGraphics.show(ground, id: 7, column: 5, row: 2, depth: -2))
    try terminal.read(KittyGraphics.show(moving, id: 8, column: 5, row: 2, depth: -1))
    let first = try #require(terminal.pictures[7])
    #expect(first.rgba == ground.rgba && first.column == 5 && first.row == 2 && first.depth == -2)
    #expect(terminal.pictures[8]?.rgba == moving.rgba && terminal.pictures[8]?.depth == -1)
    #expect(terminal.longestPayload <= 4096)
  }

  /// A picture that fills one command exactly, and one that does not.
  @Test func piecesAreCutWhereTheyMayBe() throws {
    var random = SplitMix64(state: 9)
    for side in [1, 20, 32, 33, 64, 90] {
      var image = PixelImage(width: side, height: side)
      for index in image.pixels.indices {
        image.pixels[index] = Pixel(Colour(hex: UInt32.random(in: 0...0xffffff, using: &random)))
      }
      var terminal = TerminalPictures()
      try terminal.read(KittyGraphics.show(image, id: 1, column: 0, row: 0, depth: -1))
      #expect(terminal.pictures[1]?.rgba == image.rgba)
    }
  }

  /// Whatever changes, the terminal shows what it was last told to, and little is sent for little.
  @Test func theLayerSendsWhatIsDifferent() throws {
    var terminal = TerminalPictures()
    var layer = KittyLayer(firstID: 40)
    let whole = layer.show(ground: ground, moving: moving, column: 6, row: 1)
    try terminal.read(whole)
    #expect(terminal.pictures[40]?.rgba == ground.rgba && terminal.pictures[41]?.rgba == moving.rgba)
    let depths = terminal.pictures.mapValues(\.depth)
    #expect(try #require(depths[40]) < #require(depths[41]))
    // Above the cells, which are blank there: below their text some versions change the colours of their grounds.
    #expect(depths.values.allSatisfy { $0 > 0 })
    #expect(layer.show(ground: ground, moving: moving, column: 6, row: 1).isEmpty)

    var next = PixelPainter(on: moving)
    next.discs(at: [SIMD2(150, 100)], radius: 6, colour: Colour(255, 255, 255))
    let change = layer.show(ground: ground, moving: next.image, column: 6, row: 1)
    try terminal.read(change)
    #expect(terminal.pictures[41]?.rgba == next.image.rgba && change.count * 10 < whole.count)
    // What is cleared is cleared.
    let empty = PixelImage(width: 300, height: 200)
    try terminal.read(layer.show(ground: ground, moving: empty, column: 6, row: 1))
    #expect(terminal.pictures[41]?.rgba == empty.rgba && terminal.pictures[40]?.rgba == ground.rgba)
    // Elsewhere, and of another size.
    try terminal.read(layer.show(ground: ground, moving: moving, column: 8, row: 1))
    #expect(terminal.pictures[40]?.column == 8 && terminal.pictures[41]?.column == 8)
    let small = PNGTests.picture(width: 90, height: 70)
    try terminal.read(layer.show(ground: small, moving: small, column: 8, row: 1))
    #expect(terminal.pictures[40]?.rgba == small.rgba && terminal.pictures[41]?.width == 90)
    try terminal.read(layer.clear())
    #expect(terminal.pictures.isEmpty && layer.clear().isEmpty)
  }

  @Test func aPictureOfNothingIsNotSent() throws {
    var layer = KittyLayer(firstID: 1)
    var terminal = TerminalPictures()
    let empty = PixelImage(width: 0, height: 0)
    try terminal.read(layer.show(ground: empty, moving: empty, column: 0, row: 0))
    #expect(terminal.pictures.isEmpty)
  }

  /// A part that takes several commands says in each of them that it is one.
  @Test func aLargePartIsReplaced() throws {
    var terminal = TerminalPictures()
    try terminal.read(KittyGraphics.show(ground, id: 3, column: 0, row: 0, depth: -1))
    let other = PNGTests.picture(width: 290, height: 190, seed: 8)
    let sent = KittyGraphics.replace(other, id: 3, left: 10, top: 10)
    #expect(sent.count > 2 * KittyGraphics.chunk)
    try terminal.read(sent)
    let shown = try #require(terminal.pictures[3]).rgba
    let (inside, outside) = ((100 * 300 + 200) * 4, (5 * 300 + 200) * 4)
    #expect(
      shown[inside..<inside + 4].elementsEqual(
        other.part(PixelBox(left: 190, top: 90, width: 1, height: 1)).rgba))
    #expect(
      shown[outside..<outside + 4].elementsEqual(
        ground.part(PixelBox(left: 200, top: 5, width: 1, height: 1)).rgba))
  }

  // MARK: Placeholders

  /// The table of the protocol: 297 marks, of which the first and last are told by its documentation.
  @Test func marksAreThoseOfTheProtocol() {
    #expect(KittyPlaceholder.marks.count == 297 && Set(KittyPlaceholder.marks).count == 297)
    #expect(
      KittyPlaceholder.marks.prefix(8).map(\.value) == [
        0x305, 0x30d, 0x30e, 0x310, 0x312, 0x33d, 0x33e, 0x33f,
      ])
    #expect(KittyPlaceholder.marks[63].value == 0x658 && KittyPlaceholder.marks.last?.value == 0x1d244)
    for mark in KittyPlaceholder.marks {
      #expect(
        mark.properties.canonicalCombiningClass == .above
          && mark.properties.generalCategory == .nonspacingMark)
    }
  }

  @Test func aPlaceholderNamesRowAndColumn() {
    #expect(KittyPlaceholder.glyph(row: 2, column: 1)?.scalars.map(\.value) == [0x10eeee, 0x30e, 0x30d])
    #expect(KittyPlaceholder.glyph(row: 296, column: 0)?.columns == 1)
    for (row, column) in [(297, 0), (0, 297), (-1, 0)] {
      #expect(KittyPlaceholder.glyph(row: row, column: column) == nil)
    }
  }

  @Test func throughTmuxThePictureArrives() throws {
    let sent = KittyGraphics.store(ground, id: 9, columns: 30, rows: 10)
    let wrapped = EscapeSequence.passedThrough(sent)
    let bytes = try TerminalPictures.handedOn(wrapped)
    #expect(bytes == sent)
    var terminal = TerminalPictures()
    try terminal.read(bytes)
    #expect(terminal.pictures[9]?.rgba == ground.rgba)
    #expect(try #require(terminal.pictures[9]?.cells) == (30, 10))
  }

  @Test func theQuestionIsShortAndAsksForNothingElse() {
    #expect(
      String(decoding: KittyGraphics.query(id: 31), as: UTF8.self)
        == "\u{1b}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1b}\\")
  }
}
