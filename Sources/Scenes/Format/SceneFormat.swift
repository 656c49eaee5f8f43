import Experiments
import Landscapes
import OptimizerCore
import Yams

/// The whole format of a scene document: every key there is, what its value looks like, what it is for, how it is read.
///
/// Keys are read in this order, whatever their order in the file, so that what depends on others comes after them.
enum SceneFormat {
  /// The document.
  static let scene: [FormatKey<SceneDraft>] = [
    // Words.
    FormatKey("title", "text", "one line: what the audience sees") { $2.title = $0.text($1, "title") },
    FormatKey("source", "text", "where the claim is from") { $2.source = $0.text($1, "source") },
    FormatKey("caption", "text", "one line under the picture") { $2.caption = $0.text($1, "caption") },
    FormatKey("notes", "text", "for the lecturer") { $2.notes = $0.text($1, "notes") },
    FormatKey("order", "a number", "the place in the course") { $2.order = $0.number($1, "order") },
    // What is run.
    FormatKey(
      "landscape",
      "ravine; {name: ravine, kappa: 100}; {formula: \"a*x^2 + y^2\", constants: {a: 2}, minima: [[0, 0]]}",
      "the loss: of the catalog, with constants, or a formula; a matrix problem takes a plane, too"
    ) { $2.landscape = $0.landscape($1) },
    FormatKey("window", "{x: [-2, 2], y: [-3, 3]}", "what is looked at") { $2.window = $0.window($1) },
    FormatKey("start", "[1, 10]", "where the runs start") {
      $2.startNode = $1
      $2.starts = $0.point($1, "start").map { [$0] }
    },
    FormatKey("starts", "[[1, 10], [2, 3]]", "several starts, each with every optimizer") {
      if $2.startNode != nil { $0.fail($2.startNode, "give 'start' or 'starts', not both") }
      $2.starts = $0.points($1, "starts")
      if $2.starts?.isEmpty == true { $0.fail($1, "starts must hold at least one point") }
    },
    FormatKey(
      "optimizers", "[sgd:lr=0.1, {use: \"adam:lr=0.1,beta2=0.9\", name: a, label: Adam, colour: 2}]",
      "the entries of the race: specs, or mappings with a name, a label, a colour from 1 to 9, on: false"
    ) {
      $2.isRacing = true
      $2.entries = $0.entries($1, on: $2.landscape)
    },
    FormatKey("steps", "400", "the budget in steps") { $2.budget.steps = $0.count($1, "steps") },
    FormatKey("evaluations", "400", "the budget in gradient evaluations, for each run") {
      $2.budget.evaluations = $0.count($1, "evaluations")
    },
    FormatKey("speed", "20", "steps a second when it plays") { $2.speed = $0.speed($1) },
    FormatKey("noise", "gaussian(sigma=1,batch=4)", "noise on every gradient") {
      $2.noise = $0.noise($1, dimension: $2.landscape?.dimension ?? 2)
    },
    FormatKey("seed", "7", "the seed of everything random") { $2.seed = $0.seed($1) },
    FormatKey(
      "changes", "[\"40:sgd.lr=0.01\", \"60:landscape.kappa=100\"]",
      "knobs turned during the run, before a step, as --change writes them"
    ) { $2.changes = $0.changes($1, $2) },
    // How it is looked at.
    FormatKey("view", "contour", "the view to open with") { $2.view = $0.view($1, $2) },
    FormatKey(
      "map", "{x: momentum.lr=1e-3:1:log, y: momentum.beta=0:0.99}", "the axes of the view 'map'"
    ) { $2.map = $0.map($1, $2) },
    FormatKey(
      "overlays", "[trail, arrows, axes]", "what is drawn over the picture; left out, the view decides"
    ) {
      $2.overlays = $0.overlays($1)
    },
    FormatKey("controls", "[sgd.lr, landscape.kappa]", "the only live knobs; all, if left out") {
      $2.controls = $0.controls($1, $2)
    },
    // What is taught.
    FormatKey("beats", "[{say: Watch the floor., until: 40}]", "what the lecturer goes through, key by key") {
      $2.beats = $0.beats($1, $2)
    },
    FormatKey("expect", "[sgd.diverged, adam.loss(400) < 1e-6]", "statements that are checked") {
      $2.expectations = $0.expectations($1, $2)
    },
  ]

