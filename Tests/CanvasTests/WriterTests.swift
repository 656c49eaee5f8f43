import Foundation
import FoundationXML
import Testing

@testable import Canvas

@Suite struct WriterTests {
  private func sample() -> Canvas {
    var canvas = Canvas(width: 5, height: 2)
    canvas.text("ab", x: 0, y: 0, style: Style(.ansi(1), on: .indexed(17), .bold))
    canvas[2, 0] = Cell("▀", Style(Colour(1, 2, 3), on: Colour(255, 254, 253)))
    canvas[4, 0] = Cell("<", .plain)
    return canvas
  }

  @Test func ansiSequences() {
    let text = AnsiWriter.text(of: sample(), depth: .direct)
    #expect(
      text
        == "\u{1b}[1;31;48;5;17mab\u{1b}[0;38;2;1;2;3;48;2;255;254;253m▀\u{1b}[39;49m <\n     \n")
    #expect(AnsiWriter.text(of: sample(), depth: .none) == "\u{1b}[1mab\u{1b}[0m▀ <\n     \n")
    var bright = Canvas(width: 1, height: 1)
    bright[0, 0] = Cell("x", Style(.ansi(12), on: .ansi(9), [.reverse, .underline]))
    #expect(AnsiWriter.text(of: bright, depth: .ansi16) == "\u{1b}[4;7;94;101mx\u{1b}[0m\n")
    #expect(AnsiWriter.text(of: Canvas(width: 0, height: 2), depth: .direct) == "\n\n")
  }

  /// The written text, read back by a small interpreter of SGR, is the canvas.
  @Test func ansiReadsBack() {
    for depth in ColourDepth.allCases {
      let card = TestCard.canvas(width: 90, height: 30, depth: depth)
      var read = Canvas(width: 90, height: 30)
      for (y, line) in AnsiWriter.text(of: card, depth: depth).split(separator: "\n").enumerated() {
        var style = Style.plain
        var rest = line.unicodeScalars[...]
        var plain = ""
        var x = 0
        func flush() {
          x += read.text(plain, x: x, y: y, style: style)
          plain = ""
        }
        while let scalar = rest.popFirst() {
          guard scalar == "\u{1b}" else {
            plain.unicodeScalars.append(scalar)
            continue
          }
          flush()
          let end = rest.firstIndex(of: "m") ?? rest.endIndex
          let codes = String(rest[rest.index(after: rest.startIndex)..<end]).split(separator: ";").compactMap
          { Int($0) }
          rest = rest[rest.index(after: end)...]
          style = interpreted(codes, style)
        }
        flush()
      }
      #expect(read == card.quantised(to: depth), "\(depth)")
    }
  }

  private func interpreted(_ codes: [Int], _ style: Style) -> Style {
    var style = style
    var codes = codes[...]
    while let code = codes.popFirst() {
      switch code {
      case 0: style = .plain
      case 1: style.attributes.insert(.bold)
      case 2: style.attributes.insert(.dim)
      case 4: style.attributes.insert(.underline)
      case 7: style.attributes.insert(.reverse)
      case 30...37: style.foreground = .ansi(code - 30)
      case 40...47: style.background = .ansi(code - 40)
      case 90...97: style.foreground = .ansi(code - 82)
      case 100...107: style.background = .ansi(code - 92)
      case 39: style.foreground = .terminal
      case 49: style.background = .terminal
      case 38, 48:
        let colour: Colour
        if codes.popFirst() == 5 {
          colour = .indexed(codes.popFirst() ?? 0)
        } else {
          let parts = codes.prefix(3).map { UInt8($0) }
          codes = codes.dropFirst(3)
          colour = Colour(parts[0], parts[1], parts[2])
        }
        if code == 38 { style.foreground = colour } else { style.background = colour }
      default: Issue.record("unknown code \(code)")
      }
    }
    return style
  }

  @Test func svgIsValidXML() throws {
    var canvas = TestCard.canvas(width: 100, height: 30, depth: .direct)
    canvas.text("<&\">'\u{1b}]0;x\u{7}\u{202e}", x: 0, y: 29, style: .plain)
    let svg = SVGWriter.document(of: canvas, title: "a < b & \u{8}c")
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    #expect(!svg.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(svg.contains("viewBox=\"0 0 1000 600\""))
    #expect(svg.contains("a &lt; b &amp; \\u{8}c"))
    for size in [(0, 0), (1, 1), (0, 3)] {
      #expect(
        XMLParser(data: Data(SVGWriter.document(of: Canvas(width: size.0, height: size.1)).utf8)).parse())
    }
  }

  @Test func svgShapes() throws {
    var canvas = Canvas(width: 3, height: 1)
    for x in 0..<2 { canvas[x, 0] = Cell("▀", Style(Colour(hex: 0xff0000), on: Colour(hex: 0x0000ff))) }
    canvas[2, 0] = Cell("⠁", Style(Colour(hex: 0x00ff00)))
    let svg = SVGWriter.document(of: canvas)
    // Two cells of one ground, their upper halves over it, a dot of braille.
    let ground = try #require(svg.range(of: "<path fill=\"#0000ff\" d=\"M0 0h20v20h-20z\"/>"))
    let ink = try #require(svg.range(of: "<path fill=\"#ff0000\" d=\"M0 0h20v10h-20z\"/>"))
    #expect(ground.upperBound < ink.lowerBound)
    #expect(svg.contains("<path stroke=\"#00ff00\" stroke-width=\"2.5\" d=\"M22.5 2.5h0\"/>"))
    // What has the colour of its ground is not drawn.
    canvas[0, 0] = Cell("▀", Style(Colour(hex: 0x0000ff), on: Colour(hex: 0x0000ff)))
    #expect(SVGWriter.document(of: canvas).contains("<path fill=\"#ff0000\" d=\"M10 0h10v10h-10z\"/>"))
  }

  @Test func theCardFitsEverySize() {
    for depth in ColourDepth.allCases {
      for (width, height) in [(0, 0), (1, 1), (10, 40), (80, 24), (120, 40), (300, 3)] {
        let card = TestCard.canvas(width: width, height: height, depth: depth)
        #expect(card.rows.count == height)
        #expect(card.rows.allSatisfy { Text.width(of: $0) == width })
      }
    }
    let rows = TestCard.canvas(width: 100, height: 30, depth: .indexed256).rows.joined()
    // Pixels are no characters.
    for name in GlyphSet.allCases where name != .auto && name != .pixels {
      #expect(rows.contains(name.rawValue))
    }
  }
}
