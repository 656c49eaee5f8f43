/// Widths and cleaning of text. The widths are the canvas's own, so that a frame is the same on every machine; the
/// terminal refuses a glyph on which the system's `wcwidth` disagrees.
public enum Text {
  /// The columns a scalar takes: 0 for a combining mark, 1, 2 for a wide one, nil for one that must not be printed.
  static func columns(of scalar: Unicode.Scalar) -> Int? {
    let value = scalar.value
    // The fast ways: ASCII, Latin and Greek letters, arrows, boxes, blocks, braille.
    if value < 0x300 {
      if value < 0x7f { return value >= 0x20 ? 1 : nil }
      return value >= 0xa0 && value != 0xad ? 1 : nil
    }
    if value < 0x370 { return value == 0x34f ? nil : 0 }
    if value < 0x400 || (value >= 0x2190 && value < 0x231a) || (value >= 0x2500 && value < 0x25fd)
      || (value >= 0x2800 && value < 0x2900)
    {
      return value == 0x378 || value == 0x379 ? nil : 1
    }
    if isUnsafe(value) { return nil }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    case .control, .format, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator: return nil
    case .unassigned: return isWide(value) ? 2 : nil
    // Vowels and finals of decomposed Hangul join the syllable before them.
    default: return value >= 0x1160 && value <= 0x11ff ? 0 : isWide(value) ? 2 : 1
    }
  }

  /// Scalars that change the direction, the look or the place of what follows, or have no width in some terminal.
  private static func isUnsafe(_ value: UInt32) -> Bool {
    switch value {
    case 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b...0x180f, 0x3164, 0xffa0: true
    case 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x206f: true
    case 0xfe00...0xfe0f, 0xfeff, 0xfff0...0xfffb: true
    case 0xe000...0xf8ff, 0xe0000...0x10ffff: true
    default: false
    }
  }

  /// Whether a scalar may be printed as it is: it is no control, changes no direction and has a place.
  public static func isShown(_ scalar: Unicode.Scalar) -> Bool { columns(of: scalar) != nil }

  static func isCombining(_ scalar: Unicode.Scalar) -> Bool { columns(of: scalar) == 0 }

  private static func isWide(_ value: UInt32) -> Bool {
    if value < 0x1100 { return false }
    var low = 0
    var high = wide.count
    while low < high {
      let middle = (low + high) / 2
      if wide[middle].last < value { low = middle + 1 } else { high = middle }
    }
    return low < wide.count && wide[low].first <= value
  }

  /// Calls `body` for each glyph that drawing `text` shows. A tab or line break shows as a blank, a scalar that must not
  /// be printed as `?`, a mark that follows nothing as `?`.
  static func forEachGlyph(in text: some StringProtocol, _ body: (Glyph) -> Bool) {
    var pending: Glyph?
    for scalar in text.unicodeScalars {
      if scalar.value >= 0x300, let glyph = pending, columns(of: scalar) == 0 {
        pending = glyph.joined(by: scalar)
        continue
      }
      if let glyph = pending, !body(glyph) { return }
      pending = scalar.value == 9 || scalar.value == 10 || scalar.value == 13 ? .space : Glyph(scalar)
    }
    if let glyph = pending { _ = body(glyph) }
  }

  /// The columns that drawing `text` takes.
  public static func width(of text: some StringProtocol) -> Int {
    var width = 0
    forEachGlyph(in: text) { glyph in
      width += glyph.columns
      return true
    }
    return width
  }

  /// Words for the letters whose likeness in ASCII is that of another letter: η is not n, and λ not the L of 2/L.
  private static let words: [Unicode.Scalar: String] = ["η": "lr", "θ": "theta", "λ": "eig", "φ": "phi"]

  /// The text with words in place of letters that could be mistaken in ASCII.
  package static func spelled(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { words[$0] != nil }) else { return text }
    var spelled = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let word = words[scalar] {
        spelled.append(contentsOf: word.unicodeScalars)
      } else {
        spelled.append(scalar)
      }
    }
    return String(spelled)
  }

  /// The text in ASCII, for a locale that shows no more; line ends stay.
  public static func ascii(_ text: String) -> String {
    let lines = spelled(text).split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var shown = String.UnicodeScalarView()
      forEachGlyph(in: line) { glyph in
        glyph.ascii.write(to: &shown)
        return true
      }
      return String(shown)
    }
    return lines.joined(separator: "\n")
  }

  /// The text cut to at most `columns` columns, with … in place of what had to go. Wide glyphs are not split.
  public static func truncated(_ text: String, to columns: Int) -> String {
    guard columns > 0 else { return "" }
    guard width(of: text) > columns else { return text }
    var cut = String.UnicodeScalarView()
    var used = 0
    forEachGlyph(in: text) { glyph in
      guard used + glyph.columns < columns else { return false }
      glyph.write(to: &cut)
      used += glyph.columns
      return true
    }
    cut.append("…")
    return String(cut)
  }

  /// The text cut to `columns` columns, or filled up with blanks on the right.
  public static func padded(_ text: String, to columns: Int) -> String {
    let cut = truncated(text, to: columns)
    return cut + String(repeating: " ", count: max(columns - width(of: cut), 0))
  }

  /// The words of a line; a per cent sign stays with its number.
  private static func words(of line: Substring) -> [String] {
    line.split(separator: " ").reduce(into: []) { words, word in
      if word.hasPrefix("%"), let number = words.popLast() {
        words.append("\(number) \(word)")
      } else {
        words.append(String(word))
      }
    }
  }

  /// The text broken at blanks into lines of at most `columns` columns; a longer word is broken where it must be.
  public static func wrapped(_ text: String, to columns: Int) -> [String] {
    guard columns > 0 else { return [] }
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let before = lines.count
      var line = ""
      var used = 0
      for word in words(of: paragraph) {
        var word = word
        var needed = width(of: word)
        if used > 0 && used + 1 + needed <= columns {
          line += " " + word
          used += 1 + needed
          continue
        }
        if used > 0 { lines.append(line) }
        while needed > columns {
          var head = String.UnicodeScalarView()
          var taken = 0
          var glyphs = 0
          forEachGlyph(in: word) { glyph in
            guard taken + glyph.columns <= columns || glyphs == 0 else { return false }
            glyph.write(to: &head)
            taken += glyph.columns
            glyphs += 1
            return true
          }
          lines.append(String(head))
          var seen = 0
          var rest = String.UnicodeScalarView()
          forEachGlyph(in: word) { glyph in
            if seen >= glyphs { glyph.write(to: &rest) }
            seen += 1
            return true
          }
          word = String(rest)
          needed = width(of: word)
        }
        line = word
        used = needed
      }
      if used > 0 || lines.count == before { lines.append(line) }
    }
    return lines
  }

  /// The text with everything that could steer a terminal or hide itself made visible: controls, bidirectional
  /// overrides, zero-width and private-use scalars become `\u{1B}` and the like, tabs and line breaks a blank, marks
  /// without a base `?`. What comes back is safe to print outside the canvas too.
  public static func sanitised(_ text: String) -> String {
    var clean = String.UnicodeScalarView()
    var marks = 3
    for scalar in text.unicodeScalars {
      switch columns(of: scalar) {
      case 0?:
        marks += 1
        clean.append(marks <= 2 ? scalar : "?")
      case nil where scalar.value == 9 || scalar.value == 10 || scalar.value == 13:
        clean.append(" ")
        marks = 0
      case nil:
        clean.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
        marks = 0
      default:
        clean.append(scalar)
        marks = 0
      }
    }
    return String(clean)
  }

  /// East Asian Wide and Fullwidth scalars (Unicode 14, EastAsianWidth.txt), with the planes reserved for ideographs.
  private static let wide: [(first: UInt32, last: UInt32)] = [
    (0x1100, 0x115f), (0x231a, 0x231b), (0x2329, 0x232a), (0x23e9, 0x23ec), (0x23f0, 0x23f0),
    (0x23f3, 0x23f3), (0x25fd, 0x25fe), (0x2614, 0x2615), (0x2648, 0x2653), (0x267f, 0x267f),
    (0x2693, 0x2693), (0x26a1, 0x26a1), (0x26aa, 0x26ab), (0x26bd, 0x26be), (0x26c4, 0x26c5),
    (0x26ce, 0x26ce), (0x26d4, 0x26d4), (0x26ea, 0x26ea), (0x26f2, 0x26f3), (0x26f5, 0x26f5),
    (0x26fa, 0x26fa), (0x26fd, 0x26fd), (0x2705, 0x2705), (0x270a, 0x270b), (0x2728, 0x2728),
    (0x274c, 0x274c), (0x274e, 0x274e), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797),
    (0x27b0, 0x27b0), (0x27bf, 0x27bf), (0x2b1b, 0x2b1c), (0x2b50, 0x2b50), (0x2b55, 0x2b55),
    (0x2e80, 0x2e99), (0x2e9b, 0x2ef3), (0x2f00, 0x2fd5), (0x2ff0, 0x2ffb), (0x3000, 0x3029),
    (0x302e, 0x303e), (0x3041, 0x3096), (0x309b, 0x30ff), (0x3105, 0x312f), (0x3131, 0x318e),
    (0x3190, 0x31e3), (0x31f0, 0x321e), (0x3220, 0x3247), (0x3250, 0x4dbf), (0x4e00, 0xa48c),
    (0xa490, 0xa4c6), (0xa960, 0xa97c), (0xac00, 0xd7a3), (0xf900, 0xfaff), (0xfe10, 0xfe19),
    (0xfe30, 0xfe52), (0xfe54, 0xfe66), (0xfe68, 0xfe6b), (0xff01, 0xff60), (0xffe0, 0xffe6),
    (0x16fe0, 0x16fe3), (0x16ff0, 0x16ff1), (0x17000, 0x187f7), (0x18800, 0x18cd5), (0x18d00, 0x18d08),
    (0x1aff0, 0x1aff3), (0x1aff5, 0x1affb), (0x1affd, 0x1affe), (0x1b000, 0x1b122), (0x1b150, 0x1b152),
    (0x1b164, 0x1b167), (0x1b170, 0x1b2fb), (0x1f004, 0x1f004), (0x1f0cf, 0x1f0cf), (0x1f18e, 0x1f18e),
    (0x1f191, 0x1f19a), (0x1f200, 0x1f202), (0x1f210, 0x1f23b), (0x1f240, 0x1f248), (0x1f250, 0x1f251),
    (0x1f260, 0x1f265), (0x1f300, 0x1f320), (0x1f32d, 0x1f335), (0x1f337, 0x1f37c), (0x1f37e, 0x1f393),
    (0x1f3a0, 0x1f3ca), (0x1f3cf, 0x1f3d3), (0x1f3e0, 0x1f3f0), (0x1f3f4, 0x1f3f4), (0x1f3f8, 0x1f43e),
    (0x1f440, 0x1f440), (0x1f442, 0x1f4fc), (0x1f4ff, 0x1f53d), (0x1f54b, 0x1f54e), (0x1f550, 0x1f567),
    (0x1f57a, 0x1f57a), (0x1f595, 0x1f596), (0x1f5a4, 0x1f5a4), (0x1f5fb, 0x1f64f), (0x1f680, 0x1f6c5),
    (0x1f6cc, 0x1f6cc), (0x1f6d0, 0x1f6d2), (0x1f6d5, 0x1f6d7), (0x1f6dd, 0x1f6df), (0x1f6eb, 0x1f6ec),
    (0x1f6f4, 0x1f6fc), (0x1f7e0, 0x1f7eb), (0x1f7f0, 0x1f7f0), (0x1f90c, 0x1f93a), (0x1f93c, 0x1f945),
    (0x1f947, 0x1f9ff), (0x1fa70, 0x1fa74), (0x1fa78, 0x1fa7c), (0x1fa80, 0x1fa86), (0x1fa90, 0x1faac),
    (0x1fab0, 0x1faba), (0x1fac0, 0x1fac5), (0x1fad0, 0x1fad9), (0x1fae0, 0x1fae7), (0x1faf0, 0x1faf6),
    (0x20000, 0x2fffd), (0x30000, 0x3fffd),
  ]
}
