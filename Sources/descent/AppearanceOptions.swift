import ArgumentParser
import Canvas
import Explorer
import Glibc
import OptimizerCore

/// The options that say how it looks, shared by every command that draws.
struct AppearanceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("dark or light.", valueName: "theme"),
    completion: .list(Theme.allCases.map(\.rawValue)))
  var theme: String = "dark"

  @Option(
    help: ArgumentHelp("auto, braille, half, quadrant, sextant or ascii.", valueName: "set"),
    completion: .list(GlyphSet.allCases.map(\.rawValue)))
  var glyphs: String = "auto"

  @Option(
    help: ArgumentHelp("auto, direct, 256, 16, 8 or none.", valueName: "depth"),
    completion: .list(["auto"] + depths.map(\.word)))
  var color: String = "auto"

  static let depths: [(word: String, depth: ColourDepth)] = [
    ("direct", .direct), ("256", .indexed256), ("16", .ansi16), ("8", .ansi8), ("none", .none),
  ]

  /// The theme asked for.
  func chosenTheme() throws -> Theme {
    guard let theme = Theme(rawValue: theme) else {
      throw Failure(.usage, one(of: Theme.allCases.map(\.rawValue), for: "--theme", got: self.theme))
    }
    return theme
  }

  /// The glyph set asked for; nil leaves it to the terminal.
  func chosenGlyphs() throws -> GlyphSet? {
    guard let glyphs = GlyphSet(rawValue: glyphs) else {
      throw Failure(.usage, one(of: GlyphSet.allCases.map(\.rawValue), for: "--glyphs", got: self.glyphs))
    }
    return glyphs == .auto ? nil : glyphs
  }

  /// What to say where glyphs were asked for that the locale cannot show; nil where it can.
  static func notice(glyphs: GlyphSet?, isUnicode: Bool) -> String? {
    guard let glyphs, glyphs != .ascii, !isUnicode else { return nil }
    return "this locale is not UTF-8, so '\(glyphs.rawValue)' shows as ASCII; LC_ALL=C.UTF-8 would show it"
  }

  /// The colour depth asked for; nil leaves it to the terminal.
  func chosenDepth() throws -> ColourDepth? {
    if color == "auto" { return nil }
    guard let found = AppearanceOptions.depths.first(where: { $0.word == color }) else {
      throw Failure(
        .usage, one(of: ["auto"] + AppearanceOptions.depths.map(\.word), for: "--color", got: color))
    }
    return found.depth
  }

  private func one(of words: [String], for option: String, got: String) -> String {
    let all = words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
    return "\(option) must be \(all), got '\(Excerpt.of(got))'" + Spelling.suggestion(for: got, in: words)
  }

  /// Whether this process's locale can show more than ASCII.
  static var localeIsUnicode: Bool { nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } == "UTF-8" }

  /// Whether the environment asks for no colours (no-color.org).
  static var environmentAsksForNoColour: Bool { getenv("NO_COLOR").map { $0.pointee != 0 } ?? false }
}
