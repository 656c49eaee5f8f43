/// Reads the tokens of a rule behind its name.
struct RuleReader {
  private let tokens: [ExpressionToken]
  private var position = 0

  init(_ tokens: [ExpressionToken]) {
    self.tokens = tokens.map { token in
      guard token.kind == .name, token.text == "theta" else { return token }
      return ExpressionToken(kind: .name, text: "x", column: token.column, isSpaced: token.isSpaced)
    }
  }

  private var token: ExpressionToken { tokens[position] }

  private func fail(_ message: String, at token: ExpressionToken) -> ExpressionError {
    ExpressionError(message: message, column: token.column)
  }

  private var found: String {
    token.kind == .end || token.text.allSatisfy(\.isNewline)
      ? ", but the line ends" : ", got '\(ExpressionLexer.shown(token.text))'"
  }

  private mutating func take(_ sign: String) -> Bool {
    guard token.isSign(sign) else { return false }
    position += 1
    return true
  }

  private mutating func takeWord(_ word: String) -> Bool {
    guard token.kind == .name, token.text == word else { return false }
    position += 1
    return true
  }

  // MARK: The head

  /// The knobs, and the colon after them.
  mutating func head() throws(ExpressionError) -> [RuleKnob] {
    var knobs: [RuleKnob] = []
    if take("("), !take(")") {
      repeat {
        let name = token
        let knob = try knob()
        if knobs.contains(where: { $0.knob.key == knob.knob.key }) {
          throw fail("the knob '\(knob.knob.key)' is given twice", at: name)
        }
        guard knobs.count < RuleLimits.knobs else {
          throw fail("too many knobs: \(RuleLimits.knobs) are the limit", at: name)
        }
        knobs.append(knob)
      } while take(",")
      guard take(")") else {
        throw fail("expected ',' or ')' after a knob\(found)", at: token)
      }
    }
    guard take(":") else {
      if token.isSign(":=") {
        throw fail("':' stands after the head of a rule, and its lines after that", at: token)
      }
      throw fail(
        "expected ':' after the head of a rule, as in heavy(lr=0.01): x = x - lr*g\(found)", at: token)
    }
    return knobs
  }

  private mutating func knob() throws(ExpressionError) -> RuleKnob {
    let name = token
    guard name.kind == .name else {
      throw fail("a knob is written name=value, as in lr=0.01\(found)", at: name)
    }
    let key = name.text
    guard ExpressionLexer.isName(key) else { throw fail("a name has at most 40 characters", at: name) }
    if RuleNames.given.contains(key) || ExpressionVocabulary.ofRules.isOfLanguage(key) || key == "schedule" {
      throw fail("a knob cannot be called '\(key)', which has a meaning already", at: name)
    }
    position += 1
    guard take("=") else {
      throw fail("the knob '\(key)' needs a default, as in \(key)=0.1\(found)", at: token)
    }
    if token.kind == .name { return RuleKnob(key, words: try words()) }
    let value = try number("the default of \(key)")
    var range: ClosedRange<Double>?
    if takeWord("from") {
      let low = try number("where the range of \(key) begins")
      let to = token
      guard takeWord("to") else { throw fail("a range is written from 0 to 1\(found)", at: to) }
      let high = try number("where the range of \(key) ends")
      guard low < high else {
        throw fail("a range goes up: write from \(high.shortest) to \(low.shortest)", at: to)
      }
      range = low...high
    }
    var scale: Knob.Scale?
    for known in RuleKnob.scales where takeWord(known.word) { scale = known.scale }
    let isWhole = takeWord("whole")
    if token.kind == .name {
      let words = ["from", "whole"] + RuleKnob.scales.map(\.word)
      let hint = Spelling.suggestion(
        for: token.text, in: words,
        otherwise: ": after a number stand from … to …, log, linear, decay or whole")
      throw fail("unknown word '\(ExpressionLexer.shown(token.text))'\(hint)", at: token)
    }
    do {
      return try RuleKnob(key, value, range: range, scale: scale, isWhole: isWhole)
    } catch {
      throw fail(error.message, at: name)
    }
  }

  private mutating func words() throws(ExpressionError) -> [String] {
    var words: [String] = []
    repeat {
      let word = token
      guard word.kind == .name else { throw fail("a choice is written plain|torch\(found)", at: word) }
      if RuleNames.given.contains(word.text) || ExpressionVocabulary.ofRules.isOfLanguage(word.text) {
        throw fail("a choice cannot be called '\(word.text)', which has a meaning already", at: word)
      }
      if !words.isEmpty, let one = (words + [word.text]).first(where: { ["on", "off"].contains($0) }) {
        throw fail("a switch is written \(one), without other words beside it", at: word)
      }
      if words.contains(word.text) { throw fail("the choice '\(word.text)' is given twice", at: word) }
      if words.count == 16 { throw fail("too many choices: 16 are the limit", at: word) }
      words.append(word.text)
      position += 1
    } while take("|")
    if words.count == 1, words != ["on"], words != ["off"] {
      throw fail(
        "a knob is a number, on, off, or a choice such as plain|torch, got '\(words[0])'",
        at: tokens[position - 1])
    }
    return words
  }

  private mutating func number(_ what: String) throws(ExpressionError) -> Double {
    let isNegative = take("-")
    guard case .number(let value) = token.kind else {
      throw fail("expected a number for \(what)\(found)", at: token)
    }
    position += 1
    return isNegative ? -value : value
  }

  // MARK: The lines

  private var isAtEndOfLine: Bool {
    token.kind == .end || token.isSign(";") || token.kind == .sign && token.text.allSatisfy(\.isNewline)
  }

  /// The lines up to the end of the text.
  mutating func lines() throws(ExpressionError) -> [RuleSyntax.Line] {
    var lines: [RuleSyntax.Line] = []
    while true {
      while isAtEndOfLine, token.kind != .end { position += 1 }
      guard token.kind != .end else { break }
      guard lines.count < RuleLimits.lines else {
        throw fail("too many lines: \(RuleLimits.lines) are the limit", at: token)
      }
      lines.append(try line())
    }
    guard !lines.isEmpty else {
      throw fail("a rule needs a line that moves x, such as x = x - lr*g", at: token)
    }
    return lines
  }

  private mutating func line() throws(ExpressionError) -> RuleSyntax.Line {
    let name = token
    guard name.kind == .name else {
      throw fail("a line begins with a name, as in x = x - lr*g\(found)", at: name)
    }
    guard ExpressionLexer.isName(name.text) else { throw fail("a name has at most 40 characters", at: name) }
    position += 1
    let isStart = take(":=")
    if !isStart, !take("=") {
      let isUpdate = ["+", "-", "*", "/"].contains(token.text) && tokens[position + 1].isSign("=")
      throw fail(
        isUpdate
          ? "write \(name.text) = \(name.text) \(token.text) …, not \(token.text)="
          : "expected '=' or ':=' after '\(ExpressionLexer.shown(name.text))'\(found)", at: token)
    }
    let first = position
    while !isAtEndOfLine {
      if token.isSign(":") || token.isSign(":=") || token.isSign("|") {
        throw fail(
          "unexpected '\(token.text)': lines are separated by ';' or stand below each other", at: token)
      }
      position += 1
    }
    let end = ExpressionToken(kind: .end, text: "", column: token.column, isSpaced: false)
    return RuleSyntax.Line(name: name, isStart: isStart, tokens: Array(tokens[first..<position]) + [end])
  }
}
