import TestSupport
import Testing

@testable import Terminal

@Suite struct OutputFilterTests {
  private func filtered(_ text: String, reset: String = "\u{1b}]104\u{7}") -> String {
    String(decoding: OutputFilter(paletteReset: Array(reset.utf8)).filtered(Array(text.utf8)), as: UTF8.self)
  }

  @Test(arguments: [
    ("\u{1b}[38;5;17m", "\u{1b}[38;5;18m", "\u{1b}[48;5;17m", "\u{1b}[48;5;18m"),
    ("\u{1b}[31m", "\u{1b}[92m", "\u{1b}[41m", "\u{1b}[107m"),
    ("\u{1b}[38:2::1:2:3m", "\u{1b}[38:2::1:2:4m", "\u{1b}[48:2::1:2:3m", "\u{1b}[48:2::1:2:4m"),
    ("\u{1b}[38;2;1;2;3m", "\u{1b}[38;2;1;2;4m", "\u{1b}[48;2;1;2;3m", "\u{1b}[48;2;1;2;4m"),
  ])
  func aColourThatIsThereIsNotSentAgain(f1: String, f2: String, b1: String, b2: String) {
    // A foreground and a background next to each other become one sequence.
    let (both1, both2) = (f1.dropLast() + ";" + b1.dropFirst(2), f2.dropLast() + ";" + b2.dropFirst(2))
    #expect(filtered(f1 + b1 + "a" + f1 + b2 + "b") == both1 + "a" + b2 + "b")
    #expect(filtered(f1 + b1 + "a" + f2 + b1 + "b") == both1 + "a" + f2 + "b")
    #expect(filtered(f1 + b1 + "a" + f2 + b2 + "b") == both1 + "a" + both2 + "b")
    #expect(filtered(f1 + "a" + b1 + "b") == f1 + "a" + b1 + "b")
    // Moving changes no colours, and erasing is done in them.
    #expect(filtered(f1 + "a\u{1b}[2;3H\u{1b}[K" + f1 + "b") == f1 + "a\u{1b}[2;3H\u{1b}[Kb")
    #expect(
      filtered(f1 + b1 + "a" + b2 + "\u{1b}[3X" + b1 + "b") == both1 + "a" + b2 + "\u{1b}[3X" + b1 + "b")
    // What may do anything to them makes them unknown.
    for other in ["\u{1b}8", "\u{1b}[10m", "\u{1b}[5:2m", "\u{1b}[38m"] {
      #expect(filtered(f1 + b1 + "a" + other + f1 + b1 + "b") == both1 + "a" + other + both1 + "b")
    }
  }

  /// At the end of a row ncurses takes back what it sets again in the next.
  @Test func whatIsTakenBackAndSetAgainIsNotSent() {
    let red = "\u{1b}[31;44m"
    let end = "\u{1b}[39;49m\u{1b}(B\u{1b}[m"
    let row = "\u{1b}[31m\u{1b}[44mab" + end
    // The first time it is not known that nothing else is set.
    #expect(
      filtered(row + "\u{1b}[2;3H" + row + "\u{1b}[3;4H" + row)
        == red + "ab\u{1b}(B\u{1b}[2;3H\u{1b}[0;31;44mab\u{1b}[3;4Hab\u{1b}[m")
    // Attributes come and go with the rest.
    #expect(
      filtered("\u{1b}[m\u{1b}[1ma\u{1b}(B\u{1b}[0;1m\u{1b}[31mb\u{1b}(B\u{1b}[m\u{1b}[31mc")
        == "\u{1b}[0;1ma\u{1b}(B\u{1b}[31mb\u{1b}[0;31mc")
    #expect(
      filtered("\u{1b}[m\u{1b}[7m\u{1b}[27ma\u{1b}[4;7mb\u{1b}[24mc") == "\u{1b}[ma\u{1b}[4;7mb\u{1b}[0;7mc")
    // A colour alone goes back by its own number where the rest is not known.
    #expect(filtered("\u{1b}[31ma\u{1b}[39mb") == "\u{1b}[31ma\u{1b}[39mb")
    // Nothing is drawn, but the terminal ends as it is asked to.
    #expect(filtered("\u{1b}[31m\u{1b}[2;3H\u{1b}[m") == "\u{1b}[2;3H\u{1b}[m")
    // Shifts and sets of characters, too.
    #expect(
      filtered("\u{f}a\u{f}b\u{e}c\u{f}d\u{1b}(Be\u{1b}(Bf\u{1b}(0g")
        == "\u{f}ab\u{e}c\u{f}d\u{1b}(Bef\u{1b}(0g")
  }

  /// An attribute goes by its own number where a colour stays, which a reset would send again.
  @Test func whereAColourStaysAnAttributeGoesAlone() {
    let start = "\u{1b}[m\u{1b}[1;31;44ma"
    #expect(filtered(start + "\u{1b}[0;31;42mb") == "\u{1b}[0;1;31;44ma\u{1b}[22;42mb")
    #expect(filtered(start + "\u{1b}[0;7;31;44mb") == "\u{1b}[0;1;31;44ma\u{1b}[22;7mb")
    #expect(filtered(start + "\u{1b}[0;32;42mb") == "\u{1b}[0;1;31;44ma\u{1b}[0;32;42mb")
    #expect(filtered(start + "\u{1b}[0;31mb") == "\u{1b}[0;1;31;44ma\u{1b}[0;31mb", "a colour goes, too")
    #expect(
      filtered("\u{1b}[m\u{1b}[3;31;44ma\u{1b}[0;31;42mb") == "\u{1b}[0;3;31;44ma\u{1b}[0;31;42mb",
      "what has no such number here")
  }

  /// What each character is drawn in, and where the terminal ends, whatever the sequences.
  @Test func theLookStaysTheSame() throws {
    let colours = ["31", "92", "38;5;17", "38;2;1;2;3", "39", "41", "107", "48;5;3", "48;2;9;8;7", "49"]
    let others = ["", "0", "0;1", "1", "4", "7", "24", "27", "22", "0;7;31;42", "39;49"]
    var random = SplitMix64(state: 7)
    var (before, after) = (0, 0)
    for _ in 0..<400 {
      var text = "\u{1b}[m"
      for _ in 0..<Int.random(in: 1...30, using: &random) {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<4: text += "\u{1b}[\(colours.randomElement(using: &random)!)m"
        case 4, 5: text += "\u{1b}[\(others.randomElement(using: &random)!)m"
        case 6: text += "\u{1b}[4;7H"
        case 7: text += "\u{1b}[2X"
        default: text += "x▀"
        }
      }
      let short = filtered(text)
      #expect(Look.of(short) == Look.of(text), "\(text.debugDescription)")
      before += text.utf8.count
      after += short.utf8.count
    }
    #expect(after * 4 < before * 3)
  }

  /// It is looked for in what goes out.
  /// Of a blank its ground is seen, and what is struck, underlined or the other way round.
  @Test func aBlankNeedsNoInk() {
    let start = "\u{1b}[m\u{1b}[31;44ma"
    #expect(filtered(start + "\u{1b}[32;42m b") == "\u{1b}[0;31;44ma\u{1b}[42m \u{1b}[32mb")
    #expect(filtered(start + "\u{1b}[32m b") == "\u{1b}[0;31;44ma \u{1b}[32mb")
    #expect(filtered(start + "\u{1b}[1;32m b") == "\u{1b}[0;31;44ma \u{1b}[1;32mb")
    for attribute in [4, 7, 9] {
      let change = "\u{1b}[\(attribute);32;42m"
      #expect(filtered(start + change + " b") == "\u{1b}[0;31;44ma" + change + " b")
      let seen = "\u{1b}[m\u{1b}[\(attribute);31;44ma"
      #expect(filtered(seen + "\u{1b}[0;32;42m b") == "\u{1b}[0;\(attribute);31;44ma\u{1b}[0;32;42m b")
    }
    // What is not drawn in is set in the end.
    #expect(filtered(start + "\u{1b}[32m ") == "\u{1b}[0;31;44ma \u{1b}[32m")
  }

  @Test func whatClearsTheScreenStaysInOnePiece() {
    let filter = OutputFilter(paletteReset: [], clear: Array("\u{1b}[H\u{1b}[2J".utf8))
    let bytes = filter.filtered(Array("\u{1b}[31m\u{1b}[H\u{1b}[2Ja".utf8))
    #expect(String(decoding: bytes, as: UTF8.self) == "\u{1b}[31m\u{1b}[H\u{1b}[2Ja")
  }

  @Test func severalAtOnceAreUnderstood() {
    let both = "\u{1b}[38;5;1;48;5;2m"
    #expect(filtered(both + "a" + both + "b") == both + "ab")
    #expect(filtered("\u{1b}[0;31ma\u{1b}[0;31mb") == "\u{1b}[0;31mab")
    // These say less than they should, and stay as they are.
    for text in ["\u{1b}[38;5m", "\u{1b}[38m", "\u{1b}[38;2;1;;3m"] {
      #expect(filtered(text + "a" + text + "b") == text + "a" + text + "b")
    }
  }

  @Test func thePaletteIsNotReset() {
    #expect(filtered("a\u{1b}]104\u{7}b\u{1b}[39;49m") == "ab\u{1b}[39;49m")
    #expect(filtered("a\u{1b}]Rb", reset: "\u{1b}]R") == "ab")
    #expect(filtered("a\u{1b}]104\u{7}b", reset: "") == "a\u{1b}]104\u{7}b")
  }

  @Test func whatIsCutShortStaysAsItIs() {
    for text in ["", "\u{1b}", "\u{1b}[", "\u{1b}[38;5", "a\u{1b}[38;5;1", "▀\u{1b}[48;5;200"] {
      #expect(filtered(text) == text)
    }
  }
}

