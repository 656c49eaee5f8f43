import Canvas
import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// The curves, their playhead and how it is moved.
@Suite struct CurveTests {
  private func make(
    _ optimizers: [String], on landscape: String = "rotated-ravine", steps: Int, width: Int = 120,
    height: Int = 36
  ) throws -> Explorer {
    try explorer(landscape, optimizers, steps: steps, width: width, height: height)
  }

  private func curves(_ explorer: Explorer, _ quantity: CurveQuantity, linear: Bool = true) -> Curves {
    var copy = explorer
    copy.curveQuantity = quantity
    copy.curveIsLogarithmic = !linear
    return copy.context.curves(columns: 400)
  }

  @Test func everyPointIsARowOfTheRun() throws {
    var explorer = try make(["adam:lr=0.1", "sgd:lr=0.01,schedule=cosine(60)"], on: "himmelblau", steps: 40)
    explorer.type("P P")
    for (index, _) in explorer.race.experiment.entries.enumerated() {
      let history = explorer.race.run(entry: index).history
      func values(_ quantity: CurveQuantity) -> [Double] {
        curves(explorer, quantity).curves[index].points.map(\.y)
      }
      #expect(values(.loss) == history.losses)
      #expect(values(.gradientNorm) == history.gradientNorms)
      #expect(
        Array(values(.learningRate).dropFirst())
          == (1..<history.count).map { history[$0].learningRate ?? .nan })
      let minima = explorer.race.landscape.minima
      for (row, distance) in values(.distance).enumerated() {
        let point = Point(x: history[row].point[0], y: history[row].point[1])
        let nearest = try #require(minima.map { $0.distance(to: point) }.min())
        #expect(abs(distance - nearest) < 1e-12)
      }
      let curve = curves(explorer, .loss).curves[index]
      #expect(curve.past == 21)
      #expect(curve.points.map(\.x) == (0...40).map(Double.init))
    }
    #expect(curves(explorer, .loss).playhead == 20)
  }

  @Test func aLogarithmIsOfTheLossAboveTheMinimum() throws {
    let explorer = try make(["sgd:lr=0.05"], steps: 30)
    let curve = try #require(curves(explorer, .loss, linear: false).curves.first)
    for (point, loss) in zip(curve.points, explorer.race.run(entry: 0).history.losses) {
      #expect(abs(Foundation.pow(10, point.y) - loss) < 1e-9 * max(1, loss))
    }
  }

  @Test func evaluationsAreTheCost() throws {
    var explorer = try make(["newton", "sam(sgd:lr=0.01)"], steps: 12)
    explorer.type("t")
    for (index, curve) in curves(explorer, .loss).curves.enumerated() {
      let history = explorer.race.run(entry: index).history
      #expect(curve.points.map(\.x) == (0..<history.count).map { Double(history.evaluations(at: $0)) })
    }
  }

  @Test func theRestOfTheScheduleIsWhatTheRunThenUses() throws {
    let spec = "momentum:lr=0.05,schedule=warmup(10)>cosine(50)"
    var explorer = try make([spec], steps: 15)
    explorer.race.setBudget(Budget(steps: 60))
    let planned = try #require(curves(explorer, .learningRate).curves.first).planned
    #expect(planned.first?.x == 15 && planned.last?.x == 60)
    explorer.seek(to: 60)
    let history = explorer.race.run(entry: 0).history
    for point in planned {
      let used = try #require(history.learningRate(at: Int(point.x)))
      #expect(abs(point.y - used) <= 1e-15)
    }
    // A constant rate needs no plan.
    let constant = try make(["sgd:lr=0.1"], steps: 5)
    #expect(try #require(curves(constant, .learningRate).curves.first).planned.isEmpty)
    // A wrapper's base may have it; a knob turned moves the plan.
    var nested = try make(["lookahead(sgd:lr=0.05,schedule=cosine(40))"], steps: 5)
    nested.race.setBudget(Budget(steps: 40))
    nested.race.turn(entry: 0, key: "base.lr", to: 0.02)
    let plan = try #require(curves(nested, .learningRate).curves.first).planned.dropFirst()
    nested.seek(to: 40)
    for point in plan {
      let used = try #require(nested.race.run(entry: 0).history.learningRate(at: Int(point.x)))
      #expect(abs(point.y - used) <= 1e-15, "\(point)")
    }
  }

  @Test func minimaThatMovedAreMeasuredWhereTheyWere() throws {
    var explorer = try make(["sgd:lr=0.0005"], on: "rosenbrock", steps: 5)
    let first = try #require(explorer.race.landscape.minima.first)
    let constant = try #require(explorer.race.landscape.constants.first)
    explorer.race.turn(constant: constant.name, to: constant.value * 0.5)
    explorer.seek(to: 9)
    let second = try #require(explorer.race.landscape.minima.first)
    #expect(first != second)
    let points = try #require(curves(explorer, .distance).curves.first).points
    let history = explorer.race.run(entry: 0).history
    for (row, point) in points.enumerated() {
      let place = Point(x: history[row].point[0], y: history[row].point[1])
      #expect(abs(point.y - place.distance(to: row <= 5 ? first : second)) < 1e-12, "\(row)")
    }
  }

  @Test func cyclesThroughTheQuantitiesAndSaysWhatIsMissing() throws {
    var explorer = try make(["sgd:lr=0.05"], on: "x^2 + sin(y)", steps: 5)
    #expect(explorer.shows("─ Loss "))
    for title in [
      "Gradient norm", "Distance to minimum", "Effective rate a coordinate", "Learning rate", "Loss",
    ] {
      explorer.type("C")
      #expect(explorer.shows("─ \(title) "), "\(title)")
      #expect(
        explorer.shows("no minimum of this landscape is known") == (title == "Distance to minimum"))
    }
  }

  @Test func withoutAPanelTheCurvesOpenUnderThePicture() throws {
    var explorer = try make(["sgd:lr=0.05"], steps: 5, width: 60, height: 24)
    let plain = explorer.rows()
    #expect(!explorer.shows("─ Loss"))
    explorer.type("C")
    #expect(explorer.shows("─ Loss"))
    explorer.type("C")
    #expect(explorer.shows("─ Gradient norm"))
    while explorer.showsCurve { explorer.type("C") }
    explorer.type("Q Esc")
    #expect(explorer.rows() == plain)
    explorer.handle(.resize(width: 40, height: 8))
    explorer.type("C")
    #expect(explorer.shows("curves need a screen"))
  }

  // MARK: The playhead

  /// The columns and rows of the curves: from the axis to the right end of their rule.
  private func area(_ explorer: Explorer) throws -> Rect {
    let rows = explorer.rows()
    let top = try #require(rows.firstIndex { $0.contains("─ Loss") })
    let start = try #require(Array(rows[top]).lastIndex(of: "L")) - 2
    let layout = explorer.layout
    let right = try #require(layout.panel ?? layout.curve).right
    return Rect(x: start + 7, y: top + 1, width: right - start - 7, height: 4)
  }

  @Test(arguments: [false, true]) func theMouseTakesThePlayhead(_ byEvaluations: Bool) throws {
    var explorer = try make(["newton", "sgd:lr=0.02"], steps: 40)
    if byEvaluations { explorer.type("t") }
    let far = explorer.bits
    let area = try area(explorer)
    let curves = explorer.context.curves(columns: 100)
    for column in [0, 3, area.width / 4, area.width / 2] {
      _ = explorer.frame()
      explorer.handle(.mouse(Mouse(.press, x: area.x + column, y: area.y + 1)))
      explorer.handle(.mouse(Mouse(.release, x: area.x + column, y: area.y + 1)))
      let width = Double(area.width) - 0.51
      let share = (Double(column) + 0.5) / width
      let axis = CurveAxis(
        columns: area.x..<area.right, right: curves.right, countsEvaluations: byEvaluations)
      #expect(
        explorer.race.step == axis.step(at: share * curves.right, in: explorer.race, selected: 0), "\(column)"
      )
      // The playhead is drawn in the column that was clicked, or the one next to it.
      let place = explorer.context.curves(columns: 100).playhead / curves.right * width
      let miss: Double = abs(place - Double(column) - 0.5)
      let unit: Double = width / curves.right
      #expect(miss <= 0.5 + 1.5 * unit)
      #expect(explorer.race.lastStep == 40)
    }
    // A drag goes on outside the curve, and ends with the button.
    _ = explorer.frame()
    explorer.handle(.mouse(Mouse(.press, x: area.x + 2, y: area.y + 1)))
    let start = explorer.race.experiment.starts
    _ = explorer.frame()
    explorer.handle(.mouse(Mouse(.drag, x: area.x + 9, y: area.y + 11)))
    let dragged = explorer.race.step
    #expect(dragged > 0)
    explorer.handle(.mouse(Mouse(.drag, x: 10, y: 10)))
    #expect(explorer.race.step == 0)
    #expect(explorer.race.experiment.starts == start)
    explorer.handle(.mouse(Mouse(.release, x: 10, y: 10)))
    explorer.handle(.mouse(Mouse(.drag, x: area.x + 9, y: 0)))
    #expect(explorer.race.step == 0)
    explorer.type("End")
    #expect(explorer.bits == far)
  }

  @Test func aClickBeyondWhatWasRunGoesToItsEnd() throws {
    var explorer = try make(["sgd:lr=0.02"], steps: 12)
    explorer.type("p p p")
    let area = try area(explorer)
    _ = explorer.frame()
    explorer.handle(.mouse(Mouse(.press, x: area.right - 1, y: area.y + 1)))
    #expect(explorer.race.step == 12)
    #expect(explorer.shows("nothing was run beyond step 12"))
  }

  @Test func titleAndAxisAreClickedLikeTheirKeys() throws {
    var explorer = try make(["sgd:lr=0.02"], steps: 12)
    let area = try area(explorer)
    _ = explorer.frame()
    explorer.handle(.mouse(Mouse(.press, x: area.right - 2, y: area.y - 1)))
    #expect(explorer.shows("evaluations"))
    _ = explorer.frame()
    explorer.handle(.mouse(Mouse(.press, x: area.x - 3, y: area.y - 1)))
    #expect(explorer.shows("─ Gradient norm"))
  }

  @Test func thePlayheadIsDrawnAtItsStep() throws {
    var explorer = try explorer(
      "rotated-ravine", ["sgd:lr=0.02"], steps: 40, appearance: Appearance(glyphs: .braille, depth: .direct))
    for step in [0, 10, 25, 40] {
      explorer.seek(to: step)
      let area = try area(explorer)
      let frame = explorer.frame()
      let curves = explorer.context.curves(columns: 100)
      let width = Double(area.width) - 0.51
      let column = area.x + Int(Double(step) / curves.right * width)
      let playhead = Cell("│", Look(explorer.appearance).accent)
      let rows = (area.y..<area.bottom).filter { frame[column, $0] == playhead }
      #expect(!rows.isEmpty, "\(step)")
    }
  }

  @Test func powersOfTenAreMarkedBetweenTheEnds() throws {
    let explorer = try make(["sgd:lr=0.05", "newton"], steps: 30)
    let curves = explorer.context.curves(columns: 100)
    for rows in [4, 8, 16, 40] {
      let ticks = curves.ticks(rows: rows)
      let whole = ticks.filter { $0.value == $0.value.rounded() }
      #expect(whole.map(\.value) == (Int(curves.low)...Int(curves.high)).map(Double.init))
      for tick in whole where !tick.label.isEmpty {
        #expect(Double(tick.label.replacing("−", with: "-")) == Double("1e\(Int(tick.value))"))
      }
      // Labels have a row between them.
      let labelled = whole.filter { !$0.label.isEmpty }.map(\.value)
      let perDecade = Double(rows - 1) / (curves.high - curves.low)
      for (a, b) in zip(labelled, labelled.dropFirst()) { #expect((b - a) * perDecade >= 2 - 1e-9) }
    }
    let near = try make(["sgd:lr=0.001"], steps: 3)
    let ticks = near.context.curves(columns: 100).ticks(rows: 20)
    #expect(ticks.contains { abs($0.value - $0.value.rounded(.down) - 0.30103) < 1e-4 })
  }
}