  /// A landscape of the catalog; the names of its constants are keys, too.
  static let named: [FormatKey<LandscapeDraft>] = [
    FormatKey("name", "ravine", "a landscape of the catalog") { _, _, _ in },
    FormatKey("plane", "[W11, W22]", "the plane that is shown of more than two parameters") {
      $2.plane = $0.plane($1)
    },
  ]

  /// A landscape by formula.
  static let formula: [FormatKey<LandscapeDraft>] = [
    FormatKey("formula", "\"a*x^2 + y^2\"", "the loss, in x and y, constants, and the step t") {
      $2.formula = $0.text($1, "formula")
    },
    FormatKey("constants", "{a: 2, b: {value: 100, range: [1, 1000], scale: log}}", "named numbers: knobs") {
      $2.constants = $0.constants($1)
    },
    FormatKey("minima", "[[0, 0]]", "where the minima are known to be") {
      $2.minima = $0.points($1, "minima")
    },
    FormatKey("saddles", "[[0, 0]]", "where the saddles are known to be") {
      $2.saddles = $0.points($1, "saddles")
    },
  ]

  /// A constant of a formula.
  static let constant: [FormatKey<ConstantDraft>] = [
    FormatKey("value", "100", "its value") { $2.value = $0.number($1, $2.name) },
    FormatKey("range", "[1, 1000]", "the values it may take") { $2.range = $0.range($1, "range") },
    FormatKey("scale", "log", "how a slider divides the range: linear or log") {
      $2.scaleNode = $1
      $2.scale = $0.text($1, "scale")
    },
  ]

  /// A window.
  static let window: [FormatKey<WindowDraft>] = [
    FormatKey("x", "[-2, 2]", "from the left edge to the right") { $2.x = $0.side($1, "x") },
    FormatKey("y", "[-3, 3]", "from the bottom edge to the top") { $2.y = $0.side($1, "y") },
  ]

  /// An entry of the race.
  static let optimizer: [FormatKey<EntryDraft>] = [
    FormatKey("use", "\"adam:lr=0.1\"", "the optimizer with its settings") {
      $2.specNode = $1
      if let text = $0.text($1, "use") { $2.spec = $0.spec(text, $1) }
    },
    FormatKey("name", "heavy", "what scenes, axes and changes call it; its id, if left out") {
      $2.nameNode = $1
      $2.name = $0.text($1, "name")
    },
    FormatKey("label", "Heavy ball", "what the screen calls it") { $2.label = $0.text($1, "label") },
    FormatKey("colour", "2", "which of the nine colours it wears") {
      $2.colourNode = $1
      $2.colour = $0.count($1, "colour")
    },
    FormatKey("on", "false", "whether it takes part from the beginning") { $2.isOn = $0.toggle($1, "on") },
  ]

  /// The axes of a map.
  static let map: [FormatKey<MapDraft>] = [
    FormatKey("x", "momentum.lr=1e-3:1:log", "what is varied from left to right") {
      $2.x = $0.axis($1, "x", $2.context)
    },
    FormatKey("y", "momentum.beta=0:0.99", "what is varied from bottom to top") {
      $2.y = $0.axis($1, "y", $2.context)
    },
  ]

