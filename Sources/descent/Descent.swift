import ArgumentParser
import Canvas
import Glibc
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
    subcommands: [Explore.self, TraceCommand.self, Render.self, List.self, Describe.self, Glyphs.self],
    defaultSubcommand: Explore.self)

  static let version = "0.1.0"
}

/// How a command ends that does not end well: one message on standard error, and a status of sysexits(3).
struct Failure: Error {
  enum Status: Int32 {
    case usage = 64
    case data = 65
    case noInput = 66
    case noTerminal = 69
    case bug = 70
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
    do {
      // Building the tree of commands takes longer than the first frame, and without arguments there is nothing to parse.
      if CommandLine.arguments.count <= 1 {
        return try Explore.open(try Scene.find(SceneLibrary.defaultName))
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
      complain(Descent.message(for: error))
      exit(Failure.Status.usage.rawValue)
    }
    Output.standard.flush()
  }

  /// Every line of a message, marked as ours, on standard error, without what a terminal would obey.
  static func complain(_ message: String) {
    for line in message.split(separator: "\n") {
      Output.writeError("descent: error: \(Text.sanitised(String(line)))\n")
    }
  }
}