/// What a terminal makes of SGR sequences, as simply as it can be said.
private struct Look: Equatable {
  private var foreground = ""
  private var background = ""
  private var attributes: Set<Int> = []

  /// Everything that is drawn, each with its look, and the look at the end.
  static func of(_ text: String) -> [String] {
    var look = Look()
    var drawn: [String] = []
    var rest = text[...]
    while let character = rest.first {
      guard rest.hasPrefix("\u{1b}["), let end = rest.dropFirst(2).firstIndex(where: \.isLetter) else {
        drawn.append("\(character) \(look)")
        rest.removeFirst()
        continue
      }
      let sequence = rest[...end]
      rest = rest[rest.index(after: end)...]
      if sequence.hasSuffix("m") {
        look.set(sequence.dropFirst(2).dropLast().split(separator: ";", omittingEmptySubsequences: false))
      } else {
        drawn.append("\(sequence.dropFirst()) \(sequence.hasSuffix("X") ? "\(look)" : "")")
      }
    }
    return drawn + ["\(look)"]
  }

  private mutating func set(_ words: [Substring]) {
    var words = words[...]
    while let word = words.popFirst() {
      let code = Int(word) ?? 0
      switch code {
      case 0: self = Look()
      case 38, 48:
        let rest = words.prefix(words.first == "5" ? 2 : 4)
        words = words.dropFirst(rest.count)
        let colour = rest.joined(separator: ";")
        if code == 38 { foreground = colour } else { background = colour }
      case 30...37, 90...97: foreground = "\(code)"
      case 40...47, 100...107: background = "\(code)"
      case 39: foreground = ""
      case 49: background = ""
      case 22: attributes.subtract([1, 2])
      case 24, 27: attributes.remove(code - 20)
      default: attributes.insert(code)
      }
    }
  }
}

extension Look: CustomStringConvertible {
  var description: String { "\(foreground)|\(background)|\(attributes.sorted())" }
}
