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

  private let id: String
  private let label: String
  private let beta: Double
  private let dampening: Double
  private let smallest: Double
  private let largest: Double
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
    id = spec.id
    label = spec.displayName
    beta = spec.setting("beta") ?? spec.knobs.first { $0.key == "beta" }?.defaultValue ?? 0
    dampening = spec.setting("dampening") ?? 0
    let l2 = spec.setting("l2") ?? 0
    let eigenvalues = landscape.curvatures(at: parameters)
    smallest = eigenvalues.0 + l2
    largest = eigenvalues.1 + l2
    isExact = landscape.isQuadratic
  }

  /// Where the knob's stable range ends.
  public func limit(of key: String) -> Answer {
    guard key == "lr" else { return .unknown("the stability limit is one of the learning rate") }
    guard largest > 0 else {
      return .unknown("no curvature bends up here, so nothing limits the learning rate")
    }
    switch id {
    case "sgd": return .known(2 / largest, formula: "2/L")
    case "momentum" where dampening == 0: return .known(2 * (1 + beta) / largest, formula: "2(1+β)/L")
    case "momentum" where dampening < 1:
      return .known(2 * (1 + beta) / ((1 - dampening) * largest), formula: "2(1+β)/((1−d)L)")
    case "ema-momentum" where beta < 1:
      return .known(2 * (1 + beta) / ((1 - beta) * largest), formula: "2(1+β)/((1−β)L)")
    case "nesterov": return .known(2 * (1 + beta) / ((1 + 2 * beta) * largest), formula: "2(1+β)/((1+2β)L)")
    default: return .unknown("no closed stability limit is known for \(label)")
    }
  }

  /// The value that contracts a quadratic fastest.
  public func optimum(of key: String) -> Answer {
    guard id == "sgd" || id == "momentum" else { return .unknown("no closed optimum is known for \(label)") }
    guard isExact else { return .unknown("the optimum is one of quadratics, and this landscape is none") }
    guard smallest > 0 else {
      return .unknown("the optimum needs curvature that bends up in every direction")
    }
    let roots = largest.squareRoot() + smallest.squareRoot()
    switch (id, key) {
    case ("sgd", "lr"): return .known(2 / (largest + smallest), formula: "2/(L+μ)")
    case ("momentum", "lr") where dampening == 0: return .known(4 / (roots * roots), formula: "4/(√L+√μ)²")
    case ("momentum", "beta") where dampening == 0:
      let ratio = (largest.squareRoot() - smallest.squareRoot()) / roots
      return .known(ratio * ratio, formula: "((√κ−1)/(√κ+1))²")
    default: return .unknown("no closed optimum is known for this knob")
    }
  }
}
