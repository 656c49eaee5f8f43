import ArgumentParser

/// The commands with their arguments, as the parser itself describes them.
struct CommandTree {
  /// An option, a flag or an argument without a name.
  struct Argument: Equatable {
    /// As they are typed: `-o`, `--optimizer`; none for an argument by place.
    var names: [String]
    /// What stands for its value in the help; empty for a flag.
    var valueName: String
    /// What it does.
    var abstract: String
    var defaultValue: String?
    var isOptional: Bool
    var isRepeating: Bool

    /// By place rather than by name.
    var isPositional: Bool { names.isEmpty }
  }

  var name: String
  var abstract: String
  var discussion: String
  var arguments: [Argument]
  var commands: [CommandTree]

  /// The commands of the program.
  static func program() -> CommandTree {
    guard let document = JSONValue(Descent._dumpHelp()), let command = document["command"] else {
      preconditionFailure("the parser describes its commands as JSON")
    }
    return CommandTree(command)
  }

  init(_ value: JSONValue) {
    name = value["commandName"]?.text ?? ""
    abstract = value["abstract"]?.text ?? ""
    discussion = value["discussion"]?.text ?? ""
    arguments = (value["arguments"]?.elements ?? []).filter(CommandTree.isShown).map(Argument.init)
    // The parser's own help command is no command of ours.
    commands = (value["subcommands"]?.elements ?? []).filter(CommandTree.isShown).map(CommandTree.init)
      .filter { $0.name != "help" }
  }

  private static func isShown(_ value: JSONValue) -> Bool { value["shouldDisplay"] != .bool(false) }
}

extension CommandTree.Argument {
  init(_ value: JSONValue) {
    names = (value["names"]?.elements ?? []).compactMap { name in
      guard let word = name["name"]?.text else { return nil }
      return (name["kind"]?.text == "long" ? "--" : "-") + word
    }
    valueName = value["kind"]?.text == "flag" ? "" : value["valueName"]?.text ?? ""
    abstract = value["abstract"]?.text ?? ""
    defaultValue = value["defaultValue"]?.text
    isOptional = value["isOptional"] != .bool(false)
    isRepeating = value["isRepeating"] == .bool(true)
  }
}
