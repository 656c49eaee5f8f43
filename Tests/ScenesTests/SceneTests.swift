import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Testing

@testable import Scenes

/// Documents that are right.
struct SceneTests {
  @Test func everyKeyArrives() throws {
    let scene = try scene(
      """
      title: One learning rate
      source: Ch. 4
      caption: Watch the floor.
      notes: |
        First line.
        Second line.
      order: 2.5
      landscape: {name: ravine, kappa: 100}
      window: {x: [-2, 2], y: [-3, 12.5]}
      starts: [[1, 10], [-1, 2]]
      optimizers:
        - sgd:lr=0.018
        - {use: "momentum:lr=0.018,beta=0.7", name: heavy, label: Heavy ball, colour: 5, on: false}
        - sgd
      changes: ["60:landscape.kappa=50", "40:heavy.beta=0.5", "40:sgd2.lr=1e-3"]
      noise: gaussian(sigma=0.5)
      view: map
      map: {x: "heavy.lr=1e-3:1:log", y: start.y=-1:1}
      overlays: [axes, trail]
      controls: [sgd.lr, landscape.kappa]
      beats: [{say: Watch the floor., until: 40}]
      expect: [not sgd.diverged]
      steps: 400
      evaluations: 900
      speed: 40
      seed: 7
      """)
    #expect(scene.name == "s")
    #expect(
      scene.title == "One learning rate" && scene.source == "Ch. 4" && scene.caption == "Watch the floor.")
    #expect(scene.notes == "First line.\nSecond line.\n" && scene.order == 2.5 && scene.speed == 40)
    let experiment = scene.experiment
    #expect(experiment.landscape.id == "ravine" && experiment.landscape.constant("kappa")?.value == 100)
    #expect(experiment.window == Window(x: -2...2, y: -3...12.5))
    #expect(experiment.starts == [Point(1, 10), Point(-1, 2)])
    #expect(experiment.budget == Budget(steps: 400, evaluations: 900) && experiment.seed == 7)
    #expect(experiment.entries.map(\.name) == ["sgd", "heavy", "sgd2"])
    #expect(experiment.entries.map(\.label) == ["SGD", "Heavy ball", "SGD 2"])
    #expect(experiment.entries.map(\.colour) == [0, 4, 2])
    #expect(
      experiment.entries.map(\.spec.description) == ["sgd:lr=0.018", "momentum:lr=0.018,beta=0.7", "sgd"])
    #expect(experiment.entries.map(\.isOn) == [true, false, true])
    let kappa = KnobPath.landscape(constant: "kappa")
    // By step, those of one step in the order given.
    #expect(
      experiment.changes == [
        Change(step: 40, target: .entry(name: "heavy", key: "beta"), value: 0.5),
        Change(step: 40, target: .entry(name: "sgd2", key: "lr"), value: 1e-3),
        Change(step: 60, target: kappa, value: 50),
      ])
    #expect(experiment.noise == (try Noise("gaussian(sigma=0.5)")))
    #expect(scene.view == .map && scene.overlays == [.axes, .trail])
    #expect(scene.map?.x == (try Axis("heavy.lr=1e-3:1:log", in: experiment)))
    #expect(scene.map?.y == (try Axis("start.y=-1:1", in: experiment)))
    #expect(scene.controls == [.entry(name: "sgd", key: "lr"), kappa])
    #expect(scene.beats == [Beat(say: "Watch the floor.", until: 40)])
    #expect(scene.expectations.map(\.text) == ["not sgd.diverged"])
  }

  @Test func theLeastSceneTakesTheRestFromItsLandscape() throws {
    let scene = try scene("landscape: bowl\noptimizers: [sgd]\n")
    let bowl = try #require(LandscapeCatalog.named("bowl"))
    #expect(scene.title == bowl.title && scene.caption == bowl.watch && scene.speed == Scene.defaultSpeed)
    #expect(scene.experiment.window == bowl.window && scene.experiment.starts == [bowl.start])
    #expect(scene.experiment.budget == Budget() && scene.experiment.changes.isEmpty)
    #expect(scene.view == .contour && scene.map == nil && scene.overlays == nil && scene.controls == nil)
    #expect(scene.beats.isEmpty && scene.expectations.isEmpty)
  }

  @Test func formulasWithConstantsAndMinima() throws {
    let scene = try scene(
      """
      landscape:
        formula: "a*(x-1)^2 + b*y^2"
        constants: {a: 1, b: {value: 100, range: [1, 1000], scale: log}}
        minima: [[1, 0]]
      start: [3, 4]
      optimizers: [sgd, "lookahead(adam:lr=0.1,beta2=0.9):k=3,alpha=0.4"]
      """)
    let landscape = scene.experiment.landscape
    #expect(landscape.minima == [Point(1, 0)])
    #expect(landscape.constants.map(\.value) == [1, 100] && landscape.constants[1].range == 1...1000)
    #expect(landscape.constants[1].scale == .log)
    #expect(landscape.value(at: Point(2, 2)) == 401)
    #expect(scene.experiment.starts == [Point(3, 4)])
    #expect(scene.experiment.entries[1].spec.setting("base.beta2") == 0.9)
  }

  /// The default range of a constant has no end that is not a number, however large or small it is.
  @Test(arguments: ["1e-322", "1e308", "-1e308", "0", "-1e-322"]) func extremeConstants(value: String) throws
  {
    let scene = try scene("landscape: {formula: a*x, constants: {a: \(value)}}\noptimizers: [sgd]\n")
    let range = try #require(scene.experiment.landscape.constant("a")).range
    #expect(range.lowerBound.isFinite && range.upperBound.isFinite)
    #expect(range.contains(try #require(Double(value))))
  }

  @Test func marksAliasesAndLineEndsOfOthersAreFine() throws {
    #expect(try scene("\u{feff}landscape: bowl\noptimizers: [sgd]\n").experiment.landscape.id == "bowl")
    #expect(try scene("landscape: bowl\r\noptimizers: [sgd]\r\nsteps: 3\r\n").experiment.budget.steps == 3)
    #expect(try scene("landscape: &name bowl\ntitle: *name\noptimizers: [sgd]\n").title == "bowl")
    #expect(try scene("# a comment\n---\nlandscape: bowl\noptimizers: [sgd]\n...\n").title == "Bowl")
    let prose = (0..<50).map { "2 *x\($0) & y" }.joined(separator: " ")
    #expect(try scene("landscape: bowl\noptimizers: [sgd]\ncaption: \(prose)\n").caption == prose)
  }

  @Test(arguments: ["bowl", "ravine", "saddle", "plateau"]) func bundledScenesKeepTheirPromise(name: String)
    throws
  {
    let scene = try SceneLibrary().scene(name)
    #expect(scene.name == name && !scene.title.isEmpty && !scene.caption.isEmpty)
    let steps = try #require(scene.experiment.budget.steps)
    var race = Race(scene.experiment)
    race.seek(to: steps)
    let outcomes = Dictionary(
      uniqueKeysWithValues: race.runs.map {
        ($0.entry.name, $0.outcome(on: race.landscape, in: scene.experiment.window))
      })
    for (entry, outcome) in outcomes {
      #expect(outcome.name != "diverged" && outcome.name != "growing", "\(entry) \(outcome.words)")
    }
    // Who arrives, who does not: what the captions say.
    let converged = Set(outcomes.filter { $0.value.name == "converged" }.keys)
    switch name {
    case "bowl": #expect(converged.isSuperset(of: ["sgd", "momentum", "newton"]))
    case "ravine": #expect(converged.isSuperset(of: ["momentum", "newton"]))
    case "saddle":
      #expect(outcomes["newton"]?.name == "saddle")
      #expect(converged.isSuperset(of: ["sgd", "momentum"]))
    default:
      race.seek(to: 100)
      #expect(race.run(entry: 0).loss > 0.99, "plain descent waits")
      for entry in 1..<4 { #expect(race.run(entry: entry).loss < 0.02, "the others walk") }
    }
  }

  /// The documents in the binary are those of the folder.
  @Test func theBundleIsTheFolder() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "scenes")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".yaml")
    }
    #expect(Set(SceneLibrary().names) == Set(names.map { String($0.dropLast(5)) }))
    for name in SceneLibrary().names {
      let path = folder.appending(path: "\(name).yaml").path
      let bundled = try SceneLibrary().scene(name)
      let read = try SceneLibrary().scene(path)
      #expect(bundled == read)
    }
  }
}
