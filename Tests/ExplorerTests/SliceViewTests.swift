import Canvas
import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// The loss along the step.
@Suite struct SliceViewTests {
  private static func slice(_ explorer: Explorer, _ direction: Slice.Direction, entry: Int = 0) -> Slice {
    Slice(explorer.race.run(entry: entry), in: explorer.race.experiment, along: direction)
  }

  @Test(arguments: ["80x24", "120x36"]) func goldenText(_ size: String) throws {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    for glyphs in [GlyphSet.braille, .ascii] {
      var explorer = try explorer(
        "rosenbrock", ["line-search", "newton"], steps: 6, width: parts[0], height: parts[1],
        appearance: Appearance(glyphs: glyphs, depth: .none, isUnicode: glyphs != .ascii))
      explorer.type("y")
      try Golden.expect(
        explorer.rows().joined(separator: "\n") + "\n",
        with: "slice-\(size)\(glyphs == .ascii ? "-ascii" : "").txt")
    }
  }

  /// Before, after and the model's minimum are in the picture, however far apart, and so are their losses.
  @Test(arguments: ["sgd:lr=1e-4", "sgd:lr=0.06", "sgd:lr=0.5", "momentum:lr=0.05", "newton"])
  func bothEndsAndTheModelsMinimumAreFramed(_ spec: String) throws {
    for steps in [1, 2, 7] {
      let explorer = try explorer("ravine", [spec], steps: steps)
      for direction in Slice.Direction.allCases {
        let slice = Self.slice(explorer, direction)
        let picture = SlicePicture(slice, range: slice.range(), columns: 120)
        for place in [0, slice.length, slice.modelMinimum] {
          guard let place, place.magnitude <= 100 * explorer.race.landscape.window.diagonal else { continue }
          #expect(slice.range().contains(place), "\(spec) \(steps) \(direction)")
          let loss = slice.loss(at: place)
          #expect(picture.low <= loss && loss <= picture.high, "\(spec) \(steps) \(direction)")
        }
      }
    }
  }

  @Test func itPassesThroughBothEndsOfTheStep() throws {
    for spec in ["sgd:lr=0.001", "momentum:lr=0.001", "adam:lr=0.1", "newton", "sam(sgd:lr=0.001)"] {
      let explorer = try explorer("rosenbrock", [spec], steps: 9)
      let run = explorer.race.run(entry: 0)
      let slice = Self.slice(explorer, .step)
      let before = run.lastStepRecord.before
      let way = zip(run.parameters, before).map { $0 - $1 }
      let length = try #require(slice.length)
      #expect(abs(length - Point(x: way[0], y: way[1]).norm) < 1e-15 + 1e-12 * length, "\(spec)")
      #expect(slice.endsOnLine)
      #expect(slice.value == run.history.losses[8], "\(spec)")
      #expect(abs(slice.loss(at: length) - run.loss) <= 1e-9 * max(1, run.loss), "\(spec)")
    }
  }

  @Test func theModelHasTheDerivativesOfTheLoss() throws {
    for landscape in ["rosenbrock", "beale", "himmelblau", "matrix-3x2"] {
      let explorer = try explorer(landscape, ["sgd:lr=0.0001"], steps: 3)
      for direction in Slice.Direction.allCases {
        let slice = Self.slice(explorer, direction)
        let h = 1e-4
        let losses = slice.losses(at: [-h, 0, h])
        let slope = (losses[2] - losses[0]) / (2 * h)
        let curvature = (losses[2] - 2 * losses[1] + losses[0]) / (h * h)
        let size = max(1, abs(slope), abs(curvature))
        #expect(slice.model(at: 0) == slice.value)
        #expect(abs(slope - slice.slope) < 1e-4 * size, "\(landscape) \(direction)")
        #expect(abs(curvature - slice.curvature) < 1e-3 * size, "\(landscape) \(direction)")
      }
    }
  }

