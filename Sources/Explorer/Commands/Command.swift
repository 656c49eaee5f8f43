import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// A word of the command line inside the explorer: what completes it, its help and what it does, declared once.
///
/// What says what is run has the words of the shell's command line, from the same declaration.
struct Command: Sendable {
  /// The word, without dashes.
  let word: String
  /// Another word for it.
  var alias: String?
  /// What stands for its value in lists; empty if it takes none.
  let valueName: String
  /// What it does, in a line.
  let summary: String
  /// What a value may begin with.
  let values: @Sendable (Explorer, String) -> Completion.Offer
  /// Does it. What cannot be done is said in one sentence.
  let act: @Sendable (inout Explorer, String) throws(OptionError) -> Effect?

  init(
    _ word: String, alias: String? = nil, _ valueName: String, _ summary: String,
    values: @escaping @Sendable (Explorer, String) -> Completion.Offer = { _, _ in .nothing },
    _ act: @escaping @Sendable (inout Explorer, String) throws(OptionError) -> Effect?
  ) {
    self.word = word
    self.alias = alias
    self.valueName = valueName
    self.summary = summary
    self.values = values
    self.act = act
  }

  private init(
    _ option: RunOption, alias: String? = nil,
    values: @escaping @Sendable (Explorer, String) -> Completion.Offer = { _, _ in .nothing },
    _ act: @escaping @Sendable (inout Explorer, String) throws(OptionError) -> Void
  ) {
    self.init(option.rawValue, alias: alias, option.valueName, option.summary, values: values) {
      (explorer: inout Explorer, value: String) throws(OptionError) -> Effect? in
      try act(&explorer, value)
      return nil
    }
  }

  /// The command of a word, with or without the dashes it has in the shell.
  static func named(_ word: String) -> Command? {
    let plain = word.drop { $0 == "-" }
    return all.first { $0.word == plain || $0.alias == String(plain) }
  }

