import Canvas
import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// The data, and what each model makes of them.
@Suite struct DataViewTests {
  private static let moons = "network(data=moons, rows=40, test=0.25, hidden=4, activation=tanh)"

  @Test(arguments: ["80x24", "120x36"]) func goldenText(_ size: String) throws {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    for glyphs in [GlyphSet.braille, .ascii] {
      var explorer = try explorer(
        Self.moons, ["sgd:lr=0.3", "adam:lr=0.05"], steps: 40, width: parts[0], height: parts[1],
        appearance: Appearance(glyphs: glyphs, depth: .none, isUnicode: glyphs != .ascii))
      explorer.type("b")
      try Golden.expect(
        explorer.rows().joined(separator: "\n") + "\n",
        with: "data-\(size)\(glyphs == .ascii ? "-ascii" : "").txt")
    }
  }

  /// Every pixel has the class that the model gives it.
  @Test func aRegionIsWhatTheModelTells() throws {
    let explorer = try explorer(Self.moons, ["adam:lr=0.05"], steps: 60)
    let data = try #require(explorer.race.landscape.data)
    let window = try #require(RegionPicture.window(of: data.training, data.roles.inputs))
    let parameters = explorer.race.run(entry: 0).parameters
    var look = Appearance(depth: .direct)
    look.glyphs = .braille
    let palette = Look(look).palette
    var canvas = Canvas(width: 20, height: 8)
    RegionPicture(problem: data, parameters: parameters, window: window)
      .paint(on: &canvas, Rect(x: 0, y: 0, width: 20, height: 8), Look(look))
    var seen = 0
    for y in 0..<8 {
      for x in 0..<20 where canvas[x, y].glyph == .upperHalf {
        let place = [
          [window.x.lowerBound + (Double(x) + 0.5) / 20 * window.width],
          [window.y.upperBound - (Double(2 * y) + 0.5) / 16 * window.height],
        ]
        let told = data.predictions(at: parameters, inputs: place)
        let best = told[0][0] >= told[1][0] ? 0 : 1
        let expected = palette.classGround(best, sureness: 2 * told[best][0] - 1)
        #expect(canvas[x, y].style.foreground == expected, "\(x) \(y)")
        seen += 1
      }
    }
    #expect(seen > 60)
  }

  @Test func aCrossIsARowThatIsToldWrong() throws {
    // From zero weights every row is told to be of class 0.
    let explorer = try explorer("network(data=moons, rows=24, hidden=none, init=zero)", ["sgd"])
    let data = try #require(explorer.race.landscape.data)
    let window = try #require(RegionPicture.window(of: data.training, data.roles.inputs))
    var canvas = Canvas(width: 120, height: 60)
    RegionPicture(problem: data, parameters: explorer.race.run(entry: 0).parameters, window: window)
      .paint(on: &canvas, canvas.bounds, Look(Appearance(depth: .direct)))
    var marks: [Glyph: Int] = [:]
    for y in 0..<60 { for x in 0..<120 { marks[canvas[x, y].glyph, default: 0] += 1 } }
    #expect(marks["•"] == 12 && marks["×"] == 12)
    #expect(data.report(at: explorer.race.run(entry: 0).parameters).trainAccuracy == 0.5)
  }

  @Test func theTitlesSayWhatTheReportSays() throws {
    var explorer = try explorer(Self.moons, ["sgd:lr=0.3", "adam:lr=0.05"], steps: 40, width: 160)
    explorer.type("b")
    let data = try #require(explorer.race.landscape.data)
    for entry in 0..<2 {
      let report = data.report(at: explorer.race.run(entry: entry).parameters)
      let train = NumberText.fixed(100 * (report.trainAccuracy ?? .nan), decimals: 1)
      let test = NumberText.fixed(100 * (report.testAccuracy ?? .nan), decimals: 1)
      #expect(explorer.shows("train \(train) %  test \(test) %"))
    }
  }

