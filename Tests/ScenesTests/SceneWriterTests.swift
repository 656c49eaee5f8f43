import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Testing
import TestSupport

@testable import Scenes

/// A scene that is written reads back as the identical scene.
struct SceneWriterTests {
  private func reread(_ scene: Scene) throws -> Scene {
    do {
      return try SceneLibrary.scene(of: scene.document, file: "s.yaml", name: scene.name)
    } catch {
      Issue.record("\(error)\n\(scene.document)")
      throw error
    }
  }

  @Test(arguments: SceneLibrary().names) func bundledScenesReadBack(_ name: String) throws {
    let scene = try SceneLibrary().scene(name)
    let again = try reread(scene)
    #expect(again == scene, "\(scene.document)")
    #expect(again.document == scene.document)
  }

  /// Comments for whoever opens the file: what it is, and the same run from a shell.
  @Test func theDocumentIsCommented() throws {
    var scene = try SceneLibrary().scene("ravine")
    scene.experiment.changes = [Change(step: 40, target: .entry(name: "adam", key: "lr"), value: 0.01)]
    let lines = scene.document.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines[0].hasPrefix("# A scene of Descent."))
    #expect(lines[2] == "#   \(scene.experiment.replayLine(steps: 400))")
    #expect(lines[2].contains("--change 40:adam.lr=0.01") && lines.contains("  - \"40:adam.lr=0.01\""))
    #expect(lines.filter { $0.hasPrefix("# ") }.count == 6)
    #expect(lines.last?.isEmpty == true && lines.allSatisfy { !$0.hasSuffix(" ") })
    #expect(try reread(scene) == scene)
  }

  /// A budget in evaluations alone is no run of no steps.
  @Test func theReplayLineRunsToTheEnd() throws {
    let scene = try scene("landscape: bowl\noptimizers: [sgd]\nevaluations: 70\n")
    #expect(scene.document.contains("--steps 70 --evaluations 70"))
    #expect(try reread(scene) == scene)
  }

  /// A formula over several lines does not break out of its comment.
  @Test func commentsAreOneLineEach() throws {
    let scene = try scene("landscape: {formula: \"x^2\\n+ y^2\"}\noptimizers: [sgd]\ntitle: \"a\\nb: c\"\n")
    #expect(scene.experiment.landscape.text == "x^2\n+ y^2")
    #expect(try reread(scene) == scene)
  }

  @Test func savingKeepsWhatStillHolds() throws {
    let scene = try scene(
      """
      landscape: ravine
      optimizers: [sgd, {use: adam, name: second}]
      steps: 10
      map: {x: second.lr=0.01:1, y: sgd.lr=0.01:1}
      controls: [sgd.lr, second.lr]
      beats: [{say: Hello}]
      expect: [not sgd.diverged]
      """)
    let same = scene.saved(as: "mine", experiment: scene.experiment, view: .slice)
    #expect(same.name == "mine" && same.view == .slice && same.beats == scene.beats)
    #expect(same.expectations == scene.expectations && same.map == scene.map)
    var other = scene.experiment
    other.entries.removeLast()
    let changed = scene.saved(as: "mine", experiment: other, view: .contour)
    #expect(changed.beats.isEmpty && changed.expectations.isEmpty && changed.map == nil)
    #expect(changed.controls == [.entry(name: "sgd", key: "lr")])
    #expect(try reread(changed) == changed)
  }

  /// Rules are written with the scene, those that no entry is of, too.
  @Test func rulesReadBack() throws {
    let scene = try scene(
      """
      landscape: bowl
      rules:
        - "heavy(lr=0.01, beta=0.9): v := 0; v = beta*v + g; x = x - lr*v"
        - |
          other(lr=0.1):
            x = x - lr*g
      optimizers: [heavy:lr=0.02, {use: "lookahead(heavy):k=3", label: Ahead}]
      steps: 10
      expect:
        - heavy.loss(10) < heavy.loss(0)
        - with(heavy="other:lr=0.1", heavy.loss(10) < heavy.loss(0))
      """)
    #expect(scene.experiment.rules.map(\.name) == ["heavy", "other"])
    #expect(scene.experiment.entries[0].spec.rule?.name == "heavy")
    #expect(scene.document.contains("rules:") && scene.document.contains("--rule 'heavy("))
    let again = try reread(scene)
    #expect(again == scene && again.document == scene.document)
  }

  /// Scenes drawn at random: any landscape, any knob, any text.
  @Test func randomScenesReadBack() throws {
    var random = SplitMix64(state: 2)
    for number in 0..<200 {
      var scene = try Self.randomScene(number, &random)
      // A title of nothing is none.
      if scene.title.isEmpty { scene.title = scene.experiment.landscape.title }
      let again = try reread(scene)
      #expect(again == scene, "\(scene.document)")
    }
  }

  private static let texts = [
    "plain", "with: colon", "# not a comment", "trailing ", " leading", "", "a \"quoted\" word", "it's",
    "η ≤ 2/L",
    "two\nlines\n", "tab\there", "yes", "null", "1e5", "- dash", "[list]", "{map}", "ends:", "100%",
    "back\\slash",
    "\u{202e}override", "\u{1b}[31m", "é😀", "a #b", "~", "*star", "&and", "!bang", "|", ">", "@at", "`tick`",
    "\u{2028}", "a\u{feff}b", "\u{e000}", "a, b", "?", ":", "x:y", "0x10", "nul\u{0}",
  ]

  private static func randomScene(_ number: Int, _ random: inout SplitMix64) throws -> Scene {
    func text(_ random: inout SplitMix64) -> String { texts.randomElement(using: &random)! }
    let all = LandscapeCatalog.all.filter { !$0.id.hasSuffix("-mlp") }
    var landscape = all[number % all.count]
    if let plane = landscape.planeChoices.randomElement(using: &random), Bool.random(using: &random) {
      landscape = try landscape.showing(plane: plane)
    }
    for constant in landscape.constants where Bool.random(using: &random) {
      let value = Double.random(in: constant.range, using: &random)
      landscape = try landscape.setting(constant.name, to: constant.kind == .real ? value : value.rounded())
    }
    if number % 7 == 0 {
      landscape = try Landscape(
        formula: "a*x^2 + y^2/b",
        constants: [
          Constant(name: "a", value: Double.random(in: 0.1...9, using: &random)),
          Constant(name: "b", value: 3, range: 1...100, scale: .log),
        ], minima: [Point(0, 0), Point(0.1, -1e-9)], saddles: [Point(2, 2)])
    }
    var entries: [Entry] = []
    for _ in 0..<Int.random(in: 1...9, using: &random) {
      var spec = try OptimizerSpec(
        [
          "sgd", "adam:schedule=warmup(5)>cosine(20)", "muon", "lookahead(sam(momentum)):k=3", "newton",
          "ema-momentum",
        ]
        .randomElement(using: &random)!)
      for knob in spec.knobs where Int.random(in: 0..<4, using: &random) == 0 {
        spec.set(knob.key, to: knob.value(atFraction: Double.random(in: 0...1, using: &random)))
      }
      let isOwn = Bool.random(using: &random)
      entries.append(
        Entry(
          spec: spec, name: isOwn ? "own\(entries.count)" : Entry.freeName(for: spec, among: entries),
          label: Bool.random(using: &random) ? text(&random) : Entry.freeLabel(for: spec, among: entries),
          colour: Int.random(in: 0..<9, using: &random), isOn: Bool.random(using: &random)))
    }
    let targets =
      entries.flatMap { entry in entry.spec.knobs.map { KnobPath.entry(name: entry.name, key: $0.key) } }
      // What makes another problem is not turned while a run is on.
      + landscape.constants.filter { !$0.isFixed }.map { KnobPath.landscape(constant: $0.name) }
    func value(_ target: KnobPath, _ random: inout SplitMix64) -> Double {
      let fraction = Double.random(in: 0...1, using: &random)
      switch target {
      case .landscape(let name):
        let range = landscape.constant(name)!.range
        return min(range.upperBound, range.lowerBound + fraction * (range.upperBound - range.lowerBound))
      case .entry(let name, let key):
        let spec = entries.first { $0.name == name }!.spec
        return spec.knobs.first { $0.key == key }!.value(atFraction: fraction)
      }
    }
    var changes: [Change] = []
    for step in 1..<Int.random(in: 1...4, using: &random) {
      let target = targets.randomElement(using: &random)!
      changes.append(Change(step: step, target: target, value: value(target, &random)))
    }
    let x = Double.random(in: -5...5, using: &random)
    let window = Window(x: x...(x + Double.random(in: 0.1...9, using: &random)), y: -1.5...2e3)
    let experiment = Experiment(
      landscape: landscape, window: Bool.random(using: &random) ? window : nil, entries: entries,
      starts: (0..<Int.random(in: 1...3, using: &random)).map { _ in
        Point(x, Double.random(in: -2...2, using: &random))
      },
      budget: Budget(
        steps: 100 + Int.random(in: 0...9, using: &random),
        evaluations: Bool.random(using: &random) ? 77 : nil),
      noise: Bool.random(using: &random) ? try Noise("gaussian(sigma=0.3,batch=4)") : .none,
      seed: UInt64.random(in: 0 ... .max, using: &random), changes: changes)
    var settings: [Beat.Setting] = []
    for target in targets.shuffled(using: &random).prefix(2) {
      settings.append(.knob(target, value(target, &random)))
    }
    settings.append(.entry(entries[0].name, isOn: Bool.random(using: &random)))
    let beats = [
      Beat(settings: settings, restarts: true, view: .twin, isBlind: false, say: text(&random), until: 40),
      Beat(
        say: text(&random),
        question: Beat.Question(text(&random), choices: [text(&random), text(&random)], answer: 2),
        notes: text(&random)), Beat(question: Beat.Question(text(&random))), Beat(),
    ]
    let statement = "not \(entries[0].name).diverged or \"a\" == 'b'"
    let expectation = Expectation(statement, file: "", line: 1, column: 1) {
      [entries, landscape] () throws(ExpectationError) in
      try ExpectationParser.statement(
        statement, entries: entries, landscape: landscape, starts: 1, steps: nil)
    }
    return Scene(
      name: "random-\(number)", title: text(&random), source: text(&random), caption: text(&random),
      notes: text(&random),
      order: Bool.random(using: &random) ? Double.random(in: 0...9, using: &random) : nil,
      experiment: experiment, speed: Double.random(in: 0.1...100, using: &random),
      view: ViewName.allCases.filter { $0 != .difference }.randomElement(using: &random)!,
      map: Bool.random(using: &random)
        ? MapAxes(
          x: Bool.random(using: &random)
            ? try Axis("start.x", in: experiment) : try Axis("start.x=-1.5:2", in: experiment),
          y: try Axis.suggested(for: entries[0].spec.knobs[0].key, of: entries[0], in: experiment)) : nil,
      overlays: Bool.random(using: &random) ? [.trail, .ball] : nil,
      controls: Bool.random(using: &random) ? Array(targets.prefix(3)) : nil, beats: beats,
      expectations: [expectation])
  }
}
