import Landscapes
import OptimizerCore

/// A kind of problem that the library does not know: a quadratic of five parameters that answers gradients alone.
///
/// ½Σ cₖ(θₖ − mₖ)² with c = 1, 2, 3, 4 and κ.
struct ThirdKind: Problem {
  var kappa = 20.0
  static let minimiser = [1.0, -1, 0.5, 0, 2]

  var curvatures: [Double] { [1, 2, 3, 4, kappa] }

  var layout: ParameterLayout { .vector(5, name: "q") }
  var offers: Capabilities { [] }
  var structure: ProblemStructure { ProblemStructure(isQuadratic: true, usesStep: false) }
  var words: ProblemWords {
    ProblemWords(
      text: "five", display: [.text("five with "), .name("kappa")],
      parameters: ParameterNames(entriesOf: layout))
  }
  var defaultStart: [Double]? { [-1, 1, 2, 1, 1.5] }
  var minimisers: [[Double]] { [Self.minimiser] }
  var saddles: [[Double]] { [] }
  var directions: [NamedDirection] { NamedDirection.standard }
  var facts: [ProblemFact] { [] }

  func makeOracle() -> ObjectiveOracle<Double> { Oracle(self) }
  func makeLanesOracle() -> ObjectiveOracle<Lanes>? { nil }
  func makeLanesOracle(constants: [Lanes]) -> ObjectiveOracle<Lanes>? { nil }
  func setting(_ constants: [Double]) -> ThirdKind { ThirdKind(kappa: constants[0]) }

  static func landscape(plane: String? = nil) throws -> Landscape {
    try Landscape(
      id: "third", title: "Third kind", problem: ThirdKind(),
      constants: [Constant(name: "kappa", value: 20, range: 1...1000, scale: .log)], plane: plane)
  }

  private final class Oracle: ObjectiveOracle<Double> {
    private let curvatures: [Double]

    init(_ problem: ThirdKind) {
      curvatures = problem.curvatures
      super.init(layout: problem.layout, offers: problem.offers, dependsOnStep: false)
    }

    override func evaluateValue(at x: borrowing Span<Double>) -> Double {
      var loss = 0.0
      for k in 0..<5 {
        let way = x[k] - ThirdKind.minimiser[k]
        loss += 0.5 * curvatures[k] * way * way
      }
      return loss
    }

    override func evaluateGradient(
      at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
    ) -> Double {
      for k in 0..<5 { gradient[k] = curvatures[k] * (x[k] - ThirdKind.minimiser[k]) }
      return evaluateValue(at: x)
    }
  }
}
