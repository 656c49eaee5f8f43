public import OptimizerCore

/// A formula as the source of gradients for one run.
public typealias FormulaOracle = ExpressionOracle

/// A formula as the source of gradients for eight runs side by side; to the bit the same as eight `FormulaOracle`s.
public typealias FormulaLanesOracle = ExpressionLanesOracle

extension ExpressionOracle {
  /// - Parameter constants: A value for each of `formula.constantNames`, in that order.
  public convenience init(_ formula: Formula, constants: [Double] = []) {
    precondition(constants.count == formula.constantNames.count, "every constant of a formula needs a value")
    self.init(
      formula.programs, layout: .vector(2), inputs: [0, 0, 0] + constants,
      stepInput: formula.usesStep ? Formula.stepInput : nil)
  }
}

extension ExpressionLanesOracle {
  /// - Parameter constants: A value for each of `formula.constantNames`, in that order.
  public convenience init(_ formula: Formula, constants: [Double] = []) {
    self.init(formula, laneConstants: constants.map { Lanes(repeating: $0) })
  }

  /// - Parameter constants: Eight values for each of `formula.constantNames`, one a run.
  public convenience init(_ formula: Formula, laneConstants constants: [Lanes]) {
    precondition(constants.count == formula.constantNames.count, "every constant of a formula needs a value")
    self.init(
      formula.programs, layout: .vector(2), inputs: [.zero, .zero, .zero] + constants,
      stepInput: formula.usesStep ? Formula.stepInput : nil)
  }
}
