import Canvas
import Experiments
@testable import Explorer
import Landscapes
import OptimizerCore
import Scenes
import Testing

/// A rule whose needs a landscape does not meet is refused wherever one can ask for it.
@Suite struct NeedsTests {
  /// The bowl ½(x² + y²) as a kind of problem that answers gradients alone.
  private struct Bare: Problem {
    var layout: ParameterLayout { .vector(2) }
    var offers: Capabilities { [] }
    var structure: ProblemStructure { ProblemStructure(isQuadratic: true, usesStep: false) }
    var words: ProblemWords {
      ProblemWords(text: "bare", display: [.text("bare")], parameters: ParameterNames(["x", "y"]))
    }
    var defaultStart: [Double]? { nil }
    var minimisers: [[Double]] { [[0, 0]] }
    var saddles: [[Double]] { [] }
    var directions: [NamedDirection] { [] }
    var facts: [ProblemFact] { [] }
    func makeOracle() -> ObjectiveOracle<Double> { Oracle(layout: layout, offers: [], dependsOnStep: false) }
    func makeLanesOracle() -> ObjectiveOracle<Lanes>? { nil }
    func makeLanesOracle(constants: [Lanes]) -> ObjectiveOracle<Lanes>? { nil }
    func setting(_ constants: [Double]) -> Bare { self }

    private final class Oracle: ObjectiveOracle<Double> {
      override func evaluateValue(at x: borrowing Span<Double>) -> Double {
        0.5 * (x[0] * x[0] + x[1] * x[1])
      }

      override func evaluateGradient(
        at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
      ) -> Double {
        gradient[0] = x[0]
        gradient[1] = x[1]
        return evaluateValue(at: x)
      }
    }
  }

  private static func bare() throws -> Landscape {
    try Landscape(id: "bare", title: "Bare", problem: Bare())
  }

  private func explorer(_ specs: [String], on landscape: Landscape) throws -> Explorer {
    let experiment = Experiment(
      landscape: landscape, entries: Entry.entries(try specs.map { try OptimizerSpec($0) }))
    return Explorer(
      scene: Scene(name: "test", title: "Test", experiment: experiment), appearance: Appearance(depth: .none),
      width: 120, height: 36)
  }

  private let obstacle = "needs a Hessian, which the landscape does not have"

  @Test(arguments: [
    "a newton:damping=0.1 Enter", "a newton Enter", "a clip(newton) Enter", ": optimizer space newton Enter",
  ])
  func aRuleThatNeedsMoreIsRefused(_ keys: String) throws {
    var explorer = try explorer(["sgd:lr=0.1"], on: try Self.bare())
    explorer.type(keys)
    #expect(explorer.race.experiment.entries.count == 1, "\(keys)")
    #expect(explorer.shows(obstacle), "\(explorer.rows().joined(separator: "\n"))")
    explorer.type("Esc Esc n n")
    #expect(explorer.race.step == 2)
  }

  @Test func whatIsEnoughIsTaken() throws {
    var explorer = try explorer(["sgd:lr=0.1"], on: try Self.bare())
    explorer.type("a adam:lr=0.2 Enter n")
    #expect(explorer.race.experiment.entries.map(\.spec.id) == ["sgd", "adam"])
  }

  @Test func aLandscapeThatOffersTooLittleIsNotOpened() throws {
    let bowl = try #require(LandscapeCatalog.named("bowl"))
    var explorer = try explorer(["newton", "sgd:lr=0.1"], on: bowl)
    explorer.open(try Self.bare(), caption: "")
    #expect(explorer.race.experiment.landscape == bowl && explorer.shows(obstacle))
    explorer.type("x")
    explorer.open(try Self.bare(), caption: "")
    #expect(explorer.race.experiment.landscape.id == "bare")
  }

  /// Every view can be had of a kind that nothing here has heard of.
  @Test func everyViewShowsAKindThatIsNew() throws {
    var explorer = try explorer(["sgd:lr=0.1", "adam:lr=0.05"], on: try Self.bare())
    explorer.type("N")
    for view in ViewName.allCases {
      explorer.open(view)
      explorer.advance(by: 0.5)
      #expect(!explorer.rows().isEmpty, "\(view)")
      explorer.type("n Esc")
    }
    #expect(explorer.race.run(entry: 0).loss < 1)
  }
}
