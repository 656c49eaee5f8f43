internal import Canvas

/// What a terminal calls itself when it is asked (XTVERSION, `CSI > q`), and what it is known to draw by itself, whatever
/// its font: `kitty(0.42.1)`, `VTE(7800)`, `ghostty 1.2.0`.
struct TerminalVersion: Equatable {
  /// Its name, in small letters.
  let name: String
  /// The parts of its version.
  let version: [Int]

  /// Reads an answer; what comes before the first digit is the name.
  init(_ answer: String) {
    let text = answer.lowercased()
    let digits = text.firstIndex(where: \.isNumber) ?? text.endIndex
    name = String(text[..<digits].filter { $0.isLetter || $0 == "-" })
    version = text[digits...].prefix { $0.isNumber || $0 == "." }.split(separator: ".")
      .map { Int($0) ?? 0 }
  }

  /// The first versions that draw octants (Unicode 16), and sextants (Unicode 13).
  private static let first: [(name: String, octant: [Int]?, sextant: [Int])] = [
    ("kitty", [0, 40], [0, 26]), ("ghostty", [1, 2], [1]), ("foot", [1, 20], [1, 13]),
    // VTE counts 0.78 as 7800.
    ("vte", [7800], [7000]), ("wezterm", nil, [2022]),
  ]

  /// The finest set of characters that it is known to draw whole; nil where nothing is known.
  var glyphs: GlyphSet? {
    guard let known = TerminalVersion.first.first(where: { $0.name == name }) else { return nil }
    if let octant = known.octant, reaches(octant) { return .octant }
    return reaches(known.sextant) ? .sextant : nil
  }

  /// Whether it can replace a part of a picture, as kitty's protocol has it for animations.
  var replacesParts: Bool { name == "kitty" }

  /// Whether it shows parts of pictures in place of characters that name them.
  var knowsPlaceholders: Bool { name == "kitty" && reaches([0, 28]) || name == "ghostty" }

  private func reaches(_ least: [Int]) -> Bool { !version.lexicographicallyPrecedes(least) }
}
