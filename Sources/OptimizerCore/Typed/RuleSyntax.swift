/// A rule taken apart: its name, its knobs, and its lines as tokens.
///
///     rule  = name ["(" knob {"," knob} ")"] ":" line {(";" | end of line) line}
///     knob  = name "=" (number ["from" number "to" number] ["log" | "linear" | "decay"] ["whole"] | word {"|" word})
///     line  = name (":=" | "=") formula
struct RuleSyntax {
  /// One line: a state with its start, or an assignment.
  struct Line {
    /// The name on the left; the parameters are `x`, however they are written.
    let name: ExpressionToken
    /// Whether it declares a state and says where it starts.
    let isStart: Bool
    /// The right side, the last of which is its end.
    let tokens: [ExpressionToken]

    /// The line as it is written again.
    var text: String { "\(name.text) \(isStart ? ":=" : "=") \(RuleDisplay.plain(tokens))" }
  }

  let name: String
  let knobs: [RuleKnob]
  let lines: [Line]

  /// The rule as one line, in the one form that equal rules share.
  var text: String {
    let head = knobs.isEmpty ? name : "\(name)(\(knobs.map(\.text).joined(separator: ", ")))"
    return "\(head): " + lines.map(\.text).joined(separator: "; ")
  }

  /// The same with a line of its own for the head and for each line.
  var block: String {
    let head = knobs.isEmpty ? name : "\(name)(\(knobs.map(\.text).joined(separator: ", ")))"
    return "\(head):\n" + lines.map { "  \($0.text)" }.joined(separator: "\n")
  }

  /// Takes a text apart.
  init(_ written: String) throws(ExpressionError) {
    let characters = Array(written)
    let start = characters.firstIndex { !$0.isWhitespace } ?? 0
    let end = characters[start...].firstIndex { !Self.isOfName($0) } ?? characters.count
    name = String(characters[start..<end])
    guard name.first?.isLetter == true, name.count <= 40 else {
      throw ExpressionError(
        message: name.count > 40
          ? "the name of a rule is too long: 40 characters are the limit"
          : "a rule begins with its name, as in heavy(lr=0.01, beta=0.9): v := 0; v = beta*v + g; x = x - lr*v",
        column: start + 1)
    }
    // Blanks in the place of the name, so that columns are those of the whole.
    let rest = String(repeating: " ", count: end) + String(characters[end...])
    var reader = RuleReader(try ExpressionLexer.tokens(of: try ExpressionSpelling(rest), as: .rule))
    knobs = try reader.head()
    lines = try reader.lines()
  }

  /// The lines of a rule that a built-in optimizer declares.
  static func lines(declared text: String) -> [Line] {
    if text.allSatisfy(\.isWhitespace) { return [] }
    var reader = RuleReader(tokens(declared: text))
    do throws(ExpressionError) {
      return try reader.lines()
    } catch { preconditionFailure("declared lines are lines: \(error.message)") }
  }

  /// The tokens of what one declares.
  static func tokens(declared text: String) -> [ExpressionToken] {
    do throws(ExpressionError) {
      return try ExpressionLexer.tokens(of: try ExpressionSpelling(text), as: .rule)
    } catch { preconditionFailure("declared lines are read: \(error.message)") }
  }

  private static func isOfName(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "_" || character == "-")
  }
}
