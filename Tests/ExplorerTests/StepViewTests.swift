import Canvas
import Experiments
@testable import Explorer
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import TestSupport
import Testing

/// A step line by line: the numbers are those of the run, and every key can be taken back.
@Suite struct StepViewTests {
  private func number(_ value: Double) -> String {
    [4, 3, 2].map { NumberText.brief(value, digits: $0) }.first { $0.count < 9 } ?? ""
  }

  @Test func walksThroughTheLinesAndOnToTheNextStep() throws {
    var explorer = try explorer("rosenbrock", ["adam:lr=0.1"])
    explorer.type("e")
    #expect(explorer.shows("at the start"))
    for line in 1...5 {
      explorer.type("n")
      #expect(explorer.race.step == 0)
      #expect(explorer.shows("step 1, line \(line) of 6"))
    }
    explorer.type("n")
    #expect(explorer.race.step == 1)
    #expect(explorer.shows("step 1, line 6 of 6"))
    explorer.type("n")
    #expect(explorer.race.step == 1)
    #expect(explorer.shows("step 2, line 1 of 6"))
    explorer.type("p")
    #expect(explorer.shows("step 1, line 6 of 6"))
    explorer.type("p")
    #expect(explorer.race.step == 0)
    #expect(explorer.shows("step 1, line 5 of 6"))
    explorer.type("p p p p p")
    #expect(explorer.shows("at the start"))
    explorer.type("p")
    #expect(explorer.shows("this is the start"))
  }

  @Test func theLastLineTakesTheStepThatTheKeyTakesElsewhere() throws {
    var inside = try explorer("rosenbrock", ["momentum:lr=0.001,beta=0.9", "adam:lr=0.05"])
    var outside = inside
    inside.type("e")
    for _ in 0..<7 {
      inside.type("n n n")
      outside.type("n")
      #expect(inside.bits == outside.bits)
      #expect(inside.race.step == outside.race.step)
    }
  }

  @Test func everyLineShowsTheNumbersOfTheRun() throws {
    for spec in [
      "sgd:lr=0.001", "momentum:lr=0.001,beta=0.8,l2=0.01", "nesterov:lr=0.001,beta=0.7", "adam:lr=0.05",
      "adamw:lr=0.05", "rmsprop:lr=0.02", "lion:lr=0.02", "sam(adam:lr=0.05):rho=0.1", "newton:damping=0.1",
    ] {
      var explorer = try explorer("rosenbrock", [spec], width: 160, height: 50)
      explorer.seek(to: 11)
      explorer.type("e")
      // What the step to come computes is known from a race that has taken it.
      var ahead = explorer.race
      ahead.seek(to: 12)
      let run = ahead.run(entry: 0)
      let lines = run.optimizer.lines(after: run.lastStepRecord)
      for (index, line) in lines.enumerated() {
        explorer.type("n")
        let rows = explorer.rows()
        #expect(explorer.race.step == (index == lines.count - 1 ? 12 : 11), "\(spec), \(line.text)")
        let row = try #require(rows.first { $0.contains("▸ \(line.text)") }, "\(spec), \(line.text)")
        guard line.values.count <= 2 else { continue }
        // Beside the line where it leaves room, and always under the lines.
        if Text.width(of: line.text) <= 28 {
          for value in line.values { #expect(row.contains(number(value)), "\(spec), \(line.text): \(row)") }
        }
        for value in line.values {
          let whole = NumberText.brief(value, digits: 4)
          #expect(
            rows.contains { $0.contains("= \(whole)") || $0.contains("  \(whole)") }, "\(spec), \(line.text)")
        }
      }
    }
  }

