import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// What the line may go on with, for the word at the cursor.
struct Completion {
  /// A way to go on.
  struct Candidate: Equatable {
    /// What the word becomes.
    let text: String
    /// What it means, in a line.
    let detail: String
  }

  /// What may stand at a place, before it is narrowed by what is typed.
  struct Offer: Sendable {
    /// How many characters of the text given belong to the word being typed.
    var typed: Int?
    var words: [(text: String, detail: String)]
    /// What follows a word taken.
    var end: String

    static let nothing = Offer(typed: nil, words: [], end: "")
    /// Words that the whole of the text is narrowed by.
    static func words(_ words: [(String, String)], typed: Int? = nil, end: String = "") -> Offer {
      Offer(typed: typed, words: words.map { (text: $0.0, detail: $0.1) }, end: end)
    }
  }

  /// The characters of the line that a candidate takes the place of.
  let range: Range<Int>
  let candidates: [Candidate]

  /// What all candidates begin with.
  var common: String {
    guard let first = candidates.first?.text else { return "" }
    return candidates.dropFirst().reduce(first) { common, candidate in
      String(zip(common, candidate.text).prefix { $0 == $1 }.map(\.0))
    }
  }

  /// What may stand at the cursor of a line.
  init(of prompt: Prompt, in explorer: Explorer) {
    let before = prompt.characters[..<prompt.cursor]
    let start = before.firstIndex { $0 != " " } ?? prompt.cursor
    let separator = before[start...].indices.first {
      before[$0] == " " || (before[$0] == "=" && before[start] == "-")
    }
    guard let separator else {
      let typed = String(before[start...])
      let dashes = String(typed.prefix { $0 == "-" })
      let offers = Command.all.filter { $0.word.hasPrefix(typed.dropFirst(dashes.count)) }
      range = start..<prompt.cursor
      candidates = offers.map {
        Candidate(
          text: dashes + $0.word + ($0.valueName.isEmpty ? "" : " "),
          detail: $0.valueName.isEmpty ? $0.summary : "\($0.valueName)  \($0.summary)")
      }
      return
    }
    var valueStart = separator + 1
    while valueStart < before.count, before[valueStart] == " " || "'\"".contains(before[valueStart]) {
      valueStart += 1
    }
    let value = String(before[min(valueStart, before.count)...])
    guard let command = Command.named(String(before[start..<separator])) else {
      range = prompt.cursor..<prompt.cursor
      candidates = []
      return
    }
    let offer = command.values(explorer, value)
    let typed = String(value.suffix(offer.typed ?? value.count))
    range = (prompt.cursor - typed.count)..<prompt.cursor
    candidates = offer.words.filter { $0.text.hasPrefix(typed) }.map {
      Candidate(text: $0.text + offer.end, detail: $0.detail)
    }
  }

  // MARK: Values