  @Test func onAQuadraticTheModelIsTheLoss() throws {
    let explorer = try explorer("rotated-ravine", ["momentum:lr=0.02,beta=0.8"], steps: 5)
    for direction in Slice.Direction.allCases {
      let slice = Self.slice(explorer, direction)
      for place in stride(from: -2.0, through: 2, by: 0.25) {
        let loss = slice.loss(at: place)
        #expect(abs(loss - slice.model(at: place)) <= 1e-9 * max(1, abs(loss)))
      }
    }
  }

  @Test func overshootIsTheRateTimesTheCurvature() throws {
    // For gradient descent the way is η‖g‖ and the minimum lies at ‖g‖/q.
    for rate in [0.005, 0.02, 0.03, 0.07] {
      let explorer = try explorer("rotated-ravine", ["sgd:lr=\(rate)"], steps: 2)
      let slice = Self.slice(explorer, .step)
      #expect(abs(try #require(slice.overshoot) - rate * slice.curvature) < 1e-9)
      let ratio = rate * slice.curvature
      let words = slice.verdict.long
      if ratio > 1.05 {
        #expect(words.contains("overshoots by \(NumberText.brief(ratio, digits: 2))×"), "\(words)")
        #expect(words.contains("it rises") == (ratio > 2))
        #expect((slice.loss(at: try #require(slice.length)) > slice.value) == (ratio > 2))
      } else if ratio < 0.95 {
        #expect(words.contains("\(NumberText.brief(100 * ratio, digits: 2)) % of the way"), "\(words)")
      }
    }
    // Newton's step is the model's minimum.
    let newton = Self.slice(try explorer("rosenbrock", ["newton"], steps: 3), .step)
    #expect(abs(try #require(newton.overshoot) - 1) < 1e-9)
    #expect(newton.verdict.long.contains("lands on"))
  }

  @Test func eigenvectorsAreThoseOfTheHessian() throws {
    let explorer = try explorer("rotated-ravine", ["sgd:lr=0.02"], steps: 4)
    let landscape = explorer.race.landscape
    let (small, large) = landscape.hessian(at: Point(0, 0)).eigenvalues
    #expect(abs(Self.slice(explorer, .sharpest).curvature - large) < 1e-9)
    #expect(abs(Self.slice(explorer, .flattest).curvature - small) < 1e-9)
    // Along each the step goes η λ of the way: the directions do not know of each other.
    #expect(abs(try #require(Self.slice(explorer, .sharpest).overshoot) - 0.02 * large) < 1e-9)
    #expect(abs(try #require(Self.slice(explorer, .flattest).overshoot) - 0.02 * small) < 1e-9)
    #expect(!Self.slice(explorer, .flattest).endsOnLine)
  }

  @Test func trialsAreWhatTheLineSearchAsked() throws {
    let explorer = try explorer("rosenbrock", ["line-search"], steps: 6)
    let slice = Self.slice(explorer, .step)
    let run = explorer.race.run(entry: 0)
    // The accepted trial is the step.
    #expect(slice.trials.count >= 2)
    #expect(abs(try #require(slice.trials.last) - (try #require(slice.length))) < 1e-12)
    let norm = Point(
      x: explorer.race.landscape.gradient(at: slice.origin)[0],
      y: explorer.race.landscape.gradient(at: slice.origin)[1]
    ).norm
    #expect(abs(try #require(slice.trials.last) - (try #require(run.learningRate)) * norm) < 1e-12)
    // The search's own record says the same.
    for spec in ["line-search", "lbfgs"] {
      let explorer = try ExplorerTests.explorer("rosenbrock", [spec], steps: 7)
      let search = try #require(explorer.race.run(entry: 0).optimizer.search)
      let length = Point(x: search.direction[0], y: search.direction[1]).norm
      let trials = Self.slice(explorer, .step).trials
      #expect(trials.count == search.trials.count, "\(spec)")
      for (a, b) in zip(trials, search.trials) {
        #expect(abs(a - b * length) < 1e-9 * a.magnitude, "\(spec)")
      }
    }
    let plain = try ExplorerTests.explorer("rosenbrock", ["sgd:lr=0.001"], steps: 6)
    #expect(Self.slice(plain, .step).trials.isEmpty)
  }

