public import Landscapes
public import OptimizerCore

/// What the theory of quadratics says about an optimizer's knobs.
///
/// With smallest and largest Hessian eigenvalue μ and L. On a quadratic they are exact everywhere; elsewhere they are
/// those at the point, and the statement holds near it. Sources: Polyak 1964 (heavy ball); Lessard, Recht and Packard
/// 2016, doi:10.1137/15M1009597 (Nesterov); the others follow from the roots of the same two-term recurrences.
public struct Theory: Sendable {
  /// A value with the formula that gave it, or why there is none.
  public enum Answer: Sendable, Hashable {
    case known(Double, formula: String)
    case unknown(String)
  }

  private let rule: LinearRule
  private let id: String
  private let smallest: Double
  private let largest: Double
  private let directions: (smaller: Point, larger: Point)?
  /// Whether the curvature is the same everywhere.
  public let isExact: Bool

  /// - Parameters:
  ///   - spec: the optimizer with its settings in force.
  ///   - landscape: the landscape in force.
  ///   - point: where the curvature is taken, if it is not the same everywhere, as a point of the picture.
  public init(of spec: OptimizerSpec, on landscape: Landscape, at point: Point) {
    self.init(of: spec, on: landscape, at: landscape.lift(point))
  }

  /// - Parameters:
  ///   - spec: the optimizer with its settings in force.
  ///   - landscape: the landscape in force.
  ///   - parameters: where the curvature is taken, if it is not the same everywhere.
  public init(of spec: OptimizerSpec, on landscape: Landscape, at parameters: [Double]) {
    self.init(LinearRule(spec), spec.id, landscape, parameters, step: 0)
  }

  /// The theory of a run at its playhead, with the learning rate of its last step.
  public init(of run: Run, on landscape: Landscape) {
    self.init(
      LinearRule(run.optimizer), run.optimizer.about.id, landscape, run.parameters, step: run.step)
  }

  private init(
    _ rule: LinearRule, _ id: String, _ landscape: Landscape, _ parameters: [Double], step: Int
  ) {
    self.rule = rule
    self.id = id
    let eigenvalues = landscape.curvatures(at: parameters, step: step)
    smallest = eigenvalues.smaller + rule.l2
    largest = eigenvalues.larger + rule.l2
    directions =
      landscape.showsAllParameters
      ? landscape.hessian(at: Point(parameters[0], parameters[1]), step: step).eigenvectors : nil
    isExact = landscape.isQuadratic
  }

  /// Where the knob's stable range ends.
  public func limit(of key: String) -> Answer {
    guard KnobKey.isRate(key) else {
      return .unknown("the stability limit is one of the learning rate")
    }
    guard largest > 0 else {
      return .unknown("no curvature bends up here, so nothing limits the learning rate")
    }
    guard let recurrence = rule.recurrence, !rule.isPreconditioned else {
      return .unknown("no closed stability limit is known for \(rule.name)")
    }
    return .known(recurrence.rateLimit(curvature: largest), formula: recurrence.rateFormula + rule.proviso)
  }

  /// The value that contracts a quadratic fastest.
  public func optimum(of key: String) -> Answer {
    guard id == "sgd" || id == "momentum" || id == "nesterov" else {
      return .unknown("no closed optimum is known for \(rule.name)")
    }
    guard isExact else { return .unknown("the optimum is one of quadratics, and this landscape is none") }
    guard smallest > 0 else {
      return .unknown("the optimum needs curvature that bends up in every direction")
    }
    let isPlain = rule.recurrence?.gain == 1
    let roots = largest.squareRoot() + smallest.squareRoot()
    let three = (3 * largest / smallest + 1).squareRoot()
    switch (id, key) {
    case ("sgd", "lr"): return .known(2 / (largest + smallest), formula: "2/(L+μ)")
    case ("momentum", "lr") where isPlain: return .known(4 / (roots * roots), formula: "4/(√L+√μ)²")
    case ("momentum", "beta") where isPlain:
      let ratio = (largest.squareRoot() - smallest.squareRoot()) / roots
      return .known(ratio * ratio, formula: "((√κ−1)/(√κ+1))²")
    case ("nesterov", "lr"): return .known(4 / (3 * largest + smallest), formula: "4/(3L+μ)")
    case ("nesterov", "beta"):
      return .known((three - 2) / (three + 2), formula: "(√(3κ+1)−2)/(√(3κ+1)+2)")
    default: return .unknown("no closed optimum is known for this knob")
    }
  }

  /// What a quadratic does to the run along its eigenvectors, that of the smallest eigenvalue first; empty where the rule
  /// is no two-term recurrence. Of more than two parameters, for the smallest and the largest eigenvalue.
  public var regimes: [Regime] {
    guard let recurrence = rule.recurrence, !rule.isPreconditioned, rule.hasConstantMomentum else {
      return []
    }
    return [
      Regime(of: recurrence, curvature: smallest, direction: directions?.smaller),
      Regime(of: recurrence, curvature: largest, direction: directions?.larger),
    ]
  }
}
