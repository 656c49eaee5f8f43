import Canvas
import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// What scenes and beats say of the look arrives on the screen.
@Suite struct StagingTests {
  private func lecture(_ beats: String, more: String = "") throws -> Explorer {
    let scene = try SceneLibrary.scene(
      of: """
        landscape: bowl
        start: [-2, 1.5]
        optimizers: [sgd:lr=0.1, adam:lr=0.1]
        steps: 100
        \(more)
        beats:
        \(beats)
        """, file: "s.yaml", name: "s")
    return Explorer(lecture: [scene], appearance: Appearance(depth: .direct), width: 120, height: 36)
  }

  @Test func aBeatSelectsFramesAndDraws() throws {
    var explorer = try lecture(
      """
        - {say: One, select: adam, overlays: [arrows], curve: {of: step-length, axes: log-log, against: evaluations}}
        - {say: Two, window: {x: [-1, 1], y: [-2, 2]}}
      """)
    #expect(explorer.selectedEntry == 0 && explorer.overlays == Overlay.usual && explorer.curveAxes == .log)
    explorer.type("PageDown")
    #expect(explorer.selectedEntry == 1 && explorer.overlays == [.arrows])
    #expect(
      explorer.curveQuantity == .stepLength && explorer.curveAxes == .logLog && explorer.curveByEvaluations)
    #expect(explorer.isAtBeat)
    explorer.type("PageDown")
    #expect(
      explorer.window == Window(x: -1...1, y: -2...2) && explorer.isAtBeat && explorer.selectedEntry == 1)
    explorer.type("PageUp PageUp")
    #expect(explorer.selectedEntry == 0 && explorer.overlays == Overlay.usual && explorer.curveAxes == .log)
  }

  /// The view opens the fan of the entry that is selected, and leaving it closes the fan.
  @Test func aSceneOpensTheFan() throws {
    var explorer = try lecture(
      "  - {view: fan, select: adam, until: 30}\n  - {view: contour}\n", more: "noise: gaussian(sigma=1)")
    explorer.type("PageDown PageDown PageDown")
    #expect(explorer.openView == .contour && explorer.fan.count == nil)
    explorer.type("PageUp")
    explorer.type("End")
    explorer.finishWork(while: nil)
    _ = explorer.frame()
    #expect(explorer.openView == .fan && explorer.fan.count == FanDisplay.usual)
    #expect(explorer.shownFan?.entry == 1)
    explorer.type("F")
    #expect(explorer.openView == .contour && explorer.fan.count == nil)
  }

  @Test func aFanWithoutNoiseSaysWhyNot() throws {
    let explorer = try lecture("  - {say: x}\n")
    #expect(explorer.obstacle(to: ViewName.fan)?.contains("there is none") == true)
  }

  /// Settings of the last session do not touch the axes that a scene asks for.
  @Test func aSceneKeepsItsAxes() throws {
    var asked = try lecture("  - {say: x}\n", more: "curve: {of: loss, axes: log-log}")
    asked.apply(Settings(curveByEvaluations: true, curveAxes: .linear))
    #expect(asked.curveAxes == .logLog && !asked.curveByEvaluations)
    var free = try lecture("  - {say: x}\n")
    free.apply(Settings(curveByEvaluations: true, curveAxes: .linear))
    #expect(free.curveAxes == .linear && free.curveByEvaluations)
  }

  /// On log-log axes a power of k is a straight line, and a column goes back to the step that it shows.
  @Test func powersAreStraightOnLogLogAxes() throws {
    let axis = CurveAxis(columns: 0..<100, right: 1000, countsEvaluations: false, isLogarithmic: true)
    #expect(axis.share(of: 1) == 0 && abs(axis.share(of: 1000) - 1) < 1e-12)
    #expect(abs(axis.share(of: 10) - 1.0 / 3) < 1e-12 && !axis.holds(0) && axis.holds(1))
    for column in [0, 20, 99] {
      let place = axis.place(ofColumn: column)
      #expect(abs(axis.share(of: place) * CurveAxis.width(100) - Double(column) - 0.5) < 1e-9)
    }
    var explorer = try lecture("  - {say: x}\n")
    explorer.type("\\ \\")
    #expect(explorer.curveAxes == .logLog && explorer.context.curves(columns: 50).isLogLog)
    explorer.type("\\")
    #expect(explorer.curveAxes == .log)
  }

  @Test func theLengthOfAStepIsACurve() throws {
    var explorer = try lecture("  - {say: x}\n")
    explorer.seek(to: 8)
    explorer.curveQuantity = .stepLength
    explorer.curveAxes = .linear
    let values = explorer.context.curves(columns: 400).curves[0].points.map(\.y)
    // η = 0.1 on a bowl: every step is a part of the way that is left.
    let first = values[1]
    #expect(values[0].isNaN && first > 0)
    for k in 2...8 { #expect(abs(values[k] / values[k - 1] - values[2] / first) < 1e-9) }
  }

  /// The field of gradient descent is −η∇f everywhere; a rule with a memory goes on where there is no slope.
  @Test func theFieldIsTheNextStep() throws {
    let landscape = try Landscape(formula: "0.5*(4*x^2 + y^2)")
    let experiment = Experiment(
      landscape: landscape,
      entries: Entry.entries([try OptimizerSpec("sgd:lr=0.1"), try OptimizerSpec("momentum:lr=0.1,beta=0.5")]
      ),
      starts: [Point(1, 1)])
    var race = Race(experiment)
    race.seek(to: 1)
    let points = [Point(1, 2), Point(0, 0)]
    let descent = race.run(entry: 0).nextSteps(from: points, on: landscape)
    #expect(abs(descent[0].x + 0.4) < 1e-12 && abs(descent[0].y + 0.2) < 1e-12 && descent[1] == Point(0, 0))
    // v = (4, 1) after the first step: half of it is left.
    let heavy = race.run(entry: 1).nextSteps(from: points, on: landscape)
    #expect(abs(heavy[1].x + 0.2) < 1e-12 && abs(heavy[1].y + 0.05) < 1e-12)
    var explorer = try explorer("0.5*(4*x^2 + y^2)", ["sgd:lr=0.1"], steps: 3)
    explorer.overlays = [.field]
    let rows = explorer.frame().rows.joined()
    // Left of the minimum to the right, right of it to the left, and up and down above and below.
    for arrow in ["→", "←", "↑", "↓"] { #expect(rows.contains(arrow), "\(arrow)") }
  }
}
