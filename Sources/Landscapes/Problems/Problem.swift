public import OptimizerCore

/// A loss over any number of parameters: what an optimizer is run on, without a picture.
///
/// A kind of problem is a folder beside this file: a type that conforms, its oracles, and the entry of the catalog that
/// makes landscapes of it. What a conforming type must say has no default, because a default would be wrong for some kind;
/// what can be computed from the oracle is, and a kind that knows a closed form gives that instead.
public protocol Problem: Sendable, Hashable {
  /// The shape of the parameters.
  var layout: ParameterLayout { get }
  /// What its oracles answer beyond value and gradient.
  var offers: Capabilities { get }
  /// What the loss is known to be as a function of its parameters and of the step.
  var structure: ProblemStructure { get }
  /// The loss in words, and the names of its parameters.
  var words: ProblemWords { get }
  /// Where runs start unless asked otherwise; nil where the picture decides, which only a problem of two parameters may
  /// leave to it.
  var defaultStart: [Double]? { get }
  /// The known minimisers for the constants as they are; empty if none is known.
  var minimisers: [[Double]] { get }
  /// The known saddles for the constants as they are; empty if none is known.
  var saddles: [[Double]] { get }
  /// Directions from the start that a plane may be made of besides the parameters themselves; of no use where there are two
  /// parameters.
  var directions: [NamedDirection] { get }
  /// What else there is to tell in a description, such as the matrices that the loss is made of; empty if there is nothing.
  var facts: [ProblemFact] { get }

  /// An oracle for one run. It belongs to one thread.
  func makeOracle() -> ObjectiveOracle<Double>
  /// An oracle for eight runs side by side that agrees with eight of one run to the bit; nil if there is none, and eight
  /// single ones then stand in for it.
  func makeLanesOracle() -> ObjectiveOracle<Lanes>?
  /// The same where the constants differ from run to run; nil if there is none.
  ///
  /// - Parameter constants: eight values for each constant, in the order of `setting`.
  func makeLanesOracle(constants: [Lanes]) -> ObjectiveOracle<Lanes>?
  /// The same problem with other values of its constants, in the order of the landscape's; known points move along.
  ///
  /// - Throws: why those make none together.
  func setting(_ constants: [Double]) throws(LandscapeError) -> Self

  // What follows is computed from the oracle unless a kind knows better.

  /// Where runs of a seed start, where a start is drawn and nobody has said from what; nil where it is `defaultStart` for
  /// every seed.
  func drawnStart(seed: UInt64) -> [Double]?

  /// The loss at parameters, at step `t` (0 before the first).
  func value(at parameters: [Double], step: Int) -> Double
  /// The exact gradient.
  func gradient(at parameters: [Double], step: Int) -> [Double]
  /// The Hessian times a direction.
  func hessianProduct(_ direction: [Double], at parameters: [Double], step: Int) -> [Double]
  /// The Hessian, d·d numbers, row-major; nil where there are more than `ProblemStructure.denseLimit` parameters.
  func hessian(at parameters: [Double], step: Int) -> [Double]?
  /// uᵀ H v.
  func curvature(_ u: [Double], _ v: [Double], at parameters: [Double], step: Int) -> Double
  /// The smallest and the largest eigenvalue of the Hessian.
  func curvatures(at parameters: [Double], step: Int) -> (smaller: Double, larger: Double)
  /// The largest eigenvalue alone, which may be had for less.
  func largestCurvature(at parameters: [Double], step: Int) -> Double
  /// The smallest and the largest eigenvalue of D(H + penalty·I)D, with H the Hessian and D diagonal; of the largest alone
  /// the smallest is NaN.
  func curvatures(
    at parameters: [Double], scaledBy diagonal: [Double], penalty: Double, largestOnly: Bool, step: Int
  ) -> (smaller: Double, larger: Double)
  /// How many multiplications it takes to multiply the Hessian by a vector, where that is many; else 0.
  var curvatureCost: Double { get }
  /// Unit eigenvectors of the smallest and of the largest eigenvalue.
  func principalDirections(at parameters: [Double], step: Int) -> (flattest: [Double], sharpest: [Double])
  /// The loss of a problem of two parameters on a grid: one sample at the centre of each of `columns`×`rows` equal pixels
  /// of the window, the top row first.
  func field(columns: Int, rows: Int, window: Window, step: Int) -> Field
  /// Why there is no loss at some parameters, in a few words: `off the data`; nil where that
  /// needs no words.
  func reasonForNoValue(at parameters: [Double]) -> String?
  /// Why full matrices are not offered where a smaller problem of the kind has them, as the end of a sentence; nil where
  /// none has.
  var reasonForNoMatrix: String? { get }
}

extension Problem {
  /// The number of parameters.
  public var dimension: Int { layout.count }

  /// Where a loss is not finite, that says it.
  public func reasonForNoValue(at parameters: [Double]) -> String? { nil }

  /// None has.
  public var reasonForNoMatrix: String? { nil }

  /// An oracle for eight runs side by side: the problem's own, or eight of one run.
  func anyLanesOracle() -> ObjectiveOracle<Lanes> { makeLanesOracle() ?? LaneByLaneOracle(self) }

  /// The loss at parameters before the first step.
  public func value(at parameters: [Double]) -> Double { value(at: parameters, step: 0) }

  /// The exact gradient before the first step.
  public func gradient(at parameters: [Double]) -> [Double] { gradient(at: parameters, step: 0) }

  /// Whether another problem is of the same kind and equal.
  package func isEqual(to other: any Problem) -> Bool { (other as? Self).map { $0 == self } ?? false }

  /// Why a recorded run cannot be one on it; nil if it can.
  package func obstacle(to recorded: Trajectory) -> String? {
    guard recorded.dimension != dimension else { return nil }
    return
      "'\(Excerpt.of(recorded.path))' has \(recorded.dimension == 1 ? "1 parameter" : "\(recorded.dimension) parameters")"
      + " and the landscape \(dimension)"
  }

  /// Why an optimizer cannot run on it, in one sentence that names what is missing; nil if it can.
  ///
  /// The one place where needs and offers meet.
  public func obstacle(to spec: OptimizerSpec) -> String? {
    if let obstacle = spec.trajectory.flatMap(obstacle) { return obstacle }
    let missing = spec.needs.subtracting(offers)
    guard missing.isEmpty else {
      let reason = reasonForNoMatrix ?? "which the landscape does not have"
      return "\(spec.id) needs \(missing.names.joined(separator: " and ")), \(reason)"
    }
    let numbers = spec.matrixNumbers(for: layout)
    guard numbers > OptimizerSpec.mostMatrixNumbers else { return nil }
    return
      "\(spec.id) would keep matrices of \(numbers.shortest) numbers for these \(dimension) parameters, at most "
      + "\(OptimizerSpec.mostMatrixNumbers.shortest); take fewer parameters, or adam, which keeps vectors alone"
  }
}
