import Experiments
import Landscapes
import OptimizerCore
import Testing

@testable import Scenes

/// What the beats of a lecture show, as a function of the scene alone.
struct StageTests {
  private static let head = """
    landscape: {name: ravine, kappa: 100}
    start: [1, 10]
    optimizers: ["sgd:lr=0.018", "momentum:lr=0.018,beta=0.7"]
    steps: 100
    caption: At first.
    beats:

    """

  @Test func everyKeyOfABeatArrives() throws {
    let scene = try scene(
      Self.head + """
          - set: {sgd.lr: 0.02, landscape.kappa: 50, momentum.on: false}
            restart: true
            view: slice
            blind: true
            say: Look.
            ask: What now?
            choices: [This, "That, too"]
            answer: 2
            until: 40
            notes: Wait.
          - {ask: And why?}
        """)
    let lr = KnobPath.entry(name: "sgd", key: "lr")
    #expect(
      scene.beats == [
        Beat(
          settings: [
            .knob(lr, 0.02), .knob(.landscape(constant: "kappa"), 50), .entry("momentum", isOn: false),
          ], restarts: true, view: .slice, isBlind: true, say: "Look.",
          question: Beat.Question("What now?", choices: ["This", "That, too"], answer: 2), until: 40,
          notes: "Wait."), Beat(question: Beat.Question("And why?")),
      ])
    #expect(scene.opening.caption == "At first." && scene.opening.step == 0 && scene.opening.until == 0)
    let first = scene.stage(0)
    #expect(first.experiment.entries[0].spec.setting("lr") == 0.02 && !first.experiment.entries[1].isOn)
    #expect(first.experiment.landscape.constant("kappa")?.value == 50 && first.experiment.changes.isEmpty)
    #expect(first.step == 0 && first.until == 40 && first.view == .slice && first.isBlind)
    #expect(first.caption == "Look." && first.question?.answer == 2)
    let second = scene.stage(1)
    // What is not said stays; a question does not.
    #expect(second.step == 40 && second.until == 40 && second.view == .slice && second.isBlind)
    #expect(second.caption == "Look." && second.question == Beat.Question("And why?"))
    #expect(second.experiment == first.experiment)
  }

  /// The same as turning the knobs by hand at the same places.
  @Test func beatsDoWhatHandsWouldDo() throws {
    let scene = try scene(
      Self.head + """
          - {until: 10}
          - {set: {sgd.lr: 0.01}, until: 30}
          - {set: {landscape.kappa: 50, sgd.lr: 0.01}, until: 50}
          - {restart: true, set: {momentum.beta: 0.9}, until: 20}
          - {set: {momentum.beta: 0.5}}
        """)
    let sgd = KnobPath.entry(name: "sgd", key: "lr")
    let kappa = KnobPath.landscape(constant: "kappa")
    var race = Race(scene.experiment)
    race.seek(to: 10)
    #expect(scene.stage(0).experiment == race.experiment)
    race.turn(entry: 0, key: "lr", to: 0.01)
    #expect(scene.stage(1).experiment == race.experiment)
    #expect(race.experiment.changes == [Change(step: 11, target: sgd, value: 0.01)])
    race.seek(to: 30)
    race.turn(constant: "kappa", to: 50)
    race.turn(entry: 0, key: "lr", to: 0.01)
    #expect(scene.stage(2).experiment == race.experiment)
    #expect(
      scene.stage(2).step == 30 && race.experiment.changes.last == Change(step: 31, target: kappa, value: 50))
    race.seek(to: 50)
    race.rerun()
    race.turn(entry: 1, key: "beta", to: 0.9)
    #expect(scene.stage(3).experiment == race.experiment && scene.stage(3).step == 0)
    race.seek(to: 20)
    race.turn(entry: 1, key: "beta", to: 0.5)
    #expect(scene.stage(4).experiment == race.experiment)
  }

  /// A knob turned at the start does away with what waited for the same run later, as by hand.
  @Test func settingsAtTheStartReplaceLaterChanges() throws {
    let head =
      "changes: [\"1:momentum.beta=0.5\", \"5:sgd.lr=0.001\", \"7:momentum.lr=0.001\", \"9:landscape.kappa=7\"]\n"
      + Self.head
    for (set, knob) in [("sgd.lr: 0.015", 0), ("landscape.kappa: 20", 1)] {
      let scene = try scene(head + "  - {set: {\(set)}}\n")
      #expect(scene.experiment.changes.count == 4)
      var race = Race(scene.experiment)
      if knob == 0 { race.turn(entry: 0, key: "lr", to: 0.015) } else { race.turn(constant: "kappa", to: 20) }
      #expect(scene.stage(0).experiment == race.experiment)
    }
  }

  @Test func aStageIsAFunctionOfTheSceneAlone() throws {
    for name in SceneLibrary().names {
      let scene = try SceneLibrary().scene(name)
      for index in scene.beats.indices.reversed() {
        let stage = scene.stage(index)
        #expect(stage == scene.stage(index) && stage.until >= stage.step)
        if let steps = scene.experiment.budget.steps { #expect(stage.until <= steps) }
      }
    }
  }

  @Test func onlyControlsAreLive() throws {
    let lr = KnobPath.entry(name: "sgd", key: "lr")
    let free = try scene("landscape: ravine\noptimizers: [sgd]\n")
    #expect(free.controls == nil && free.isLive(lr))
    let held = try scene("landscape: ravine\noptimizers: [sgd]\ncontrols: [landscape.kappa]\n")
    #expect(!held.isLive(lr) && held.isLive(.landscape(constant: "kappa")))
    #expect(try scene("landscape: ravine\noptimizers: [sgd]\ncontrols: []\n").controls == [])
  }

  /// What a beat says of the run and of the look holds until another says otherwise.
  @Test func aBeatSetsTheRunAndTheLook() throws {
    let scene = try scene(
      "overlays: [trail]\nselect: momentum\ncurve: distance\n" + Self.head + """
          - {until: 10}
          - {restart: true, start: [2, 3], noise: gaussian(sigma=1), seed: 9, view: fan, select: sgd, until: 20}
          - {window: {x: [0, 1], y: [2, 4]}, overlays: [field], curve: {of: loss, axes: log-log}}
        """)
    let (first, second, third) = (scene.stage(0), scene.stage(1), scene.stage(2))
    #expect(first.overlays == [.trail] && first.selected == "momentum" && first.window == nil)
    #expect(first.curve == CurveChoice(.distance) && first.experiment == scene.experiment)
    #expect(second.experiment.starts == [Point(2, 3)] && second.experiment.seed == 9)
    #expect(second.experiment.noise.description == "gaussian(sigma=1)" && second.selected == "sgd")
    #expect(second.step == 0 && second.view == .fan)
    #expect(third.window == Window(x: 0...1, y: 2...4) && third.overlays == [.field] && third.step == 20)
    #expect(third.curve == CurveChoice(.loss, axes: .logLog) && third.experiment == second.experiment)
  }
}
