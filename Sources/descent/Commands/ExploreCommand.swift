import ArgumentParser

/// `descent explore`: the explorer on a terminal.
struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.explore.rawValue,
    abstract: "Open the explorer. This is what happens without a command.",
    discussion:
      "Keys: space plays, n and p step, arrows turn knobs, Tab changes the entry, ? shows them all, q quits.")

  @OptionGroup var options: RunOptions
  @OptionGroup var screen: ScreenOptions

  mutating func run() throws { try screen.open([try options.makeScene()], asLecture: false) }
}
