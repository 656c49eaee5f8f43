import Experiments
import OptimizerCore

/// A spec as far as it is typed: where in it the cursor stands.
struct SpecPrefix {
  /// The optimizers whose parentheses are open.
  private var open: [String] = []
  /// The optimizer whose settings are being typed.
  private var settings: String?
  /// The optimizer whose parenthesis was closed just now.
  private var closed: String?
  /// The setting whose value is being typed.
  private var key = ""
  /// The schedule that is being typed, and how many of its parentheses are open.
  private var schedule: (depth: Int, name: String)?
  /// The word being read.
  private var word = ""
  /// The last character before the cursor's word.
  private let last: Character?
  /// How many characters of the cursor's word are typed.
  private let typed: Int

  /// The typed rules that there are.
  private let rules: [TypedRule]

  /// Reads what is typed.
  init(_ text: String, rules: [TypedRule]) {
    self.rules = rules
    typed = Completion.name(at: text)
    last = text.dropLast(typed).last
    for character in text.dropLast(typed) { take(character) }
  }

  private mutating func take(_ character: Character) {
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
        if KnobSchedule.key(of: key) != nil { schedule = (0, "") }
      }
    case ",":
      if schedule?.depth == 0 { schedule = nil }
      key = ""
    default:
      if Completion.isOfName(character) || isPoint(character) {
        word.append(character)
        return
      }
    }
    word = ""
    if character != ")", settings != nil { closed = nil }
  }

  /// Whether it is the point between `schedule` and the key of a knob.
  private func isPoint(_ character: Character) -> Bool { character == "." && word == KnobSchedule.word }

  /// What may stand at the cursor: an optimizer's name, after `:` and `,` the keys of the optimizer they belong to, after
  /// `=` the words of a choice, in a schedule the schedules and their arguments.
  var offer: Completion.Offer {
    if let schedule { return offer(inScheduleNamed: schedule.name, depth: schedule.depth) }
    if let settings { return offer(ofSettingsOf: settings) }
    guard last == nil || last == "(" else { return last == ")" ? .words([(":", "")], typed: 0) : .nothing }
    return .words(
      (rules.map(\.entry) + OptimizerRegistry.all).map {
        ($0.isWrapper ? "\($0.about.id)(" : $0.about.id, $0.about.summary)
      },
      typed: typed)
  }

  private func offer(inScheduleNamed name: String, depth: Int) -> Completion.Offer {
    if depth == 0 {
      guard last == "=" || last == ">" || last == "*" else { return .nothing }
      return .words(
        ScheduleRegistry.all.map { ("\($0.declaration.name)(", $0.declaration.summary) }, typed: typed)
    }
    guard last == "(" || last == "," else { return .nothing }
    let entry = ScheduleRegistry.all.first { $0.declaration.name == name }
    return .words(Completion.arguments(entry?.declaration.arguments ?? []), typed: typed)
  }

  private func offer(ofSettingsOf optimizer: String) -> Completion.Offer {
    let rule = rules.first { $0.name == optimizer }
    guard let entry = try? rule?.entry ?? OptimizerRegistry.find(optimizer) else { return .nothing }
    if last == "=", let knob = entry.knobs.first(where: { $0.key == key }) {
      switch knob.kind {
      case .toggle: return .words([("on", ""), ("off", "")], typed: typed)
      case .choice(let words): return .words(words.map { ($0, "") }, typed: typed)
      case .real, .integer: return .words([(knob.format(knob.defaultValue), "the default")], typed: typed)
      }
    }
    let scheduled = entry.knobs.filter { $0.key != "lr" && $0.canBeScheduled }
    if last == ".", word == KnobSchedule.word + "." {
      return .words(scheduled.map { ("\($0.key)=", "a multiplier on the \($0.label)") }, typed: typed)
    }
    guard last == ":" || last == "," else { return .nothing }
    var words = entry.knobs.map { ("\($0.key)=", Completion.detail(of: $0)) }
    if entry.hasLearningRate { words.append(("\(KnobSchedule.word)=", "a multiplier on the learning rate")) }
    if !scheduled.isEmpty { words.append(("\(KnobSchedule.word).", "a multiplier on another knob")) }
    return .words(words, typed: typed)
  }
}

extension Completion {
  /// An optimizer with its settings, as far as it is typed.
  @Sendable static func optimizer(_ context: ViewContext, _ text: String) -> Offer {
    SpecPrefix(text, rules: context.race.experiment.rules).offer
  }
}
