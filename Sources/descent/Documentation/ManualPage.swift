import Scenes

/// The manual page in the language of troff, made from the definitions of the commands.
struct ManualPage {
  let program: CommandTree
  let version: String

  /// The page as text, in ASCII.
  var text: String {
    var page = ".\\\" Made by descent from the definitions of its commands.\n"
    page += ".TH \(program.name.uppercased()) 1 \"\" \"\(program.name) \(version)\" \"User Commands\"\n"
    page += ".SH NAME\n\(ManualPage.escaped(program.name)) \\- \(ManualPage.escaped(headline))\n"
    page += ".SH SYNOPSIS\n"
    for (index, command) in program.commands.enumerated() {
      if index > 0 { page += ".br\n" }
      page += synopsis(of: command)
    }
    page += ".SH DESCRIPTION\n" + paragraphs(program.abstract, program.discussion)
    page += ".SH COMMANDS\n"
    for command in program.commands {
      page += ".SS \(ManualPage.escaped(command.name))\n"
      page += paragraphs(command.abstract, command.discussion)
      for argument in command.arguments where !shared.contains(argument) && !isEverywhere(argument) {
        page += entry(argument)
      }
    }
    page += ".SH OPTIONS OF SEVERAL COMMANDS\n"
    for argument in shared {
      let users = program.commands.filter { $0.arguments.contains(argument) }.map(\.name)
      page += entry(argument, remark: "(\(users.joined(separator: ", ")))")
    }
    page += ".SH OPTIONS OF ALL COMMANDS\n"
    for argument in program.arguments { page += entry(argument) }
    page += ".SH EXIT STATUS\n"
    for (status, meaning) in ManualPage.statuses { page += item(status, meaning) }
    page += ".SH ENVIRONMENT\n"
    for (name, meaning) in ManualPage.environment { page += item(name, meaning) }
    page += ".SH FILES\n"
    for (path, meaning) in ManualPage.files { page += item(path, meaning) }
    page += ".SH EXAMPLES\n.nf\n"
    for example in ManualPage.examples { page += ManualPage.escaped(example) + "\n" }
    return page + ".fi\n"
  }

  /// The abstract as a part of a sentence.
  private var headline: String {
    let words = program.abstract.hasSuffix(".") ? String(program.abstract.dropLast()) : program.abstract
    return words.prefix(1).lowercased() + words.dropFirst()
  }

  /// What two commands or more have in common, in the order of the first.
  private var shared: [CommandTree.Argument] {
    var shared: [CommandTree.Argument] = []
    for command in program.commands {
      for argument in command.arguments where !shared.contains(argument) && !isEverywhere(argument) {
        if program.commands.count(where: { $0.arguments.contains(argument) }) > 1 { shared.append(argument) }
      }
    }
    return shared
  }

  /// Such as `--help`.
  private func isEverywhere(_ argument: CommandTree.Argument) -> Bool {
    program.arguments.contains { $0.names == argument.names && !$0.names.isEmpty }
  }

  private func synopsis(of command: CommandTree) -> String {
    var words = "\\fB\(ManualPage.escaped("\(program.name) \(command.name)"))\\fR"
    for argument in command.arguments where argument.isPositional {
      let word = "\\fI\(ManualPage.escaped(argument.valueName))\\fR" + (argument.isRepeating ? " ..." : "")
      words += argument.isOptional ? " [\(word)]" : " \(word)"
    }
    return words + " [\\fIoptions\\fR]\n"
  }

  private func entry(_ argument: CommandTree.Argument, remark: String? = nil) -> String {
    var head = argument.names.map { "\\fB\(ManualPage.escaped($0))\\fR" }.joined(separator: ", ")
    if !argument.valueName.isEmpty {
      head += (head.isEmpty ? "" : " ") + "\\fI\(ManualPage.escaped(argument.valueName))\\fR"
    }
    var body = argument.abstract
    if let value = argument.defaultValue, !value.isEmpty { body += " (default: \(value))" }
    if let remark { body += " " + remark }
    return ".TP\n\(head)\n\(ManualPage.line(body))"
  }

  private func item(_ name: String, _ meaning: String) -> String {
    ".TP\n\\fB\(ManualPage.escaped(name))\\fR\n\(ManualPage.line(meaning))"
  }

  /// Running text; lines that begin with a blank keep their form.
  private func paragraphs(_ abstract: String, _ discussion: String) -> String {
    var page = ManualPage.line(abstract)
    var isFixed = false
    var isNew = true
    for line in discussion.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty {
        isNew = true
        continue
      }
      let fixed = line.hasPrefix(" ")
      if fixed != isFixed {
        page += fixed ? (isNew ? ".PP\n.nf\n" : ".nf\n") : ".fi\n"
        isFixed = fixed
      }
      if isNew, !fixed { page += ".PP\n" }
      isNew = false
      page += ManualPage.line(String(line))
    }
    return page + (isFixed ? ".fi\n" : "")
  }

  private static func line(_ text: String) -> String { escaped(text) + "\n" }

  /// Text in which troff obeys nothing: backslashes, a dot or quote that begins a line, signs beyond ASCII.
  static func escaped(_ text: String) -> String {
    var safe = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": safe += "\\e"
      case "-": safe += "\\-"
      case "'": safe += "\\(aq"
      case "^": safe += "\\(ha"
      case "~": safe += "\\(ti"
      case "`": safe += "\\(ga"
      case "\n": safe += " "
      default:
        if scalar.isASCII {
          safe.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          safe += "\\[u" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "]"
        }
      }
    }
    return safe.hasPrefix(".") ? "\\&" + safe : safe
  }

  // MARK: What no definition says

  private static let statuses: [(String, String)] = [
    ("0", "Done. A run that diverges is an outcome, not an error."), ("1", "A check failed."),
    ("\(Failure.Status.usage.rawValue)", "Bad usage: an option, a name of a file to write."),
    ("\(Failure.Status.data.rawValue)", "Bad data: a scene or a formula."),
    ("\(Failure.Status.noInput.rawValue)", "No such input."),
    ("\(Failure.Status.noTerminal.rawValue)", "No terminal that can be used."),
    ("\(Failure.Status.bug.rawValue)", "A bug."),
    ("\(Failure.Status.inputOutput.rawValue)", "A file or standard output could not be written."),
    ("128 + n", "Ended by signal n at once, whatever is computed: 130 where it is interrupted."),
  ]

  private static let environment: [(String, String)] = [
    ("DESCENT_SCENES", "A folder of scenes, searched before the installed ones and those built in."),
    ("NO_COLOR", "Set to anything, no colours are used unless asked for."),
    ("COLORTERM, TERM", "The terminal, and the colours it can show."),
    ("ESCDELAY", "Milliseconds after which an Escape stands for itself."),
    ("LC_ALL, LC_CTYPE, LANG", "A locale that is not UTF-8 gets the picture in ASCII."),
  ]

  private static let files: [(String, String)] = [
    ("PREFIX/share/descent/scenes/*.yaml", "Scenes, where the program is PREFIX/bin/descent.")
  ]

  private static let examples = [
    "descent ravine",
    "descent --landscape rosenbrock -o sgd:lr=0.001 -o adam:lr=0.05",
    "descent trace ravine --steps 100 > trace.csv",
    "descent export ravine figure.svg run.cast --theme light",
  ]
}