  @Test func unitsAndLayersAreThoseOfTheSelectedNetwork() throws {
    var explorer = try explorer(
      "network(data=moons, rows=20, hidden=3x5, activation=tanh)", ["sgd", "adam:lr=0.05"], steps: 5)
    explorer.type("b Y")
    #expect(explorer.shows("the units of the selected network"))
    explorer.type("l")
    #expect(explorer.shows("hidden layer 2 of 2"))
    explorer.type("Y")
    #expect(explorer.shows("layer 3") && explorer.shows("activations forward"))
    let network = try #require(explorer.race.landscape.problem as? NetworkProblem)
    let sizes = network.layerSizes(at: explorer.race.run(entry: 0).parameters)
    for size in sizes.activations + sizes.slopes { #expect(explorer.shows(NumberText.brief(size))) }
  }

  /// What a scene and its beats say is shown, and the key goes on from there.
  @Test func aSceneNamesThePicture() throws {
    let text = """
      title: Inside
      landscape: "network(data=moons, rows=20, hidden=3, activation=tanh)"
      optimizers: [sgd]
      steps: 5
      view: data
      picture: layers
      beats:
        - {picture: fisher, until: 1}
        - {until: 2}
        - {picture: answers, until: 3}
      """
    let scene = try SceneLibrary.scene(of: text, file: "s.yaml", name: "s")
    #expect(scene.opening.picture == .layers)
    #expect((0..<3).map { scene.stage($0).picture } == [.fisher, .fisher, .answers])
    let again = try SceneLibrary.scene(of: scene.document, file: "s.yaml", name: "s")
    #expect(again == scene && scene.document.contains("picture: layers"))
    var explorer = Explorer(scene: scene, appearance: Appearance(depth: .direct), width: 120, height: 36)
    #expect(explorer.shows("activations forward"))
    explorer.type("Y")
    #expect(!explorer.shows("activations forward") && explorer.shows("A⊗S"))
    var lecture = Explorer(lecture: [scene], appearance: Appearance(depth: .direct), width: 120, height: 36)
    #expect(lecture.shows("activations forward"))
    lecture.handle(.key(.pageDown))
    #expect(!lecture.shows("activations forward") && lecture.shows("A⊗S"))
    let wrong = text.replacing("picture: layers", with: "picture: layer")
    #expect(throws: SceneLibrary.Failure.self) {
      try SceneLibrary.scene(of: wrong, file: "s.yaml", name: "s")
    }
  }

  @Test func whereThereIsNothingToShowItSaysWhy() throws {
    for (landscape, reason) in [
      ("ravine", "this loss is not made of data"), ("gaussian-fit", "reads no column of its data"),
    ] {
      var explorer = try explorer(landscape, ["sgd"])
      explorer.type("b")
      #expect(explorer.shows(reason), "\(landscape)")
      #expect(explorer.view is ContourView, "\(landscape)")
    }
  }

  @Test func curvesOfDataAreTheReports() throws {
    var explorer = try explorer(Self.moons, ["sgd:lr=0.3", "adam:lr=0.05"], steps: 20)
    let data = try #require(explorer.race.landscape.data)
    for quantity in [CurveQuantity.testLoss, .trainAccuracy, .testAccuracy] {
      explorer.curveQuantity = quantity
      explorer.curveAxes = .linear
      explorer.followSamples()
      let curves = explorer.context.curves(columns: 400)
      #expect(curves.curves.count == 2)
      for (entry, curve) in curves.curves.enumerated() {
        let history = explorer.race.run(entry: entry).history
        for (place, point) in curve.points.enumerated() {
          let report = data.report(at: Array(history.parameters(at: place)))
          #expect(point == SIMD2(Double(place), quantity.value(of: report)))
        }
        #expect(curve.points.count == 21)
      }
    }
    // A knob that is turned makes other runs of the steps behind it.
    explorer.curveQuantity = .testLoss
    explorer.followSamples()
    let before = explorer.curveSamples[1].map(\.value)
    explorer.seek(to: 10)
    explorer.race.turn(entry: 1, key: "lr", to: 0.2)
    explorer.seek(to: 20)
    explorer.followSamples()
    let after = explorer.curveSamples[1].map(\.value)
    #expect(before[...10] == after[...10] && before[11...] != after[11...])
  }