  /// All of them, in the order in which they are offered.
  static let all: [Command] = [
    Command(.landscape, values: { _, _ in .words(LandscapeCatalog.all.map { ($0.id, $0.title) }) }) {
      (explorer: inout Explorer, value: String) throws(OptionError) in
      let landscape = try RunOption.landscape(value)
      explorer.open(landscape, caption: landscape.watch)
    },
    Command(.function, values: Completion.formula) {
      (explorer: inout Explorer, value: String) throws(OptionError) in
      do throws(LandscapeError) {
        try explorer.choose(formula: value)
      } catch {
        throw OptionError(error.message, column: error.column, isData: true)
      }
    },
    Command(.set, values: { explorer, _ in .words(Completion.knobs(of: explorer, ofEntries: true)) }) {
      (explorer: inout Explorer, value: String) throws(OptionError) in
      try explorer.set(value)
    },
    Command(.optimizer, alias: "o", values: Completion.optimizer) {
      (explorer: inout Explorer, value: String) throws(OptionError) in
      try explorer.add(optimizer: value)
    },
    Command(.start) { (explorer: inout Explorer, value: String) throws(OptionError) in
      explorer.setStart(try RunOption.start(value), isExact: true)
    },
    Command(.steps) { (explorer: inout Explorer, value: String) throws(OptionError) in
      explorer.setBudget(Budget(steps: try RunOption.steps.count(value)))
    },
    Command(.evaluations) { (explorer: inout Explorer, value: String) throws(OptionError) in
      explorer.setBudget(Budget(evaluations: try RunOption.evaluations.count(value)))
    },
    Command(.noise, values: Completion.noise) {
      (explorer: inout Explorer, value: String) throws(OptionError) in
      let noise = try RunOption.noise(value, dimension: explorer.race.experiment.landscape.dimension)
      explorer.resume { $0.noise = noise }
      explorer.status = .note("noise: \(noise)")
    },
    Command(.seed) { (explorer: inout Explorer, value: String) throws(OptionError) in
      let seed = try RunOption.seed(value)
      explorer.resume { $0.seed = seed }
      let isUsed = !explorer.race.experiment.noise.isNone
      explorer.status = .note("seed \(seed)\(isUsed ? "" : "; nothing here is random: noise draws from it")")
    },
    Command(.change, values: Completion.change) {
      (explorer: inout Explorer, value: String) throws(OptionError) in
      let change = try RunOption.change(value, in: explorer.race.experiment)
      explorer.resume { experiment in experiment.add(change) }
      explorer.status = .note("from step \(change.step) on; u takes it back")
    },
    Command(.plane, values: Completion.plane) {
      (explorer: inout Explorer, value: String) throws(OptionError) in
      _ = try RunOption.plane(value, of: explorer.race.experiment.landscape)
      explorer.show(plane: value)
    },
    Command(.viewX) { (explorer: inout Explorer, value: String) throws(OptionError) in
      let side = try RunOption.viewX.side(value)
      explorer.remember(.window)
      explorer.window = PlotWindow(x: side, y: explorer.window.y)
    },
    Command(.viewY) { (explorer: inout Explorer, value: String) throws(OptionError) in
      let side = try RunOption.viewY.side(value)
      explorer.remember(.window)
      explorer.window = PlotWindow(x: explorer.window.x, y: side)
    },
    Command("step", "n", "Go to a step.") {
      (explorer: inout Explorer, value: String) throws(OptionError) -> Effect? in
      try explorer.go(toStep: value)
      return nil
    },
    Command("speed", "n", "Steps a second while playing.") {
      (explorer: inout Explorer, value: String) throws(OptionError) -> Effect? in
      let range = Explorer.speeds[0]...Explorer.speeds[Explorer.speeds.count - 1]
      guard let speed = Double(value), range.contains(speed) else {
        throw OptionError(
          "speed must be between \(NumberText.brief(range.lowerBound)) and \(NumberText.brief(range.upperBound)) steps a second, got '\(Excerpt.of(value))'"
        )
      }
      explorer.speed = speed
      return nil
    },
    Command(
      "view", "name", "Another way of looking at the race.",
      values: { _, _ in .words(Views.all.map { ($0.name.rawValue, $0.title) }) }
    ) { (explorer: inout Explorer, value: String) throws(OptionError) -> Effect? in
      try explorer.open(viewNamed: value)
      return nil
    },
    Command(
      "theme", "name", "The colours.",
      values: { _, _ in .words(Theme.allCases.map { ($0.rawValue, $0.summary) }) }
    ) { (explorer: inout Explorer, value: String) throws(OptionError) -> Effect? in
      guard let theme = Theme(rawValue: value) else {
        throw OptionError("--theme must be " + Command.oneOf(Theme.allCases.map(\.rawValue), got: value))
      }
      explorer.appearance.theme = theme
      return nil
    },
    Command(
      "glyphs", "set", "The characters of the picture.",
      values: { _, _ in .words(GlyphSet.allCases.filter { $0 != .auto }.map { ($0.rawValue, "") }) }
    ) { (explorer: inout Explorer, value: String) throws(OptionError) -> Effect? in
      guard let glyphs = GlyphSet(rawValue: value), glyphs != .auto else {
        let words = GlyphSet.allCases.filter { $0 != .auto }.map(\.rawValue)
        throw OptionError("--glyphs must be " + Command.oneOf(words, got: value))
      }
      if let obstacle = explorer.obstacle(to: .glyphs), glyphs != .ascii { throw OptionError(obstacle) }
      explorer.choose(glyphs: glyphs)
      return nil
    },
    Command(
      "color", "depth", "How many colours.",
      values: { _, _ in .words(ColourDepth.allCases.map { ($0.word, "") }) }
    ) { (explorer: inout Explorer, value: String) throws(OptionError) -> Effect? in
      guard let depth = ColourDepth.allCases.first(where: { $0.word == value }) else {
        throw OptionError("--color must be " + Command.oneOf(ColourDepth.allCases.map(\.word), got: value))
      }
      guard depth <= explorer.deepestColours else {
        throw OptionError("this terminal shows no more colours than \(explorer.deepestColours.word)")
      }
      explorer.appearance.depth = depth
      return nil
    },
    Command("help", "words", "The keys, narrowed by words.") {
      (explorer: inout Explorer, value: String) throws(OptionError) -> Effect? in
      _ = explorer.perform(.help)
      explorer.dialog?.insert(value)
      return nil
    },
    Command("quit", "", "Quit; the whole replay line is then printed on the shell.") { _, _ in .quit },
  ]

  /// `dark or light, got 'drak', did you mean 'dark'?`
  static func oneOf(_ words: [String], got: String) -> String {
    let all =
      words.count > 1 ? "\(words.dropLast().joined(separator: ", ")) or \(words[words.count - 1])" : words[0]
    return "\(all), got '\(Excerpt.of(got))'" + Spelling.suggestion(for: got, in: words)
  }
}

