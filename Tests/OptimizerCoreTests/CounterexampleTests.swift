import Testing

@testable import OptimizerCore

/// f_t(x) = C x in every third step and −x in the others: on average downhill to −1, where Adam goes to +1.
final class RareSlope: ObjectiveOracle<Double> {
  let large: Double

  init(_ large: Double) {
    self.large = large
    super.init(layout: .vector(1), offers: [], dependsOnStep: true)
  }

  private var slope: Double { step % 3 == 1 ? large : -1 }

  override func evaluateGradient(at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>)
    -> Double
  {
    gradient[0] = slope
    return slope * x[0]
  }

  override func evaluateValue(at x: borrowing Span<Double>) -> Double { slope * x[0] }
}

@Suite struct CounterexampleTests {
  static func spec(_ c: ReferenceCase) -> String {
    let s = c.settings
    let base =
      switch c.optimizer {
      case "torch_adam": "adam"
      case "paper_adam": "adam:bias_correction=off"
      case "torch_amsgrad": "amsgrad"
      case "optax_amsgrad": "amsgrad:form=optax"
      default: "amsgrad:form=paper"
      }
    let settings = "beta1=0,beta2=\(s["beta2"]!),eps=\(s["eps"]!),lr=\(s["alpha"]!),schedule=inverse-sqrt()"
    return "project(\(base)\(base.contains(":") ? "," : ":")\(settings))"
  }

  @Test(arguments: ReferenceCase.all("amsgrad_counterexample")) func path(_ c: ReferenceCase) throws {
    let large = Double(c.settings["C"]!)!
    let points = try OptimizerCoreTests.path(
      Self.spec(c), on: RareSlope(large), from: c.start, steps: c.steps)
    for (index, t) in c.indices.enumerated() {
      #expect((points[t][0] - c.trajectory[index][0]).magnitude <= c.tolerance, "step \(t)")
    }
    // The average regret against the best fixed point, −1, where the loss is −(C − 2)/3 a step.
    var regret = 0.0
    for t in 1...c.steps { regret += (t % 3 == 1 ? large : -1) * (points[t - 1][0] + 1) }
    let average = regret / Double(c.steps)
    if c.optimizer.contains("amsgrad") {
      #expect(points[c.steps][0] < -0.9 && average < 0.2, "AMSGrad finds −1")
    } else {
      #expect(points[c.steps][0] > 0.9 && average > 0.3, "Adam goes to the worst point")
    }
  }
}
