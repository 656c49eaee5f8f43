import ArgumentParser
import Experiments
import Glibc
import Landscapes
import OptimizerCore
import Scenes

/// The options that say what is run, shared by every command that runs something.
struct RunOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("A scene: the name of a bundled one, or a YAML file.", valueName: "scene"),
    completion: .custom(Completions.scenes))
  var scene: String?

  @Option(
    help: ArgumentHelp("A landscape of the catalog.", valueName: "name"),
    completion: .custom(Completions.landscapes))
  var landscape: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("A formula in x and y, such as '0.5*(10*x^2+y^2)'.", valueName: "expr"))
  var function: String?

  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Set a constant of the landscape, such as kappa=100. Repeatable.", valueName: "name=value"))
  var settings: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The plane through the start that is shown of more than two parameters: two of the entries (W11,W22) and "
        + "directions \(Landscape.namedDirections.map(\.name).joined(separator: ", ")) (minimum,gradient).",
      valueName: "u,v"))
  var plane: String?

  @Option(
    name: [.customShort("o"), .customLong("optimizer")], parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "An entry of the race, such as adam:lr=0.1. Repeatable, in order; none, alone, for no entry.",
      valueName: "spec"), completion: .custom(Completions.optimizers))
  var optimizers: [String] = []

  @Option(
    name: .customLong("start"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Where the runs start. Repeatable.", valueName: "x,y"))
  var starts: [String] = []

  @Option(parsing: .unconditional, help: ArgumentHelp("The budget in steps.", valueName: "n"))
  var steps: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("The budget in gradient evaluations.", valueName: "n"))
  var evaluations: String?

  @Option(
    name: .customLong("change"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A knob turned before a step, such as 40:adam.lr=0.01 or 60:landscape.kappa=100. Repeatable.",
      valueName: "step:name.key=value"))
  var changes: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Noise on every gradient, such as 'gaussian(sigma=1,batch=4)'.", valueName: "spec"))
  var noise: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("The seed of everything random.", valueName: "n"))
  var seed: String?

  @Option(
    name: .customLong("view-x"), parsing: .unconditional,
    help: ArgumentHelp("The window in x.", valueName: "lo:hi"))
  var viewX: String?

  @Option(
    name: .customLong("view-y"), parsing: .unconditional,
    help: ArgumentHelp("The window in y.", valueName: "lo:hi"))
  var viewY: String?

  /// The steps of a race for which nothing else is said.
  static let defaultSteps = 400

  /// The scene that the options describe.
  func makeScene() throws -> Scene {
    var scene = try baseScene()
    if !optimizers.isEmpty { scene.experiment.entries = try chosenEntries() }
    for setting in settings where function == nil { try set(setting, on: &scene.experiment.landscape) }
    if !starts.isEmpty { scene.experiment.starts = try starts.map { try point($0, "--start") } }
    if let steps { scene.experiment.budget = Budget(steps: try count(steps, "--steps")) }
    if let evaluations {
      let limit = try count(evaluations, "--evaluations")
      scene.experiment.budget = Budget(
        steps: steps == nil ? nil : scene.experiment.budget.steps, evaluations: limit)
    }
    if scene.experiment.budget == Budget() { scene.experiment.budget.steps = RunOptions.defaultSteps }
    if let noise {
      scene.experiment.noise = try chosenNoise(noise, dimension: scene.experiment.landscape.dimension)
    }
    if let seed {
      guard let value = UInt64(seed) else {
        throw Failure(
          .usage, "--seed must be a whole number from 0 to 18446744073709551615, got '\(Excerpt.of(seed))'")
      }
      scene.experiment.seed = value
    }
    let window = scene.experiment.window
    if viewX != nil || viewY != nil {
      scene.experiment.window = Window(
        x: try viewX.map { try range($0, "--view-x") } ?? window.x,
        y: try viewY.map { try range($0, "--view-y") } ?? window.y)
    }
    scene.experiment.changes = try changes.map { try change($0, in: scene.experiment) }
    // Earlier first; those of one step in the order given.
    scene.experiment.changes.sort { $0.step < $1.step }
    try checkNeeds(scene.experiment)
    return scene
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
        let start = try starts.first.map { try point($0, "--start") } ?? replacement.start
        scene = Scene(
          name: replacement.id, title: replacement.title, caption: replacement.watch,
          experiment: Experiment(
            landscape: replacement, entries: Entry.entries(StandardRace.specs(on: replacement, from: start))))
      }
      return scene
    }
    var scene = try Scene.find(self.scene ?? SceneLibrary.defaultName)
    if plane != nil {
      scene.experiment.landscape = try shown(scene.experiment.landscape)
      scene.experiment.window = scene.experiment.landscape.window
      scene.experiment.starts = [scene.experiment.landscape.start]
    }
    return scene
  }

  /// A landscape through the plane asked for, if one was.
  private func shown(_ landscape: Landscape) throws -> Landscape {
    guard let plane else { return landscape }
    do {
      return try landscape.showing(plane: plane)
    } catch {
      throw Failure(.usage, "--plane: \(error.message)")
    }
  }

  private func replacementLandscape() throws -> Landscape? {
    if let landscape {
      guard let found = LandscapeCatalog.named(landscape) else {
        let suggestion = Spelling.suggestion(
          for: landscape, in: LandscapeCatalog.names, otherwise: "; `descent list landscapes` names them all")
        throw Failure(.usage, "unknown landscape '\(Excerpt.of(landscape))'\(suggestion)")
      }
      return try shown(found)
    }
    guard let function else { return nil }
    if plane != nil {
      throw Failure(
        .usage, "--plane: a plane is chosen among more than two parameters, and a formula has two: x and y")
    }
    let constants = try settings.map { setting in
      let (name, value) = try assignment(setting)
      return constant(name, value)
    }
    do {
      return try Landscape(formula: function, constants: constants)
    } catch {
      throw Failure(.data, "in '\(Excerpt.of(function, around: error.column))': \(error.description)")
    }
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

  // MARK: Values

  /// The entries asked for; the word for none stands alone.
  private func chosenEntries() throws -> [Entry] {
    guard optimizers.contains(Entry.noneWord) else { return Entry.entries(try optimizers.map(spec)) }
    guard optimizers.count == 1 else {
      throw Failure(
        .usage,
        "-o \(Entry.noneWord) stands alone, for a race without entries; leave it out or leave the others out")
    }
    return []
  }

  private func spec(_ text: String) throws -> OptimizerSpec {
    do {
      return try OptimizerSpec(text)
    } catch {
      throw Failure(.usage, "in '\(Excerpt.of(text, around: error.column))': \(error.message)")
    }
  }

  private func chosenNoise(_ text: String, dimension: Int) throws -> Noise {
    do {
      let noise = try Noise(text)
      try noise.check(dimension: dimension)
      return noise
    } catch {
      throw Failure(.usage, "--noise: \(error)")
    }
  }

  private func assignment(_ text: String) throws -> (name: String, value: Double) {
    guard let sign = text.firstIndex(of: "=") else {
      throw Failure(.usage, "--set takes NAME=VALUE, such as kappa=100, got '\(Excerpt.of(text))'")
    }
    let name = String(text[..<sign])
    guard let value = Double(text[text.index(after: sign)...]), value.isFinite else {
      throw Failure(
        .usage, "\(Excerpt.of(name)) must be a number, got '\(Excerpt.of(text[text.index(after: sign)...]))'")
    }
    return (name, value)
  }

  private func set(_ text: String, on landscape: inout Landscape) throws {
    let (name, value) = try assignment(text)
    do {
      landscape = try landscape.setting(name, to: value)
    } catch {
      throw Failure(.usage, error.message)
    }
  }

  private func point(_ text: String, _ option: String) throws -> Point {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, let x = Double(parts[0]), let y = Double(parts[1]), x.isFinite, y.isFinite else {
      throw Failure(.usage, "\(option) takes two finite numbers, such as -1.5,2, got '\(Excerpt.of(text))'")
    }
    return Point(x: x, y: y)
  }

  private func range(_ text: String, _ option: String) throws -> ClosedRange<Double> {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let low = Double(parts[0]), let high = Double(parts[1]), low.isFinite,
      high.isFinite,
      low < high
    else {
      throw Failure(
        .usage, "\(option) takes two numbers, the lower first, such as -2:2, got '\(Excerpt.of(text))'")
    }
    guard Window.isSide(low...high) else {
      throw Failure(.usage, "\(option) must be \(Window.sideRule), got '\(Excerpt.of(text))'")
    }
    return low...high
  }

  private func count(_ text: String, _ option: String) throws -> Int {
    guard let value = Int(text), value >= 0, value <= 1_000_000_000_000 else {
      throw Failure(
        .usage, "\(option) must be a whole number from 0 to 1000000000000, got '\(Excerpt.of(text))'")
    }
    return value
  }

  /// `40:adam.lr=0.01` or `60:landscape.kappa=100`.
  private func change(_ text: String, in experiment: Experiment) throws -> Change {
    let form = "--change takes STEP:NAME.KEY=VALUE, such as 40:adam.lr=0.01, got '\(Excerpt.of(text))'"
    guard let colon = text.firstIndex(of: ":"), let sign = text.firstIndex(of: "="), colon < sign,
      let step = Int(text[..<colon])
    else { throw Failure(.usage, form) }
    guard step >= 1 else {
      throw Failure(.usage, "a change happens before a step from 1 on, got '\(Excerpt.of(text))'")
    }
    let path = text[text.index(after: colon)..<sign]
    guard let dot = path.firstIndex(of: ".") else { throw Failure(.usage, form) }
    let name = String(path[..<dot])
    let key = String(path[path.index(after: dot)...])
    let written = String(text[text.index(after: sign)...])
    if name == "landscape" {
      guard let value = Double(written), value.isFinite else {
        throw Failure(.usage, "\(Excerpt.of(key)) must be a number, got '\(Excerpt.of(written))'")
      }
      var landscape = experiment.landscape
      try set("\(key)=\(written)", on: &landscape)
      return Change(step: step, target: .landscape(constant: key), value: value)
    }
    guard let entry = experiment.entries.first(where: { $0.name == name }) else {
      let names = experiment.entries.map(\.name)
      let all = names.isEmpty ? "; there is none" : "; the entries are \(names.joined(separator: ", "))"
      throw Failure(
        .usage,
        "no entry '\(Excerpt.of(name))'\(Spelling.suggestion(for: name, in: names + ["landscape"], otherwise: all))"
      )
    }
    guard let knob = entry.spec.knobs.first(where: { $0.key == key }) else {
      let keys = entry.spec.knobs.map(\.key)
      let all = "; its keys are \(keys.joined(separator: ", "))"
      throw Failure(
        .usage,
        "\(name) has no key '\(Excerpt.of(key))'\(Spelling.suggestion(for: key, in: keys, otherwise: all))")
    }
    do {
      return Change(step: step, target: .entry(name: name, key: key), value: try knob.parse(written))
    } catch {
      throw Failure(.usage, error.message)
    }
  }

  /// An optimizer whose needs the landscape does not meet is refused, with the reason.
  private func checkNeeds(_ experiment: Experiment) throws {
    for entry in experiment.entries {
      let missing = entry.spec.needs.subtracting(experiment.landscape.offers)
      if !missing.isEmpty {
        throw Failure(
          .usage,
          "\(entry.spec.id) needs \(missing.names.joined(separator: " and ")), which the landscape does not have"
        )
      }
    }
  }
}