  @Test func linesNotYetComputedShowNoNumbersAndTheirStateIsOld() throws {
    var explorer = try explorer("rosenbrock", ["adam:lr=0.05"])
    explorer.seek(to: 5)
    let before = explorer.race.run(entry: 0).optimizer.state
    explorer.type("e n n")  // g and m of step 6 are there, v is not
    var ahead = explorer.race
    ahead.seek(to: 6)
    let after = ahead.run(entry: 0).optimizer.state
    func values(_ symbol: String, _ state: [SlotValue<Double>]) throws -> [Double] {
      try #require(state.first { $0.symbol == symbol }).values
    }
    let rows = explorer.rows()
    let state = try #require(rows.firstIndex { $0.contains("─ State ─") })
    func row(_ symbol: String) throws -> String {
      let row = try #require(rows[state...].first { $0.contains("   \(symbol)  ") })
      return row
    }
    for value in try values("g", after) + values("m", after) {
      #expect(try row("g").contains(number(value)) || row("m").contains(number(value)))
    }
    for value in try values("v", before) { #expect(try row("v").contains(number(value))) }
    #expect(try values("v", before) != values("v", after))
    let line = try #require(rows[..<state].first { $0.contains("v ← β₂v") })
    #expect(!line.contains(number(try values("v", after)[0])))
  }

  @Test func arithmeticIsShownOnlyWhereItGivesTheValue() throws {
    // Under noise the gradient is not ∇f(θ), so no such sum is shown for it.
    var quiet = try explorer("rosenbrock", ["sgd:lr=0.001"])
    quiet.type("e n")
    let gradient = quiet.race.experiment.landscape.gradient(at: quiet.race.experiment.starts[0])
    #expect(quiet.shows("x  \(NumberText.brief(gradient.x, digits: 4)) "))
    quiet.type("n")
    let start = quiet.race.experiment.starts[0]
    #expect(
      quiet.shows(
        "\(NumberText.brief(start.x, digits: 4)) − 0.001·\(gradient.x < 0 ? "(" : "")\(NumberText.brief(gradient.x, digits: 4))"
      ))
  }

  @Test func backAndForthOverRandomKeysGivesTheSameFrames() throws {
    var generator = SplitMix64(state: 7)
    for specs in [
      ["adam:lr=0.1", "sgd:lr=0.002"], ["lookahead(momentum:lr=0.001):k=3"], ["sam(adam:lr=0.05)"],
    ] {
      var explorer = try explorer("rosenbrock", specs, width: 100, height: 30)
      explorer.type("e")
      for _ in 0..<12 {
        // Somewhere, with knobs turned on the way.
        switch generator.next() % 6 {
        case 0: explorer.type("Right")
        case 1: explorer.type("N")
        case 2: explorer.type("Tab")
        case 3: explorer.type("Down Left")
        default: explorer.type("n n")
        }
        explorer.type("n p")
        var frames = [explorer.rows()]
        let count = Int(generator.next() % 17) + 1
        for _ in 0..<count {
          explorer.type("n")
          frames.append(explorer.rows())
        }
        for index in stride(from: count - 1, through: 0, by: -1) {
          explorer.type("p")
          #expect(explorer.rows() == frames[index], "\(specs), \(count) steps, at \(index)")
        }
      }
    }
  }

  @Test func steppingBackAfterKnobChangesShowsTheValuesThatWereUsed() throws {
    var explorer = try explorer("rosenbrock", ["momentum:lr=0.001,beta=0.9"])
    explorer.type("e")
    explorer.type("n n n n n n n n n")
    #expect(explorer.race.step == 3)
    // In the middle of step 4 the rate is turned: the line that uses it takes the new one.
    explorer.type("n n Right")
    let turned = try #require(explorer.race.value(entry: 0, key: "lr"))
    #expect(turned != 0.001)
    explorer.type("n")
    #expect(explorer.race.step == 4)
    #expect(explorer.shows("− \(NumberText.brief(turned, digits: 4))·"))
    explorer.type("p p p")
    #expect(explorer.race.step == 3)
    #expect(explorer.shows("− 0.001·"))
    #expect(!explorer.shows("− \(NumberText.brief(turned, digits: 4))·"))
    explorer.type("n n n")
    #expect(explorer.shows("− \(NumberText.brief(turned, digits: 4))·"))
  }

  @Test func aClickOnALineGoesThere() throws {
    var explorer = try explorer("rosenbrock", ["adam:lr=0.05"])
    explorer.seek(to: 3)
    explorer.type("e")
    let rows = explorer.rows()
    _ = explorer.frame()
    let row = try #require(rows.firstIndex { $0.contains("v ← β₂v") })
    let text = rows[row]
    let column = text.distance(from: text.startIndex, to: try #require(text.range(of: "v ← β₂v")).lowerBound)
    explorer.handle(.mouse(Mouse(.press, x: column, y: row)))
    #expect(explorer.shows("step 3, line 3 of 6"))
    #expect(explorer.race.step == 2)
    explorer.type("n n n")
    #expect(explorer.race.step == 3)
  }

  @Test func aRunThatHasEndedAndAnEntryThatIsOffSaySo() throws {
    var explorer = try explorer("rosenbrock", ["sgd:lr=10", "adam:lr=0.05"])
    explorer.type("e")
    for _ in 0..<60 { explorer.type("n") }
    let ended = explorer.race.run(entry: 0).step
    #expect(ended < explorer.race.step)
    #expect(explorer.shows("diverged"))
    explorer.type("Tab 2")
    #expect(explorer.shows("off: 2 switches it on"))
  }

  @Test func everySizeIsServed() throws {
    for specs in [["adam:lr=0.05"], ["sam(adamw:lr=0.05)"], ["newton"]] {
      var explorer = try explorer("rosenbrock", specs)
      explorer.seek(to: 4)
      explorer.type("e n n O")
      for (width, heights) in [
        (0, [0, 24]), (19, [6]), (20, [5, 6, 12]), (25, [8]), (40, [12, 15, 24]), (63, [20]),
        (64, [6, 7, 24]),
        (80, [24]), (99, [60]), (100, [20, 36]), (120, [12, 19]), (200, [60]),
      ] {
        for height in heights {
          explorer.handle(.resize(width: width, height: height))
          let frame = explorer.frame()
          #expect(frame.rows.allSatisfy { Text.width(of: $0) <= width })
          if width >= 40, height >= 12 {
            #expect(frame.rows.contains { $0.contains("▸") }, "\(width)x\(height)")
          }
          if width >= 20, height >= 6 {
            #expect(frame.rows.contains { $0.contains("▸") || $0.contains("←") })
          }
          explorer.type("?")
          _ = explorer.frame()
          explorer.type("Esc")
        }
      }
    }
  }

  @Test func matrixLandscapesShowLengths() throws {
    let id = try #require(LandscapeCatalog.all.first { $0.dimension > 2 }?.id)
    var explorer = try explorer(id, ["adam:lr=0.01", "muon:lr=0.02"])
    explorer.seek(to: 3)
    explorer.type("e n")
    let values = try #require(
      {
        var ahead = explorer.race
        ahead.seek(to: 4)
        let run = ahead.run(entry: 0)
        return run.optimizer.lines(after: run.lastStepRecord).first?.values
      }())
    let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(explorer.shows("‖g‖ = \(number(length))"))
    explorer.type("Tab n n")
    #expect(explorer.shows("line 3 of"))
  }

  // MARK: On the landscape

  @Test func arrowsStandWhereTheNumbersSay() throws {
    var explorer = try explorer("ravine", ["sgd:lr=0.19"], appearance: Appearance(depth: .direct))
    explorer.seek(to: 2)
    explorer.type("e n")
    var memory = StepMemory()
    let ahead = memory.ahead(of: explorer.race, entry: 0)
    let moment = try #require(ahead).at(line: 0)
    var plot = Plot(columns: 60, rows: 30)
    let area = PlotArea(Rect(x: 0, y: 0, width: 60, height: 30), isShort: true)
    let scale = PlotScale(area, showing: explorer.race.experiment.window)
    let legend = StepPicture(moment).draw(on: &plot, scale, highlighted: "g")
    #expect(legend.first { $0.symbol == "−η g" }?.size == .toScale)
    #expect(explorer.shows("−η g to scale"))
    #expect(!legend.contains { $0.symbol.contains("θ") })
    // The tip stands where the gradient alone would lead: that is where the step of this rule ends.
    let tip = try #require(plot.cell(at: scale.place(Point(x: moment.after[0], y: moment.after[1]))))
    #expect(plot.hasMarker(x: tip.x, y: tip.y))
    #expect(StepArrows.roundedDown(0.0499) == 0.02)
    #expect(StepArrows.roundedDown(700) == 500)
  }

  @Test func whatIsTooSmallToDrawIsDashedAndSaidToBe() throws {
    var explorer = try explorer("ravine", ["sgd:lr=1e-5"], appearance: Appearance(depth: .direct))
    explorer.seek(to: 2)
    explorer.type("O")
    var memory = StepMemory()
    let moment = memory.done(of: explorer.race, entry: 0, wantsPast: false)
    var plot = Plot(columns: 60, rows: 30)
    let area = PlotArea(Rect(x: 0, y: 0, width: 60, height: 30), isShort: true)
    let scale = PlotScale(area, showing: explorer.race.experiment.window)
    let legend = StepPicture(moment).draw(on: &plot, scale, highlighted: nil)
    #expect(legend.allSatisfy { $0.size == StepArrows.Size.tooSmall })
    #expect(explorer.shows("too small to draw"))
    // Three cells and a half, whatever the step: its tip is as far from the start as that.
    let from = scale.place(Point(x: moment.before[0], y: moment.before[1]))
    let tips = (0..<30).flatMap { y in (0..<60).map { (x: $0, y: y) } }
      .filter { plot.hasMarker(x: $0.x, y: $0.y) }
    #expect(
      tips.allSatisfy {
        abs(Double($0.x) + 0.5 - from.x) <= 6 && abs(Double($0.y) + 0.5 - from.y) <= 3
      })
  }

