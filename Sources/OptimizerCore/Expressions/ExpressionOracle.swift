/// An expression of its parameters as the source of gradients for one run.
public final class ExpressionOracle: ObjectiveOracle<Double> {
  private let machines: ExpressionMachines<Double>
  private let stepInput: Int?
  private var preparedStep = 0

  /// - Parameters:
  ///   - derivatives: the programs of the loss and its derivatives along the first inputs.
  ///   - layout: the shape of the parameters, which are the first inputs.
  ///   - inputs: a value for each input; those of the parameters do not matter.
  ///   - stepInput: the input that is the step number; nil if the loss does not depend on it.
  package init(
    _ derivatives: ExpressionProgram.Derivatives, layout: ParameterLayout, inputs: [Double], stepInput: Int?
  ) {
    machines = ExpressionMachines(derivatives, parameters: layout.count, inputs: inputs)
    self.stepInput = stepInput
    super.init(layout: layout, offers: .hessian, dependsOnStep: stepInput != nil)
  }

  deinit { machines.deallocate() }

  @inline(__always)
  private func follow() {
    guard let stepInput, preparedStep != step else { return }
    preparedStep = step
    machines.set(stepInput, to: Double(step))
  }

  public override func evaluateGradient(
    at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
  ) -> Double {
    follow()
    return machines.gradient(at: x, into: &gradient)
  }

  public override func evaluateValue(at x: borrowing Span<Double>) -> Double {
    follow()
    return machines.value(at: x)
  }

  public override func evaluateHessian(
    at x: borrowing Span<Double>, into hessian: inout MutableSpan<Double>
  ) {
    follow()
    machines.hessian(at: x, into: &hessian)
  }
}
