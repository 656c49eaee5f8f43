import ArgumentParser
import Canvas
import Explorer
import OptimizerCore

/// The options that say how it looks, shared by every command that draws.
struct AppearanceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "\(AppearanceOptions.list(Theme.allCases.map(\.rawValue))); dark unless remembered otherwise.",
      valueName: "theme"), completion: .list(Theme.allCases.map(\.rawValue)))
  var theme: String?

  @Option(
    help: ArgumentHelp(
      "\(AppearanceOptions.list(GlyphSet.allCases.map(\.rawValue))); auto unless remembered otherwise.",
      valueName: "set"), completion: .list(GlyphSet.allCases.map(\.rawValue)))
  var glyphs: String?

  @Option(
    help: ArgumentHelp("auto, direct, 256, 16, 8 or none.", valueName: "depth"),
    completion: .list(["auto"] + ColourDepth.allCases.map(\.word)))
  var color: String = "auto"

  /// The theme asked for, dark if none was.
  func chosenTheme() throws -> Theme { try givenTheme() ?? .dark }

  /// The theme asked for; nil if none was.
  func givenTheme() throws -> Theme? {
    try theme.map { word in
      guard let theme = Theme(rawValue: word) else {
        throw Failure(.usage, one(of: Theme.allCases.map(\.rawValue), for: "--theme", got: word))
      }
      return theme
    }
  }

  /// The glyph set asked for; nil leaves it to the terminal.
  func chosenGlyphs() throws -> GlyphSet? { try givenGlyphs().flatMap { $0 == .auto ? nil : $0 } }

  /// The glyphs of what is written where none are asked for: no terminal is in the way of a picture's.
  static func usualGlyphs(inPicture isPicture: Bool) -> GlyphSet { isPicture ? .octant : .braille }

  /// The glyph set asked for, `auto` among them; nil if none was.
  func givenGlyphs() throws -> GlyphSet? {
    try glyphs.map { word in
      guard let glyphs = GlyphSet(rawValue: word) else {
        throw Failure(.usage, one(of: GlyphSet.allCases.map(\.rawValue), for: "--glyphs", got: word))
      }
      return glyphs
    }
  }

  /// What was remembered, with what was asked for in its place; and what is to be said of the file.
  func settings(
    from file: ConfigFile?
  ) throws -> (settings: Settings, remembered: Settings, notice: String?) {
    let (remembered, notice) = file?.load() ?? (Settings(), nil)
    var settings = remembered
    if let theme = try givenTheme() { settings.theme = theme }
    if let glyphs = try givenGlyphs() { settings.glyphs = glyphs == .auto ? nil : glyphs }
    return (settings, remembered, notice)
  }

  /// What to say where glyphs were asked for that the locale cannot show; nil where it can.
  static func notice(glyphs: GlyphSet?, isUnicode: Bool) -> String? {
    guard let glyphs, glyphs != .ascii, !isUnicode else { return nil }
    return "this locale is not UTF-8, so '\(glyphs.rawValue)' shows as ASCII; LC_ALL=C.UTF-8 would show it"
  }

  /// The colour depth asked for; nil leaves it to the terminal.
  func chosenDepth() throws -> ColourDepth? {
    if color == "auto" { return nil }
    guard let found = ColourDepth.allCases.first(where: { $0.word == color }) else {
      throw Failure(
        .usage, one(of: ["auto"] + ColourDepth.allCases.map(\.word), for: "--color", got: color))
    }
    return found
  }

  private static func list(_ words: [String]) -> String {
    words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
  }

  private func one(of words: [String], for option: String, got: String) -> String {
    "\(option) must be \(AppearanceOptions.list(words)), got '\(Excerpt.of(got))'"
      + Spelling.suggestion(for: got, in: words)
  }
}
