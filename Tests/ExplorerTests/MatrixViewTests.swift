import Canvas
import Experiments
import Foundation
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// Landscapes over the entries of a matrix, on screen.
@Suite struct MatrixViewTests {
  private static let race = ["sgd:lr=0.002", "adam:lr=0.05", "shampoo:lr=0.2", "muon:lr=0.05"]

  @Test(arguments: ["80x24", "120x36"]) func goldenText(_ size: String) throws {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    var explorer = try explorer("matrix-3x2", Self.race, width: parts[0], height: parts[1])
    explorer.type("BackTab")
    explorer.seek(to: 24)
    try Golden.expect(explorer.rows().joined(separator: "\n") + "\n", with: "matrix-\(size).txt")
  }

  @Test func everySizeIsServed() throws {
    var explorer = try explorer("matrix-tall", Self.race)
    explorer.seek(to: 10)
    explorer.type("BackTab")
    for width in [20, 29, 40, 80, 100, 140] {
      for height in [6, 9, 14, 18, 24, 50] {
        explorer.handle(.resize(width: width, height: height))
        let frame = explorer.frame()
        #expect(frame.width == width && frame.height == height)
        #expect(frame.rows.allSatisfy { Text.width(of: $0) <= width })
        #expect(frame.rows[0].contains("10"), "\(width)x\(height): \(frame.rows[0])")
      }
    }
  }

  // MARK: The plane

  @Test func theSameRunsAreSeenThroughEveryPlane() throws {
    var explorer = try explorer("matrix-2x2", ["muon:lr=0.05", "sgd:lr=0.005"])
    explorer.seek(to: 20)
    func bits(_ explorer: Explorer) -> [[UInt64]] {
      explorer.race.runs.map { $0.parameters.map(\.bitPattern) }
    }
    let before = bits(explorer)
    var seen: [String] = []
    let choices = explorer.race.landscape.planeChoices
    #expect(choices.count == 1 + 3 + 5)
    for _ in choices {
      let name = try #require(explorer.race.landscape.planeName)
      seen.append(name)
      #expect(explorer.shows("plane \(name)") && explorer.race.step == 20)
      #expect(name == "W11,W21" || explorer.replayLine.contains("--plane \(name) "))
      #expect(bits(explorer) == before)
      // The head of the first entry stands where its projection is drawn.
      let run = explorer.race.run(entry: 0)
      let layout = explorer.layout
      let scale = PlotScale(layout.area, showing: explorer.window)
      let (column, row) = (Int(scale.x(run.point.x)), Int(scale.y(run.point.y)))
      if column >= 0, column < layout.plot.width, row >= 0, row < layout.plot.height {
        var copy = explorer
        #expect(copy.frame()[layout.plot.x + column, layout.plot.y + row].glyph == "1", "\(name)")
      }
      explorer.type("A")
    }
    #expect(seen == choices && explorer.race.landscape.planeName == choices[0])
    explorer.type("u")
    #expect(explorer.race.landscape.planeName == choices[0], "turns of the plane in a row are undone at once")
    explorer.type("U")
    #expect(bits(explorer) == before)
  }

  @Test func thePlaneIsAKnob() throws {
    var explorer = try explorer("matrix-3x2", ["sgd:lr=0.002"])
    explorer.type("Up")
    #expect(explorer.knobs[explorer.selectedKnob].knob.key == "plane")
    explorer.type("Right")
    #expect(explorer.race.landscape.planeName == "minimum,gradient")
    #expect(explorer.race.experiment.window == explorer.race.landscape.window)
    explorer.type("Left")
    #expect(explorer.race.landscape.planeName == "W11,W32")
    explorer.type("Left")
    #expect(explorer.shows("plane shown ends at W11,W32"))
    explorer.type("Right Right d")
    #expect(explorer.race.landscape.planeName == "W11,W32")
    // A plane that is on no list is kept among the choices.
    var other = try ExplorerTests.explorer("matrix-3x2", ["sgd"], plane: "W12,flattest")
    other.type("Up")
    #expect(other.shows("W12,flat…") || other.shows("W12,flattest"))
    other.type("Left Right")
    #expect(other.race.landscape.planeName != nil)
  }

  @Test func twoParametersHaveNoPlane() throws {
    var explorer = try ExplorerTests.explorer("ravine")
    explorer.type("A")
    #expect(explorer.shows("this landscape has two parameters, x and y"))
    #expect(!explorer.knobs.contains { $0.knob.key == "plane" })
    #expect(explorer.context.spectrum.rows == 0)
  }

  @Test func aMovedStartIsLiftedAndMovesOntoTheNextPlane() throws {
    var explorer = try explorer("matrix-2x2", ["sgd:lr=0.005"])
    explorer.type("s Right Right Enter")
    let start = explorer.race.experiment.starts[0]
    #expect(start.x > -1 && start.y == 1)
    #expect(explorer.race.run(entry: 0).parameters == [start.x, -0.8, 1, -1.2])
    #expect(explorer.race.run(entry: 0).distanceFromPlane == 0)
    explorer.type("A")
    #expect(explorer.shows("the start is") && explorer.shows("from where it was"))
    // W12,W22 goes through the landscape's own start, where W11 is −1.
    for _ in 0..<50 where explorer.race.landscape.planeName != "W12,W22" { explorer.type("A") }
    #expect(explorer.race.run(entry: 0).parameters == [-1, -0.8, 1, -1.2])
  }

