import ArgumentParser

/// A command that writes about all commands.
protocol DocumentingCommand: ParsableCommand {
  func run(_ documents: ProgramDocuments) throws
}