  /// A beat. Effects happen in the order: set, restart, view, blind; a question waits; then it plays until a step.
  static let beat: [FormatKey<BeatDraft>] = [
    FormatKey(
      "set", "{sgd.lr: 0.021, landscape.kappa: 100, adam.on: true}", "knobs to turn, entries to switch"
    ) {
      $2.beat.settings = $0.settings($1, $2.context)
    },
    FormatKey("restart", "true", "begins again at step 0, with the knobs as they are") {
      $2.beat.restarts = $0.toggle($1, "restart") ?? false
    },
    FormatKey("view", "slice", "the view to change to") { $2.beat.view = $0.view($1, $2.context) },
    FormatKey("blind", "true", "hides the names of the entries, or shows them again") {
      $2.beat.isBlind = $0.toggle($1, "blind")
    },
    FormatKey("say", "text", "the caption from here on") { $2.beat.say = $0.text($1, "say") },
    FormatKey("ask", "text", "a question to the class; the run waits for it") {
      $2.ask = $0.text($1, "ask")
    },
    FormatKey("choices", "[It is faster, It diverges]", "two to nine answers to choose from") {
      $2.choicesNode = $1
      $2.choices = $0.choices($1)
    },
    FormatKey("answer", "2", "which of the choices is right, from 1") {
      $2.answerNode = $1
      $2.answer = $0.count($1, "answer")
    },
    FormatKey("until", "40", "plays to this step") {
      $2.untilNode = $1
      $2.beat.until = $0.count($1, "until")
    },
    FormatKey("notes", "text", "for the lecturer") { $2.beat.notes = $0.text($1, "notes") ?? "" },
  ]
}

/// What has been read of a scene so far.
struct SceneDraft {
  var title: String?
  var source: String?
  var caption: String?
  var notes: String?
  var order: Double?
  /// Nil as long as it is not known, or wrong.
  var landscape: Landscape?
  var window: Window?
  var startNode: Node?
  var starts: [Point]?
  /// Whether the document says anything about entries.
  var isRacing = false
  /// Nil as long as they are not known, or one of them is wrong.
  var entries: [Entry]?
  var budget = Budget()
  var speed: Double?
  var noise = Noise.none
  var seed: UInt64?
  var changes: [Change] = []
  var view: ViewName?
  var map: MapAxes?
  var overlays: [Overlay]?
  var controls: [KnobPath]?
  var beats: [Beat] = []
  var expectations: [Expectation] = []

  /// What is run, as far as it matters to names and ranges; nil if that is not known.
  var experiment: Experiment? {
    guard let landscape, let entries else { return nil }
    let starts = starts.flatMap { $0.isEmpty ? nil : $0 }
    return Experiment(
      landscape: landscape, window: window, entries: entries, starts: starts, budget: budget, noise: noise,
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
    return Scene(
      name: name, title: title ?? landscape.title, source: source ?? "", caption: caption ?? landscape.watch,
      notes: notes ?? "", order: order,
      experiment: experiment,
      speed: speed ?? Scene.defaultSpeed, view: view ?? .contour, map: map, overlays: overlays,
      controls: controls, beats: beats, expectations: expectations)
  }
}

/// What has been read of a landscape.
struct LandscapeDraft {
  var plane: String?
  var formula: String?
  var constants: [Constant] = []
  var minima: [Point]?
  var saddles: [Point]?
}

/// What has been read of a constant.
struct ConstantDraft {
  let name: String
  var value: Double?
  var range: ClosedRange<Double>?
  var scaleNode: Node?
  var scale: String?
}

/// What has been read of a window.
struct WindowDraft {
  var x: ClosedRange<Double>?
  var y: ClosedRange<Double>?
}

/// What has been read of an entry.
struct EntryDraft {
  var specNode: Node?
  var spec: OptimizerSpec?
  var nameNode: Node?
  var name: String?
  var label: String?
  var colourNode: Node?
  var colour: Int?
  var isOn: Bool?
}

/// What has been read of the axes of a map.
struct MapDraft {
  let context: SceneDraft
  var x: Axis?
  var y: Axis?
}

/// What has been read of a beat.
struct BeatDraft {
  let context: SceneDraft
  var beat = Beat()
  var ask: String?
  var choicesNode: Node?
  var choices: [String]?
  var answerNode: Node?
  var answer: Int?
  var untilNode: Node?
}
