import Canvas
import Experiments
import Exports
import Landscapes
import OptimizerCore
import Scenes

/// The texts of `list` and `describe`, made from the declarations.
enum ListText {
  /// The scenes that can be read, by name.
  static var scenes: [Scene] {
    let library = SceneLibrary.standard
    return library.names.compactMap { try? library.scene($0) }
  }

  /// A text for people, in ASCII where the locale shows no more.
  static func readable(_ text: String) -> String {
    Environment.isUnicode ? text : Text.ascii(text)
  }

  /// Two columns, the first as wide as its widest text.
  static func table(_ rows: [(String, String)]) -> String {
    let columns = rows.map { Text.width(of: $0.0) }.max() ?? 0
    return rows.map { "\(Text.padded(Text.sanitised($0.0), to: columns))  \(Text.sanitised($0.1))\n" }
      .joined()
  }

  // MARK: Knobs

  private static func range(_ knob: Knob) -> String {
    switch knob.kind {
    case .toggle: "on or off"
    case .choice(let words): words.joined(separator: ", ")
    case .real, .integer: "\(knob.format(knob.range.lowerBound)) to \(knob.format(knob.range.upperBound))"
    }
  }

  private static func table(of knobs: [Knob]) -> String {
    table(
      knobs.map {
        ("  \($0.key)", "\($0.symbol)  \($0.label), default \($0.format($0.defaultValue)), \(range($0))")
      })
  }

  private static func table(of arguments: [ArgumentDeclaration]) -> String {
    table(
      arguments.map { argument in
        let knob = argument.knob
        let absence =
          argument.isRequired
          ? "required" : argument.alternative.map { "this or \($0)" } ?? "default \(argument.defaultText)"
        return ("  \(knob.key)", "\(knob.symbol)  \(knob.label), \(absence), \(range(knob))")
      })
  }

  private static func json(_ knob: Knob) -> String {
    JSONText.object(members(of: knob, default: JSONText.string(knob.format(knob.defaultValue))))
  }

  /// An argument of a schedule: `default` is null where it, or its `alternative`, must be given.
  private static func json(_ argument: ArgumentDeclaration) -> String {
    let mustBeGiven = argument.isRequired || argument.alternative != nil
    var members = members(
      of: argument.knob, default: mustBeGiven ? "null" : JSONText.string(argument.defaultText))
    members.append(("required", argument.isRequired ? "true" : "false"))
    if let other = argument.alternative { members.append(("alternative", JSONText.string(other))) }
    return JSONText.object(members)
  }

  private static func members(of knob: Knob, default value: String) -> [(String, String)] {
    var members: [(String, String)] = [
      ("key", JSONText.string(knob.key)), ("symbol", JSONText.string(knob.symbol)),
      ("label", JSONText.string(knob.label)), ("default", value),
    ]
    switch knob.kind {
    case .toggle: members.append(("kind", "\"toggle\""))
    case .choice(let words):
      members += [("kind", "\"choice\""), ("choices", JSONText.array(words.map(JSONText.string)))]
    case .real, .integer:
      members += [
        ("kind", knob.kind == .real ? "\"real\"" : "\"integer\""),
        ("range", JSONText.array([knob.range.lowerBound, knob.range.upperBound].map(JSONText.number))),
      ]
    }
    return members
  }

  // MARK: Optimizers

  static func description(_ entry: OptimizerEntry) -> String {
    let about = entry.about
    var text = "\(about.name) (\(about.id)): \(about.summary)\n\n"
    text += "  \(entry.recurrence)\n"
    text += "\nwatch   \(about.watch)\n"
    if !about.citation.isEmpty { text += "source  \(about.citation)\n" }
    text += "memory  \(entry.memory)\n"
    if !about.needs.isEmpty { text += "needs   \(about.needs.names.joined(separator: " and "))\n" }
    if entry.rule != nil { text += "text    descent describe \(about.id) --rule\n" }
    if entry.isWrapper { text += "wraps   any optimizer: \(about.id)(sgd:lr=0.1)\n" }
    if !entry.knobs.isEmpty { text += "\nknobs\n" + table(of: entry.knobs) }
    text += scheduled(entry)
    if !entry.aliases.isEmpty {
      text += "\nin PyTorch's words\n" + table(entry.aliases.map { ("  \($0.word)", $0.text) })
    }
    return text
  }

