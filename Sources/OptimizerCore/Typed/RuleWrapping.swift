/// A wrapper's lines, to be written around those of its base.
///
/// A wrapper declares them as any rule does, with a line `base` where its base's stand. What it assigns to `g` before that is
/// the gradient of its base, wherever the base looks: at each `grad(p)` of the base's lines the same lines stand for p.
struct RuleWrapping {
  /// Its knobs, under the names that the text has for them.
  let knobs: [Knob]
  /// Its own keys with those names.
  let keys: [WrittenRule.Key]
  private let before: [RuleSyntax.Line]
  private let after: [RuleSyntax.Line]
  private let changesGradient: Bool
  private var taken: Set<String>

  /// The word for where the lines of the base stand.
  private static let mark = "base"

  /// - Parameter base: the rule that it goes around, whose names stay as they are.
  init(_ entry: OptimizerEntry, _ rule: RuleLines, around base: WrittenRule) {
    taken = base.names
    let declared = rule.text.split(separator: "\n").split(
      separator: Substring(Self.mark), maxSplits: 1, omittingEmptySubsequences: false)
    precondition(declared.count == 2, "\(entry.about.id) says where its base's lines stand")
    let parts = declared.map { RuleSyntax.lines(declared: $0.joined(separator: "\n")) }
    var names: [String: String] = [:]
    var (knobs, keys): ([Knob], [WrittenRule.Key]) = ([], [])
    for var knob in entry.knobs {
      let key = knob.key
      knob.key = Self.free(rule.renamed[key] ?? key, &taken)
      names[rule.renamed[key] ?? key] = knob.key
      keys.append((key, knob.key))
      knobs.append(knob)
    }
    for line in parts.joined() where line.name.text != RuleNames.point && line.name.text != RuleNames.gradient
    {
      if names[line.name.text] == nil { names[line.name.text] = Self.free(line.name.text, &taken) }
    }
    (self.knobs, self.keys) = (knobs, keys)
    let rate = RuleSyntax.tokens(declared: base.rate).filter { $0.kind != .end }
    func written(_ lines: [RuleSyntax.Line]) -> [RuleSyntax.Line] {
      lines.map { line in
        line.replacing { token in
          token.text == "lr" ? rate : [names[token.text].map { token.named($0) } ?? token]
        }
      }
    }
    (before, after) = (written(parts[0]), written(parts[1]))
    changesGradient = before.contains { $0.name.text == RuleNames.gradient }
  }

  /// The first of `name`, `name2`, … that nothing is called; from then on it is taken.
  private static func free(_ name: String, _ taken: inout Set<String>) -> String {
    var (free, number) = (name, 2)
    while !taken.insert(free).inserted { (free, number) = ("\(name)\(number)", number + 1) }
    return free
  }

  /// The lines of the base with its own around them.
  mutating func lines(around base: [RuleSyntax.Line]) -> [RuleSyntax.Line] {
    guard changesGradient else { return before + base + after }
    let steps = before.filter { !$0.isStart }
    var lines = before.filter(\.isStart)
    if Self.readsGradient(base) { lines += steps }
    for line in base {
      let tokens = looksReplaced(in: line.tokens[...], steps, into: &lines)
      lines.append(RuleSyntax.Line(name: line.name, isStart: line.isStart, tokens: tokens))
    }
    return lines + after
  }

  /// Whether lines read the gradient where the step began.
  private static func readsGradient(_ lines: [RuleSyntax.Line]) -> Bool {
    for line in lines {
      if line.tokens.contains(where: { $0.isName(RuleNames.gradient) }) { return true }
      if line.name.text == RuleNames.gradient { return false }
    }
    return false
  }

  /// Tokens with a name for each `grad(p)`, which lines before them assign.
  private mutating func looksReplaced(
    in tokens: ArraySlice<ExpressionToken>, _ steps: [RuleSyntax.Line], into lines: inout [RuleSyntax.Line]
  ) -> [ExpressionToken] {
    var result: [ExpressionToken] = []
    var rest = tokens
    while let token = rest.popFirst() {
      guard token.isName("grad"), rest.first?.isSign("(") == true else {
        result.append(token)
        continue
      }
      var depth = 0
      let argument = rest.prefix { token in
        depth += token.isSign("(") ? 1 : token.isSign(")") ? -1 : 0
        return depth > 0
      }.dropFirst()
      rest = rest.dropFirst(argument.count + 2)
      var place = looksReplaced(in: argument, steps, into: &lines)
      if place.count > 1 {
        let name = token.named(Self.free("place", &taken))
        lines.append(RuleSyntax.Line(name: name, isStart: false, tokens: place + [.end]))
        place = [name]
      }
      let there = token.named(Self.free("there", &taken))
      let look = [token, .sign("("), place[0], .sign(")"), .end]
      lines.append(RuleSyntax.Line(name: there, isStart: false, tokens: look))
      lines += steps.map { step in
        step.replacing { token in
          [token.isName(RuleNames.point) ? place[0] : token.isName(RuleNames.gradient) ? there : token]
        }
      }
      result.append(there)
    }
    return result
  }

  /// What of a base it cannot change, in words: where the gradient is looked up elsewhere, so is the loss.
  func obstacle(in base: [RuleSyntax.Line]) -> String? {
    guard changesGradient, before.contains(where: { $0.tokens.contains { $0.isName("grad") } }) else {
      return nil
    }
    let words = [RuleNames.loss, "loss", "hess"]
    let word = base.lazy.flatMap(\.tokens).first { token in words.contains { token.isName($0) } }?.text
    return word.map { "its base reads '\($0)', which would have to be that of another place, too" }
  }
}

extension ExpressionToken {
  fileprivate static var end: ExpressionToken {
    ExpressionToken(kind: .end, text: "", column: 0, isSpaced: false)
  }

  fileprivate static func sign(_ text: String) -> ExpressionToken {
    ExpressionToken(kind: .sign, text: text, column: 0, isSpaced: false)
  }

  fileprivate func isName(_ name: String) -> Bool { kind == .name && text == name }

  /// The same place with a name there.
  fileprivate func named(_ name: String) -> ExpressionToken {
    ExpressionToken(kind: .name, text: name, column: column, isSpaced: isSpaced)
  }
}

extension RuleSyntax.Line {
  /// The line with other tokens for its names, on both sides.
  fileprivate func replacing(_ others: (ExpressionToken) -> [ExpressionToken]) -> RuleSyntax.Line {
    RuleSyntax.Line(
      name: others(name)[0], isStart: isStart,
      tokens: tokens.flatMap { $0.kind == .name ? others($0) : [$0] })
  }
}
