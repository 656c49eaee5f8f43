import ArgumentParser
import Glibc
import Scenes

@main
enum Main {
  static func main() {
    setlocale(LC_CTYPE, "")
    // The language's runtime would print a backtrace for it and go on.
    signal(SIGQUIT, SIG_DFL)
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch let failure as Failure {
      Output.complain(failure.message)
      exit(failure.status.rawValue)
    } catch {
      let message = Descent.fullMessage(for: error)
      if Descent.exitCode(for: error) == .success {
        Output.standard.write(message + (message.hasSuffix("\n") ? "" : "\n"))
        Output.standard.flush()
        exit(0)
      }
      let complaint = ParserComplaint(Descent.message(for: error), of: Descent.self)
      Output.complain(complaint.words(about: Array(CommandLine.arguments.dropFirst())))
      exit(Failure.Status.usage.rawValue)
    }
    Output.standard.flush()
  }

  private static func run(_ arguments: [String]) throws {
    if arguments == ["--version"] { return Output.standard.write("\(Version.current)\n") }
    if var command = QuickLine.command(of: arguments) { return try command.run() }
    if let option = EmptyOption(arguments, of: Descent.self) { throw Failure(.usage, option.words) }
    var command = try Descent.parseAsRoot(arguments)
    if let command = command as? any DocumentingCommand {
      try command.run(ProgramDocuments(root: Descent.self))
    } else {
      try command.run()
    }
  }
}
