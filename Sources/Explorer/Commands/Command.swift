import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// A word of the command line inside the explorer: what completes it, its help and how its value is read, declared once.
///
/// What says what is run has the words of the shell's command line, from the same declaration.
struct Command: Sendable {
  typealias Values = @Sendable (ViewContext, String) -> Completion.Offer
  typealias Read = @Sendable (ViewContext, String) throws(OptionError) -> CommandRequest

  /// The word, without dashes.
  let word: String
  /// Another word for it.
  let alias: String?
  /// What stands for its value in lists; empty if it takes none.
  let valueName: String
  /// What it does, in a line.
  let summary: String
  /// What a value may begin with.
  let values: Values
  /// What it asks for. What cannot be read is said in one sentence.
  let read: Read

  init(
    _ word: String, alias: String? = nil, _ valueName: String, _ summary: String,
    values: @escaping Values = { _, _ in .nothing }, read: @escaping Read
  ) {
    self.word = word
    self.alias = alias
    self.valueName = valueName
    self.summary = summary
    self.values = values
    self.read = read
  }

  init(
    _ option: RunOption, alias: String? = nil, values: @escaping Values = { _, _ in .nothing },
    read: @escaping Read
  ) {
    self.init(option.rawValue, alias: alias, option.valueName, option.summary, values: values, read: read)
  }

  /// The command of a word, with or without the dashes it has in the shell.
  static func named(_ word: String) -> Command? {
    let plain = word.drop { $0 == "-" }
    return all.first { $0.word == plain || $0.alias == String(plain) }
  }

  /// What a line asks for, nil for an empty one; or what is wrong with it and where (from 1 in characters).
  static func request(of line: String, _ context: ViewContext) throws(OptionError) -> CommandRequest? {
    let (word, value, column) = parts(of: line)
    guard !word.isEmpty else { return nil }
    guard let command = named(word) else {
      throw OptionError(
        "unknown word '\(Excerpt.of(word))'"
          + Spelling.suggestion(
            for: String(word.drop { $0 == "-" }), in: all.map(\.word), otherwise: "; Tab shows them all"))
    }
    if value.isEmpty, !command.valueName.isEmpty, command.word != "help" {
      throw OptionError("\(command.word) takes a value: \(command.word) \(command.valueName)", column: column)
    }
    if !value.isEmpty, command.valueName.isEmpty {
      throw OptionError("\(command.word) takes no value, got '\(Excerpt.of(value))'", column: column)
    }
    do throws(OptionError) {
      return try command.read(context, value)
    } catch {
      throw OptionError(error.message, column: column + (error.column ?? 1) - 1, isData: error.isData)
    }
  }

  /// A line as its word, its value without blanks and quotes around it, and the column of the value, from 1.
  static func parts(of line: String) -> (word: String, value: String, column: Int) {
    let characters = Array(line)
    var index = characters.firstIndex { $0 != " " } ?? characters.count
    let start = index
    while index < characters.count, characters[index] != " ", !(characters[index] == "=" && index > start) {
      index += 1
    }
    let word = String(characters[start..<index])
    // `--steps=40` as in the shell; without the dashes an equals sign is no separator between words.
    while index < characters.count, characters[index] == " " || characters[index] == "=" { index += 1 }
    var end = characters.count
    while end > index, characters[end - 1] == " " { end -= 1 }
    if end - index >= 2, characters[index] == characters[end - 1], "'\"".contains(characters[index]) {
      index += 1
      end -= 1
    }
    return (word, String(characters[index..<end]), index + 1)
  }
}
