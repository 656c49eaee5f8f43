import Experiments
import OptimizerCore

/// The rules of entries as text: opened, changed, added to the race.
extension Explorer {
  /// The spec of the selected entry with its knobs as they are now.
  private var selectedSpec: OptimizerSpec? {
    race.experiment.entries.indices.contains(selectedEntry) ? race.spec(entry: selectedEntry) : nil
  }

  /// The text of the selected entry's rule, typed or as the registry has it, with its wrappers' lines around it.
  private func writtenRule() throws(WrittenRule.Obstacle) -> WrittenRule? { try selectedSpec?.written() }

  /// The same as a rule; a typed one is what it is.
  private var selectedRule: TypedRule? {
    if let rule = selectedSpec?.rule { return rule }
    return (try? writtenRule()).flatMap { try? TypedRule($0.text) }
  }

  /// Why the selected entry's rule cannot be edited.
  var obstacleToEditing: String? {
    guard selectedSpec != nil else { return "there is no entry yet: a adds one" }
    do throws(WrittenRule.Obstacle) {
      _ = try writtenRule()
      return selectedRule == nil ? "the rule would be longer than a text may be" : nil
    } catch { return error.description }
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
    if let given = selectedSpec?.given, let keys = try? writtenRule()?.keys {
      for (key, name) in keys {
        guard let value = given[key], let knob = rule.knobs.first(where: { $0.key == name }),
          knob.range.contains(value)
        else { continue }
        spec.set(name, to: value)
      }
    }
    let lost = try follow(selectedSpec, with: &spec, of: rule)
    addEntry(spec, of: rule)
    let difference = RuleDifference(from: origin, to: rule)
    status = .note(difference.isEmpty ? "the same rule, as text" : "\(rule.name): \(difference.words)")
    if lost { status = .note("\(rule.name): the schedule is left out, for it has no such knob") }
  }

  /// Gives the spec of a rule the schedules of the optimizer that it was made of. Returns whether it has no knob for one.
  private func follow(
    _ origin: OptimizerSpec?, with spec: inout OptimizerSpec, of rule: TypedRule
  ) throws(OptionError) -> Bool {
    guard let origin, origin.isScheduled else { return false }
    let schedules = origin.schedules.filter { schedule in rule.knobs.contains { $0.key == schedule.key } }
    if !schedules.isEmpty {
      let text = spec.description
      let added = schedules.map(\.description).joined(separator: ",")
      spec = try Command.optimizer(text + (text.contains(":") ? "," : ":") + added, context, with: [rule])
    }
    return schedules.count < origin.schedules.count || origin.base?.isScheduled ?? false
  }
}
