import ArgumentParser
import Canvas

/// `descent glyphs`: a test card for a look at the projector.
struct GlyphsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.glyphs.rawValue,
    abstract: "Write a test card of the glyph sets and colours, to look at on the projector.")

  @OptionGroup var appearance: AppearanceOptions

  mutating func run() throws {
    let depth =
      try appearance.chosenDepth() ?? (Environment.refusesColour ? .none : .indexed256)
    let card = TestCard.canvas(width: 80, height: 24, depth: depth, theme: try appearance.chosenTheme())
    Output.standard.write(
      AnsiWriter.text(of: Environment.isUnicode ? card : card.ascii, depth: depth))
  }
}