  @Test func projectionsAreSaidToBeSome() throws {
    var explorer = try explorer("matrix-tall", ["adam:lr=0.1", "muon:lr=0.1"])
    let away = explorer.race.landscape.distanceFromPlane(explorer.race.landscape.minimisers[0])
    #expect(explorer.shows("+ projected from \(NumberText.brief(away, digits: 2)) off it"))
    #expect(!explorer.shows("off the plane"))
    explorer.seek(to: 15)
    for index in 0..<2 {
      let run = explorer.race.run(entry: index)
      let off = NumberText.brief(run.distanceFromPlane, digits: 2)
      #expect(run.distanceFromPlane > 0.5)
      #expect(explorer.shows("on its way, \(off) off the plane"))
      #expect(explorer.shows("\(index + 1) is \(off) off this plane"))
      explorer.type("Tab")
    }
    // With the panels folded away it is said beside the knob.
    explorer.handle(.resize(width: 80, height: 24))
    #expect(explorer.shows("off the plane"))
    // The plane through the minimum holds it.
    let through = try ExplorerTests.explorer("matrix-tall", ["adam"], plane: "minimum,gradient")
    #expect(!through.shows("projected from"))
  }

  // MARK: Singular values

  @Test func theBarsAreTheSingularValues() throws {
    var explorer = try explorer("matrix-tall", ["muon:lr=0.05"])
    explorer.seek(to: 9)
    let spectrum = explorer.context.spectrum
    #expect(spectrum.columns.map(\.symbol) == ["M", "msign M"] && spectrum.rows == 4)
    let state = explorer.race.run(entry: 0).optimizer.state
    for column in spectrum.columns {
      let values = try #require(state.first { $0.symbol == column.symbol }).values
      #expect(column.values == SingularValueDecomposition(values, rows: 4, columns: 3).values)
      // The squares add up to those of the entries.
      let squares = values.reduce(0) { $0 + $1 * $1 }
      #expect((column.values.reduce(0) { $0 + $1 * $1 } / squares - 1).magnitude < 1e-13)
    }
    #expect(explorer.shows("M → msign M"))
    for value in spectrum.columns.flatMap(\.values) {
      #expect(explorer.shows(NumberText.brief(value)))
    }
    // Orthogonalising evens them out; exactly so by the decomposition.
    let ratios = spectrum.columns.map { $0.values[2] / $0.values[0] }
    #expect(ratios[0] < 0.3 && ratios[1] > 0.5)
    var exact = try ExplorerTests.explorer("matrix-tall", ["muon:lr=0.05,orthogonalise=svd"])
    exact.seek(to: 9)
    for value in exact.context.spectrum.columns[1].values { #expect((value - 1).magnitude < 1e-12) }
  }

  @Test func everyRuleOnMatricesHasBars() throws {
    var explorer = try explorer("matrix-wide", ["sgd", "shampoo", "lookahead(muon)"])
    explorer.seek(to: 3)
    #expect(explorer.context.spectrum.columns.count == 1)
    explorer.type("Tab")
    #expect(explorer.context.spectrum.columns.map(\.symbol) == ["g", "U"])
    explorer.type("Tab")
    #expect(explorer.context.spectrum.columns.count == 2)
    for column in explorer.context.spectrum.columns { #expect(column.values.count == 3) }
  }

  @Test func barsWithoutNumbersAreEmpty() throws {
    // Before the first step, and after a step that blew up.
    var explorer = try explorer("matrix-2x2", ["muon:lr=100"])
    #expect(explorer.context.spectrum.rows == 3 && explorer.shows("Singular values"))
    explorer.seek(to: 3)
    #expect(explorer.shows("Singular values"))
    let broken = Spectrum(
      of: [SlotValue(symbol: "M", label: "", role: .average, values: [.nan, 1, 1, 1])],
      on: ParameterLayout([("W", 2, 2)]))
    #expect(broken.columns[0].values.allSatisfy { $0.isNaN })
  }

  @Test func onAVectorMuonSaysWhatItIs() throws {
    var scene = try SceneLibrary().scene("bowl")
    scene.experiment.entries = Entry.entries([try OptimizerSpec("muon")])
    let explorer = Explorer(scene: scene, appearance: Appearance(depth: .none), width: 120, height: 36)
    #expect(explorer.shows("on a vector: m/‖m‖, normalised momentum"))
    #expect(!explorer.shows("Singular values"))
    let matrix = try ExplorerTests.explorer("matrix-2x2", ["muon"], height: 60)
    #expect(!matrix.shows("on a vector") && matrix.shows("Singular values"))
  }

  @Test func longVectorsAreShownByTheirLength() throws {
    var explorer = try explorer("matrix-tall", ["sgd:lr=0.1"], width: 120, height: 50)
    explorer.seek(to: 4)
    let gradient = try #require(explorer.context.recipe.lines.first).values
    let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(gradient.count == 12)
    #expect(explorer.shows("‖·‖ = \(NumberText.brief(norm))"))
  }

  @Test func theListOffersThem() throws {
    var explorer = try ExplorerTests.explorer("bowl")
    explorer.type("L")
    for character in "matrix-3x2" { explorer.handle(.key(.character(character))) }
    explorer.type("Enter")
    #expect(explorer.race.landscape.id == "matrix-3x2" && explorer.shows("plane W11,W32"))
    explorer.type("n n f")
    #expect(explorer.shows("A formula in x and y"))
  }
}
