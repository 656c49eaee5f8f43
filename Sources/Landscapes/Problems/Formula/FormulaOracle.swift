public import OptimizerCore

/// A formula as the source of gradients for one run.
public final class FormulaOracle: ObjectiveOracle<Double> {
  private let valueMachine: TapeMachine<Double>
  private let gradientMachine: TapeMachine<Double>
  private let hessianMachine: TapeMachine<Double>
  private let usesStep: Bool
  private var preparedStep = 0

  /// - Parameter constants: A value for each of `formula.constantNames`, in that order.
  public init(_ formula: Formula, constants: [Double] = []) {
    precondition(constants.count == formula.constantNames.count, "every constant of a formula needs a value")
    valueMachine = TapeMachine(formula.valueTape, constants: constants, step: 0)
    gradientMachine = TapeMachine(formula.gradientTape, constants: constants, step: 0)
    hessianMachine = TapeMachine(formula.hessianTape, constants: constants, step: 0)
    usesStep = formula.usesStep
    super.init(layout: .vector(2), offers: .hessian, dependsOnStep: formula.usesStep)
  }

  deinit {
    valueMachine.deallocate()
    gradientMachine.deallocate()
    hessianMachine.deallocate()
  }

  @inline(__always)
  private func follow() {
    guard usesStep, preparedStep != step else { return }
    preparedStep = step
    valueMachine.prepare(step: step)
    gradientMachine.prepare(step: step)
    hessianMachine.prepare(step: step)
  }

  public override func evaluateGradient(
    at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
  ) -> Double {
    follow()
    let value = gradientMachine.run(x[0], x[1])
    gradient[0] = gradientMachine.secondResult
    gradient[1] = gradientMachine.thirdResult
    return value
  }

  public override func evaluateValue(at x: borrowing Span<Double>) -> Double {
    follow()
    return valueMachine.run(x[0], x[1])
  }

  public override func evaluateHessian(
    at x: borrowing Span<Double>, into hessian: inout MutableSpan<Double>
  ) {
    follow()
    hessian[0] = hessianMachine.run(x[0], x[1])
    hessian[1] = hessianMachine.secondResult
    hessian[2] = hessianMachine.secondResult
    hessian[3] = hessianMachine.thirdResult
  }
}

/// A formula as the source of gradients for eight runs side by side; to the bit the same as eight `FormulaOracle`s.
public final class FormulaLanesOracle: ObjectiveOracle<SIMD8<Double>> {
  private let valueMachine: TapeMachine<Lanes>
  private let gradientMachine: TapeMachine<Lanes>
  private let hessianMachine: TapeMachine<Lanes>
  private let usesStep: Bool
  private var preparedStep = 0

  /// - Parameter constants: A value for each of `formula.constantNames`, in that order.
  public convenience init(_ formula: Formula, constants: [Double] = []) {
    self.init(formula, laneConstants: constants.map { Lanes(repeating: $0) })
  }

  /// - Parameter constants: Eight values for each of `formula.constantNames`, one a run.
  public init(_ formula: Formula, laneConstants constants: [Lanes]) {
    precondition(constants.count == formula.constantNames.count, "every constant of a formula needs a value")
    valueMachine = TapeMachine(formula.valueTape, laneConstants: constants, step: 0)
    gradientMachine = TapeMachine(formula.gradientTape, laneConstants: constants, step: 0)
    hessianMachine = TapeMachine(formula.hessianTape, laneConstants: constants, step: 0)
    usesStep = formula.usesStep
    super.init(layout: .vector(2), offers: .hessian, dependsOnStep: formula.usesStep)
  }

  deinit {
    valueMachine.deallocate()
    gradientMachine.deallocate()
    hessianMachine.deallocate()
  }

  @inline(__always)
  private func follow() {
    guard usesStep, preparedStep != step else { return }
    preparedStep = step
    valueMachine.prepare(step: step)
    gradientMachine.prepare(step: step)
    hessianMachine.prepare(step: step)
  }

  public override func evaluateGradient(
    at x: borrowing Span<Lanes>, into gradient: inout MutableSpan<Lanes>
  ) -> Lanes {
    follow()
    let value = gradientMachine.run(x[0], x[1])
    gradient[0] = gradientMachine.secondResult
    gradient[1] = gradientMachine.thirdResult
    return value
  }

  public override func evaluateValue(at x: borrowing Span<Lanes>) -> Lanes {
    follow()
    return valueMachine.run(x[0], x[1])
  }

  public override func evaluateHessian(
    at x: borrowing Span<Lanes>, into hessian: inout MutableSpan<Lanes>
  ) {
    follow()
    hessian[0] = hessianMachine.run(x[0], x[1])
    hessian[1] = hessianMachine.secondResult
    hessian[2] = hessianMachine.secondResult
    hessian[3] = hessianMachine.thirdResult
  }
}