  /// Which knobs a schedule can multiply, and how that is written.
  private static func scheduled(_ entry: OptimizerEntry) -> String {
    let keys = entry.knobs.filter(\.canBeScheduled).map(\.key)
    guard !keys.isEmpty else { return "" }
    let first = KnobSchedule.word(for: keys[0])
    let others = keys.count > 1 ? "; \(KnobSchedule.word(for: keys[1]))=… and so on" : ""
    return "\na schedule can multiply \(keys.joined(separator: ", ")): \(first)=…\(others)\n"
  }

  /// What was changed in a typed rule that was made of a built-in one's text, and what is strange about it.
  static func remarks(on rule: TypedRule) -> String {
    var text = ""
    if let difference = RuleDifference(fromOriginOf: rule) {
      text += "changed " + (difference.isEmpty ? "nothing: it is the built-in rule" : difference.words) + "\n"
    }
    for warning in rule.warnings { text += "warning \(warning)\n" }
    return text
  }

  /// - Parameter text: the rule as it was typed, where it was.
  static func json(_ entry: OptimizerEntry, text: String? = nil) -> String {
    let about = entry.about
    return JSONText.object([
      ("id", JSONText.string(about.id)), ("name", JSONText.string(about.name)),
      ("group", JSONText.string(about.group.rawValue)), ("wrapper", entry.isWrapper ? "true" : "false"),
      ("summary", JSONText.string(about.summary)), ("recurrence", JSONText.string(entry.recurrence)),
      ("rule", (text ?? entry.ruleText).map(JSONText.string) ?? "null"),
      ("watch", JSONText.string(about.watch)), ("citation", JSONText.string(about.citation)),
      ("memory", JSONText.string(entry.memory)),
      ("needs", JSONText.array(about.needs.names.map(JSONText.string))),
      ("knobs", JSONText.array(entry.knobs.map(json))),
      ("aliases", JSONText.object(entry.aliases.map { ($0.word, JSONText.string($0.text)) })),
    ])
  }

  // MARK: Landscapes

  static func description(_ landscape: Landscape) -> String {
    var text = "\(landscape.title) (\(landscape.id))\n\n  \(landscape.text)\n\n"
    if let plane = landscape.planeName {
      let names = landscape.problem.words.parameters
      for (place, block) in landscape.layout.blocks.enumerated() {
        text += label(block.name) + "\(block.rows)×\(block.columns)"
        if place == 0 {
          text += ", \(landscape.dimension) parameters \(names[0]) … \(names[names.count - 1])"
        }
        text += "\n"
      }
      text += landscape.problem.facts.map(fact).joined()
      text += "plane   \(plane), through the start; any two entries, or directions:\n"
      text += table(landscape.problem.directions.map { ("        \($0.name)", $0.meaning) })
    } else {
      text += landscape.problem.facts.map(fact).joined()
    }
    if landscape.data != nil { text += memory(on: landscape) }
    if !landscape.watch.isEmpty { text += "watch   \(landscape.watch)\n" }
    if !landscape.source.isEmpty { text += "source  \(landscape.source)\n" }
    if let note = landscape.note { text += "note    \(note)\n" }
    if let scene = try? SceneLibrary.standard.scene(landscape.id), differs(scene, from: landscape) {
      text +=
        "scene   `descent \(landscape.id)` opens a scene of that name, on another problem: \(problem(of: scene))\n"
    }
    text += "start   \(point(landscape.start))\n"
    text += "window  x \(range(landscape.window.x)), y \(range(landscape.window.y))\n"
    if !landscape.minima.isEmpty { text += "minima  \(landscape.minima.map(point).joined(separator: " "))\n" }
    if !landscape.saddles.isEmpty {
      text += "saddles \(landscape.saddles.map(point).joined(separator: " "))\n"
    }
    if !landscape.constants.isEmpty {
      text += "\nconstants\n"
      text += table(
        landscape.constants.map {
          (
            "  \($0.name)",
            "\($0.symbol)  \($0.label), \($0.text(of: $0.value)), \(values(of: $0))"
          )
        })
    }
    return text
  }

  /// How many numbers rules take with them from step to step besides the parameters, those of one number on a line; then
  /// those that say it in words.
  private static func memory(on landscape: Landscape) -> String {
    var rules: [Int: [String]] = [:]
    var inWords: [String] = []
    for entry in OptimizerRegistry.all where !entry.isWrapper && entry.about.group != .continuousTime {
      guard let spec = try? OptimizerSpec(entry.about.id), landscape.obstacle(to: spec) == nil else {
        continue
      }
      guard entry.about.memory.isEmpty else {
        inWords.append("\(entry.about.memory): \(entry.about.id)")
        continue
      }
      var rule = spec.makeScalar()
      rule.prepare(for: landscape.layout)
      rules[rule.storedCount, default: []].append(entry.about.id)
    }
    return rules.keys.sorted().enumerated().map { place, count in
      let names = rules[count, default: []].joined(separator: ", ")
      return label(place == 0 ? "memory" : "") + "\(count) numbers: \(names)\n"
    }.joined() + inWords.map { label("") + "\($0)\n" }.joined()
  }