  @Test func theStepViewFramesTheLastStep() throws {
    var explorer = try explorer("ravine", ["sgd:lr=1e-5"], appearance: Appearance(depth: .direct))
    explorer.seek(to: 2)
    explorer.type("e")
    let record = explorer.race.run(entry: 0).lastStepRecord
    let shown = explorer.shownWindow
    let way = Point(x: record.after[0] - record.before[0], y: record.after[1] - record.before[1])
    #expect(shown.contains(Point(record.before[0], record.before[1])))
    #expect(shown.contains(Point(record.after[0], record.after[1])))
    #expect(max(way.x.magnitude / shown.width, way.y.magnitude / shown.height) > 0.15)
    #expect(shown.isToScale && explorer.shows("to scale") && !explorer.shows("too small to draw"))
    // The window itself stays, until somebody moves it; then what is shown is what was moved.
    #expect(explorer.window == explorer.session.home)
    explorer.type("+")
    #expect(explorer.window == shown.zoomed(by: 1.25, around: shown.centre))
    #expect(explorer.shownWindow == explorer.window)
    explorer.type("z")
    #expect(explorer.shownWindow == shown)
    // Elsewhere, and while the run plays, the window is shown.
    explorer.type("e")
    #expect(explorer.shownWindow == explorer.session.home)
    explorer.type("e Space")
    #expect(explorer.shownWindow == explorer.session.home)
  }

