import Canvas
import Experiments
@testable import Explorer
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing

/// What is drawn over the landscape, the gauge and the event log: all of it against the run.
@Suite struct InstrumentTests {
  // MARK: The ball

  @Test(arguments: [
    ("sgd:lr=0.01", "circle"), ("momentum:lr=0.01", "circle"), ("signsgd:lr=0.01", "square"),
    ("lion:lr=0.01", "square"), ("adam:lr=0.05", "ellipse"), ("newton:damping=0.1", "rotated ellipse"),
    ("lookahead(signsgd:lr=0.01)", "square"),
  ])
  func theBallIsThatOfTheRule(_ spec: String, _ shape: String) throws {
    var explorer = try explorer("rotated-ravine", [spec], height: 40)
    explorer.seek(to: 3)
    #expect(!explorer.shows("ball "))
    explorer.type("O O")
    #expect(explorer.shows("ball \(shape), shape only"), "\(spec)")
    explorer.type("O O O")
    #expect(!explorer.shows("shape only"))
    explorer.type("e O")
    #expect(explorer.shows("ball \(shape), shape only"), "\(spec) in the step view")
  }

  @Test func aRuleWithoutABallSaysWhy() throws {
    var explorer = try explorer("saddle", ["newton"], height: 40)
    explorer.seek(to: 1)
    explorer.type("O O")
    let reason = try #require(explorer.race.run(entry: 0).optimizer.ball.reason)
    #expect(explorer.shows("no ball: \(reason.prefix(40))"))
  }

