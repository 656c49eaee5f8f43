import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// Names and numbers are shown whole, or in another spelling, never with their ends cut off.
@Suite struct WholeWordsTests {
  /// The knobs of an explorer as a panel of 120 columns lists them, all of them.
  private func knobRows(_ explorer: Explorer) -> [(knob: PanelKnob, row: String)] {
    let context = explorer.context
    let height = context.knobs.count
    var canvas = Canvas(width: context.layout.panel?.width ?? 0, height: height + 1)
    _ = context.knobList.paint(on: &canvas, canvas.bounds, context.look)
    return zip(context.knobs, canvas.rows).map { ($0.knob, $1) }
  }

  private func expectWholeKnobs(_ explorer: Explorer, _ name: String) {
    for (knob, row) in knobRows(explorer) {
      #expect(
        row.contains("  \(knob.knob.label) ") || row.contains(" \(knob.knob.label) "), "\(name): \(row)")
      #expect(row.contains(" \(knob.text) ") || row.hasSuffix(" \(knob.text)"), "\(name): \(row)")
      #expect(!row.contains("…"), "\(name): \(row)")
    }
  }

  @Test func everyKnobOfEveryOptimizerAt120Columns() throws {
    for entry in OptimizerRegistry.all {
      let spec = try OptimizerSpec(entry.isWrapper ? "\(entry.about.id)(adam)" : entry.about.id)
      let landscape = try #require(LandscapeCatalog.all.first { $0.obstacle(to: spec) == nil })
      let explorer = try explorer(landscape.id, [spec.description], width: 120, height: 36)
      #expect(knobRows(explorer).count >= entry.knobs.count)
      expectWholeKnobs(explorer, entry.about.id)
    }
  }

  @Test func everyConstantOfEveryLandscapeAt120Columns() throws {
    for landscape in LandscapeCatalog.all where !landscape.id.hasSuffix("-mlp") {
      let explorer = try explorer(landscape.id, ["sgd"], width: 120, height: 36)
      #expect(knobRows(explorer).count >= landscape.constants.count)
      expectWholeKnobs(explorer, landscape.id)
    }
  }

  @Test func everyNoiseAt120Columns() throws {
    for entry in NoiseRegistry.all {
      let noise = try Noise(entry.declaration.name)
      let explorer = try explorer("bowl", ["sgd"], noise: noise, width: 120, height: 36)
      expectWholeKnobs(explorer, entry.declaration.name)
    }
  }

  /// A schedule moves the rate to numbers of any length.
  @Test func everyScheduleAt120Columns() throws {
    let schedules = [
      "constant": "constant()", "step": "step(every=3,factor=0.37)", "steps": "steps(3,factor=0.37)",
      "exponential": "exponential(0.987)", "linear": "linear(30)", "cosine": "cosine(30)",
      "restarts": "restarts(7,mult=2)", "warmup": "warmup(30)", "inverse": "inverse(7)",
      "inverse-sqrt": "inverse-sqrt(7)", "polynomial": "polynomial(30,power=2)", "onecycle": "onecycle(30)",
    ]
    for entry in ScheduleRegistry.all {
      let name = entry.declaration.name
      guard let text = schedules[name], let spec = try? OptimizerSpec("adam:lr=0.001,schedule=\(text)") else {
        Issue.record("a spec for the schedule '\(name)'")
        continue
      }
      var explorer = try explorer("bowl", [spec.description], width: 120, height: 36)
      for step in [1, 2, 7, 29] {
        explorer.seek(to: step)
        expectWholeKnobs(explorer, "\(name) at \(step)")
      }
    }
  }

  /// A slider that cannot be slid is none: noise that has no strength is there, or it is not.
  @Test func whatCannotBeSlidHasNoSlider() throws {
    let explorer = try explorer("bowl", ["sgd"], noise: try Noise("levy(alpha=1.5)"), width: 120, height: 36)
    let row = try #require(knobRows(explorer).last?.row)
    #expect(row.contains("levy(alpha=1.5)") && !row.contains("●"))
    // What is not live is fixed on a narrow screen, too.
    var fixed = try scene("ravine")
    fixed.controls = []
    let narrow = Explorer(scene: fixed, appearance: Appearance(depth: .none), width: 80, height: 24)
    #expect(narrow.shows("η learning rate 0.06 fixed"))
  }

  // MARK: Entries

  @Test func namesOfABundledSceneNeverReadEqual() throws {
    let library = SceneLibrary()
    for scene in try library.course() {
      var explorer = Explorer(scene: scene, appearance: Appearance(depth: .none), width: 120, height: 36)
      for step in [0, 7, 24] {
        explorer.seek(to: step)
        let panel = try #require(explorer.layout.panel)
        let names = explorer.rows().map { String($0.dropFirst(panel.x)) }
        for (index, entry) in scene.experiment.entries.enumerated() {
          let row = try #require(
            names.first { $0.dropFirst(2).hasPrefix("\(index + 1) ") }, "\(scene.name) \(index + 1)")
          // Up to this length they are whole, whatever the numbers.
          if entry.label.count <= 18 {
            #expect(row.contains("\(index + 1) \(entry.label) "), "\(scene.name)")
          }
        }
        let shown = (1...max(1, scene.experiment.entries.count)).compactMap { digit in
          names.first { $0.dropFirst(2).hasPrefix("\(digit) ") }?.dropFirst(4).prefix(18)
        }
        #expect(Set(shown).count == shown.count, "\(scene.name): \(shown)")
      }
    }
  }

  @Test func theLongestNumbersLeaveRoomForNames() throws {
    var explorer = try explorer("x^4 - 1e30*y", ["sgd:lr=1e-8", "momentum"], width: 120, height: 36)
    explorer.race.start(explorer.race.experiment)
    explorer.seek(to: 3)
    let run = explorer.race.run(entry: 1)
    let row = try #require(explorer.rows().first { $0.contains("2 Momentum ") })
    #expect(row.contains(" \(NumberText.brief(run.loss)) "))
    #expect(row.contains(" \(NumberText.brief(run.gradientNorm)) "))
  }

  // MARK: Ticks

  /// What stands left of the plot; the curve beside it has an axis, too.
  private func labels(_ explorer: Explorer) -> [String] {
    explorer.rows().compactMap { row in
      row.prefix(30).firstIndex(of: "┤").map { row[..<$0].trimmingPrefix { $0 == " " } }.map(String.init)
    }
  }

  /// Left of a map there is room for the ticks of whatever varies upwards.
  @Test(arguments: [46, 67, 110]) func everyAxisOfAMapHasRoomForItsTicks(width: Int) throws {
    for entry in OptimizerRegistry.all {
      let spec = try OptimizerSpec(entry.isWrapper ? "\(entry.about.id)(adam)" : entry.about.id)
      let landscape = try #require(LandscapeCatalog.all.first { $0.obstacle(to: spec) == nil })
      let experiment = Experiment(landscape: landscape, entries: Entry.entries([spec]))
      let choices = MapChoices(experiment: experiment, entry: 0)
      for axis in choices.targets.compactMap(choices.axis) {
        let area = PlotArea(Rect(x: 0, y: 0, width: width, height: 18), isShort: false) {
          GridPicture(area: $0).ticks(upwards: axis).map(\.label)
        }
        let ticks = GridPicture(area: area).ticks(upwards: axis)
        #expect(ticks.contains { !$0.label.isEmpty }, "\(axis)")
        let isFinite = axis.values(99).allSatisfy { $0.isFinite }
        #expect(isFinite, "\(axis)")
        for tick in ticks {
          #expect(Text.width(of: tick.label) < area.yAxis?.width ?? 0, "\(axis): \(tick.label)")
          #expect(axis.isWhole || !axis.words.isEmpty || Double(tick.label.replacing("−", with: "-")) != nil)
        }
        #expect(Set(ticks.map(\.label)).count == ticks.count, "\(axis)")
      }
    }
  }

  @Test func ticksOfAMapAreOnTheScreen() throws {
    for (width, height) in [(80, 24), (120, 36)] {
      var explorer = try explorer("ravine", ["adam"], width: width, height: height)
      explorer.type("m")
      let shown = labels(explorer)
      #expect(
        Set(shown).isSuperset(of: ["0", "0.9", "0.99", "0.999"]) && !shown.contains { $0.contains("…") })
    }
  }

  @Test func ticksOfTheFairRaceKeepTheirDigits() throws {
    var explorer = try explorer("bowl", ["sgd", "adam"], width: 80, height: 24)
    explorer.type("S")
    explorer.finishWork()
    // Less than two powers of ten have their multiples with them.
    #expect(labels(explorer).count >= 2)
    explorer.type("C")
    let shown = labels(explorer)
    #expect(shown.count >= 3 && shown.allSatisfy { Double($0.replacing("−", with: "-")) != nil }, "\(shown)")
  }

  @Test func ticksOfAPlaneKeepTheirDigits() throws {
    var explorer = try explorer("bowl", ["sgd"], width: 80, height: 24)
    for (low, high, label) in [
      (-0.3, 0.1, "−0.2"), (1.2345, 1.2346, "1.23455"), (-30_000, 30_000, "−2e4"),
      (1e6, 1e6 + 4, "1.000002e6"),
      (-4e-7, 4e-7, "−2e−7"), (99_990, 100_010, "1e5"),
    ] {
      let half = (high - low) / 2
      explorer.window = PlotWindow(x: -half...half, y: low...high)
      let shown = labels(explorer)
      #expect(shown.contains(label) && !shown.contains { $0.contains("…") }, "\(shown)")
      #expect(Set(shown).count == shown.count)
    }
  }

  @Test func theEndsOfCurvesSayWhatLiesBeyond() throws {
    // Ten windows away is not far: what is beyond is cut from the scale, and the end of the axis says so.
    var explorer = try explorer("ravine", ["sgd:lr=0.3", "adam:lr=0.1"], steps: 60)
    explorer.seek(to: 60)
    let curves = explorer.context.curves(columns: 80)
    let run = explorer.race.run(entry: 0)
    #expect(run.divergedAt != nil && run.loss > 1e30)
    #expect(curves.labels.top.hasPrefix("≥1e"))
    #expect(explorer.shows(" \(curves.labels.top)┤"))
    // Where nothing is beyond, nothing is said.
    let tame = try ExplorerTests.explorer("ravine", ["adam:lr=0.1"], steps: 60)
    #expect(!tame.context.curves(columns: 80).labels.top.contains("≥"))
    // The ends of a narrow range are told apart.
    var linear = try ExplorerTests.explorer("1000 + 0.001*x", ["sgd:lr=1"], steps: 5)
    linear.type("\\")
    let ends = linear.context.curves(columns: 80).labels
    #expect(ends.top != ends.bottom)
  }

  // MARK: Legends

  @Test func theLegendOfAMapCountsInTheWordsOfThePanel() throws {
    for (width, height) in [(80, 24), (120, 36), (200, 60)] {
      var explorer = try explorer("ravine", ["momentum"], width: width, height: height)
      explorer.type("m")
      explorer.finishWork()
      let legend = try #require(explorer.rows().first { $0.contains("not in time") })
      #expect(legend.contains(" grew or diverged"), "\(width)x\(height)")
      if explorer.layout.panel != nil {
        #expect(explorer.rows().contains { $0.contains(" reached it, ") && $0.contains(" not in time") })
        #expect(explorer.rows().contains { $0.contains(" grew, ") && $0.contains(" diverged") })
      }
    }
  }

  @Test func theGreyCurvesOfAFairRaceHaveALegend() throws {
    // By its name where that has room.
    for (width, height, name) in [(80, 24, "Adam"), (120, 36, "2")] {
      var explorer = try explorer("bowl", ["sgd", "adam"], width: width, height: height)
      explorer.type("Tab S")
      explorer.finishWork()
      // A band where colours are many enough for one, else two lines.
      #expect(explorer.shows("grey: quartiles of \(name)"))
      explorer.appearance.depth = .direct
      #expect(explorer.shows("band: quartiles of \(name)"))
    }
  }

  @Test func numbersOfRainStandApart() throws {
    var explorer = try explorer("himmelblau", ["sgd:lr=0.01", "adam:lr=0.2"], width: 120, height: 36)
    explorer.type("r . } } } }")
    explorer.finishWork()
    let row = try #require(explorer.rows().first { $0.contains("at rest elsewhere") })
    let shares = row.split(separator: " ").filter { $0.hasSuffix("%") }
    #expect(shares.count == 2 && shares.allSatisfy { $0.count { $0 == "." } == 1 })
  }

  // MARK: Words

  @Test func helpKeepsKeysAndWordsApart() throws {
    let lecture = try Explorer(
      lecture: SceneLibrary().course(), appearance: Appearance(depth: .none), width: 80, height: 24)
    for explorer in [try explorer("ravine"), lecture] {
      var help = explorer
      help.type("?")
      help.handle(.resize(width: 120, height: 250))
      let shown = help.rows()
      for row in explorer.helpScreen.rows {
        let words = row.does.split(separator: " ").prefix(2).joined(separator: " ")
        #expect(
          shown.contains { line in
            line.contains("│ \(row.shown) ")
              && line.drop { $0 != "│" }.dropFirst(2 + row.shown.count).trimmingPrefix { $0 == " " }
                .hasPrefix(words)
          }, "\(row.shown)")
      }
    }
    var explorer = try explorer("ravine")
    explorer.type("?")
    explorer.dialog?.paste("undo")
    #expect(explorer.shows("playhead goes to"))
  }

  @Test func anEmptyLogSaysSo() throws {
    var explorer = try explorer("ravine")
    explorer.type("i")
    #expect(explorer.shows("nothing has happened yet") && !explorer.shows("nothing matches"))
    explorer.type("Esc L zzz")
    #expect(explorer.shows("nothing matches"))
  }

  @Test func oneStepIsNotSteps() throws {
    var explorer = try explorer("ravine")
    for _ in 0..<20 { explorer.type("[") }
    #expect(explorer.shows(" 1 step a second is the limit"))
    for _ in 0..<20 { explorer.type("]") }
    #expect(explorer.shows(" steps a second is the limit"))
  }

  /// Of a rule with two forms the one in force is shown where both have no room.
  @Test func theFormInForceIsShownWhole() throws {
    var explorer = try explorer("saddle", ["newton", "newton:saddle_free=on"], width: 120, height: 36)
    explorer.seek(to: 1)
    #expect(explorer.shows(" δ ← (H + τI)⁻¹ g "))
    explorer.type("Tab")
    #expect(explorer.shows(" δ ← (|H| + τI)⁻¹ g "))
    explorer.type("e")
    #expect(explorer.shows(" δ ← (|H| + τI)⁻¹ g "))
    let torch = try OptimizerSpec("nesterov:form=torch").makeScalar()
    let record = StepRecord(before: [0.0, 0], after: [0, 0], gradient: [0, 0])
    var prepared = torch
    prepared.prepare(for: .vector(2))
    let lines = prepared.lines(after: record)
    #expect(lines.map(\.short).contains("v ← β v + g"))
    for entry in OptimizerRegistry.all where !entry.isWrapper {
      var optimizer = try OptimizerSpec(entry.about.id).makeScalar()
      optimizer.prepare(for: .vector(2))
      for line in optimizer.lines(after: record) {
        #expect(line.text.hasPrefix(line.short) || line.isInOtherForm, "\(entry.about.id): \(line.short)")
        #expect(!line.short.contains("  ("))
      }
    }
  }

  @Test func theLimitSaysWhatItIsMadeOf() throws {
    let plain = try explorer("ravine", ["sgd:lr=0.05"], constants: ["kappa": 30], width: 120, height: 36)
    #expect(plain.shows("stable below 0.0667 = 2/steepest curvature"))
    let heavy = try explorer("ravine", ["momentum:lr=0.05"], constants: ["kappa": 30], width: 120, height: 36)
    #expect(heavy.shows("stable below 0.127 = 2(1+β)/L, L = λmax"))
    #expect(heavy.shows("wd L2 penalty") && !heavy.shows("λ L2"))
  }

  /// In ASCII no letter stands for another one.
  @Test func lettersInASCIIAreWords() throws {
    var explorer = try explorer(
      "rotated-ravine", ["sgd:lr=0.05"], steps: 3, width: 120, height: 36,
      appearance: Appearance(glyphs: .ascii, depth: .none, isUnicode: false))
    for text in [
      "g = Df(theta) + wd theta", "theta = theta - lr g", "lr learning rate", "angle = ", "kappa = ",
      "eigmax",
    ] {
      #expect(explorer.shows(text), "\(text)")
    }
    let plain = try ExplorerTests.explorer(
      "ravine", ["sgd"], appearance: Appearance(glyphs: .ascii, depth: .none, isUnicode: false))
    #expect(plain.shows("0.5*(kappa*x^2 + y^2)"))
    explorer.type("e")
    #expect(explorer.shows("theta = theta - lr g"))
    #expect(explorer.rows().allSatisfy { $0.allSatisfy(\.isASCII) })
  }

  @Test func aSavedSceneSaysWhatItLeavesOut() throws {
    var explorer = try explorer("ravine")
    #expect(!explorer.scene.expectations.isEmpty && explorer.leftOutOfDocument == nil)
    let same = try SceneLibrary.scene(of: explorer.document(named: "s"), file: "s.yaml", name: "s")
    #expect(
      same.expectations == explorer.scene.expectations && same.beats.count == explorer.scene.beats.count)
    // Going on beyond the budget makes no other scene of it.
    explorer.type("End space space")
    #expect(explorer.leftOutOfDocument == nil)
    explorer.type("Right")
    #expect(
      explorer.leftOutOfDocument
        == "without its beats and expectations, which speak of the scene as it was")
    let other = try SceneLibrary.scene(of: explorer.document(named: "s"), file: "s.yaml", name: "s")
    #expect(other.expectations.isEmpty && other.beats.isEmpty)
  }
}
