import Canvas
import Experiments
@testable import Explorer
import Scenes
import Testing

/// What is remembered from one session to the next, as a text.
@Suite struct SettingsTests {
  @Test func everySettingComesBack() throws {
    for theme in Theme.allCases {
      for glyphs in GlyphSet.allCases {
        for flags in 0..<12 {
          let settings = Settings(
            theme: theme, glyphs: glyphs == .auto ? nil : glyphs, hidesPanels: flags & 1 > 0,
            curveByEvaluations: flags & 2 > 0, curveAxes: CurveAxes.allCases[flags / 4])
          #expect(try Settings(text: settings.text(updating: "")) == settings)
        }
      }
    }
    #expect(try Settings(text: "") == Settings())
  }

  @Test func whatAPersonWroteStays() throws {
    let old = "---\n# mine\n\ntheme: 'light'   # for the beamer\r\nglyphs: \"half\"\n"
    let settings = try Settings(text: old)
    #expect(settings == Settings(theme: .light, glyphs: .half))
    #expect(
      settings.text(updating: old) == "---\n# mine\n\ntheme: 'light'   # for the beamer\nglyphs: \"half\"\n")
    var changed = settings
    changed.glyphs = .ascii
    changed.hidesPanels = true
    #expect(
      changed.text(updating: old)
        == "---\n# mine\n\ntheme: 'light'   # for the beamer\nglyphs: ascii\npanels: hidden\n")
    // What is back to usual is written where it was said, and not said where it was not.
    #expect(Settings().text(updating: "theme: light\n") == "theme: dark\n")
    #expect(try Settings(text: Settings().text(updating: "")) == Settings())
  }

  @Test(arguments: [
    ("theme: drak", 1, "theme must be dark, light"), ("theme: drak", 1, "did you mean 'dark'?"),
    ("# a\n\nthme: dark", 3, "unknown key 'thme', did you mean 'theme'?"),
    ("qqqq: 1", 1, "unknown key 'qqqq'; the keys are theme, glyphs, panels, curve, scale"),
    ("theme: dark\ntheme: light", 2, "theme is given twice"), ("theme", 1, "a line reads 'key: value'"),
    ("- theme: dark", 1, "a line reads 'key: value'"), ("{theme: dark}", 1, "a line reads 'key: value'"),
    ("panels: maybe", 1, "panels must be shown or hidden, got 'maybe'"), ("theme:", 1, "got ''"),
    ("theme: dark\n\u{0}\u{1}\u{2}", 2, "a line reads 'key: value'"),
    ("glyphs: braille braille", 1, "glyphs must be"),
  ]) func faultsHaveTheirLine(text: String, line: Int, message: String) {
    do throws(SettingsError) {
      _ = try Settings(text: text)
      Issue.record("\(text) is no settings")
    } catch {
      #expect(error.line == line)
      #expect(error.message.contains(message), "\(error.message)")
    }
  }

  /// Keys and words that change the looks ask for them to be remembered, others do not.
  @Test func changesOfTheLooksAreRemembered() throws {
    var explorer = try explorer()
    #expect(explorer.handle(.key(.character("n"))) == nil)
    let first = explorer.handle(.key(.character("T")))
    #expect(first == .remember(Settings(theme: Theme.allCases[1])))
    #expect(
      explorer.handle(.key(.character("G"))) == .remember(Settings(theme: Theme.allCases[1], glyphs: .half)))
    #expect(explorer.command("glyphs half") == nil, "nothing changed")
    guard case .remember(let settings)? = explorer.handle(.key(.character("H"))) else {
      Issue.record("hidden panels are remembered")
      return
    }
    #expect(settings.hidesPanels)
    // Another session takes them up.
    var next = try self.explorer()
    next.apply(settings)
    #expect(next.settings == settings && next.appearance.glyphs == .half)
    explorer.type("0 Esc")
    #expect(next.rows() == explorer.rows())
  }

  /// The command line and the key choose in one way.
  @Test func wordsForTheLooksAreRememberedAsKeysAre() throws {
    var explorer = try explorer()
    #expect(explorer.command("glyphs quadrant") == .remember(Settings(glyphs: .quadrant)))
    #expect(explorer.appearance.glyphs == .quadrant)
    #expect(
      explorer.command("theme light") == .remember(Settings(theme: .light, glyphs: .quadrant)))
  }

  /// What was asked for this once on the shell's command line is not what is remembered, unless it is changed here.
  @Test func whatWasAskedForOnceIsNotRemembered() throws {
    var explorer = try explorer()
    explorer.apply(Settings(theme: .light, hidesPanels: true), over: Settings(glyphs: .quadrant))
    #expect(explorer.appearance.theme == .light)
    #expect(explorer.command("scale") == nil)
    explorer.type("Esc")
    #expect(
      explorer.handle(.key(.character("t")))
        == .remember(Settings(glyphs: .quadrant, curveByEvaluations: true)))
  }

  /// Where only ASCII can be shown, glyphs that were remembered stay remembered.
  @Test func aPlainLocaleForgetsNoGlyphs() throws {
    var explorer = try explorer(appearance: Appearance(depth: .none, isUnicode: false))
    explorer.apply(Settings(glyphs: .quadrant))
    #expect(explorer.rows().allSatisfy { $0.allSatisfy(\.isASCII) })
    #expect(
      explorer.handle(.key(.character("T")))
        == .remember(Settings(theme: Theme.allCases[1], glyphs: .quadrant)))
  }

  private func explorer(appearance: Appearance = Appearance(depth: .direct)) throws -> Explorer {
    try ExplorerTests.explorer(appearance: appearance)
  }

  /// Where octants would move what stands behind them sextants are drawn, whoever asks for them.
  @Test func octantsThatWouldTearAreSextants() throws {
    var explorer = try explorer(appearance: Appearance(glyphs: .sextant, depth: .direct))
    explorer.keepsOctants = false
    explorer.choose(glyphs: .octant)
    #expect(explorer.appearance.glyphs == .sextant && explorer.shows("would tear"))
    let octants: ClosedRange<UInt32> = 0x1CD00...0x1CDEB
    #expect(!explorer.rows().joined().unicodeScalars.contains { octants.contains($0.value) })
    explorer.choose(glyphs: .sextant)
    explorer.type("G")
    #expect(explorer.appearance.glyphs == .ascii, "the key goes on to the next that can be shown")
    explorer.keepsOctants = true
    explorer.choose(glyphs: .octant)
    #expect(explorer.appearance.glyphs == .octant && !explorer.shows("would tear"))
  }
}
