/// An expression of its parameters as the source of gradients for eight runs side by side; to the bit the same as eight
/// `ExpressionOracle`s.
public final class ExpressionLanesOracle: ObjectiveOracle<SIMD8<Double>> {
  private let machines: ExpressionMachines<Lanes>
  private let stepInput: Int?
  private var preparedStep = 0

  /// The same as for one run, with eight values for each input.
  package init(
    _ derivatives: ExpressionProgram.Derivatives, layout: ParameterLayout, inputs: [Lanes], stepInput: Int?
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
    machines.set(stepInput, to: Lanes(repeating: Double(step)))
  }

  public override func evaluateGradient(
    at x: borrowing Span<Lanes>, into gradient: inout MutableSpan<Lanes>
  ) -> Lanes {
    follow()
    return machines.gradient(at: x, into: &gradient)
  }

  public override func evaluateValue(at x: borrowing Span<Lanes>) -> Lanes {
    follow()
    return machines.value(at: x)
  }

  public override func evaluateHessian(
    at x: borrowing Span<Lanes>, into hessian: inout MutableSpan<Lanes>
  ) {
    follow()
    machines.hessian(at: x, into: &hessian)
  }
}
