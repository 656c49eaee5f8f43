import Experiments
import Landscapes
import OptimizerCore
import Yams

/// The parts of a scene that say who runs, and what is turned on the way.
extension DocumentReader {
  /// The entries; nil if one of them is wrong.
  mutating func entries(_ node: Node, on landscape: Landscape?) -> [Entry]? {
    guard case .sequence(let items) = node, !items.isEmpty else {
      fail(node, "optimizers must be a list of specs such as sgd:lr=0.01")
      return nil
    }
    guard items.count <= 9 else {
      fail(items[9], "a race has at most nine optimizers")
      return nil
    }
    let faults = errors.count
    var entries: [Entry] = []
    for item in items where !isFull {
      if let entry = entry(item, among: entries, on: landscape) { entries.append(entry) }
    }
    return errors.count == faults ? entries : nil
  }

  private mutating func entry(_ node: Node, among entries: [Entry], on landscape: Landscape?) -> Entry? {
    if case .scalar(let scalar) = node {
      guard let spec = spec(scalar.string, node) else { return nil }
      checkNeeds(spec, on: landscape, node)
      return Entry(
        spec: spec, name: Entry.freeName(for: spec, among: entries),
        label: Entry.freeLabel(for: spec, among: entries), colour: entries.count)
    }
    var draft = EntryDraft()
    guard read(node, as: "an optimizer", by: SceneFormat.optimizer, into: &draft) else { return nil }
    guard let specNode = draft.specNode else {
      fail(node, "an optimizer needs 'use' with its spec, such as {use: \"adam:lr=0.1\", label: Adam}")
      return nil
    }
    guard let spec = draft.spec else { return nil }
    checkNeeds(spec, on: landscape, specNode)
    let name = draft.name ?? Entry.freeName(for: spec, among: entries)
    if !Entry.isName(name) {
      fail(
        draft.nameNode,
        "a name is letters, digits, '-' and '_', begins with a letter and is not 'landscape' or 'start', got '\(Excerpt.printable(name))'"
      )
    }
    if entries.contains(where: { $0.name == name }) {
      fail(draft.nameNode ?? node, "two optimizers are called '\(name)'")
    }
    let colour = draft.colour ?? entries.count + 1
    if !(1...9).contains(colour) {
      fail(draft.colourNode, "colour must be between 1 and 9, got '\(colour)'")
    }
    return Entry(
      spec: spec, name: name, label: draft.label ?? Entry.freeLabel(for: spec, among: entries),
      colour: colour - 1, isOn: draft.isOn ?? true)
  }

  /// Typed rules, a text each, as `--rule` takes them.
  mutating func typedRules(_ node: Node) {
    let form = "rules must be a list of texts such as \"heavy(lr=0.01): v := 0; v = 0.9*v + g; x = x - lr*v\""
    guard let items = items(node, form) else { return }
    for item in items where !isFull {
      guard let text = text(item, "a rule") else { continue }
      do {
        let rule = try TypedRule(text)
        if rules.contains(where: { $0.name == rule.name }) {
          fail(item, "two rules are called '\(rule.name)'")
        } else {
          rules.append(rule)
        }
      } catch {
        fail(item, "in the rule: \(error.description)")
      }
    }
  }

  mutating func spec(_ text: String, _ node: Node) -> OptimizerSpec? {
    do {
      return try OptimizerSpec(
        text, rules: rules, files: Trajectory.reader(SceneLibrary.dataFiles(beside: file)))
    } catch {
      // What is left of a spec where its comma was taken for the list's.
      let isTorn = text.contains("=") && !text.contains(":")
      let hint = isTorn ? "; quote a spec that has a comma in a [...] list" : ""
      fail(node, "in '\(Excerpt.printable(text))': \(error.message)\(hint)")
      return nil
    }
  }

  private mutating func checkNeeds(_ spec: OptimizerSpec, on landscape: Landscape?, _ node: Node) {
    if let obstacle = landscape?.obstacle(to: spec) { fail(node, obstacle) }
  }

  // MARK: Knobs by name

  /// A knob by its name, `sgd.lr` or `landscape.kappa`; nil if it is unknown, or cannot be known because of other faults.
  mutating func knob(_ text: String, _ node: Node, _ context: SceneDraft) -> KnobPath? {
    do {
      let knob = try KnobPath(text, entries: context.entries, landscape: context.landscape)
      switch knob {
      case .entry: return context.entries == nil ? nil : knob
      case .landscape: return context.landscape == nil ? nil : knob
      }
    } catch {
      fail(node, error.message)
      return nil
    }
  }

  /// The value of a knob as it is written.
  mutating func value(
    _ text: String, of target: KnobPath, _ node: Node, _ context: SceneDraft
  ) -> Double? {
    do {
      return try target.value(text, entries: context.entries, landscape: context.landscape)
    } catch {
      fail(node, error.message)
      return nil
    }
  }

  /// Changes as `--change` writes them.
  mutating func changes(_ node: Node, _ context: SceneDraft) -> [Change] {
    let form = "changes must be a list such as [\"40:sgd.lr=0.01\", \"60:landscape.kappa=100\"]"
    guard let items = items(node, form) else { return [] }
    var changes: [Change] = []
    for item in items where !isFull {
      guard let text = text(item, "a change") else { continue }
      let rule =
        "a change is STEP:NAME.KEY=VALUE, such as 40:sgd.lr=0.01, got '\(Excerpt.printable(text))'"
      guard let colon = text.firstIndex(of: ":"), let sign = text.firstIndex(of: "="), colon < sign,
        let step = Int(written: text[..<colon]), step >= 1
      else {
        fail(item, rule + "; STEP is a whole number from 1 on")
        continue
      }
      let name = String(text[text.index(after: colon)..<sign])
      let written = String(text[text.index(after: sign)...])
      guard let target = knob(name, item, context), let value = value(written, of: target, item, context)
      else { continue }
      if case .landscape(let name) = target, context.landscape?.constant(name)?.isFixed == true {
        fail(
          item, "\(name) makes another problem, so it cannot be turned while a run is on; set it in landscape"
        )
        continue
      }
      changes.append(Change(step: step, target: target, value: value))
    }
    // Earlier first; those of one step in the order given.
    return changes.enumerated().sorted { ($0.element.step, $0.offset) < ($1.element.step, $1.offset) }
      .map(\.element)
  }
}
