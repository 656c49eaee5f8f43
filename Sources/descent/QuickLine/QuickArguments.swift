import ArgumentParser

/// Arguments that can be read off a command line of the usual form without the parser.
protocol QuickArguments: ParsableArguments {
  /// The words with dashes that it knows.
  static var quickForms: [QuickForm] { get }

  /// The arguments of a line, each with the value that the parser gives it; every one must be set here.
  init(_ line: QuickLine)
}
