import ArgumentParser

/// A command that can be read off a command line of the usual form.
protocol QuickCommand: QuickArguments, ParsableCommand {
  /// How many words without dashes it takes.
  static var quickWords: Int { get }
}