extension Explorer {
  /// Does what a line says, or says what is wrong with it and where (from 1 in characters).
  mutating func run(command line: String) throws(OptionError) -> Effect? {
    let (word, value, column) = Command.parts(of: line)
    guard !word.isEmpty else { return nil }
    guard let command = Command.named(word) else {
      let words = Command.all.map(\.word)
      throw OptionError(
        "unknown word '\(Excerpt.of(word))'"
          + Spelling.suggestion(
            for: String(word.drop { $0 == "-" }), in: words, otherwise: "; Tab shows them all"))
    }
    if value.isEmpty, !command.valueName.isEmpty, command.word != "help" {
      throw OptionError("\(command.word) takes a value: \(command.word) \(command.valueName)", column: column)
    }
    if !value.isEmpty, command.valueName.isEmpty {
      throw OptionError("\(command.word) takes no value, got '\(Excerpt.of(value))'", column: column)
    }
    do {
      return try command.act(&self, value)
    } catch {
      throw OptionError(error.message, column: column + (error.column ?? 1) - 1, isData: error.isData)
    }
  }

  // MARK: What the words do

  /// Replaces what is run and goes on where the playhead stands.
  fileprivate mutating func resume(_ change: (inout Experiment) -> Void) {
    remember(.race)
    var experiment = race.experiment
    change(&experiment)
    race.resume(experiment, at: race.step)
  }

  /// `kappa=100`, or `adam.lr=0.01` for the knob of an entry.
  fileprivate mutating func set(_ text: String) throws(OptionError) {
    let name = text.prefix { $0 != "=" }
    guard case .entry(let entryName, let key)? = KnobPath(name) else {
      var setting = text
      if case .landscape(let constant)? = KnobPath(name) { setting = constant + text[name.endIndex...] }
      let changed = try RunOption.set(setting, on: race.nextLandscape)
      let key = try RunOption.assignment(setting).name
      guard let constant = changed.constants.first(where: { $0.name == key }) else { return }
      let knob = knob(of: constant)
      undo.breakRow()
      set(PanelKnob(owner: .landscape, knob: knob, value: constant.value), to: constant.value)
      return
    }
    guard name.endIndex < text.endIndex else {
      throw OptionError("set takes NAME.KEY=VALUE, such as adam.lr=0.01, got '\(Excerpt.of(text))'")
    }
    let written = String(text[text.index(after: name.endIndex)...])
    let value = try RunOption.value(written, of: .entry(name: entryName, key: key), in: race.experiment)
    guard let index = race.experiment.entries.firstIndex(where: { $0.name == entryName }),
      let knob = race.experiment.entries[index].spec.knobs.first(where: { $0.key == key })
    else { return }
    undo.breakRow()
    set(PanelKnob(owner: .entry(index), knob: knob, value: value), to: value)
  }

  fileprivate mutating func add(optimizer text: String) throws(OptionError) {
    if text == Entry.noneWord {
      remember(.entries)
      while !race.experiment.entries.isEmpty { race.remove(entry: race.experiment.entries.count - 1) }
      (selectedEntry, selectedKnob) = (0, 0)
      status = .note("no entry any more; u brings them back")
      return
    }
    let spec = try RunOption.optimizer(text)
    try RunOption.checkNeeds(of: spec, on: race.experiment.landscape)
    addEntry(spec)
  }

  fileprivate mutating func open(viewNamed word: String) throws(OptionError) {
    let names = Explorer.viewNames
    guard let name = names.first(where: { $0.rawValue == word }) else {
      throw OptionError("view must be " + Command.oneOf(names.map(\.rawValue), got: word))
    }
    if let obstacle = obstacle(to: name) { throw OptionError(obstacle) }
    if openView != name { open(name) }
  }

  fileprivate mutating func setBudget(_ budget: Budget) {
    remember(.entries)
    race.setBudget(budget)
    if let steps = budget.steps { status = .note("the budget is \(NumberText.count(steps)) steps") }
    if let limit = budget.evaluations {
      status = .note("the budget is \(NumberText.count(limit)) gradient evaluations")
    }
  }

  /// The furthest step that can be gone to by its number: what lies beyond would keep the person waiting.
  static let furthestStep = 1_000_000

  fileprivate mutating func go(toStep text: String) throws(OptionError) {
    guard let step = Int(text), (0...Explorer.furthestStep).contains(step) else {
      throw OptionError(
        "step must be a whole number from 0 to \(Explorer.furthestStep), got '\(Excerpt.of(text))'")
    }
    isPlaying = false
    // A step asked for by its number is shown beyond the budget too.
    if step > race.experiment.budget.steps ?? .max { race.setBudget(Budget()) }
    race.seek(to: step)
    if race.step != step { status = .note("every run has ended by step \(race.step)") }
  }
}

extension Command {
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
