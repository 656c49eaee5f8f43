import ArgumentParser
import Canvas
import Glibc
import OptimizerCore
import Scenes

/// The command line: one declaration from which parsing, help and completions follow.
struct Descent: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "descent",
    abstract: "Watch optimizers race over the contours of a loss landscape.",
    discussion: """
      With no argument it opens the explorer on the ravine: space plays, the arrows turn knobs, ? shows all keys.
      """,
    version: version,
    subcommands: [
      Explore.self, PresentCommand.self, TraceCommand.self, Render.self, MapCommand.self, ExportCommand.self,
      CheckCommand.self,
      List.self, Describe.self, Glyphs.self, Install.self, Manual.self,
    ],
    defaultSubcommand: Explore.self)

  static let version = "0.1.0"

  /// What the parser says of arguments that it cannot read, with the way out where it knows none.
  static func complaint(_ message: String, about arguments: [String]) -> String {
    let start = "Unknown option '"
    guard message.hasPrefix(start), let word = message.dropFirst(start.count).split(separator: "'").first
    else {
      return message.count <= 300 ? message : "\(message.prefix(300))…"
    }
    let named = arguments.lazy.filter { !$0.hasPrefix("-") }.compactMap { argument in
      configuration.subcommands.first { $0._commandName == argument }
    }.first
    let command = named ?? configuration.defaultSubcommand ?? Descent.self
    let help = "; 'descent \(command._commandName) --help' shows them all"
    // Without the dashes, which all have in common.
    let options = optionNames(of: command)
    let nearest = Spelling.nearest(
      to: String(word.drop { $0 == "-" }), in: options.map { String($0.drop { $0 == "-" }) })
    let found = nearest.flatMap { near in options.first { $0.drop { $0 == "-" } == near } }
    return "unknown option '\(Excerpt.of(word))'" + (found.map { ", did you mean '\($0)'?" } ?? help)
  }

  /// The options of a command, as its help names them.
  static func optionNames(of command: any ParsableCommand.Type) -> [String] {
    var names: [String] = []
    for line in helpMessage(for: command, columns: 200).split(separator: "\n") where line.hasPrefix("  -") {
      for word in line.split(whereSeparator: { $0 == " " || $0 == "," }) {
        if word.hasPrefix("-") { names.append(String(word)) } else if !word.hasPrefix("<") { break }
      }
    }
    return names
  }
}

/// How a command ends that does not end well: one message on standard error, and a status of sysexits(3), or 1 where a
/// check failed.
struct Failure: Error {
  enum Status: Int32 {
    case check = 1
    case usage = 64
    case data = 65
    case noInput = 66
    case noTerminal = 69
    case bug = 70
    /// A disk that is full, a device that fails.
    case inputOutput = 74
  }

  var status: Status
  var message: String

  init(_ status: Status, _ message: String) {
    self.status = status
    self.message = message
  }
}

@main
enum Main {
  static func main() {
    setlocale(LC_CTYPE, "")
    // The language's runtime would print a backtrace for it and go on.
    signal(SIGQUIT, SIG_DFL)
    do {
      // Building the tree of commands takes longer than the first frame, and without arguments there is nothing to parse.
      if CommandLine.arguments.count <= 1 {
        return try Explore.openStandardScene()
      }
      var command = try Descent.parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      complain(failure.message)
      exit(failure.status.rawValue)
    } catch {
      let message = Descent.fullMessage(for: error)
      if Descent.exitCode(for: error) == .success {
        Output.standard.write(message + (message.hasSuffix("\n") ? "" : "\n"))
        Output.standard.flush()
        exit(0)
      }
      complain(
        Descent.complaint(Descent.message(for: error), about: Array(CommandLine.arguments.dropFirst())))
      exit(Failure.Status.usage.rawValue)
    }
    Output.standard.flush()
  }

  /// Every line of a message, marked as ours, on standard error, without what a terminal would obey.
  static func complain(_ message: String) {
    for line in message.split(separator: "\n") {
      let shown = Text.sanitised(String(line))
      Output.writeError("descent: error: \(AppearanceOptions.localeIsUnicode ? shown : Text.ascii(shown))\n")
    }
  }
}
