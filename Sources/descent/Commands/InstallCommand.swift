import ArgumentParser
import Glibc
import OptimizerCore
import Scenes

/// `descent install`: the program with everything that belongs to it, under a prefix.
struct InstallCommand: DocumentingCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.install.rawValue,
    abstract: "Install the program, its scenes, manual page and shell completions under a prefix.",
    discussion: """
      Under the prefix it writes:
        bin/descent
        share/descent/scenes/*.yaml
        share/man/man1/descent.1
        share/bash-completion/completions/descent
        share/zsh/site-functions/_descent
        share/fish/vendor_completions.d/descent.fish

      Files of an earlier version are replaced, each whole or not at all. What was written is listed.
      """)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The folder to install under, such as ~/.local.", valueName: "dir"))
  var prefix: String

  /// A file to install.
  struct Item {
    /// The path from the prefix.
    var path: String
    var bytes: ArraySlice<UInt8>
    var mode: mode_t = 0o644

    init(_ path: String, text: String) {
      self.path = path
      bytes = Array(text.utf8)[...]
    }

    init(_ path: String, program: [UInt8]) {
      self.path = path
      bytes = program[...]
      mode = 0o755
    }
  }

  func run(_ documents: ProgramDocuments) throws {
    guard !prefix.isEmpty else { throw Failure(.usage, "--prefix must name a folder, such as ~/.local") }
    // The shell leaves the tilde of `--prefix=~/.local` alone.
    let prefix = Environment.expandingHome(prefix)
    let items = try InstallCommand.items(documents)
    UnfinishedFiles.unblock()
    var files: [OutputFile] = []
    for item in items {
      let path = "\(prefix)/\(item.path)"
      try OutputFile.makeFolder(of: path)
      let file = try OutputFile(
        path: path, target: try OutputFile.target(of: path), replaces: true, mode: item.mode)
      try file.write(item.bytes)
      files.append(file)
    }
    try OutputFile.keep(files)
    for file in files { Output.standard.show(line: file.path) }
  }

  /// Everything that belongs to the program.
  private static func items(_ documents: ProgramDocuments) throws -> [Item] {
    var items = [Item("bin/descent", program: try StrippedProgram.bytes())]
    items += SceneLibrary.bundled.map { Item("share/descent/scenes/\($0.name).yaml", text: $0.text) }
    items.append(Item("share/man/man1/descent.1", text: documents.manual))
    let shells: [(String, CompletionShell)] = [
      ("share/bash-completion/completions/descent", .bash), ("share/zsh/site-functions/_descent", .zsh),
      ("share/fish/vendor_completions.d/descent.fish", .fish),
    ]
    items += shells.map { Item($0.0, text: documents.completions(for: $0.1)) }
    return items
  }
}
