import Experiments

/// A command line of the usual form: a command, options that it knows with their values, words. It says what the argument
/// parser would say of the same line, in a hundredth of the time: building the tree of commands and looking for what its
/// types conform to takes longer than the first frame. Whatever is not of that form is left to the parser, errors among it.
struct QuickLine {
  /// The words without dashes.
  private(set) var words: [String] = []
  private var given: [String: [String]] = [:]

  /// Reads a line; nil leaves it to the parser.
  init?(_ arguments: some Sequence<String>, forms: [QuickForm], words limit: Int) {
    var rest = Array(arguments)[...]
    while let word = rest.popFirst() {
      guard !word.isEmpty, !QuickLine.belongsToParser(word) else { return nil }
      guard word.hasPrefix("-") else {
        // A command in its place is none of these words.
        guard words.count < limit, CommandName(rawValue: word) == nil, word != "help" else { return nil }
        words.append(word)
        continue
      }
      let sign = word.firstIndex(of: "=")
      let name = String(sign.map { word[..<$0] } ?? word[...])
      guard let form = forms.first(where: { $0.names.contains(name) }), let key = form.names.last,
        form.kind == .values || given[key] == nil
      else { return nil }
      if form.kind == .flag {
        guard sign == nil else { return nil }
        given[key] = []
        continue
      }
      // The short form takes its value as the next word only.
      guard sign == nil || name.hasPrefix("--"),
        let value = sign.map({ String(word[word.index(after: $0)...]) }) ?? rest.popFirst(),
        !value.isEmpty, !QuickLine.belongsToParser(value), form.takesDashes || !value.hasPrefix("-")
      else { return nil }
      given[key, default: []].append(value)
    }
  }

  /// What the parser looks for in the whole line.
  private static func belongsToParser(_ word: String) -> Bool {
    word == "--" || word == "-h" || word.hasPrefix("---")
      || ["--help", "--version", "--generate-", "--experimental-", "-help"].contains { word.hasPrefix($0) }
  }

  /// The value of an option, by its name without dashes; nil if it was not given.
  func value(_ name: String) -> String? { given["--\(name)"]?.first }

  /// All values of an option that may be repeated.
  func values(_ name: String) -> [String] { given["--\(name)"] ?? [] }

  /// Whether a flag was given.
  func has(_ name: String) -> Bool { given["--\(name)"] != nil }

  /// The value of an option that says what is run.
  func value(_ option: RunOption) -> String? { value(option.rawValue) }

  /// All values of such an option.
  func values(_ option: RunOption) -> [String] { values(option.rawValue) }
}

extension QuickLine {
  /// The commands that are read so.
  static func command(_ name: CommandName) -> (any QuickCommand.Type)? {
    switch name {
    case .explore: ExploreCommand.self
    case .present: PresentCommand.self
    case .render: RenderCommand.self
    case .trace: TraceCommand.self
    case .map, .compare, .export, .check, .list, .describe, .glyphs, .install, .manual: nil
    }
  }

  /// The command that a line asks for, ready to be run; nil leaves it to the parser.
  static func command(of arguments: [String]) -> (any QuickCommand)? {
    let name = arguments.first.flatMap(CommandName.init)
    guard let type = command(name ?? .explore),
      let line = QuickLine(
        arguments.dropFirst(name == nil ? 0 : 1), forms: type.quickForms, words: type.quickWords)
    else { return nil }
    return type.init(line)
  }
}
