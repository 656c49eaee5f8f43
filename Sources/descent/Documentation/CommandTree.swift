import ArgumentParser
import FoundationEssentials

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

  /// A command and those under it. The parser's own help command is none of them.
  init(describing root: any ParsableCommand.Type) {
    do {
      let tool = try JSONDecoder().decode(Tool.self, from: Data(root._dumpHelp().utf8))
      self.init(tool.command)
    } catch {
      preconditionFailure("the parser describes its commands as JSON: \(error)")
    }
  }

  private init(_ command: Tool.Command) {
    name = command.commandName
    abstract = command.abstract ?? ""
    discussion = command.discussion ?? ""
    arguments = (command.arguments ?? []).filter(\.shouldDisplay).map(Argument.init)
    commands = (command.subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
      .map(CommandTree.init)
  }

  /// The form of the parser's description, version 0.
  fileprivate struct Tool: Decodable {
    struct Command: Decodable {
      var commandName: String
      var abstract: String?
      var discussion: String?
      var shouldDisplay: Bool
      var subcommands: [Command]?
      var arguments: [Argument]?
    }

    struct Argument: Decodable {
      enum Kind: String, Decodable {
        case positional, option, flag
      }

      struct Name: Decodable {
        enum Kind: String, Decodable {
          case long, short, longWithSingleDash
        }

        var kind: Kind
        var name: String
      }

      var kind: Kind
      var shouldDisplay: Bool
      var isOptional: Bool
      var isRepeating: Bool
      var names: [Name]?
      var valueName: String?
      var defaultValue: String?
      var abstract: String?
    }

    var command: Command
  }
}

extension CommandTree.Argument {
  fileprivate init(_ argument: CommandTree.Tool.Argument) {
    names = (argument.names ?? []).map { ($0.kind == .long ? "--" : "-") + $0.name }
    valueName = argument.kind == .flag ? "" : argument.valueName ?? ""
    abstract = argument.abstract ?? ""
    defaultValue = argument.defaultValue
    isOptional = argument.isOptional
    isRepeating = argument.isRepeating
  }
}
