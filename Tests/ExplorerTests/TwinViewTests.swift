import Canvas
import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// Parameter space beside the space where the ball or the curvature is round.
@Suite struct TwinViewTests {
  private func ravine(kappa: Double, angle: Double) throws -> Landscape {
    try #require(LandscapeCatalog.named("rotated-ravine"))
      .setting("kappa", to: kappa).setting("angle", to: angle)
  }

  /// The run of a spec on a landscape after some steps.
  private func run(_ spec: String, on landscape: Landscape, steps: Int) throws -> Run {
    var race = Race(
      Experiment(landscape: landscape, entries: Entry.entries([try OptimizerSpec(spec)])))
    race.seek(to: steps)
    return race.run(entry: 0)
  }

  @Test(arguments: ["80x24", "120x36"]) func goldenText(_ size: String) throws {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    for glyphs in [GlyphSet.braille, .ascii] {
      var explorer = try explorer(
        "rotated-ravine", ["sgd:lr=0.018", "adam:lr=0.2"], steps: 24, width: parts[0], height: parts[1],
        appearance: Appearance(glyphs: glyphs, depth: .none, isUnicode: glyphs != .ascii))
      explorer.type("V Tab")
      try Golden.expect(
        explorer.rows().joined(separator: "\n") + "\n",
        with: "twin-\(size)\(glyphs == .ascii ? "-ascii" : "").txt")
    }
  }

  // MARK: The map

  @Test func theMapHasAnInverse() throws {
    let map = try #require(AffineMap(centre: Point(1, -2), Point(3, 0.5), Point(-1, 0.25)))
    for point in [Point(0, 0), Point(1, -2), Point(-4, 7)] {
      #expect(map.inverse(map(point)).distance(to: point) < 1e-12)
      #expect(map(map.inverse(point)).distance(to: point) < 1e-12)
    }
    #expect(map(Point(1, -2)) == Point(0, 0))
    #expect(AffineMap(centre: Point(0, 0), Point(1, 2), Point(2, 4)) == nil)
  }

  @Test(arguments: [(2.0, 0.0), (30, 25), (400, 70)])
  func contoursOfAQuadraticAreCircles(_ kappa: Double, _ angle: Double) throws {
    let landscape = try ravine(kappa: kappa, angle: angle)
    let space = try #require(
      TwinSpace(of: try run("sgd:lr=0.001", on: landscape, steps: 2), on: landscape, asked: .curvature))
    #expect(abs(space.conditions.before - kappa) < 1e-9 * kappa)
    #expect(abs(space.conditions.after - 1) < 1e-9)
    let map = space.map
    let field = landscape.field(
      columns: 200, rows: 200, window: PlotWindow(x: -2...2, y: -2...2),
      origin: [map.centre.x, map.centre.y], across: [map.across.x, map.across.y], up: [map.up.x, map.up.y])
    for level in [0.1, 0.5, 1.5] {
      let lines = ContourTracer.contours(of: field, level: level)
      #expect(lines.count == 1 && lines[0].isClosed)
      let radii = lines[0].points.map(\.norm)
      let (least, most) = (try #require(radii.min()), try #require(radii.max()))
      #expect(most / least < 1.001, "\(level)")
      #expect(abs(least - (2 * level).squareRoot()) < 1e-3)
    }
  }

  @Test func eigenvectorsShareTheLoss() throws {
    let landscape = try ravine(kappa: 50, angle: 33)
    let basis = try #require(CurvatureBasis(of: landscape, at: Point(1, 1), step: 0))
    #expect(basis.source == .everywhere)
    let map = try #require(basis.map)
    for number in 0..<50 {
      // Points all over the window.
      let point = Point(
        6 * (0.618 * Double(number)).truncatingRemainder(dividingBy: 1) - 3, 0.12 * Double(number) - 3)
      let parts = basis.parts(at: point)
      let loss = landscape.value(at: point) - basis.lowest
      #expect(abs(parts.flat + parts.sharp - loss) < 1e-12 * max(1, loss))
      let there = map(point)
      #expect(abs(0.5 * there.x * there.x - parts.flat) < 1e-12 * max(1, loss))
      #expect(abs(0.5 * there.y * there.y - parts.sharp) < 1e-12 * max(1, loss))
    }
    // A quadratic that was typed has no known minimum, but a stationary point.
    let typed = try Landscape(formula: "0.5*(3*(x-2)^2 + 8*(y+1)^2) + x*y")
    let found = try #require(CurvatureBasis(of: typed, at: Point(0, 0), step: 0))
    #expect(typed.gradient(at: found.centre).norm < 1e-12)
  }

