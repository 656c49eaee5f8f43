import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes
import Testing

@testable import Explorer

/// A problem that answers gradients alone is asked for no more, whichever way an optimizer comes in.
@Suite struct NeedsTests {
  private func explorer() throws -> Explorer {
    let landscape = try Landscape(id: "slope", title: "Gradients alone", problem: GradientsAlone())
    let experiment = Experiment(
      landscape: landscape, entries: Entry.entries([try OptimizerSpec("sgd:lr=0.1")]))
    return Explorer(
      scene: Scene(name: "slope", title: "Slope", experiment: experiment),
      appearance: Appearance(depth: .none), width: 120, height: 36)
  }

  @Test(arguments: ["newton", "newton:damping=0.1", "lookahead(newton):k=3"])
  func aTypedSpecIsRefusedInTheListOfOptimizers(_ spec: String) throws {
    var explorer = try explorer()
    explorer.type("a")
    for character in spec { explorer.handle(.key(.character(character))) }
    explorer.handle(.key(.enter))
    #expect(explorer.race.experiment.entries.map(\.spec.id) == ["sgd"])
    #expect(explorer.dialog != nil)
    #expect(explorer.shows("needs a Hessian"))
  }

  @Test func theCommandLineRefusesItToo() throws {
    var explorer = try explorer()
    explorer.type(":")
    for character in "optimizer newton" { explorer.handle(.key(.character(character))) }
    explorer.handle(.key(.enter))
    #expect(explorer.race.experiment.entries.map(\.spec.id) == ["sgd"])
    #expect(explorer.shows("needs a Hessian"))
  }

  @Test func whatNeedsNoMoreIsTaken() throws {
    var explorer = try explorer()
    explorer.type("a")
    for character in "adam:lr=0.1" { explorer.handle(.key(.character(character))) }
    explorer.handle(.key(.enter))
    #expect(explorer.race.experiment.entries.map(\.spec.id) == ["sgd", "adam"])
  }
}

/// ½‖θ‖² over two parameters, without a Hessian.
private struct GradientsAlone: Problem {
  var layout: ParameterLayout { .vector(2, name: "q") }
  var offers: Capabilities { [] }
  var structure: ProblemStructure { ProblemStructure(isQuadratic: true, usesStep: false) }
  var words: ProblemWords {
    ProblemWords(text: "slope", display: [.text("slope")], parameters: ParameterNames(entriesOf: layout))
  }
  var defaultStart: [Double]? { [1, 1] }
  var minimisers: [[Double]] { [[0, 0]] }
  var saddles: [[Double]] { [] }
  var directions: [NamedDirection] { NamedDirection.standard }
  var facts: [ProblemFact] { [] }

  func makeOracle() -> ObjectiveOracle<Double> {
    Oracle(layout: layout, offers: offers, dependsOnStep: false)
  }
  func makeLanesOracle() -> ObjectiveOracle<Lanes>? { nil }
  func makeLanesOracle(constants: [Lanes]) -> ObjectiveOracle<Lanes>? { nil }
  func setting(_ constants: [Double]) -> GradientsAlone { self }

  private final class Oracle: ObjectiveOracle<Double> {
    override func evaluateValue(at x: borrowing Span<Double>) -> Double { (x[0] * x[0] + x[1] * x[1]) / 2 }

    override func evaluateGradient(
      at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
    ) -> Double {
      for k in 0..<2 { gradient[k] = x[k] }
      return evaluateValue(at: x)
    }
  }
}
