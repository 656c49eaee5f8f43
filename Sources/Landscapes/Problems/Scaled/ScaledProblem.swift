package import OptimizerCore

/// A loss times a factor, of any kind of problem: L = s·ℓ, with s the last of its constants.
///
/// What is linear in the loss grows by s: value, gradient, Hessian, and the Gauss-Newton matrix, as every residual of a half
/// square grows by √s. The Fisher matrix of the model is scaled by s too, so that it stays the Gauss-Newton matrix where it
/// was one (of a half square that is the Fisher matrix of errors of variance 1/s). The empirical one is made of the
/// gradients of the rows as they are, and grows by s². Minima, saddles, starts and what a model says stay where they are.
package struct ScaledProblem<Base: Problem>: Problem {
  /// The problem without the factor.
  package let base: Base
  /// What multiplies its loss; above 0.
  package let factor: Double

  init(_ base: Base, by factor: Double) {
    precondition(factor > 0, "a loss turned over is another loss")
    self.base = base
    self.factor = factor
  }

  // MARK: What stays

  package var layout: ParameterLayout { base.layout }
  package var offers: Capabilities { base.offers }
  package var structure: ProblemStructure { base.structure }
  package var defaultStart: [Double]? { base.defaultStart }
  package var minimisers: [[Double]] { base.minimisers }
  package var saddles: [[Double]] { base.saddles }
  package var directions: [NamedDirection] { base.directions }
  package var facts: [ProblemFact] { base.facts }
  package var curvatureCost: Double { base.curvatureCost }
  package var reasonForNoMatrix: String? { base.reasonForNoMatrix }
  package func drawnStart(seed: UInt64) -> [Double]? { base.drawnStart(seed: seed) }
  package func reasonForNoValue(at parameters: [Double]) -> String? { base.reasonForNoValue(at: parameters) }
  package func principalDirections(
    at parameters: [Double], step: Int
  ) -> (flattest: [Double], sharpest: [Double]) {
    base.principalDirections(at: parameters, step: step)
  }

  /// The factor before the words.
  package var words: ProblemWords {
    let words = base.words
    return ProblemWords(
      text: words.text, display: [.name(Landscape.factor.name), .text("·(")] + words.display + [.text(")")],
      parameters: words.parameters)
  }

  // MARK: Oracles

  package func makeOracle() -> ObjectiveOracle<Double> { ScaledOracle(base.makeOracle(), by: factor) }
  package func makeLanesOracle() -> ObjectiveOracle<Lanes>? {
    base.makeLanesOracle().map { ScaledOracle($0, by: Lanes(repeating: factor)) }
  }
  /// The factor may differ from run to run; the constants of the base where the base allows that.
  package func makeLanesOracle(constants: [Lanes]) -> ObjectiveOracle<Lanes>? {
    let inner = constants.dropLast()
    let oracle = inner.isEmpty ? base.anyLanesOracle() : base.makeLanesOracle(constants: Array(inner))
    return oracle.map { ScaledOracle($0, by: constants[constants.count - 1]) }
  }
  package func setting(_ constants: [Double]) throws(LandscapeError) -> ScaledProblem {
    ScaledProblem(try base.setting(constants.dropLast()), by: constants[constants.count - 1])
  }

  // MARK: What grows

  package func value(at parameters: [Double], step: Int) -> Double {
    factor * base.value(at: parameters, step: step)
  }
  package func gradient(at parameters: [Double], step: Int) -> [Double] {
    base.gradient(at: parameters, step: step).map { factor * $0 }
  }
  package func hessianProduct(_ direction: [Double], at parameters: [Double], step: Int) -> [Double] {
    base.hessianProduct(direction, at: parameters, step: step).map { factor * $0 }
  }
  package func hessian(at parameters: [Double], step: Int) -> [Double]? {
    base.hessian(at: parameters, step: step)?.map { factor * $0 }
  }
  package func curvature(_ u: [Double], _ v: [Double], at parameters: [Double], step: Int) -> Double {
    factor * base.curvature(u, v, at: parameters, step: step)
  }
  package func curvatures(at parameters: [Double], step: Int) -> (smaller: Double, larger: Double) {
    let curvatures = base.curvatures(at: parameters, step: step)
    return (factor * curvatures.smaller, factor * curvatures.larger)
  }
  package func largestCurvature(at parameters: [Double], step: Int) -> Double {
    factor * base.largestCurvature(at: parameters, step: step)
  }
  package func curvatures(
    at parameters: [Double], scaledBy diagonal: [Double], penalty: Double, largestOnly: Bool, step: Int
  ) -> (smaller: Double, larger: Double) {
    let curvatures = base.curvatures(
      at: parameters, scaledBy: diagonal, penalty: penalty / factor, largestOnly: largestOnly, step: step)
    return (factor * curvatures.smaller, factor * curvatures.larger)
  }
  package func field(columns: Int, rows: Int, window: Window, step: Int) -> Field {
    let field = base.field(columns: columns, rows: rows, window: window, step: step)
    return Field(columns: columns, rows: rows, window: window, values: field.values.map { factor * $0 })
  }
}

/// Rows and what a model says of them are those of the base; losses over rows grow as the loss does.
extension ScaledProblem: DataProblem where Base: DataProblem {
  package var training: DataTable { base.training }
  package var test: DataTable? { base.test }
  package var roles: DataRoles { base.roles }
  package var usualRace: [String] { base.usualRace }
  package var importance: [Double]? { base.importance?.map { factor * $0 } }
  package var fresh: FreshRows { base.fresh }
  package func predictions(at parameters: [Double], inputs: [[Double]]) -> [[Double]] {
    base.predictions(at: parameters, inputs: inputs)
  }
  package func loss(at parameters: [Double], over table: DataTable) -> Double {
    factor * base.loss(at: parameters, over: table)
  }
}

extension Problem {
  /// The same loss times a factor.
  func scaled(by factor: Double) -> any Problem { ScaledProblem(self, by: factor) }
}