  /// The space in which the steps δ = P⁻¹g are plain is x̃ = P^½ x, with the P of λmax(P⁻¹H).
  @Test func theRoundSpaceIsThatOfTheRootOfThePreconditioner() throws {
    var explorer = try explorer("ravine", ["adam:lr=0.1"], steps: 5, width: 120, height: 36)
    explorer.type("V")
    #expect(explorer.shows("x̃ = P^½ x") && !explorer.shows("P^−½"))
    let run = explorer.race.run(entry: 0)
    let space = try #require(TwinSpace(of: run, on: explorer.race.landscape, asked: .preconditioner))
    guard case .ellipse(let rates) = run.optimizer.ball else {
      Issue.record("Adam's ball is an ellipse")
      return
    }
    // P is what divides: large where the effective rate is small, and coordinates are stretched by its root.
    let stretch = (space.map.turned(Point(x: 1, y: 0)).x, space.map.turned(Point(x: 0, y: 1)).y)
    #expect(abs(stretch.0 / stretch.1 - rates[1] / rates[0]) < 1e-12 * rates[1] / rates[0])
  }

  @Test func theSplitOnScreenSumsToTheLossOfTheRun() throws {
    var explorer = try explorer("rotated-ravine", ["momentum:lr=0.03,beta=0.9"], steps: 40)
    explorer.type("P P V")
    let run = explorer.race.run(entry: 0)
    let basis = try #require(CurvatureBasis(of: explorer.race.landscape, at: run.point, step: run.step))
    let curves = Curves(
      split: basis, of: explorer.race, entry: explorer.selectedEntry, name: "Momentum",
      explorer.context.curve, columns: 400, Look(explorer.appearance))
    #expect(curves.curves.map(\.label) == ["λ 1", "λ 100"])
    for row in 0...40 {
      let sum = curves.curves.reduce(0) { $0 + Foundation.pow(10, $1.points[row].y) }
      let loss = run.history.losses[row]
      #expect(abs(sum - loss) < 1e-9 * max(1, loss), "\(row)")
    }
    #expect(curves.curves.allSatisfy { $0.past == 21 })
    #expect(explorer.shows("λ 100") && explorer.shows("─ Loss of Momentum split by eigenvector"))
    // What is no quadratic has the loss beside its parts; what has no known minimum says so.
    var valley = try ExplorerTests.explorer("rosenbrock", ["sgd:lr=0.001"], steps: 10)
    valley.type("V")
    #expect(valley.shows("─ Loss of SGD and its split"))
    #expect(valley.shows("the Hessian at minimum 1"))
    var unknown = try ExplorerTests.explorer("x^4 + y^4 - x*y", ["sgd:lr=0.01"], steps: 3)
    unknown.type("V")
    #expect(unknown.shows("no minimum of this landscape is known"))
    #expect(unknown.shows("the Hessian at the iterate"))
  }

  @Test func theBallBecomesACircle() throws {
    let landscape = try ravine(kappa: 30, angle: 25)
    for spec in ["adam:lr=0.1", "rmsprop:lr=0.1", "adagrad:lr=0.1", "adagrad-full:lr=0.1", "newton"] {
      let run = try run(spec, on: landscape, steps: 6)
      let space = try #require(TwinSpace(of: run, on: landscape, asked: nil))
      #expect(space.kind == .preconditioner, "\(spec)")
      // Steepest descent in the twin is the rule's own way: the ball's furthest point is the image of the gradient's.
      let g = landscape.gradient(at: Point(0.7, -0.3))
      let there = Point(
        x: space.map.across.x * g.x + space.map.across.y * g.y, y: space.map.up.x * g.x + space.map.up.y * g.y
      )
      let step = try #require(run.optimizer.ball.furthest(along: [g.x, g.y]))
      let image = space.map.turned(Point(x: step[0], y: step[1]))
      #expect(abs(image.x * there.y - image.y * there.x) < 1e-9 * image.norm * there.norm, "\(spec)")
    }
    let newton = try run("newton", on: landscape, steps: 1)
    #expect(abs(try #require(TwinSpace(of: newton, on: landscape, asked: nil)).conditions.after - 1) < 1e-9)
  }

