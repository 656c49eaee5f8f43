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
    copy.curveAxes = linear ? .linear : .log
    return copy.context.curves(columns: 400)
  }

  /// What the points before the steps have lost, each by the loss of its step, less what the fixed point has lost.
  @Test func averageRegretsAreThoseOfTheDefinition() throws {
    var explorer = try make(
      ["project(adam:lr=0.1,beta1=0,beta2=0.1)", "project(sgd:lr=0.1)"], on: "adam-counterexample", steps: 30)
    explorer.regretPoint = Point(-1, 0)
    explorer.curveQuantity = .regret
    for step in [30, 12, 40] {
      explorer.seek(to: step)
      explorer.followSamples()
      for entry in 0..<2 {
        let history = explorer.race.run(entry: entry).history
        var sum = 0.0
        var averages: [SIMD2<Double>] = []
        for k in 1...history.lastStep {
          // The loss of the slide: 3x in one step of three, -x in the two others.
          let (x, y) = (history.coordinate(0, at: k - 1), history.coordinate(1, at: k - 1))
          sum += (k % 3 == 1 ? 3 * (x + 1) : -(x + 1)) + 0.5 * y * y
          averages.append(SIMD2(Double(k), sum / Double(k)))
        }
        let points = curves(explorer, .regret).curves[entry].points
        #expect(points.count == averages.count)
        for (point, average) in zip(points, averages) {
          #expect(point.x == average.x && abs(point.y - average.y) < 1e-12)
        }
      }
    }
    // Without a point there must be a minimum that stays.
    explorer.regretPoint = nil
    #expect(curves(explorer, .regret).obstacle?.hasSuffix("what is least here moves with the steps") == true)
    var ravine = try make(["sgd:lr=0.01"], steps: 10)
    ravine.curveQuantity = .regret
    ravine.followSamples()
    let losses = ravine.race.run(entry: 0).history.losses
    let last = try #require(curves(ravine, .regret).curves.first?.points.last)
    #expect(abs(last.y - losses[..<10].reduce(0, +) / 10) < 1e-12)
  }

  /// A regret is measured from the lowest minimum, or it says why there is none; of steps that are not kept it says so.
  @Test func aRegretSaysWhatItLacks() throws {
    let text = """
      title: t
      landscape: {formula: "x^4 - 2*x^2 + 0.5*x + y^2", minima: [[0.93, 0], [-1.06, 0]]}
      optimizers: ["sgd:lr=0.02"]
      beats: []
      """
    let lowest = try SceneLibrary.scene(of: text, file: "s.yaml", name: "s").experiment.landscape
    #expect(CurveQuantity.regretPoint(nil, on: lowest) == Point(-1.06, 0))
    let race = try make(["sgd:lr=0.01"], steps: 10).race
    func obstacle(_ landscape: Landscape, _ point: Point? = nil) -> String? {
      CurveQuantity.regret.obstacle(in: race, on: landscape, selected: 0, against: point)
    }
    let slope = try Landscape(formula: "x + log(y)")
    #expect(obstacle(slope)?.hasSuffix("no minimum of this landscape is known") == true)
    #expect(
      obstacle(slope, Point(0, 1)) == nil && obstacle(slope, Point(0, -1))?.contains("no value") == true)
    #expect(obstacle(try #require(LandscapeCatalog.named("matrix-3x2")))?.contains("more than two") == true)

    var experiment = race.experiment
    experiment.budget = Budget()
    var long = Race(experiment, historyLimit: 16)
    long.seek(to: 100)
    var recorder = RegretRecorder()
    let samples = recorder.samples(of: long, against: Point(0, 0), atMost: 50)
    let shown = Curves(
      of: long, on: experiment.landscape, CurveChoice(.regret), selected: 0, samples: samples, columns: 80)
    #expect(shown.obstacle?.contains("not all are kept") == true)
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
      "Gradient norm", "Distance to minimum", "Length of a step", "Effective rate a coordinate",
      "Learning rate", "Loss",
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
    for step in [0, 10, 25, 39, 40] {
      explorer.seek(to: step)
      let area = try area(explorer)
      let frame = explorer.frame()
      let curves = explorer.context.curves(columns: 100)
      let width = Double(area.width) - 0.51
      let column = area.x + Int(Double(step) / curves.right * width)
      let playhead = Cell("│", Look(explorer.appearance).accent)
      let rows = (area.y..<area.bottom).filter { frame[column, $0] == playhead }
      // Where the curves end, their ends say where it is.
      #expect(rows.isEmpty == (step == 40), "\(step)")
    }
  }

  @Test(arguments: Theme.allCases) func thePlayheadHasNoEntrysColour(_ theme: Theme) {
    // Among eight and sixteen colours the entries leave none.
    for depth in [ColourDepth.direct, .indexed256] {
      let look = Look(Appearance(theme: theme, depth: depth))
      #expect((0..<9).allSatisfy { look.palette.entry($0) != look.accent.foreground }, "\(depth)")
    }
  }

  // MARK: The axes

  /// The axis grows by jumps, and never far beyond what was run.
  @Test func theAxisEndsALittleAfterWhatWasRun() throws {
    var explorer = try make(["sgd:lr=0.01"], steps: 10)
    explorer.race.setBudget(Budget(steps: 100_000))
    var ends: [Double] = []
    for steps in 10...300 {
      explorer.seek(to: steps)
      let right = explorer.context.curves(columns: 100).right
      #expect(right >= 1.08 * Double(steps) && right <= 1.36 * Double(steps), "\(steps)")
      #expect(right >= ends.last ?? 0)
      if right != ends.last { ends.append(right) }
    }
    let expected: [Double] = [
      12, 14, 16, 18, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90, 100, 120, 140, 160, 180, 200, 250, 300, 350,
    ]
    #expect(ends == expected)
  }

  @Test func powersOfTenAreFaintLines() throws {
    var explorer = try explorer(
      "rotated-ravine", ["sgd:lr=0.02"], steps: 40, appearance: Appearance(glyphs: .braille, depth: .direct))
    var area = try area(explorer)
    let frame = explorer.frame()
    while ["│", "┤"].contains(frame[area.x - 1, area.bottom].glyph) { area.height += 1 }
    let lines = (area.y..<area.bottom).filter { y in
      (area.x..<area.right).count { frame[$0, y].glyph == "┈" } > area.width / 4
    }
    let labelled = explorer.context.curves(columns: 100).ticks(rows: area.height).filter { !$0.label.isEmpty }
    #expect(labelled.count >= 2 && lines.count == labelled.count)
    let line = Look(explorer.appearance)
    for y in lines {
      let cell = (area.x..<area.right).map { frame[$0, y] }.first { (cell: Cell) in cell.glyph == "┈" }
      let contrast = try #require(cell).style.foreground.contrast(to: line.palette.ground)
      #expect(contrast > 1 && contrast < line.palette.faint.contrast(to: line.palette.ground))
    }
  }

  /// A loss on both sides of 0 has a logarithm on both sides of it.
  @Test func aLossThatCrossesZero() throws {
    var explorer = try make(["sgd:lr=0.3", "sgd:lr=0.1"], on: "50 + 20*x + y^2", steps: 30, height: 44)
    let curves = explorer.context.curves(columns: 400)
    let histories = [0, 1].map { explorer.race.run(entry: $0).history }
    #expect(histories.allSatisfy { $0.losses[0] > 0 && $0.losses.last! < -100 })
    // A thousandth of the power of ten below the first loss.
    let first = histories[0].losses[0]
    let unit = Foundation.pow(10, Foundation.floor(Foundation.log10(first)) - 3)
    #expect(curves.scale == .symmetric(unit: unit))
    for (curve, history) in zip(curves.curves, histories) {
      for (point, loss) in zip(curve.points, history.losses) {
        let right = (loss < 0 ? -1 : 1) * Foundation.log10(1 + abs(loss) / unit)
        #expect(abs(point.y - right) < 1e-12)
        #expect(abs(curves.scale.value(at: point.y) - loss) < 1e-9 * max(1, abs(loss)))
      }
    }
    let ticks = curves.ticks(rows: 20)
    #expect(ticks.contains(Curves.Tick(value: 0, label: "0")))
    #expect(ticks.contains { $0.label.hasPrefix("−") })
    #expect(explorer.shows("to 35 steps, symlog"))
    // The scale stays while the run goes on.
    explorer.seek(to: 60)
    #expect(explorer.context.curves(columns: 400).scale == curves.scale)
    #expect(CurveScale.symmetric(from: []) == .symmetric(unit: 1))
    #expect(CurveScale.symmetric(from: [0, .nan]) == .symmetric(unit: 1))
    let tiny = CurveScale.symmetric(from: [0x1p-1074])
    #expect(tiny.position(of: 0x1p-1074).isFinite && tiny.position(of: -1e300) < 0)
  }

  // MARK: Ends

  /// Each curve ends in its entry's digit, in a row of its own, in the order in which they end.
  @Test func curvesEndInTheirDigits() throws {
    let specs = ["sgd:lr=0.001", "momentum:lr=0.02", "adam:lr=0.01", "newton"]
    var explorer = try explorer(
      "rotated-ravine", specs, steps: 24, appearance: Appearance(glyphs: .braille, depth: .direct))
    let area = try area(explorer)
    let frame = explorer.frame()
    let palette = Look(explorer.appearance).palette
    let curves = explorer.context.curves(columns: 100)
    let end = area.x + Int(24 / curves.right * CurveAxis.width(area.width))
    var rows: [Int] = []
    for (entry, curve) in curves.curves.enumerated() {
      let digit = Cell(Glyph.digit(ofEntry: entry), palette.head(entry))
      let places = (area.y..<area.y + 8).flatMap { y in
        (area.x..<area.right).filter { frame[$0, y] == digit }.map { (x: $0, y: y) }
      }
      #expect(places.count == 1 && abs(places[0].x - end) <= 2, "\(curve.entry)")
      rows.append(places[0].y)
    }
    let last = curves.curves.map { max($0.points.last!.y, curves.low) }
    #expect(Set(rows).count == 4)
    #expect(rows.indices.sorted { rows[$0] < rows[$1] } == last.indices.sorted { last[$0] > last[$1] })
  }

  /// Names stand behind the digits where all have room.
  @Test func namesStandWhereAllHaveRoom() throws {
    let wide = try make(["sgd:lr=0.001", "newton"], steps: 20, width: 200, height: 60)
    #expect(wide.rows().contains { $0.contains(" 1  SGD") && !$0.contains("Robbins") && !$0.contains("▸") })
    #expect(wide.rows().contains { $0.contains(" 2  Newton") })
    let narrow = try make(["sgd:lr=0.001", "newton"], steps: 20)
    let rows = narrow.rows()
    let top = try #require(rows.firstIndex { $0.contains("─ Loss") })
    #expect(!rows[top + 1..<top + 6].contains { $0.contains("SGD") || $0.contains("Newton") })
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
