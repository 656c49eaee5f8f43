import ArgumentParser

/// What is written about the program as a whole, made from the root of its commands.
struct ProgramDocuments {
  let root: any ParsableCommand.Type

  /// The commands with their arguments.
  var commands: CommandTree { CommandTree(describing: root) }

  /// The manual page.
  var manual: String { ManualPage(program: commands, version: Version.current).text }

  /// What a shell reads to complete the words of a command line.
  func completions(for shell: CompletionShell) -> String { root.completionScript(for: shell) + "\n" }
}