  @Test func aStepThatIsSeenWellIsLeftWhereItIs() throws {
    var explorer = try explorer("ravine", ["newton"])
    explorer.seek(to: 1)
    explorer.type("e")
    #expect(explorer.shownWindow == explorer.window)
  }

  @Test func theAxesCarryTheEigenvaluesOfTheHessian() throws {
    var explorer = try explorer("rotated-ravine", ["sgd:lr=0.01"])
    explorer.seek(to: 3)
    explorer.type("O O")
    let hessian = explorer.race.landscape.hessian(at: explorer.race.run(entry: 0).point)
    #expect(explorer.shows("λ \(NumberText.brief(hessian.eigenvalues.larger, digits: 3))"))
    #expect(explorer.shows("λ \(NumberText.brief(hessian.eigenvalues.smaller, digits: 3))"))
    explorer.type("O O O")
    #expect(!explorer.shows("1/√|λ|"))
  }

  // MARK: Frames

  @Test(arguments: ["80x24", "120x36"])
  func goldenText(_ size: String) throws {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    var explorer = try onTheRavine(width: parts[0], height: parts[1])
    explorer.type("e Tab n n")
    try Golden.expect(explorer.rows().joined(separator: "\n") + "\n", with: "step-\(size).txt")
  }

  @Test(arguments: ["80x24", "120x36"])
  func goldenASCII(_ size: String) throws {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    var explorer = try onTheRavine(
      width: parts[0], height: parts[1],
      appearance: Appearance(glyphs: .ascii, depth: .none, isUnicode: false))
    explorer.type("e Tab n n O")
    try Golden.expect(explorer.rows().joined(separator: "\n") + "\n", with: "step-ascii-\(size).txt")
  }

  private func onTheRavine(
    width: Int, height: Int, appearance: Appearance = Appearance(glyphs: .braille, depth: .none)
  ) throws -> Explorer {
    var explorer = Explorer(scene: try scene("ravine"), appearance: appearance, width: width, height: height)
    explorer.seek(to: 6)
    return explorer
  }
}
