import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

extension Command {
  /// All of them, in the order in which they are offered.
  static let all = run + screen

  /// What is run: the options of the shell.
  private static let run: [Command] = [
    Command(.landscape, values: { _, _ in .words(LandscapeCatalog.listings.map { ($0.id, $0.title) }) }) {
      (_, value) throws(OptionError) in
      let landscape = try RunOption.landscape(value)
      return .landscape(landscape, caption: landscape.watch)
    },
    Command(.function, values: Completion.formula) { (context, value) throws(OptionError) in
      .landscape(try context.nextLandscape.successor(formula: value), caption: "")
    },
    Command(.set, values: Completion.set) { (context, value) throws(OptionError) in
      try setting(value, context)
    },
    Command(.optimizer, alias: "o", values: Completion.optimizer) { (context, value) throws(OptionError) in
      value == Entry.noneWord ? .noOptimizer : .optimizer(try optimizer(value, context))
    },
    Command(.rule) { (context, value) throws(OptionError) in
      let rule = try RunOption.rule(value, besides: context.race.experiment.rules)
      return .rule(rule, try optimizer(rule.name, context, with: [rule]))
    },
    Command(.start) { (_, value) throws(OptionError) in .start(try RunOption.start(value)) },
    Command(.steps) { (_, value) throws(OptionError) in
      .budget(Budget(steps: try RunOption.steps.count(value)))
    },
    Command(.evaluations) { (_, value) throws(OptionError) in
      .budget(Budget(evaluations: try RunOption.evaluations.count(value)))
    },
    Command(.noise, values: Completion.noise) { (context, value) throws(OptionError) in
      .noise(try RunOption.noise(value, on: context.race.experiment.landscape))
    },
    Command(.seed) { (_, value) throws(OptionError) in .seed(try RunOption.seed(value)) },
    Command(.change, values: Completion.change) { (context, value) throws(OptionError) in
      .change(try RunOption.change(value, in: context.race.experiment))
    },
    Command(.plane, values: Completion.plane) { (context, value) throws(OptionError) in
      let name = try context.plane(asked: value)
      _ = try RunOption.plane(name, of: context.race.experiment.landscape)
      return .plane(name)
    },
    Command(.viewX) { (context, value) throws(OptionError) in
      .window(PlotWindow(x: try RunOption.viewX.side(value), y: context.window.y))
    },
    Command(.viewY) { (context, value) throws(OptionError) in
      .window(PlotWindow(x: context.window.x, y: try RunOption.viewY.side(value)))
    },
  ]

  /// How it is shown.
  private static let screen: [Command] = [
    Command("step", "n", "Go to a step.") { (_, value) throws(OptionError) in
      guard let step = Int(written: value), (0...furthestStep).contains(step) else {
        throw OptionError("step must be a whole number from 0 to \(furthestStep), got '\(Excerpt.of(value))'")
      }
      return .step(step)
    },
    Command("speed", "n", "Steps a second while playing.") { (_, value) throws(OptionError) in
      let range = Scene.speeds
      guard let speed = Double(value), range.contains(speed) else {
        let ends = "\(NumberText.exact(range.lowerBound)) and \(NumberText.exact(range.upperBound))"
        let wanted = Excerpt.wanted("between \(ends) steps a second", for: value)
        throw OptionError("speed must be \(wanted), got '\(Excerpt.of(value))'")
      }
      return .speed(speed)
    },
    Command(
      "view", "name", "Another way of looking at the race.",
      values: { _, _ in .words(Views.all.map { ($0.name.rawValue, $0.title) }) }
    ) { (_, value) throws(OptionError) in
      .view(try choice(value, of: "view", among: Views.all.map { ($0.name.rawValue, $0.name) }))
    },
    Command(
      "theme", "name", "The colours.",
      values: { _, _ in .words(Theme.allCases.map { ($0.rawValue, $0.summary) }) }
    ) { (_, value) throws(OptionError) in
      .theme(try choice(value, of: "--theme", among: Theme.allCases.map { ($0.rawValue, $0) }))
    },
    Command(
      "glyphs", "set", "The characters of the picture.",
      values: { _, _ in .words(glyphSets.map { ($0.rawValue, "") }) }
    ) { (_, value) throws(OptionError) in
      .glyphs(try choice(value, of: "--glyphs", among: glyphSets.map { ($0.rawValue, $0) }))
    },
    Command(
      "color", "depth", "How many colours.",
      values: { _, _ in .words(ColourDepth.allCases.map { ($0.word, "") }) }
    ) { (_, value) throws(OptionError) in
      .colours(try choice(value, of: "--color", among: ColourDepth.allCases.map { ($0.word, $0) }))
    },
    Command(
      "as", "framework", "The selected entry as another framework's line.",
      values: { context, _ in
        .words(
          Framework.allCases.map { framework in
            do throws(OptionError) {
              return (framework.rawValue, try context.line(in: framework))
            } catch { return (framework.rawValue, error.message) }
          })
      }
    ) { (context, value) throws(OptionError) in
      let frameworks = Framework.allCases.map { ($0.rawValue, $0) }
      return .line(try context.line(in: try choice(value, of: "as", among: frameworks)))
    },
    Command("help", "words", "The keys, narrowed by words.") { _, value in .help(value) },
    Command("quit", "", "Quit; the whole replay line is then printed on the shell.") { _, _ in .quit },
  ]

