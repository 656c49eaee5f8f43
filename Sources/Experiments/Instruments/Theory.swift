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

  private let name: String
  private let stability: Stability
  private let optima: [Optimum]
  /// The keys of the knobs that are learning rates.
  private let rates: Set<String>
  private let smallest: Double
  private let largest: Double
  /// Why the curvature is not known; nil if it is.
  private let reason: String?
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
    self.init(of: spec, on: landscape, at: parameters, seeing: .both)
  }

  /// - Parameter sight: what of the curvature there is time to find.
  init(
    of spec: OptimizerSpec, on landscape: Landscape, at parameters: [Double], seeing sight: CurvatureSight
  ) {
    self.init(spec.makeScalar(), landscape, parameters, step: 0, sight)
  }

  /// The theory of a run at its playhead, with the learning rate of its last step.
  public init(of run: Run, on landscape: Landscape) {
    self.init(run.optimizer, landscape, run.parameters, step: run.step, .both)
  }

  private init(
    _ optimizer: any Optimizer<Double>, _ landscape: Landscape, _ parameters: [Double], step: Int,
    _ sight: CurvatureSight
  ) {
    name = optimizer.displayName
    stability = optimizer.stability
    optima = optimizer.optima
    rates = Set(optimizer.knobs.filter { $0.role == .rate }.map(\.key))
    let penalty = optimizer.penalty
    isExact = landscape.isQuadratic
    reason = sight.reason
    // Beside a quadratic the smallest says nothing of a knob, and of many parameters it is the dear one.
    if isExact || landscape.showsAllParameters {
      let eigenvalues = landscape.curvatures(at: parameters, step: step)
      smallest = eigenvalues.smaller + penalty
      largest = eigenvalues.larger + penalty
    } else {
      smallest = .nan
      largest =
        reason != nil ? .nan : landscape.largestCurvature(at: parameters, step: step) + penalty
    }
    directions =
      landscape.showsAllParameters
      ? landscape.hessian(at: Point(parameters[0], parameters[1]), step: step).eigenvectors : nil
  }

  /// Where the knob's stable range ends.
  public func limit(of key: String) -> Answer {
    guard rates.contains(key) else { return .unknown("the stability limit is one of the learning rate") }
    if case .none(let reason) = stability { return .unknown(reason) }
    if let reason { return .unknown(reason) }
    guard largest > 0 else {
      return .unknown("no curvature bends up here, so nothing limits the learning rate")
    }
    if case .matrix(let matrix) = stability, !matrix.isPreconditioned {
      guard let limit = matrix.rateLimit(curvature: largest) else {
        return .unknown("no rate is a limit here: the linear rule contracts at all of them, or at none")
      }
      return .known(limit, formula: StepMatrix.formula)
    }
    guard let recurrence = stability.recurrence, !recurrence.isPreconditioned else {
      return .unknown(
        stability.reason(for: name)
          ?? "no closed stability limit is known for \(name): its preconditioner decides, see the gauge")
    }
    return .known(
      recurrence.rateLimit(curvature: largest), formula: recurrence.rateFormula + recurrence.proviso)
  }

  /// The value that contracts a quadratic fastest.
  public func optimum(of key: String) -> Answer {
    guard !optima.isEmpty else { return .unknown("no closed optimum is known for \(name)") }
    guard isExact else { return .unknown("the optimum is one of quadratics, and this landscape is none") }
    guard smallest > 0 else {
      return .unknown("the optimum needs curvature that bends up in every direction")
    }
    guard let optimum = optima.first(where: { $0.key == key }) else {
      return .unknown("no closed optimum is known for this knob")
    }
    return .known(optimum.value(smallest, largest), formula: optimum.formula)
  }

  /// What a quadratic does to the run along its eigenvectors, that of the smallest eigenvalue first; empty where the rule
  /// is no two-term recurrence. Of more than two parameters, for the smallest and the largest eigenvalue.
  package var regimes: [Regime] {
    guard let recurrence = stability.recurrence, !recurrence.isPreconditioned, !recurrence.isLimit else {
      return []
    }
    return [
      Regime(of: recurrence, curvature: smallest, direction: directions?.smaller),
      Regime(of: recurrence, curvature: largest, direction: directions?.larger),
    ]
  }
}