  /// The cells of a colour that a ball covers, as columns and rows.
  private func cells(of spec: String, on landscape: String, _ constants: [String: Double], step: Int) throws
    -> (
      width: Int, height: Int, tilt: Double
    )
  {
    var explorer = try explorer(landscape, [spec], constants: constants, height: 40)
    explorer.seek(to: step)
    let run = explorer.race.run(entry: 0)
    let ball = try #require(
      Portrait.Ball(
        of: run.optimizer, before: run.parameters, around: Point(0, 0), on: explorer.race.landscape))
    let glyph = BallPicture(ball: ball)
    let look = Look(Appearance(depth: .direct))
    var plot = Plot(columns: 120, rows: 60, palette: look.palette)
    let area = PlotArea(Rect(x: 0, y: 0, width: 124, height: 61), isShort: true)
    _ = glyph.draw(
      on: &plot, PlotScale(area, showing: PlotWindow(x: -2...2, y: -2...2)), look)
    var canvas = Canvas(width: 130, height: 70)
    plot.paint(on: &canvas, x: 0, y: 0)
    var places: [(x: Int, y: Int)] = []
    for y in 0..<60 {
      for x in 0..<120 where canvas[x, y].style.foreground == look.palette.accent { places.append((x, y)) }
    }
    let (xs, ys) = (places.map(\.x), places.map(\.y))
    let (left, right) = (try #require(xs.min()), try #require(xs.max()))
    let (top, bottom) = (try #require(ys.min()), try #require(ys.max()))
    // The products of the distances from the middle, y up: above 0 if it leans to the right.
    let middle = (Double(left + right) / 2, Double(top + bottom) / 2)
    let tilt = places.reduce(0) { $0 - (Double($1.x) - middle.0) * (Double($1.y) - middle.1) }
    return (right - left, bottom - top, tilt)
  }

  @Test func theBallHasTheShapeOfTheMetric() throws {
    let circle = try cells(of: "sgd:lr=0.01", on: "rotated-ravine", ["kappa": 25, "angle": 30], step: 1)
    #expect(abs(circle.width - 2 * circle.height) <= 2)
    // Newton's ball is the contour ellipse: five times as long as wide along the axis of κ = 25, here x.
    let along = try cells(of: "newton", on: "rotated-ravine", ["kappa": 25, "angle": 0], step: 1)
    let ratio = Double(along.width) / 2 / Double(along.height)
    #expect(ratio > 4 && ratio < 7, "\(ratio)")
    let leaning = try cells(of: "newton", on: "rotated-ravine", ["kappa": 25, "angle": 40], step: 1)
    #expect(leaning.tilt > 0)
    let other = try cells(of: "newton", on: "rotated-ravine", ["kappa": 25, "angle": -40], step: 1)
    #expect(other.tilt < 0)
    // A diagonal rule cannot lean, whatever the landscape does.
    let diagonal = try cells(of: "adam:lr=0.05", on: "rotated-ravine", ["kappa": 25, "angle": 40], step: 9)
    #expect(abs(diagonal.tilt) < leaning.tilt / 20)
  }

  @Test func theLandscapeTurnsLiveWhileTheGlyphIsThere() throws {
    var explorer = try explorer("rotated-ravine", ["adam:lr=0.05"], height: 40)
    explorer.type("O O space")
    for key in ["w", ">", "w", ">"] {
      explorer.advance(by: 0.3)
      explorer.type(key)
      let run = explorer.race.run(entry: 0)
      let hessian = explorer.race.nextLandscape.hessian(at: run.point, step: run.step)
      let values = hessian.eigenvalues
      #expect(explorer.isPlaying)
      #expect(explorer.shows("λ \(NumberText.brief(values.larger, digits: 3))"), "after \(key)")
    }
  }

  @Test func aLineSearchShowsItsSegment() throws {
    var explorer = try explorer("rosenbrock", ["line-search"], height: 40)
    explorer.seek(to: 2)
    let trials = try #require(explorer.race.run(entry: 0).search).trials.count
    explorer.type("O O")
    #expect(explorer.shows("search \(trials) trials"))
  }

  @Test(arguments: [
    ("momentum:lr=0.001,beta=0.8", ["v", "g"]), ("ema-momentum:lr=0.001", ["v", "g"]),
    ("adam:lr=0.05", ["m", "g"]), ("adamw:lr=0.05,weight_decay=0.1", ["m", "g", "w"]),
    ("sgd:lr=0.001", ["g"]),
    ("nesterov:lr=0.001", ["v", "g"]), ("rmsprop:lr=0.01", ["g"]),
    ("lion:lr=0.01,weight_decay=0.1", ["u", "w"]),
  ])
  func theStepIsTheSumOfItsTerms(_ spec: String, _ symbols: [String]) throws {
    var explorer = try explorer("rosenbrock", [spec], height: 40)
    explorer.seek(to: 7)
    var memory = StepMemory()
    let moment = memory.done(of: explorer.race, entry: 0, wantsPast: true)
    let terms = try #require(moment.terms)
    #expect(terms.map(\.symbol) == symbols)
    let run = explorer.race.run(entry: 0)
    let way = run.lastStepRecord.displacement
    for k in 0..<2 {
      #expect(abs(terms.reduce(0) { $0 + $1.way[k] } - way[k]) <= 1e-9 * (1 + abs(way[k])))
    }
    if spec.hasPrefix("momentum") {
      // By hand: −η β v of the step before, and −η g of this one.
      var past = explorer.race
      past.seek(to: 6)
      let old = try #require(past.run(entry: 0).optimizer.state.first { $0.symbol == "v" }).values
      let g = try #require(run.optimizer.state.first { $0.symbol == "g" }).values
      for k in 0..<2 {
        #expect(abs(terms[0].way[k] + 0.001 * 0.8 * old[k]) <= 1e-12 * (1 + abs(old[k])))
        #expect(abs(terms[1].way[k] + 0.001 * g[k]) <= 1e-12 * (1 + abs(g[k])))
      }
    }
    explorer.type("O O O")
    #expect(explorer.shows("the step is one term") == (symbols.count == 1))
  }

  // MARK: The gauge

  @Test func theGaugeShowsTheCurvatureAgainstTheLimit() throws {
    for (spec, formula) in [("sgd:lr=0.02", "2/η"), ("momentum:lr=0.02,beta=0.5", "2(1+β)/η")] {
      var explorer = try explorer("ravine", [spec], constants: ["kappa": 50], height: 40)
      explorer.seek(to: 4)
      let gauge = Gauge(of: explorer.race.run(entry: 0), on: explorer.race.landscape)
      let limit = try #require(gauge.limit)
      #expect(explorer.shows("λmax \(NumberText.brief(gauge.largest, digits: 3)) "))
      #expect(explorer.shows("< \(NumberText.brief(limit, digits: 3)) = \(formula)"), "\(spec)")
    }
  }

  @Test func theGaugeTurnsBeforeTheRunDoes() throws {
    // κ = 50: the limit of η is 0.04; at 0.041 the run grows by 5 % a step.
    for (rate, isWarning) in [(0.02, false), (0.039, true), (0.041, true)] {
      var explorer = try explorer(
        "ravine", ["sgd:lr=\(rate)"], constants: ["kappa": 50], height: 40,
        appearance: Appearance(depth: .direct))
      explorer.seek(to: 1)
      let frame = explorer.frame()
      let rows = frame.rows
      let row = try #require(rows.firstIndex { $0.contains("λmax 50") })
      let text = rows[row]
      let column = text.distance(from: text.startIndex, to: try #require(text.range(of: "λmax")).lowerBound)
      let look = Look(explorer.appearance)
      #expect((frame[column, row].style == look.warning) == isWarning, "at η = \(rate)")
      #expect(text.contains(rate >= 0.04 ? "≥ " : "< "))
      #expect(explorer.race.run(entry: 0).divergedAt == nil)
      #expect(explorer.shows("diverging") == (rate > 0.04))
    }
  }

  @Test func theGaugeBearsAnyCurvature() throws {
    // Far out on a quartic the curvature is beyond every limit, or no number at all.
    for spec in ["sgd:lr=10", "momentum:lr=100", "adam:lr=90"] {
      for landscape in ["rosenbrock", "cliff", "ravine"] {
        var explorer = try explorer(landscape, [spec], height: 40)
        for _ in 0..<12 {
          explorer.type("n")
          #expect(explorer.shows("λmax") || explorer.shows("λmin"))
        }
      }
    }
  }

  @Test func theGaugeNamesTheRegimesOfAQuadratic() throws {
    var explorer = try explorer("ravine", ["sgd:lr=0.03"], constants: ["kappa": 50], width: 200, height: 60)
    explorer.seek(to: 2)
    let regimes = Theory(of: explorer.race.run(entry: 0), on: explorer.race.landscape).regimes
    #expect(regimes.map(\.kind) == [.monotone, .oscillating])
    for regime in regimes { #expect(explorer.shows(regime.words)) }
  }

  @Test func atASaddleTheGaugeShowsTheWayDown() throws {
    var explorer = try explorer("saddle", ["sgd:lr=0.01"], height: 40)
    explorer.seek(to: 1)
    let gauge = Gauge(of: explorer.race.run(entry: 0), on: explorer.race.landscape)
    #expect(gauge.smallest < 0)
    #expect(explorer.shows("λmin \(NumberText.brief(gauge.smallest, digits: 3))"))
  }

  @Test func adaptiveRulesAreMeasuredInTheirOwnMetric() throws {
    var explorer = try explorer("ravine", ["adam:lr=0.05"], height: 60)
    explorer.seek(to: 5)
    let gauge = Gauge(of: explorer.race.run(entry: 0), on: explorer.race.landscape)
    #expect(gauge.isPreconditioned)
    #expect(explorer.shows("λmax(P⁻¹H) \(NumberText.brief(gauge.largest, digits: 3))"))
    #expect(explorer.shows(gauge.formula))
  }

  // MARK: The log

  @Test func theLogHoldsWhatHappenedAndLeadsThere() throws {
    var explorer = try explorer(
      "ravine", ["clip(sgd:lr=0.01):norm=0.5", "sgd:lr=1"], constants: ["kappa": 50], height: 40)
    explorer.seek(to: 12)
    explorer.type("Right")  // a knob of the clipped one, from step 13 on
    explorer.type("N")
    explorer.type("i")
    let lines = explorer.race.log()
    #expect(lines.contains { $0.event.kind == .change && $0.event.step == 13 })
    #expect(lines.contains { $0.event.text.contains("clipped") })
    #expect(lines.contains { $0.entry == 1 && $0.event.kind == .divergence })
    for line in lines {
      let digit = line.entry.map { "\($0 + 1)" } ?? " "
      #expect(
        explorer.rows().contains {
          $0.contains("\(line.event.step)  \(digit) ") && $0.contains(line.event.text)
        },
        "\(line.event)")
    }
    explorer.type("divergedX Backspace Enter")
    let step = try #require(lines.first { $0.event.kind == .divergence }).event.step
    #expect(explorer.race.step == step)
    #expect(explorer.dialogIsClosed)
    // Back there, what lies ahead says so.
    explorer.type("i")
    #expect(explorer.rows().contains { $0.contains("13  1") && $0.contains("ahead of the playhead") })
    explorer.type("Esc")
    #expect(explorer.race.step == step)
  }

  @Test func anEmptyLogSaysSo() throws {
    var explorer = try explorer("ravine", ["sgd:lr=0.001"], height: 40)
    explorer.type("i Enter")
    #expect(explorer.shows("nothing has happened yet but plain steps"))
    explorer.seek(to: 3)
    explorer.type("i zzzz")
    explorer.type("Enter")
    #expect(explorer.race.step == 3)
  }

  // MARK: Frames

  @Test(arguments: ["80x24", "120x36"], ["text", "ascii"])
  func goldenOverlays(_ size: String, _ kind: String) throws {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    let appearance =
      kind == "text"
      ? Appearance(glyphs: .braille, depth: .none)
      : Appearance(glyphs: .ascii, depth: .none, isUnicode: false)
    var explorer = Explorer(
      scene: try scene("ravine"), appearance: appearance, width: parts[0], height: parts[1])
    explorer.seek(to: 6)
    explorer.type("Tab O O O O")
    try Golden.expect(
      explorer.rows().joined(separator: "\n") + "\n", with: "overlays-\(size)-\(kind).txt")
  }

  @Test func goldenLog() throws {
    var explorer = Explorer(
      scene: try scene("ravine"), appearance: Appearance(glyphs: .braille, depth: .none), width: 80,
      height: 24)
    explorer.seek(to: 6)
    explorer.type("Right N i")
    try Golden.expect(explorer.rows().joined(separator: "\n") + "\n", with: "dialog-log.txt")
  }
}

/// The gauge speaks of the step to come.
@Suite struct WaitingKnobTests {
  @Test func theGaugeFollowsAKnobThatWaits() throws {
    var explorer = try explorer()
    explorer.type("N N c")
    #expect(explorer.shows("≥ 30 = 2/η"))
    #expect(explorer.race.value(entry: 0, key: "lr") == 2.0 / 30)
    explorer.type("u")
    #expect(explorer.shows("< 33.3 = 2/η"))
  }

  @Test func anArrowKeyHasOneHint() throws {
    for key in ["m", "M", "D"] {
      var explorer = try explorer()
      explorer.type(key)
      let hints = try #require(explorer.rows().last)
      #expect(hints.contains("cursor"))
      #expect(!hints.contains(" turn ") && !hints.contains(" knob "), "\(key): \(hints)")
    }
  }
}