  /// The furthest step that can be gone to by its number: what lies beyond would keep the person waiting.
  static let furthestStep = 1_000_000

  private static let glyphSets = GlyphSet.allCases.filter { $0 != .auto }

  /// One of several words: `theme must be dark or light, got 'drak', did you mean 'dark'?`
  static func choice<Value>(
    _ text: String, of name: String, among choices: [(word: String, value: Value)]
  ) throws(OptionError) -> Value {
    if let choice = choices.first(where: { $0.word == text }) { return choice.value }
    let words = choices.map(\.word)
    let all = "\(words.dropLast().joined(separator: ", ")) or \(words[words.count - 1])"
    throw OptionError(
      "\(name) must be \(all), got '\(Excerpt.of(text))'" + Spelling.suggestion(for: text, in: words))
  }

  /// An optimizer that the landscape has what it needs for.
  ///
  /// - Parameter rules: typed rules that are not known yet.
  static func optimizer(
    _ text: String, _ context: ViewContext, with rules: [TypedRule] = []
  ) throws(OptionError) -> OptimizerSpec {
    let spec = try RunOption.optimizer(text, rules: context.race.experiment.rules + rules)
    try RunOption.checkNeeds(of: spec, on: context.race.experiment.landscape)
    return spec
  }

  /// `kappa=100`, or `adam.lr=0.01` for the knob of an entry.
  private static func setting(_ text: String, _ context: ViewContext) throws(OptionError) -> CommandRequest {
    let name = text.prefix { $0 != "=" }
    guard case .entry(let entryName, let key)? = KnobPath(name) else {
      var setting = text
      if case .landscape(let constant)? = KnobPath(name) { setting = constant + text[name.endIndex...] }
      let changed = try RunOption.set(setting, on: context.nextLandscape)
      let key = try RunOption.assignment(setting).name
      guard let constant = changed.constant(key) else {
        preconditionFailure("a constant that was set is there")
      }
      return .constant(constant)
    }
    guard name.endIndex < text.endIndex else {
      throw OptionError("set takes NAME.KEY=VALUE, such as adam.lr=0.01, got '\(Excerpt.of(text))'")
    }
    let written = String(text[text.index(after: name.endIndex)...])
    let experiment = context.race.experiment
    let value = try RunOption.value(written, of: .entry(name: entryName, key: key), in: experiment)
    guard let index = experiment.entries.firstIndex(where: { $0.name == entryName }),
      let knob = experiment.entries[index].spec.knobs.first(where: { $0.key == key })
    else { preconditionFailure("a knob whose value was read is there") }
    return .knob(knob, entry: index, to: value)
  }
}

extension Landscape {
  /// The landscape of a formula. The constants of the one before stay knobs where the formula names them.
  func successor(formula text: String) throws(OptionError) -> Landscape {
    let symbols = Dictionary(constants.map { ($0.name, $0.symbol) }) { first, _ in first }
    // A text that is too long names nothing, and is said to be too long below.
    let names = (try? Formula.names(in: text, of: symbols)) ?? []
    do throws(LandscapeError) {
      return try Landscape(formula: text, constants: constants.filter { names.contains($0.name) })
    } catch {
      throw OptionError(error.message, column: error.column, isData: true)
    }
  }
}
