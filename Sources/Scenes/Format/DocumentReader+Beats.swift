import Experiments
import Landscapes
import OptimizerCore
import Yams

/// The parts of a scene that say how it is looked at and taught.
extension DocumentReader {
  mutating func view(_ node: Node, _ context: SceneDraft) -> ViewName? {
    guard let view = word(node, "view", as: ViewName.self) else { return nil }
    if view == .difference, let entries = context.entries, entries.count < 2 {
      fail(node, "the view 'difference' compares two optimizers, and the scene has one")
    }
    return view
  }

  mutating func map(_ node: Node, _ context: SceneDraft) -> MapAxes? {
    var draft = MapDraft(context: context)
    guard read(node, as: "a map", by: SceneFormat.map, into: &draft) else { return nil }
    guard node["x"] != nil, node["y"] != nil else {
      fail(node, "a map needs x and y, such as {x: momentum.lr=1e-3:1:log, y: momentum.beta=0:0.99}")
      return nil
    }
    guard let x = draft.x, let y = draft.y else { return nil }
    if x.target == y.target { fail(node["y"], "the axes of a map must vary two different things") }
    return MapAxes(x: x, y: y)
  }

  /// An axis as the command line writes it; nothing is said of it where entries or landscape are wrong.
  mutating func axis(_ node: Node, _ what: String, _ context: SceneDraft) -> Axis? {
    guard let text = text(node, what), let experiment = context.experiment else { return nil }
    do {
      return try Axis(text, in: experiment)
    } catch {
      fail(node, error.message)
      return nil
    }
  }

  mutating func overlays(_ node: Node) -> [Overlay]? {
    let all = Overlay.allCases.map(\.rawValue).joined(separator: ", ")
    guard let items = items(node, "overlays must be a list of \(all)") else { return nil }
    var overlays: [Overlay] = []
    for item in items where !isFull {
      guard let overlay = word(item, "an overlay", as: Overlay.self) else { continue }
      if overlays.contains(overlay) {
        fail(item, "the overlay '\(overlay.rawValue)' is named twice")
      } else {
        overlays.append(overlay)
      }
    }
    return overlays
  }

  /// The name of an entry; nothing is said of it where an entry is wrong.
  mutating func entryName(_ node: Node, _ context: SceneDraft) -> String? {
    guard let name = text(node, "select"), let entries = context.entries else { return nil }
    do {
      return try KnobPath.entry(name, among: entries).name
    } catch {
      fail(node, error.message)
      return nil
    }
  }

  /// A quantity, or a mapping that says the axes, too.
  mutating func curve(_ node: Node) -> CurveChoice? {
    var choice = CurveChoice()
    if case .scalar = node {
      guard let quantity = word(node, "curve", as: CurveQuantity.self) else { return nil }
      choice.quantity = quantity
      return choice
    }
    return read(node, as: "a curve", by: SceneFormat.curve, into: &choice) ? choice : nil
  }

  mutating func controls(_ node: Node, _ context: SceneDraft) -> [KnobPath]? {
    guard let items = items(node, "controls must be a list of knobs such as [sgd.lr, landscape.kappa]") else {
      return nil
    }
    var controls: [KnobPath] = []
    for item in items where !isFull {
      guard let name = text(item, "a control"), let knob = knob(name, item, context) else { continue }
      if controls.contains(knob) {
        fail(item, "the knob '\(Excerpt.printable(name))' is named twice")
      } else {
        controls.append(knob)
      }
    }
    return controls
  }

  // MARK: Beats

  mutating func beats(_ node: Node, _ context: SceneDraft) -> [Beat] {
    guard let items = items(node, "beats must be a list such as [{say: Watch the floor., until: 40}]") else {
      return []
    }
    var beats: [Beat] = []
    // Where the playhead stands after the beats so far.
    var playhead = 0
    for item in items where !isFull {
      guard let beat = beat(item, context, from: &playhead) else { continue }
      beats.append(beat)
    }
    return beats
  }

  private mutating func beat(_ node: Node, _ context: SceneDraft, from playhead: inout Int) -> Beat? {
    var draft = BeatDraft(context: context)
    guard read(node, as: "a beat", by: SceneFormat.beat, into: &draft) else { return nil }
    if case .mapping(let mapping) = node, mapping.isEmpty {
      fail(node, "a beat does something: give it 'say', 'ask', 'set', 'view' or 'until'")
    }
    if draft.beat.restarts { playhead = 0 }
    if let node = draft.runNode, playhead > 0 {
      fail(node, "another start, noise or seed is another run from its first step on: add restart: true")
    }
    if let until = draft.beat.until {
      if let steps = context.budget.steps, until > steps {
        fail(draft.untilNode, "until must be at most \(steps), the steps of the scene, got '\(until)'")
      } else if until <= playhead {
        fail(
          draft.untilNode,
          "until must come after step \(playhead), where the beat begins, got '\(until)'; restart: true begins again"
        )
      }
      playhead = max(playhead, until)
    }
    draft.beat.question = question(draft)
    return draft.beat
  }

