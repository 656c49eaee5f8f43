import ArgumentParser
import OptimizerCore

/// An option with an equals sign and nothing behind it: the parser would take the next word for its value.
struct EmptyOption {
  private let name: String

  /// The first one of a line; nil if there is none.
  init?(_ arguments: [String], of root: any ParsableCommand.Type) {
    let words = arguments.prefix { $0 != "--" }
    guard
      let word = words.first(where: {
        $0.hasPrefix("-") && $0.hasSuffix("=") && $0.dropFirst().allSatisfy(\.isNamePart)
      })
    else { return nil }
    name = String(word.dropLast())
    let commands = root.configuration.subcommands
    let command = commands.first { $0._commandName == arguments.first }
    // An option that nobody knows is the parser's to answer.
    let parser = ParserComplaint("", of: root)
    guard parser.optionNames(of: command ?? root.configuration.defaultSubcommand ?? root).contains(name)
    else { return nil }
  }

  /// What to say of it.
  var words: String {
    "\(Excerpt.of(name))= has no value behind the sign; give it one, or leave the option out"
  }
}

extension Character {
  fileprivate var isNamePart: Bool { isASCII && (isLetter || isNumber || self == "-" || self == "=") }
}
