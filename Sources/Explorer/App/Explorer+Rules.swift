import Experiments
import OptimizerCore

/// The rules of entries as text: opened, changed, added to the race.
extension Explorer {
  /// The spec of the selected entry with its knobs as they are now.
  private var selectedSpec: OptimizerSpec? {
    race.experiment.entries.indices.contains(selectedEntry) ? race.spec(entry: selectedEntry) : nil
  }

  /// The rule of the selected entry, typed or as the text of a built-in one.
  private var selectedRule: TypedRule? {
    guard let spec = selectedSpec, spec.base == nil else { return nil }
    return spec.rule ?? OptimizerRegistry.entry(spec.id)?.ruleText.flatMap { try? TypedRule($0) }
  }

  /// Why the selected entry's rule cannot be edited.
  var obstacleToEditing: String? {
    guard let spec = selectedSpec else { return "there is no entry yet: a adds one" }
    if selectedRule != nil { return nil }
    return spec.base == nil
      ? "\(spec.displayName) has no text: it is a solver, a search or a flow"
      : "\(spec.displayName) is a wrapper around a rule: add the rule itself, a, and edit that"
  }

  mutating func editRule() {
    guard let rule = selectedRule else { return }
    dialog = RuleEditor(rule, title: "The rule of \(race.experiment.entries[selectedEntry].label)")
  }

  /// Adds a rule that was made of the selected entry's, with its knobs as they are there.
  mutating func addRule(_ text: String, madeOf origin: TypedRule) throws(OptionError) {
    var rule = try RunOption.rule(text, besides: [])
    let rules = race.experiment.rules
    if rule.name == origin.name, rule != origin || !rules.contains(rule) {
      let taken = Set(rules.map(\.name))
      let word = origin.name.prefix { !$0.isNumber }
      var (name, number) = (origin.name, 2)
      while taken.contains(name) { (name, number) = ("\(word)\(number)", number + 1) }
      rule = try RunOption.rule(rule.renamed(name), besides: rules)
    } else {
      rule = try RunOption.rule(text, besides: rules)
    }
    var spec = try Command.optimizer(rule.name, context, with: [rule])
    if let old = selectedSpec {
      for setting in old.settings {
        guard let knob = rule.knobs.first(where: { $0.key == setting.key }),
          knob.range.contains(setting.value)
        else { continue }
        spec.set(setting.key, to: setting.value)
      }
    }
    addEntry(spec, of: rule)
    let difference = RuleDifference(from: origin, to: rule)
    status = .note(difference.isEmpty ? "the same rule, as text" : "\(rule.name): \(difference.words)")
  }
}
