import ArgumentParser
import OptimizerCore

/// What the argument parser says of words that it cannot read, with the way out where it knows none. The one place that
/// reads the parser's own sentences.
struct ParserComplaint {
  /// What the parser said.
  let message: String
  /// The root of the commands.
  let root: any ParsableCommand.Type

  init(_ message: String, of root: any ParsableCommand.Type) {
    self.message = message
    self.root = root
  }

  /// The sentence for the person who typed these words.
  func words(about arguments: [String]) -> String {
    let start = "Unknown option '"
    guard message.hasPrefix(start), let word = message.dropFirst(start.count).split(separator: "'").first
    else {
      return message.count <= 300 ? message : "\(message.prefix(300))…"
    }
    let commands = root.configuration.subcommands
    let named = arguments.lazy.filter { !$0.hasPrefix("-") }.compactMap { argument in
      commands.first { $0._commandName == argument }
    }.first
    let command = named ?? root.configuration.defaultSubcommand ?? root
    let help = "; 'descent \(command._commandName) --help' shows them all"
    // Without the dashes, which all have in common.
    let options = optionNames(of: command)
    let nearest = Spelling.nearest(
      to: String(word.drop { $0 == "-" }), in: options.map { String($0.drop { $0 == "-" }) })
    let found = nearest.flatMap { near in options.first { $0.drop { $0 == "-" } == near } }
    return "unknown option '\(Excerpt.of(word))'" + (found.map { ", did you mean '\($0)'?" } ?? help)
  }

  /// The options of a command, as its help names them.
  func optionNames(of command: any ParsableCommand.Type) -> [String] {
    var names: [String] = []
    let help = root.helpMessage(for: command, columns: 200)
    for line in help.split(separator: "\n") where line.hasPrefix("  -") {
      for word in line.split(whereSeparator: { $0 == " " || $0 == "," }) {
        if word.hasPrefix("-") { names.append(String(word)) } else if !word.hasPrefix("<") { break }
      }
    }
    return names
  }
}