  @Test func theNumbersOnScreenAreThoseOfTheRun() throws {
    var explorer = try explorer("rotated-ravine", ["sgd:lr=0.05", "momentum:lr=0.02"], width: 100)
    explorer.type("y")
    for step in [1, 2, 7, 30] {
      for _ in 0..<2 {
        explorer.seek(to: step)
        let run = explorer.race.run(entry: explorer.selectedEntry)
        let record = run.lastStepRecord
        let length = Point(
          x: record.after[0] - record.before[0], y: record.after[1] - record.before[1]
        ).norm
        func brief(_ value: Double) -> String { NumberText.brief(value, digits: 4) }
        let before = run.history.losses[step - 1]
        let wanted = "step \(brief(length)), loss \(brief(before)) → \(brief(run.loss)), model"
        #expect(explorer.shows(wanted), "\(wanted)")
        explorer.type("Tab")
      }
    }
  }

  @Test func beforeTheFirstStepItLooksDownTheGradient() throws {
    var explorer = try explorer("rotated-ravine", ["sgd:lr=0.05"])
    explorer.type("y")
    #expect(explorer.shows("no step was taken yet"))
    #expect(explorer.shows("down the gradient"))
    explorer.type("n")
    #expect(explorer.shows("along the step, step 1"))
  }

  @Test func keysAndTheMouseChooseTheLine() throws {
    var explorer = try explorer("rotated-ravine", ["sgd:lr=0.05"], steps: 3)
    explorer.type("y")
    for words in [
      "down the gradient", "sharpest eigenvector", "flattest eigenvector",
      "along the step",
    ] {
      explorer.type("Y")
      #expect(explorer.shows("\(words), step 3"), "\(words)")
    }
    let rows = explorer.rows()
    let row = try #require(rows.firstIndex { $0.contains("λmax") })
    let column = try #require(rows[row].range(of: "λmax")).lowerBound
    _ = explorer.frame()
    explorer.handle(
      .mouse(Mouse(.press, x: rows[row].distance(from: rows[row].startIndex, to: column), y: row)))
    #expect(explorer.shows("sharpest eigenvector, step 3"))
    explorer.type("h")
    #expect(explorer.shows("Esc leads back"))
    let before = explorer.rows()
    explorer.type("+")
    #expect(explorer.rows() != before)
    explorer.type("z Q Esc")
    #expect(!explorer.shows("─ Slice"))
    explorer.type("y")
    #expect(explorer.shows("─ Slice"))
    explorer.type("y")
    #expect(!explorer.shows("─ Slice"))
  }

  @Test func everySizeSaysATrueThing() throws {
    for dialog in ["", "?"] {
      var explorer = try explorer("rotated-ravine", ["sgd:lr=0.05", "adam"], steps: 1)
      explorer.type("y")
      explorer.type(dialog)
      for width in [0, 19, 20, 30, 40, 60, 80, 100, 140, 200] {
        for height in [0, 5, 6, 7, 8, 10, 12, 14, 18, 24, 50] {
          explorer.handle(.resize(width: width, height: height))
          explorer.type(dialog.isEmpty ? "space" : "")
          explorer.advance(by: 0.1)
          let frame = explorer.frame()
          #expect(frame.width == width && frame.height == height)
          guard width >= 20, height >= 6, dialog.isEmpty else { continue }
          let slice = Self.slice(explorer, .step)
          #expect(
            explorer.shows(slice.verdict.short) || explorer.shows(slice.verdict.long), "\(width)x\(height)")
        }
      }
    }
  }

  @Test func withNothingToShowItSaysSo() throws {
    var explorer = try explorer("rotated-ravine", [])
    explorer.type("y")
    #expect(explorer.shows("no entry yet: a adds one"))
    var resting = try ExplorerTests.explorer("bowl", ["newton"], steps: 5)
    resting.type("y")
    #expect(resting.shows("the step moved nothing"))
    resting.type("1")
    #expect(resting.shows("off; 1 switches it on"))
  }
}