  /// What a plane hides stands in its corner: the loss there and at the shadow, and the share of the path.
  @Test func theGaugeOfAProjectionIsTrue() throws {
    let explorer = try explorer(Self.moons, ["adam:lr=0.05"], steps: 30)
    let (run, landscape) = (explorer.race.run(entry: 0), explorer.race.landscape)
    let gauge = ProjectionGauge(run, on: landscape)
    let plane = try #require(landscape.plane)
    #expect(gauge.loss == run.loss)
    #expect(gauge.shadowLoss == landscape.value(at: plane.lift(plane.project(run.parameters))))
    var (inside, all) = (0.0, 0.0)
    for row in 1...30 {
      let step = zip(run.history.parameters(at: row), run.history.parameters(at: row - 1)).map { $0 - $1 }
      let part = plane.component(of: step)
      inside += part.x * part.x + part.y * part.y
      all += step.reduce(0) { $0 + $1 * $1 }
    }
    #expect(abs((gauge.pathShare ?? .nan) - inside / all) < 1e-12)
    #expect(explorer.shows("at its shadow here \(NumberText.brief(gauge.shadowLoss))"))
  }

  /// Another width is another network, so everything begins again there.
  @Test func aConstantThatMakesAnotherProblemStartsAgain() throws {
    var explorer = try explorer("xor-mlp", ["sgd:lr=0.1"], steps: 3)
    explorer.race.turn(constant: "width", to: 5)
    #expect(explorer.race.step == 0 && explorer.race.landscape.dimension == 27)
    #expect(explorer.race.experiment.changes.isEmpty)
    explorer.seek(to: 2)
    #expect(explorer.race.step == 2 && explorer.race.run(entry: 0).parameters.count == 27)
  }

  /// A constant that is one of some words is told by its word wherever it is told.
  @Test func aWordIsToldAsAWord() throws {
    var explorer = try explorer("xor-mlp", ["sgd"], width: 200)
    #expect(explorer.shows("φ = tanh"))
    explorer.race.turn(constant: "activation", to: 0)
    #expect(explorer.shows("φ = relu"))
    #expect(explorer.race.experiment.replayLine(steps: 1).contains("--set activation=relu"))
  }

  /// Where there are few colours, points are told from every ground that a class may have.
  @Test(
    arguments: [ColourDepth.direct, .indexed256, .ansi16, .ansi8],
    [Theme.dark, .light, .projector, .contrast])
  func pointsCanBeRead(_ depth: ColourDepth, _ theme: Theme) {
    let palette = Palette(theme: theme, depth: depth)
    for ground in 0..<Palette.mostClasses {
      for sureness in [0.0, 1] {
        let colour = palette.classGround(ground, sureness: sureness)
        for point in 0..<Palette.mostClasses {
          #expect(
            palette.classPoint(point, on: colour).contrast(to: colour) >= 3,
            "\(point) on \(ground) \(sureness)")
        }
      }
    }
  }

  /// A width at which an entry could not go on is not taken, and the race stays as it is.
  @Test func aWidthThatAnEntryCannotBearIsRefused() throws {
    var explorer = try explorer("xor-mlp", ["sgd", "gauss-newton:damping=0.1"], steps: 2)
    explorer.type(": set space landscape.width=600 Enter")
    let rows = explorer.rows().joined(separator: "\n")
    #expect(rows.contains("no full matrix is made"), "\(rows)")
    explorer.type("Esc")
    #expect(explorer.race.landscape.constant("width")?.value == 4)
    #expect(explorer.race.step == 2 && explorer.race.landscape.dimension == 22)
  }

  /// While it plays, a frame has no time for the smallest eigenvalue of a network; the largest is the same.
  @Test func theGaugeLeavesTheSmallestCurvatureOutWhileItPlays() throws {
    var explorer = try explorer(
      "network(data=moons, rows=20, hidden=8, activation=tanh)", ["sgd:lr=0.1"], steps: 3)
    let run = explorer.race.run(entry: 0)
    let (smaller, larger) = explorer.race.landscape.curvatures(at: run.parameters)
    let largest = "λmax \(NumberText.brief(larger, digits: 3))"
    #expect(explorer.shows("λmin \(NumberText.brief(smaller, digits: 3))") && explorer.shows(largest))
    explorer.isPlaying = true
    #expect(explorer.shows("λmin is not looked for now") && explorer.shows(largest))
    explorer.isPlaying = false
    #expect(!explorer.shows("is not looked for"))
  }
}
