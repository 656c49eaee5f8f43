import ArgumentParser

/// `descent manual`: the manual page.
struct ManualCommand: DocumentingCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandName.manual.rawValue,
    abstract: "Write the manual page to standard output, for man -l -.")

  func run(_ documents: ProgramDocuments) throws { Output.standard.write(documents.manual) }
}
