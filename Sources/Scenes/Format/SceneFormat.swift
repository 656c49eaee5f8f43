import Experiments
import Landscapes
import OptimizerCore
import Yams

/// The whole format of a scene document: every key there is, what its value looks like, what it is for, how it is read and
/// how it is written.
///
/// Keys are read in this order, whatever their order in the file, so that what depends on others comes after them; and
/// written in it.
package enum SceneFormat {
  /// A part of the document, with the comment that is written above it.
  struct Section: Sendable {
    let comment: String?
    let keys: [FormatKey<SceneDraft, Scene>]
  }

  /// The document.
  static let scene: [FormatKey<SceneDraft, Scene>] = sections.flatMap(\.keys)

  /// The document in parts.
  static let sections = [
    Section(comment: nil, keys: words), Section(comment: "What is run.", keys: race),
    Section(comment: "How it is looked at.", keys: look),
    Section(comment: "What is taught: a beat a key.", keys: lecture),
    Section(comment: "What the audience will see; `descent check FILE` proves it.", keys: claims),
  ]

  private static let words: [FormatKey<SceneDraft, Scene>] = [
    .words("title", "one line: what the audience sees", \.title) { .text($0) },
    .words("source", "where the claim is from", \.source) { .words($0) },
    .words("caption", "one line under the picture", \.caption) { .text($0) },
    .words("notes", "for the lecturer", \.notes) { .words($0) },
    FormatKey("order", "a number", "the place in the course") {
      $2.set(\.order, $0.number($1, "order"))
    } write: {
      $0.order.map(YAMLValue.number)
    },
    FormatKey(
      "claims", "[1, 2]", "which claims of the lectures it shows, as `descent describe course` numbers them"
    ) {
      $2.set(\.claims, $0.claims($1))
    } write: {
      $0.claims.isEmpty ? nil : .list($0.claims.map(YAMLValue.count))
    },
    FormatKey("courses", "[first-hour]", "courses that it is part of: `descent present --course first-hour`")
    {
      $2.set(\.courses, $0.courses($1))
    } write: {
      $0.courses.isEmpty ? nil : .list(ofWords: $0.courses)
    },
  ]

  private static let race: [FormatKey<SceneDraft, Scene>] = [
    FormatKey(
      "landscape",
      "ravine; {name: ravine, kappa: 100}; {formula: \"a*x^2 + y^2\", constants: {a: 2}, minima: [[0, 0]]}",
      "the loss: of the catalog, with constants, or a formula; a matrix problem takes a plane, too"
    ) {
      $2.landscape = $0.landscape($1)
    } write: {
      value(of: $0.experiment.landscape)
    },
    FormatKey("window", "{x: [-2, 2], y: [-3, 3]}", "what is looked at") {
      $2.window = $0.window($1)
    } write: {
      let experiment = $0.experiment
      // That of a formula is chosen by looking at it.
      guard experiment.landscape.formula != nil || experiment.window != experiment.landscape.window else {
        return nil
      }
      return .flow(FormatKey.pairs(of: experiment.window, by: window))
    },
    FormatKey("start", "[1, 10]", "where the runs start") {
      $2.startNode = $1
      $2.starts = $0.point($1, "start").map { [$0] }
    } write: {
      $0.experiment.starts.count == 1 ? .point($0.experiment.starts[0]) : nil
    },
    FormatKey("starts", "[[1, 10], [2, 3]]", "several starts, each with every optimizer") {
      if $2.startNode != nil { $0.fail($2.startNode, "give 'start' or 'starts', not both") }
      $2.starts = $0.points($1, "starts")
      if $2.starts?.isEmpty == true { $0.fail($1, "starts must hold at least one point") }
    } write: {
      $0.experiment.starts.count == 1 ? nil : .points($0.experiment.starts)
    },
    FormatKey(
      "rules", "[\"heavy(lr=0.01, beta=0.9): v := 0; v = beta*v + g; x = x - lr*v\"]",
      "optimizers typed as text, for the entries to be of; see `descent describe rules`"
    ) {
      $0.typedRules($1)
      $2.rules = $0.rules
    } write: {
      let rules = $0.experiment.rules
      return rules.isEmpty ? nil : .items(rules.map { .inline(YAMLText.quoted($0.text)) })
    },
    FormatKey(
      "optimizers", "[sgd:lr=0.1, {use: \"adam:lr=0.1,beta2=0.9\", name: a, label: Adam, colour: 2}]",
      "the entries of the race: specs, or mappings with a name, a label, a colour from 1 to 9, on: false"
    ) {
      $2.isRacing = true
      $2.entries = $0.entries($1, on: $2.landscape)
    } write: {
      .items(PlacedEntry.all(of: $0.experiment).map(value))
    },
    FormatKey("steps", "400", "the budget in steps") {
      $2.budget.steps = $0.count($1, "steps")
    } write: {
      $0.experiment.budget.steps.map(YAMLValue.count)
    },
    FormatKey("evaluations", "400", "the budget in gradient evaluations, for each run") {
      $2.budget.evaluations = $0.count($1, "evaluations")
    } write: {
      $0.experiment.budget.evaluations.map(YAMLValue.count)
    },
    FormatKey("speed", "20", "steps a second when it plays") {
      $2.set(\.speed, $0.speed($1))
    } write: {
      $0.speed == Scene.defaultSpeed ? nil : .number($0.speed)
    },
    FormatKey("noise", "gaussian(sigma=1,batch=4)", "noise on every gradient") {
      $2.noise = $0.noise($1, on: $2.landscape)
    } write: {
      $0.experiment.noise.isNone ? nil : .text($0.experiment.noise.description)
    },
    FormatKey("seed", "7", "the seed of everything random") {
      $2.seed = $0.seed($1)
    } write: {
      $0.experiment.seed == 0 ? nil : .inline("\($0.experiment.seed)")
    },
    FormatKey(
      "changes", "[\"40:sgd.lr=0.01\", \"60:landscape.kappa=100\"]",
      "knobs turned during the run, before a step, as --change writes them"
    ) {
      $2.changes = $0.changes($1, $2)
    } write: { scene in
      let changes = scene.experiment.changes
      guard !changes.isEmpty else { return nil }
      return .items(
        changes.map { change in
          let value = change.target.text(of: change.value, in: scene.experiment)
          return .inline(YAMLText.quoted("\(change.step):\(change.target)=\(value)"))
        })
    },
  ]

  private static let look: [FormatKey<SceneDraft, Scene>] = [
    FormatKey("view", "contour", "the view to open with") {
      $2.set(\.view, $0.view($1, $2))
    } write: {
      $0.view == .contour ? nil : .inline($0.view.rawValue)
    },
    FormatKey(
      "map", "{x: momentum.lr=1e-3:1:log, y: momentum.beta=0:0.99}", "the axes of the view 'map'"
    ) {
      $2.set(\.map, $0.map($1, $2))
    } write: {
      $0.map.map { .block(FormatKey.pairs(of: $0, by: map)) }
    },
    FormatKey(
      "overlays", "[trail, arrows, axes]", "what is drawn over the picture; left out, the view decides"
    ) {
      $2.set(\.overlays, $0.overlays($1))
    } write: {
      $0.overlays.map { .list(ofWords: $0.map(\.rawValue)) }
    },
    FormatKey("select", "heavy", "the entry whose arrows, fan and rates are shown; the first, if left out") {
      $2.set(\.selected, $0.entryName($1, $2))
    } write: {
      $0.selected.map(YAMLValue.inline)
    },
    FormatKey(
      "curve", "distance; {of: loss, axes: log-log, against: evaluations}",
      "what the curves show when it opens"
    ) {
      $2.set(\.curve, $0.curve($1))
    } write: {
      $0.curve.map(value)
    },
    FormatKey("picture", "layers", "what the view 'data' shows: answers, units, layers or fisher") {
      $2.set(\.picture, $0.word($1, "picture", as: DataPicture.self))
    } write: {
      $0.picture == .answers ? nil : .inline($0.picture.rawValue)
    },
    FormatKey("controls", "[sgd.lr, landscape.kappa]", "the only live knobs; all, if left out") {
      $2.set(\.controls, $0.controls($1, $2))
    } write: {
      $0.controls.map { .list(ofWords: $0.map(\.description)) }
    },
  ]

  private static let lecture: [FormatKey<SceneDraft, Scene>] = [
    FormatKey("beats", "[{say: Watch the floor., until: 40}]", "what the lecturer goes through, key by key") {
      $2.set(\.beats, $0.beats($1, $2))
    } write: { scene in
      guard !scene.beats.isEmpty else { return nil }
      return .items(scene.beats.map { value(of: PlacedBeat(beat: $0, experiment: scene.experiment)) })
    }
  ]

  private static let claims: [FormatKey<SceneDraft, Scene>] = [
    FormatKey("expect", "[sgd.diverged, adam.loss(400) < 1e-6]", "statements that are checked") {
      $2.set(\.expectations, $0.expectations($1, $2))
    } write: {
      $0.expectations.isEmpty ? nil : .items($0.expectations.map { .text($0.text) })
    }
  ]
}

extension FormatKey<SceneDraft, Scene> {
  /// A text of a scene.
  fileprivate static func words(
    _ name: String, _ meaning: String, _ place: any WritableKeyPath<Scene, String> & Sendable,
    write: @escaping @Sendable (String) -> YAMLValue?
  ) -> Self {
    FormatKey(name, "text", meaning) {
      $2.set(place, $0.text($1, name))
    } write: {
      write($0[keyPath: place])
    }
  }
}
