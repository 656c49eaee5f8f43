import Landscapes
import OptimizerCore

extension Experiment {
  /// The words of the shell command that reproduces the identical race, to the last bit, `steps` steps long.
  ///
  /// Entries that are off are left out, unless the noise is drawn by place in the race and another is on; entries are named
  /// by the rule that the command line uses.
  public func arguments(steps: Int) -> [String] {
    var words = ["descent"]
    let standard = LandscapeCatalog.constants(of: landscape.id)
    words += standard == nil ? ["--function", landscape.text] : ["--landscape", landscape.id]
    if let plane = landscape.planeName, plane != LandscapeCatalog.plane(of: landscape.id) {
      words += ["--plane", plane]
    }
    for constant in landscape.constants {
      let usual = standard?.first { $0.name == constant.name }?.value
      if usual != constant.value {
        words += ["--set", "\(constant.name)=\(constant.text(of: constant.value))"]
      }
    }
    // The window of a typed formula, or of a plane, is chosen by looking at it, so it is said here.
    if window != landscape.window || standard == nil || landscape.plane != nil {
      words.append("--view-x=\(Experiment.range(window.x))")
      words.append("--view-y=\(Experiment.range(window.y))")
    }
    for start in starts { words.append("--start=\(NumberText.exact(start.x)),\(NumberText.exact(start.y))") }
    // Without a word about entries the command line would race its own.
    let isEmpty = !entries.contains(where: \.isOn)
    let present = isEmpty ? [] : entries.filter { $0.isOn || noise.isIndependent }
    let named = Entry.entries(present.map(\.spec))
    let used = Set(present.flatMap(\.spec.rules))
    for rule in rules where used.contains(rule) { words += ["--rule", rule.text] }
    for entry in present { words += ["-o", entry.spec.description] }
    if isEmpty { words += ["-o", Entry.noneWord] }
    words += ["--steps", "\(steps)"]
    // Some runs may have ended on it before the others.
    if let evaluations = budget.evaluations { words += ["--evaluations", "\(evaluations)"] }
    if !noise.isNone { words += ["--noise", noise.description] }
    if seed != 0 { words += ["--seed", "\(seed)"] }
    for change in changes where change.step <= steps {
      var knob = change.target
      if case .entry(let entry, let key) = knob {
        guard let index = present.firstIndex(where: { $0.name == entry }) else { continue }
        knob = .entry(name: named[index].name, key: key)
      }
      words += ["--change", "\(change.step):\(knob)=\(change.target.text(of: change.value, in: self))"]
    }
    return words
  }

  /// The same as one line for a shell.
  public func replayLine(steps: Int) -> String {
    arguments(steps: steps).map(ShellText.quoted).joined(separator: " ")
  }

  private static func range(_ range: ClosedRange<Double>) -> String {
    "\(NumberText.exact(range.lowerBound)):\(NumberText.exact(range.upperBound))"
  }
}