  /// The values that a constant may take.
  private static func values(of constant: Constant) -> String {
    if case .choice(let words) = constant.kind { return "one of \(words.joined(separator: ", "))" }
    return range(constant.range, " to ")
  }

  /// What a problem tells of itself; the rows of a matrix with few digits.
  private static func fact(_ fact: ProblemFact) -> String {
    switch fact.content {
    case .text(let words): return label(fact.name) + words + "\n"
    case .matrix(let rows, let columns, let entries):
      return (0..<rows).map { row in
        label(row == 0 ? fact.name : "")
          + entries[(row * columns)..<((row + 1) * columns)].map { NumberText.brief($0, digits: 4) }
          .joined(separator: "  ") + "\n"
      }.joined()
    }
  }

  /// The first column of a description.
  private static func label(_ name: String) -> String {
    name + String(repeating: " ", count: max(1, 8 - name.count))
  }

  static func json(_ landscape: Landscape) -> String { JSONText.landscape(landscape) }

  private static func point(_ point: Point) -> String {
    "(\(NumberText.brief(point.x, digits: 5)), \(NumberText.brief(point.y, digits: 5)))"
  }

  private static func range(_ range: ClosedRange<Double>, _ separator: String = " … ") -> String {
    "\(NumberText.exact(range.lowerBound))\(separator)\(NumberText.exact(range.upperBound))"
  }

  // MARK: Schedules

  static func description(_ schedule: ScheduleDeclaration) -> String {
    var text =
      "\(schedule.form): \(schedule.summary)\n\n  \(schedule.formula)\n\nsource  \(schedule.citation)\n"
    if !schedule.arguments.isEmpty { text += "\narguments\n" + table(of: schedule.arguments) }
    text += "\nschedule=\(schedule.name)(…) multiplies lr, schedule.beta=\(schedule.name)(…) the knob beta\n"
    return text
  }

  static func json(_ schedule: ScheduleDeclaration) -> String {
    JSONText.object([
      ("name", JSONText.string(schedule.name)), ("form", JSONText.string(schedule.form)),
      ("summary", JSONText.string(schedule.summary)), ("formula", JSONText.string(schedule.formula)),
      ("citation", JSONText.string(schedule.citation)),
      ("arguments", JSONText.array(schedule.arguments.map { json($0) })),
    ])
  }

  // MARK: Scenes

  static func description(_ scene: Scene) -> String {
    var text = "\(Text.sanitised(scene.title)) (\(Text.sanitised(scene.name)))\n\n"
    if !scene.caption.isEmpty { text += "\(Text.sanitised(scene.caption))\n" }
    text += "problem \(problem(of: scene))"
    if let namesake = LandscapeCatalog.named(scene.name), differs(scene, from: namesake) {
      text += "; not that of --landscape \(namesake.id), which is \(problem(namesake))"
    }
    text += "\n"
    if !scene.source.isEmpty { text += "source  \(Text.sanitised(scene.source))\n" }
    text +=
      "replay  \(Text.sanitised(scene.experiment.replayLine(steps: scene.experiment.budget.steps ?? 0)))\n"
    return text
  }

  /// The landscape of a scene with its constants: `rotated-ravine, kappa = 30, angle = 25`.
  private static func problem(of scene: Scene) -> String { problem(scene.experiment.landscape) }

  private static func problem(_ landscape: Landscape) -> String {
    let name = LandscapeCatalog.named(landscape.id) == nil ? landscape.text : landscape.id
    return ([name] + landscape.constants.map { "\($0.name) = \($0.text(of: $0.value))" })
      .joined(separator: ", ")
  }

  /// Whether a scene is about another problem than a landscape, its namesake.
  private static func differs(_ scene: Scene, from landscape: Landscape) -> Bool {
    problem(of: scene) != problem(landscape)
  }

  static func json(_ scene: Scene) -> String {
    JSONText.object([
      ("name", JSONText.string(scene.name)), ("title", JSONText.string(scene.title)),
      ("source", JSONText.string(scene.source)), ("caption", JSONText.string(scene.caption)),
      ("landscape", JSONText.string(scene.experiment.landscape.id)),
      ("optimizers", JSONText.array(scene.experiment.entries.map { JSONText.string($0.spec.description) })),
    ])
  }
}
