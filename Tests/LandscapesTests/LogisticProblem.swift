import Landscapes
import OptimizerCore

/// A third kind of problem, which the library does not know: logistic regression with four features, a bias and a ridge.
///
/// Five parameters, gradients alone, no oracle for eight runs, no known minimiser.
struct LogisticProblem: Problem {
  static let features: [[Double]] = [
    [0.5, -1.2, 0.3, 2.0], [1.5, 0.7, -0.8, 0.1], [-0.6, 0.9, 1.1, -1.4], [-1.1, -0.4, 0.2, 0.6],
    [0.2, 1.6, -1.3, 0.8], [2.1, -0.3, 0.4, -0.9], [-0.7, -1.5, -0.2, 0.3], [0.9, 0.1, 1.7, -0.5],
  ]
  static let labels: [Double] = [1, 1, -1, -1, 1, 1, -1, 1]

  var ridge = 0.1

  var layout: ParameterLayout { ParameterLayout([("w", 4, 1), ("b", 1, 1)]) }
  var offers: Capabilities { [] }
  var structure: ProblemStructure { ProblemStructure(isQuadratic: false, usesStep: false) }
  var words: ProblemWords {
    ProblemWords(
      text: "mean log(1 + exp(-y*(w.x + b))) + 0.5*ridge*|w|^2",
      display: [.text("mean log(1+exp(−y(w·x+b))) + ½"), .name("ridge"), .text("‖w‖²")],
      parameters: ParameterNames(entriesOf: layout))
  }
  var defaultStart: [Double]? { [1, -1, 0.5, 2, -0.5] }
  var minimisers: [[Double]] { [] }
  var saddles: [[Double]] { [] }
  var directions: [NamedDirection] { Array(NamedDirection.standard.dropFirst()) }
  var facts: [ProblemFact] { [ProblemFact("data", .text("8 points"))] }

  func makeOracle() -> ObjectiveOracle<Double> { Oracle(self) }
  func makeLanesOracle() -> ObjectiveOracle<Lanes>? { nil }
  func makeLanesOracle(constants: [Lanes]) -> ObjectiveOracle<Lanes>? { nil }
  func setting(_ constants: [Double]) -> LogisticProblem { LogisticProblem(ridge: constants[0]) }

  /// The Hessian by hand, to compare with.
  func exactHessian(_ θ: [Double]) -> [[Double]] {
    var hessian = [[Double]](repeating: [Double](repeating: 0, count: 5), count: 5)
    for x in Self.features {
      let row = x + [1]
      let s = Elementary.sigmoid(zip(row, θ).reduce(0) { $0 + $1.0 * $1.1 })
      for i in 0..<5 { for j in 0..<5 { hessian[i][j] += s * (1 - s) * row[i] * row[j] / 8 } }
    }
    for i in 0..<4 { hessian[i][i] += ridge }
    return hessian
  }

  private final class Oracle: ObjectiveOracle<Double> {
    private let ridge: Double

    init(_ problem: LogisticProblem) {
      ridge = problem.ridge
      super.init(layout: problem.layout, offers: problem.offers, dependsOnStep: false)
    }

    override func evaluateValue(at x: borrowing Span<Double>) -> Double {
      var gradient = [Double](repeating: 0, count: 5)
      var span = gradient.mutableSpan
      return evaluateGradient(at: x, into: &span)
    }

    override func evaluateGradient(
      at θ: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
    ) -> Double {
      var loss = 0.0
      for k in 0..<5 {
        gradient[k] = k < 4 ? ridge * θ[k] : 0
        if k < 4 { loss += 0.5 * ridge * θ[k] * θ[k] }
      }
      for (x, y) in zip(LogisticProblem.features, LogisticProblem.labels) {
        var z = θ[4]
        for k in 0..<4 { z += θ[k] * x[k] }
        loss += Elementary.softplus(-y * z) / 8
        let slope = -y * Elementary.sigmoid(-y * z) / 8
        for k in 0..<4 { gradient[k] += slope * x[k] }
        gradient[4] += slope
      }
      return loss
    }
  }
}
