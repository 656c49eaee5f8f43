import Experiments
import Landscapes
import OptimizerCore
import Yams

/// What has been read of a scene so far: what other keys depend on, and what is done to the scene in the end.
struct SceneDraft {
  /// Nil as long as it is not known, or wrong.
  var landscape: Landscape?
  var window: Window?
  var startNode: Node?
  var starts: [Point]?
  /// Whether the document says anything about entries.
  var isRacing = false
  /// Nil as long as they are not known, or one of them is wrong.
  var entries: [Entry]?
  var rules: [TypedRule] = []
  var budget = Budget()
  var noise = Noise.none
  var seed: UInt64?
  var changes: [Change] = []
  private var settings: [(inout Scene) -> Void] = []

  /// Gives a property of the scene a value, if there is one.
  mutating func set<Value>(_ place: WritableKeyPath<Scene, Value>, _ value: Value?) {
    if let value { settings.append { $0[keyPath: place] = value } }
  }

  /// What is run, as far as it matters to names and ranges; nil if that is not known.
  var experiment: Experiment? {
    guard let landscape, let entries else { return nil }
    let starts = starts.flatMap { $0.isEmpty ? nil : $0 }
    return Experiment(
      landscape: landscape, window: window, entries: entries, rules: rules, starts: starts, budget: budget,
      noise: noise,
      seed: seed ?? 0, changes: changes)
  }

  /// The scene, if nothing is wrong.
  func scene(name: String, root: Node, _ reader: inout DocumentReader) -> Scene? {
    if landscape == nil, root["landscape"] == nil {
      reader.fail(
        root, "a scene needs a 'landscape': a name, or a formula as {formula: \"x^2 + y^2\"}")
    }
    if !isRacing { reader.fail(root, "a scene needs 'optimizers': a list of specs such as sgd:lr=0.01") }
    guard let landscape, let experiment, reader.errors.isEmpty else { return nil }
    var scene = Scene(
      name: name, title: landscape.title, caption: landscape.watch, experiment: experiment)
    for set in settings { set(&scene) }
    // A title of nothing is none.
    if scene.title.allSatisfy({ $0 == " " }) { scene.title = landscape.title }
    return scene
  }
}