  private mutating func question(_ draft: BeatDraft) -> Beat.Question? {
    guard let ask = draft.ask else {
      if let node = draft.choicesNode { fail(node, "choices belong to a question: add 'ask'") }
      if let node = draft.answerNode {
        fail(node, "an answer belongs to a question: add 'ask' and 'choices'")
      }
      return nil
    }
    guard let choicesNode = draft.choicesNode else {
      if let node = draft.answerNode { fail(node, "an answer is the number of a choice: add 'choices'") }
      return Beat.Question(ask)
    }
    guard let choices = draft.choices else { return nil }
    guard (2...Beat.Question.mostChoices).contains(choices.count) else {
      fail(choicesNode, "a question has two to nine choices, got \(choices.count)")
      return nil
    }
    guard let answerNode = draft.answerNode else {
      fail(choicesNode, "a question with choices needs 'answer', the number of the right one, from 1")
      return nil
    }
    guard let answer = draft.answer else { return nil }
    guard (1...choices.count).contains(answer) else {
      fail(
        answerNode, "answer must be between 1 and \(choices.count), the number of choices, got '\(answer)'")
      return nil
    }
    return Beat.Question(ask, choices: choices, answer: answer)
  }

  mutating func choices(_ node: Node) -> [String]? {
    guard let items = items(node, "choices must be a list of texts such as [It is faster, It diverges]")
    else {
      return nil
    }
    let faults = errors.count
    let choices = items.compactMap { text($0, "a choice") }
    return errors.count == faults ? choices : nil
  }

  /// `{sgd.lr: 0.021, adam.on: true}`.
  mutating func settings(_ node: Node, _ context: SceneDraft) -> [Beat.Setting] {
    guard case .mapping(let mapping) = node else {
      fail(node, "set must be a mapping such as {sgd.lr: 0.021}\(DocumentReader.got(node))")
      return []
    }
    var settings: [Beat.Setting] = []
    for pair in pairs(of: mapping) where !isFull {
      if pair.name.hasSuffix(".on") {
        let name = String(pair.name.dropLast(3))
        do {
          if let entries = context.entries { _ = try KnobPath.entry(name, among: entries) }
        } catch {
          fail(pair.key, error.message)
          continue
        }
        if let isOn = toggle(pair.value, pair.name) { settings.append(.entry(name, isOn: isOn)) }
        continue
      }
      guard case .scalar(let scalar) = pair.value else {
        let shown = Excerpt.printable(pair.name)
        fail(pair.value, "\(shown) must be a number or a word\(DocumentReader.got(pair.value))")
        continue
      }
      guard let target = knob(pair.name, pair.key, context),
        let value = value(scalar.string, of: target, pair.value, context)
      else { continue }
      settings.append(.knob(target, value))
    }
    return settings
  }

  // MARK: Expectations

  mutating func expectations(_ node: Node, _ context: SceneDraft) -> [Expectation] {
    guard let items = items(node, "expect must be a list of statements such as [sgd.diverged]") else {
      return []
    }
    if !items.isEmpty, context.budget == Budget() {
      fail(node, "what is expected needs an end: give the scene 'steps' or 'evaluations'")
    }
    if let steps = context.budget.steps, steps > RunRecord.mostSteps {
      fail(node, "a scene with expectations has at most \(RunRecord.mostSteps) steps, got \(steps)")
    }
    // Without them nothing can be said of names.
    guard let entries = context.entries, let landscape = context.landscape else { return [] }
    var expectations: [Expectation] = []
    for item in items where !isFull {
      guard let text = text(item, "an expectation") else { continue }
      let start = place(of: item, offset: 0)
      let (rules, starts, steps) = (rules, context.starts?.count ?? 1, context.budget.steps)
      let expectation = Expectation(text, file: file, line: start.line ?? 1, column: start.column ?? 1) {
        () throws(ExpectationError) in
        try ExpectationParser.statement(
          text, entries: entries, rules: rules, landscape: landscape, starts: starts, steps: steps)
      }
      expectations.append(expectation)
      if isBundled { continue }
      do {
        _ = try expectation.statement()
      } catch {
        let place = place(of: item, offset: error.offset)
        fail(SceneError(file: file, line: place.line, column: place.column, message: error.message))
      }
    }
    return expectations
  }
}