  /// The characters at the end of a text that are part of a name.
  private static func name(at text: String) -> Int {
    text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }.count
  }

  /// The knobs by the names that changes and axes use, those of the landscape without a prefix.
  static func knobs(of explorer: Explorer, ofEntries: Bool) -> [(String, String)] {
    var words: [(String, String)] = []
    for constant in explorer.race.nextLandscape.constants {
      let range =
        "\(NumberText.brief(constant.range.lowerBound)) to \(NumberText.brief(constant.range.upperBound))"
      words.append(("\(constant.name)=", "\(constant.label), \(range)"))
    }
    if ofEntries, !explorer.isBlind { words += entryKnobs(of: explorer) }
    return words
  }

  private static func entryKnobs(of explorer: Explorer) -> [(String, String)] {
    explorer.race.experiment.entries.flatMap { entry in
      entry.spec.knobs.map { ("\(KnobPath.entry(name: entry.name, key: $0.key))=", detail(of: $0)) }
    }
  }

  private static func detail(of knob: Knob) -> String {
    switch knob.kind {
    case .toggle: "\(knob.label), on or off"
    case .choice(let words): "\(knob.label): \(words.joined(separator: ", "))"
    case .real, .integer:
      "\(knob.label), \(knob.format(knob.range.lowerBound)) to \(knob.format(knob.range.upperBound))"
    }
  }

  /// `40:adam.lr=`: after the step the names of the knobs.
  @Sendable static func change(_ explorer: Explorer, _ text: String) -> Offer {
    guard let colon = text.firstIndex(of: ":") else {
      return .words([("\(explorer.race.step + 1):", "before the next step")])
    }
    let typed = text.distance(from: text.index(after: colon), to: text.endIndex)
    let landscape = knobs(of: explorer, ofEntries: false).map { ("\(KnobPath.landscapeWord).\($0.0)", $0.1) }
    return .words((explorer.isBlind ? [] : entryKnobs(of: explorer)) + landscape, typed: typed)
  }

  @Sendable static func plane(_ explorer: Explorer, _ text: String) -> Offer {
    .words(explorer.race.experiment.landscape.planeChoices.map { ($0, "") })
  }

  /// The functions of the formula language and the constants there are.
  @Sendable static func formula(_ explorer: Explorer, _ text: String) -> Offer {
    let typed = name(at: text)
    // At an empty place anything may stand: nothing is offered.
    guard typed > 0 else { return .nothing }
    let constants = explorer.race.nextLandscape.constants.map { ($0.name, $0.label) }
    return .words(Formula.functionNames.map { ("\($0)(", "a function") } + constants, typed: typed)
  }

  @Sendable static func noise(_ explorer: Explorer, _ text: String) -> Offer {
    let typed = name(at: text)
    let before = text.dropLast(typed)
    guard let open = before.firstIndex(of: "(") else {
      let names = NoiseRegistry.all.map { ("\($0.declaration.name)(", $0.declaration.summary) }
      return .words(names + [(Noise.none.description, "no noise")], typed: typed)
    }
    guard before.last == "(" || before.last == "," else { return .nothing }
    let entry = NoiseRegistry.all.first { $0.declaration.name == before[..<open] }
    return .words(arguments(entry?.declaration.arguments ?? []), typed: typed)
  }

  private static func arguments(_ declared: [ArgumentDeclaration]) -> [(String, String)] {
    declared.map { ("\($0.knob.key)=", detail(of: $0.knob)) }
  }

  /// A spec as far as it is typed: the name, or after `:` and `,` the keys of the optimizer they belong to, after `=` the
  /// words of a choice, in a schedule the schedules and their arguments.
  @Sendable static func optimizer(_ explorer: Explorer, _ text: String) -> Offer {
    let typed = name(at: text)
    // The optimizers whose parentheses are open, and the one whose settings are being typed.
    var word = ""
    var open: [String] = []
    var settings: String?
    var closed: String?
    var key = ""
    var schedule: (depth: Int, name: String)?
    for character in text.dropLast(typed) {
      switch character {
      case "(":
        if let depth = schedule?.depth {
          schedule = (depth + 1, word)
        } else {
          open.append(word)
          settings = nil
        }
      case ")":
        if let inside = schedule, inside.depth > 0 {
          schedule = (inside.depth - 1, "")
        } else {
          schedule = nil
          closed = open.popLast()
          settings = nil
        }
      case ":": settings = closed ?? word
      case "=":
        if schedule == nil {
          key = word
          if key == "schedule" { schedule = (0, "") }
        }
      case ",":
        if schedule?.depth == 0 { schedule = nil }
        key = ""
      default:
        if character.isLetter || character.isNumber || character == "_" || character == "-" {
          word.append(character)
          continue
        }
      }
      word = ""
      if character != ")", settings != nil { closed = nil }
    }
    let last = text.dropLast(typed).last
    if let schedule {
      if schedule.depth == 0 {
        guard last == "=" || last == ">" || last == "*" else { return .nothing }
        return .words(
          ScheduleRegistry.all.map { ("\($0.declaration.name)(", $0.declaration.summary) }, typed: typed)
      }
      guard last == "(" || last == "," else { return .nothing }
      let entry = ScheduleRegistry.all.first { $0.declaration.name == schedule.name }
      return .words(arguments(entry?.declaration.arguments ?? []), typed: typed)
    }
    if let settings {
      guard let entry = OptimizerRegistry.entry(settings) else { return .nothing }
      if last == "=", let knob = entry.knobs.first(where: { $0.key == key }) {
        switch knob.kind {
        case .toggle: return .words([("on", ""), ("off", "")], typed: typed)
        case .choice(let words): return .words(words.map { ($0, "") }, typed: typed)
        case .real, .integer: return .words([(knob.format(knob.defaultValue), "the default")], typed: typed)
        }
      }
      guard last == ":" || last == "," else { return .nothing }
      var words = entry.knobs.map { ("\($0.key)=", detail(of: $0)) }
      if entry.hasLearningRate { words.append(("schedule=", "a multiplier on the learning rate")) }
      return .words(words, typed: typed)
    }
    guard last == nil || last == "(" else { return last == ")" ? .words([(":", "")], typed: 0) : .nothing }
    return .words(
      OptimizerRegistry.all.map { ($0.isWrapper ? "\($0.about.id)(" : $0.about.id, $0.about.summary) },
      typed: typed)
  }
}
