import Canvas
import Experiments
@testable import Explorer
import Landscapes
import OptimizerCore
import Scenes
import Testing

/// What a session begins with, and what undo brings back of it.
@Suite struct SessionTests {
  private func specs(_ explorer: Explorer) -> [String] {
    explorer.race.experiment.entries.map { $0.spec.description }
  }

  /// The settings of the bowl's entries, fitted to another landscape.
  private func fitted() throws -> [String] {
    var explorer = try explorer("bowl")
    explorer.type("L rosenbrock Enter")
    return specs(explorer)
  }

  @Test func ratesAreFittedAgainAfterUndo() throws {
    var explorer = try explorer("bowl")
    let before = specs(explorer)
    explorer.type("L rosenbrock Enter u")
    #expect(specs(explorer) == before)

    explorer.type("L rosenbrock Enter")
    #expect(try specs(explorer) == fitted())
    #expect(try fitted() != before)
  }

  @Test func ratesAreFittedAgainAfterBackspace() throws {
    var explorer = try explorer("bowl")
    explorer.type("L rosenbrock Enter Backspace L rosenbrock Enter")

    #expect(try specs(explorer) == fitted())
  }

  @Test func ratesAreFittedInALecture() throws {
    var explorer = Explorer(
      lecture: [try scene("bowl")], appearance: Appearance(depth: .direct), width: 120, height: 36)
    explorer.type("L rosenbrock Enter")

    #expect(try specs(explorer) == fitted())
  }

  @Test(arguments: [false, true]) func ratesAreNotFittedWhereASceneNamesItsControls(_ isLecture: Bool) throws
  {
    var scene = try scene("bowl")
    scene.controls = []
    let appearance = Appearance(depth: .direct)
    var explorer =
      isLecture
      ? Explorer(lecture: [scene], appearance: appearance, width: 120, height: 36)
      : Explorer(scene: scene, appearance: appearance, width: 120, height: 36)
    let before = specs(explorer)
    explorer.type("L rosenbrock Enter")

    #expect(specs(explorer) == before)
  }

  @Test func aTurnedRateIsNotFittedAfterUndoOfTheLandscape() throws {
    var explorer = try explorer("bowl")
    explorer.type("Right")
    let turned = explorer.race.experiment.entries[0].spec
    explorer.type("L rosenbrock Enter u L rosenbrock Enter")

    #expect(explorer.race.experiment.entries[0].spec == turned)
  }

  @Test func undoOfBackspaceBringsBackHowTheRaceIsLookedAt() throws {
    var explorer = try explorer()
    explorer.type("N ] ] O * C v")
    let before = explorer.session
    explorer.type("Backspace")
    #expect(explorer.speed == explorer.scene.speed)
    #expect(explorer.openView == .contour)
    #expect(explorer.curveQuantity == .loss)

    explorer.type("u")
    #expect(explorer.speed == before.speed)
    #expect(explorer.overlays == before.overlays)
    #expect(explorer.openView == .surface)
    #expect(explorer.isSpotlit)
    #expect(explorer.curveQuantity == before.curveQuantity)
    #expect(explorer.race.step == before.race.step)

    explorer.type("U")
    #expect(explorer.openView == .contour)
    #expect(explorer.speed == explorer.scene.speed)
  }

  @Test func backspaceRevealsAndItsUndoHidesAgain() throws {
    var explorer = try explorer()
    explorer.type("B Backspace")
    #expect(!explorer.isBlind)

    explorer.type("u")
    #expect(explorer.isBlind)
    #expect(explorer.shows(Explorer.blindTitle))
  }

  @Test func undoOfAKnobLeavesHowTheRaceIsLookedAt() throws {
    var explorer = try explorer()
    explorer.type("Right ] O v")
    let before = explorer.session
    explorer.type("u")

    #expect(explorer.race.experiment == explorer.scene.experiment)
    #expect(explorer.speed == before.speed)
    #expect(explorer.overlays == before.overlays)
    #expect(explorer.openView == .surface)
  }

  /// A new part of the state is brought back by undo, or stands in the table with the reason why not.
  @Test func undoKeepsEveryPartOrSaysWhyNot() throws {
    let session = Session(try scene("ravine"))
    func names(_ value: Any) -> Set<String> { Set(Mirror(reflecting: value).children.compactMap(\.label)) }
    let left = Set(Memento.left.map(\.field))
    let kept = names(Memento(session)).subtracting(["experiment", "step"]).union(["race"])

    #expect(kept.isDisjoint(with: left))
    #expect(names(session) == kept.union(left))
    #expect(Memento.left.allSatisfy { !$0.why.isEmpty })
  }

  /// The application is a value: what becomes of a copy is no concern of the one copied.
  @Test func aCopyGoesItsOwnWay() throws {
    var explorer = try explorer()
    explorer.type("N O C C C g F")
    _ = explorer.frame()
    let before = explorer.frame().rows

    var copy = explorer
    copy.type("Right N L rosenbrock Enter N e")
    copy.handle(.resize(width: 80, height: 24))
    _ = copy.frame()

    #expect(explorer.frame().rows == before)
    // What can be clicked is what the one copied has shown.
    let area = explorer.plotArea
    explorer.handle(.mouse(Mouse(.press, x: area.x + 3, y: area.y + 3)))
    #expect(explorer.race.experiment.starts != explorer.scene.experiment.starts)
  }
}
