import ArgumentParser

/// The command line: one declaration from which parsing, help and completions follow.
struct Descent: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "descent",
    abstract: "Watch optimizers race over the contours of a loss landscape.",
    discussion: """
      With no argument it opens the explorer on the ravine: space plays, the arrows turn knobs, ? shows all keys.
      """,
    version: Version.current,
    subcommands: CommandName.allCases.map(Descent.command),
    defaultSubcommand: ExploreCommand.self)

  /// The command of a name.
  static func command(_ name: CommandName) -> any ParsableCommand.Type {
    switch name {
    case .explore: ExploreCommand.self
    case .present: PresentCommand.self
    case .trace: TraceCommand.self
    case .render: RenderCommand.self
    case .map: MapCommand.self
    case .compare: CompareCommand.self
    case .export: ExportCommand.self
    case .check: CheckCommand.self
    case .list: ListCommand.self
    case .describe: DescribeCommand.self
    case .glyphs: GlyphsCommand.self
    case .install: InstallCommand.self
    case .manual: ManualCommand.self
    }
  }
}
