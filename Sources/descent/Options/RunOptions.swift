import ArgumentParser
import Experiments
import Glibc
import Landscapes
import OptimizerCore
import Scenes

extension ArgumentHelp {
  /// The help of an option as it is declared, and what the command line has to add.
  fileprivate init(_ option: RunOption, _ remark: String = "") {
    self.init("\(option.summary)\(remark.isEmpty ? "" : " \(remark)")", valueName: option.valueName)
  }
}

/// The options that say what is run, shared by every command that runs something.
struct RunOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("A scene: the name of a bundled one, or a YAML file.", valueName: "scene"),
    completion: .custom(Completions.scenes))
  var scene: String?

  @Option(help: ArgumentHelp(RunOption.landscape), completion: .custom(Completions.landscapes))
  var landscape: String?

  @Option(parsing: .unconditional, help: ArgumentHelp(RunOption.function))
  var function: String?

  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(RunOption.set, "Repeatable."))
  var settings: [String] = []

  @Option(parsing: .unconditional, help: ArgumentHelp(RunOption.plane))
  var plane: String?

  @Option(
    name: .customLong("rule"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(RunOption.rule, "Repeatable; without -o it joins the race."))
  var rules: [String] = []

  @Option(
    name: [.customShort("o"), .customLong("optimizer")], parsing: .unconditionalSingleValue,
    help: ArgumentHelp(RunOption.optimizer, "Repeatable, in order; none, alone, for no entry."),
    completion: .custom(Completions.optimizers))
  var optimizers: [String] = []

  @Option(
    name: .customLong("start"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(RunOption.start, "Repeatable."))
  var starts: [String] = []

  @Option(parsing: .unconditional, help: ArgumentHelp(RunOption.steps))
  var steps: String?

  @Option(parsing: .unconditional, help: ArgumentHelp(RunOption.evaluations))
  var evaluations: String?

  @Option(
    name: .customLong("change"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(RunOption.change, "Repeatable."))
  var changes: [String] = []

  @Option(parsing: .unconditional, help: ArgumentHelp(RunOption.noise))
  var noise: String?

  @Option(parsing: .unconditional, help: ArgumentHelp(RunOption.seed))
  var seed: String?

  @Option(name: .customLong("view-x"), parsing: .unconditional, help: ArgumentHelp(RunOption.viewX))
  var viewX: String?

  @Option(name: .customLong("view-y"), parsing: .unconditional, help: ArgumentHelp(RunOption.viewY))
  var viewY: String?

  /// The steps of a race for which nothing else is said.
  static let defaultSteps = 400

  /// The scene that the options describe.
  func makeScene() throws -> Scene {
    do {
      return try describedScene()
    } catch let error as OptionError {
      throw Failure(error.isData ? .data : .usage, error.message)
    }
  }

  private func describedScene() throws -> Scene {
    var scene = try baseScene()
    for text in rules {
      let known = scene.experiment.rules
      let rule = try RunOption.rule(text, besides: known)
      if !known.contains(rule) { scene.experiment.rules.append(rule) }
    }
    for remark in scene.experiment.rules.flatMap(\.remarks) { Output.remark(remark) }
    if !optimizers.isEmpty { scene.experiment.entries = try chosenEntries(scene.experiment.rules) }
    if !rules.isEmpty, optimizers.isEmpty { scene.experiment.entries = try withRules(scene.experiment) }
    for setting in settings where function == nil {
      scene.experiment.landscape = try RunOption.set(setting, on: scene.experiment.landscape)
    }
    for entry in scene.experiment.entries where entry.spec.trajectory != nil {
      try RunOption.checkNeeds(of: entry.spec, on: scene.experiment.landscape)
    }
    if let own = scene.experiment.entries.lazy.compactMap(\.spec.ownStart).first, !optimizers.isEmpty {
      // The others start where the recorded run did.
      scene.experiment.starts = [scene.experiment.landscape.project(own)]
    }
    if !starts.isEmpty { scene.experiment.starts = try starts.map { try RunOption.start($0) } }
    if let steps { scene.experiment.budget = Budget(steps: try RunOption.steps.count(steps)) }
    if let evaluations {
      let limit = try RunOption.evaluations.count(evaluations)
      scene.experiment.budget = Budget(
        steps: steps == nil ? nil : scene.experiment.budget.steps, evaluations: limit)
    }
    if scene.experiment.budget == Budget() { scene.experiment.budget.steps = RunOptions.defaultSteps }
    if let noise {
      scene.experiment.noise = try RunOption.noise(noise, on: scene.experiment.landscape)
    }
    if let seed { scene.experiment.seed = try RunOption.seed(seed) }
    let window = scene.experiment.window
    if viewX != nil || viewY != nil {
      scene.experiment.window = Window(
        x: try viewX.map { try RunOption.viewX.side($0) } ?? window.x,
        y: try viewY.map { try RunOption.viewY.side($0) } ?? window.y)
    }
    if changes.isEmpty {
      // What the scene itself turns stays, as far as the options have left it there.
      let experiment = scene.experiment
      scene.experiment.changes.removeAll { !RunOptions.isPossible($0, in: experiment) }
    } else {
      scene.experiment.changes = try changes.map { try RunOption.change($0, in: scene.experiment) }
      // Earlier first; those of one step in the order given.
      scene.experiment.changes.sort { $0.step < $1.step }
    }
    for entry in scene.experiment.entries {
      try RunOption.checkNeeds(of: entry.spec, on: scene.experiment.landscape)
    }
    for remark in scene.experiment.recordedRemarks { Output.remark(remark) }
    return scene
  }

  /// Whether there is such a knob, and whether it can have the value.
  private static func isPossible(_ change: Change, in experiment: Experiment) -> Bool {
    switch change.target {
    case .landscape(let constant):
      return (try? experiment.landscape.setting(constant, to: change.value)) != nil
    case .entry(let name, let key):
      let knobs = experiment.entries.first { $0.name == name }?.spec.knobs ?? []
      return knobs.contains { $0.key == key && $0.range.contains(change.value) }
    }
  }

  private func baseScene() throws -> Scene {
    if landscape != nil, function != nil {
      throw Failure(.usage, "give --landscape or --function, not both")
    }
    if let replacement = try replacementLandscape() {
      var scene: Scene
      if let name = self.scene {
        scene = try Scene.find(name)
        scene.title = replacement.title
        scene.caption = replacement.watch
        scene.experiment.landscape = replacement
        scene.experiment.window = replacement.window
        scene.experiment.starts = [replacement.start]
      } else {
        let start = try starts.first.map { try RunOption.start($0) } ?? replacement.start
        scene = Scene(
          name: replacement.id, title: replacement.title, caption: replacement.watch,
          experiment: Experiment(
            landscape: replacement, entries: Entry.entries(StandardRace.specs(on: replacement, from: start))))
      }
      return scene
    }
    var scene = try Scene.find(self.scene ?? SceneLibrary.defaultName)
    if let plane {
      scene.experiment.landscape = try RunOption.plane(plane, of: scene.experiment.landscape)
      scene.experiment.window = scene.experiment.landscape.window
      scene.experiment.starts = [scene.experiment.landscape.start]
    }
    return scene
  }

  private func replacementLandscape() throws -> Landscape? {
    if let landscape {
      return try RunOption.landscape(landscape, plane: plane, files: SceneLibrary.dataFiles)
    }
    guard let function else { return nil }
    if plane != nil {
      throw Failure(
        .usage, "--plane: a plane is chosen among more than two parameters, and a formula has two: x and y")
    }
    let constants = try settings.map { setting in
      let (name, value) = try RunOption.assignment(setting)
      return constant(name, value)
    }
    return try RunOption.function(function, constants: constants)
  }

  /// A constant of a formula. Its range holds what the changes make of it: in a scene it may have been wider than usual.
  private func constant(_ name: String, _ value: Double) -> Constant {
    let usual = Constant(name: name, value: value)
    var range = usual.range
    for change in changes {
      guard let dot = change.firstRange(of: ":landscape.\(name)="),
        let turned = Double(change[dot.upperBound...]),
        turned.isFinite
      else { continue }
      range = min(range.lowerBound, turned)...max(range.upperBound, turned)
    }
    guard range != usual.range else { return usual }
    return Constant(
      name: name, value: value, range: range, scale: range.lowerBound > 0 ? usual.scale : .linear)
  }

  /// The entries with one of each rule that none of them is of.
  private func withRules(_ experiment: Experiment) throws -> [Entry] {
    var entries = experiment.entries
    for rule in experiment.rules where !entries.contains(where: { $0.spec.rules.contains(rule) }) {
      let spec = try RunOption.optimizer(rule.name, rules: experiment.rules)
      let colour = (0...).first { colour in !entries.contains { $0.colour == colour } } ?? entries.count
      entries.append(
        Entry(
          spec: spec, name: Entry.freeName(for: spec, among: entries),
          label: Entry.freeLabel(for: spec, among: entries), colour: colour))
    }
    return entries
  }

  /// The entries asked for; the word for none stands alone.
  private func chosenEntries(_ rules: [TypedRule]) throws -> [Entry] {
    guard optimizers.contains(Entry.noneWord) else {
      return Entry.entries(
        try optimizers.map { try RunOption.optimizer($0, rules: rules, files: SceneLibrary.dataFiles) })
    }
    guard optimizers.count == 1 else {
      throw Failure(
        .usage,
        "-o \(Entry.noneWord) stands alone, for a race without entries; leave it out or leave the others out")
    }
    return []
  }
}
