public import OptimizerCore

/// A loss that optimizers can be run on: a landscape, or a problem with data.
public protocol Objective: Sendable {
  /// The shape of the parameters.
  var layout: ParameterLayout { get }
  /// What its oracles answer beyond value and gradient.
  var offers: Capabilities { get }
  /// An oracle for one run. It belongs to one thread.
  func makeOracle() -> ObjectiveOracle<Double>
  /// An oracle for eight runs side by side, or nil if there is none.
  func makeLanesOracle() -> ObjectiveOracle<Lanes>?
}