  @Test func diagonalRulesHelpAlongTheAxesAlone() throws {
    func after(_ angle: Double) throws -> Double {
      let landscape = try ravine(kappa: 100, angle: angle)
      let run = try run("adagrad:lr=0.5", on: landscape, steps: 30)
      return try #require(TwinSpace(of: run, on: landscape, asked: .preconditioner)).conditions.after
    }
    #expect(try after(0) < 10)
    #expect(try after(45) > 60)
  }

  @Test func whatHasNoRoundBallSaysWhy() throws {
    let landscape = try ravine(kappa: 30, angle: 25)
    let sign = try #require(
      TwinSpace(of: try run("signsgd:lr=0.1", on: landscape, steps: 3), on: landscape, asked: .preconditioner)
    )
    #expect(sign.kind == .curvature)
    #expect(try #require(sign.reason).contains("square"))
    let plain = try #require(
      TwinSpace(of: try run("sgd:lr=0.01", on: landscape, steps: 3), on: landscape, asked: nil))
    #expect(plain.kind == .curvature && plain.reason == nil)
    var explorer = try explorer("rotated-ravine", ["sgd:lr=0.01"], steps: 3)
    explorer.type("V Y")
    #expect(explorer.shows("its ball is a circle already"))
    #expect(explorer.shows("Ball of SGD round"))
    explorer.type("Y")
    #expect(explorer.shows("Curvature round"))
  }

  // MARK: The picture

  @Test func theSamePointsStandInBoth() throws {
    var explorer = try explorer("rotated-ravine", ["sgd:lr=0.018", "adam:lr=0.2"], steps: 9)
    explorer.type("V")
    let frame = explorer.frame()
    let layout = explorer.layout
    let parts = TwinLayout(layout.stage)
    let area = PlotArea(parts.right, isShort: false)
    let view = try #require(explorer.view as? TwinView)
    let space = try #require(
      TwinSpace(of: explorer.race.run(entry: 0), on: explorer.race.landscape, asked: nil))
    let scale = PlotScale(area, showing: view.window(of: space, explorer.context), through: space.map)
    let left = PlotScale(layout.area, showing: explorer.window)
    for index in 0..<2 {
      let point = explorer.race.run(entry: index).point
      for (scale, plot) in [(scale, area.plot), (left, layout.plot)] {
        let place = scale.place(point)
        #expect(
          frame[plot.x + Int(place.x), plot.y + Int(place.y)].glyph == Glyph(Character("\(index + 1)")))
      }
    }
  }

  @Test func aClickInTheTwinSetsTheStart() throws {
    var explorer = try explorer("rotated-ravine", ["sgd:lr=0.06"], steps: 4)
    explorer.type("V")
    _ = explorer.frame()
    let area = PlotArea(TwinLayout(explorer.layout.stage).right, isShort: false)
    let space = try #require(
      TwinSpace(of: explorer.race.run(entry: 0), on: explorer.race.landscape, asked: nil))
    let view = try #require(explorer.view as? TwinView)
    let (x, y) = (area.plot.x + 5, area.plot.y + 4)
    let wanted = space.map.inverse(
      area.point(atColumn: x, row: y, in: view.window(of: space, explorer.context)))
    explorer.handle(.mouse(Mouse(.press, x: x, y: y)))
    #expect(explorer.race.step == 0)
    #expect(explorer.race.experiment.starts[0].distance(to: wanted) < 0.01)
    // The pointer is shown in both.
    _ = explorer.frame()
    explorer.handle(.mouse(Mouse(.move, x: x + 3, y: y + 1)))
    let frame = explorer.frame()
    #expect(frame[x + 3, y + 1].glyph == "┼")
    #expect(frame.cells.count { $0.glyph == "┼" } >= 2)
    // The playhead of the split is that of the run.
    explorer.type("N N")
    let rows = explorer.rows()
    let row = try #require(rows.firstIndex { $0.contains("split by eigenvector") }) + 2
    _ = explorer.frame()
    explorer.handle(.mouse(Mouse(.press, x: 8, y: row)))
    #expect(explorer.race.step == 0)
  }

  @Test func everySizeIsServed() throws {
    for dialog in ["", "?"] {
      var explorer = try explorer("rotated-ravine", ["sgd:lr=0.05", "adam"], steps: 3)
      explorer.type("V")
      explorer.type(dialog)
      if dialog.isEmpty { explorer.type("space") }
      for width in [0, 19, 20, 31, 32, 40, 60, 80, 100, 140, 200] {
        for height in [0, 5, 6, 7, 9, 10, 12, 14, 18, 24, 50] {
          explorer.handle(.resize(width: width, height: height))
          explorer.advance(by: 0.1)
          let frame = explorer.frame()
          #expect(frame.width == width && frame.height == height)
          #expect(frame.rows.allSatisfy { Text.width(of: $0) <= width })
          guard width >= 20, height >= 6, dialog.isEmpty else { continue }
          #expect(explorer.shows("round"), "\(width)x\(height)")
        }
      }
    }
  }

  @Test func whereItHasNothingToShowItSaysWhy() throws {
    var matrix = try explorer("matrix-3x2", ["sgd:lr=0.002"])
    matrix.type("V")
    #expect(matrix.shows("this landscape has 6"))
    #expect(!matrix.shows("Curvature round"))
    var flat = try explorer("x + 2*y", ["sgd:lr=0.01"], steps: 1)
    flat.type("V")
    #expect(flat.shows("no curvature here"))
    var empty = try explorer("rotated-ravine", [])
    empty.type("V Y")
    #expect(empty.shows("no entry yet: a adds one"))
    var open = try explorer("rotated-ravine", ["sgd:lr=0.01"], steps: 1)
    open.type("V")
    open.race.start(matrix.race.experiment)
    #expect(open.shows("this landscape has 6"))
    open.type("Esc")
    #expect(!open.shows("this landscape has 6"))
  }

  // MARK: Effective rates

  @Test func ratesAreThoseThatTheStepsUsed() throws {
    var explorer = try explorer("beale", ["adam:lr=0.05", "rmsprop:lr=0.01"], steps: 20)
    explorer.curveQuantity = .effectiveRates
    explorer.curveAxes = .linear
    func check(_ explorer: Explorer) throws {
      var explorer = explorer
      // Rates are read for a frame.
      _ = explorer.frame()
      let curves = explorer.context.curves(columns: 400)
      #expect(curves.curves.map(\.label) == ["x", "y"])
      var copy = explorer
      let last = explorer.race.run(entry: explorer.selectedEntry).lastStep
      #expect(curves.curves[0].points.map(\.x) == (1...last).map(Double.init))
      for step in 1...last {
        copy.seek(to: step)
        let rates = try #require(copy.race.run(entry: explorer.selectedEntry).optimizer.effectiveRates)
        #expect(curves.curves.map { $0.points[step - 1].y } == rates, "\(step)")
      }
    }
    try check(explorer)
    explorer.type("N")
    try check(explorer)
    // A knob turned in the past is a run of its own.
    explorer.seek(to: 8)
    explorer.type("Right N N N")
    try check(explorer)
    explorer.type("Tab")
    try check(explorer)
    explorer.type("0 R n")
    try check(explorer)
  }

  @Test func ratesOfLongRunsAreThinned() throws {
    var explorer = try explorer("beale", ["adam:lr=0.01"], steps: 100)
    var recorder = RateRecorder()
    for limit in [1000, 40, 10, 1000] {
      let samples = recorder.samples(of: 0, in: explorer.race, atMost: limit)
      #expect(samples.count <= limit + 1 && samples.count >= min(100, limit) / 2)
      #expect(samples.last?.step == 100)
      for sample in samples {
        explorer.seek(to: sample.step)
        #expect(explorer.race.run(entry: 0).optimizer.effectiveRates == sample.rates)
      }
    }
  }

  @Test func whatHasNoRatesSaysSo() throws {
    var explorer = try explorer("rotated-ravine", ["newton"], steps: 2)
    explorer.curveQuantity = .effectiveRates
    #expect(explorer.shows("Newton has no rate for each coordinate"))
    explorer.type("0 R")
    #expect(explorer.shows("no step was taken yet"))
  }
}
