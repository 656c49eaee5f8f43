/// The machines of a value with its derivatives, for one run or for eight side by side.
struct ExpressionMachines<S: Lane> {
  private let valueMachine: TapeMachine<S>
  private let gradientMachine: TapeMachine<S>
  private let hessianMachine: TapeMachine<S>
  /// The number of parameters, which are the first inputs.
  private let count: Int

  init(_ derivatives: ExpressionProgram.Derivatives, parameters: Int, inputs: [S]) {
    valueMachine = TapeMachine(derivatives.value, inputs: inputs)
    gradientMachine = TapeMachine(derivatives.gradient, inputs: inputs)
    hessianMachine = TapeMachine(derivatives.hessian, inputs: inputs)
    count = parameters
  }

  func deallocate() {
    valueMachine.deallocate()
    gradientMachine.deallocate()
    hessianMachine.deallocate()
  }

  /// Another value of an input that is no parameter.
  func set(_ input: Int, to value: S) {
    valueMachine.registers[input] = value
    gradientMachine.registers[input] = value
    hessianMachine.registers[input] = value
    valueMachine.prepare()
    gradientMachine.prepare()
    hessianMachine.prepare()
  }

  // Two parameters are by far the most frequent, and a loop over them costs a tenth of a step.
  @inline(__always)
  private func place(_ x: borrowing Span<S>, in registers: UnsafeMutablePointer<S>) {
    precondition(x.count == count, "a point has as many numbers as there are parameters")
    if count == 2 {
      registers[0] = x[unchecked: 0]
      registers[1] = x[unchecked: 1]
    } else {
      for k in 0..<count { registers[k] = x[unchecked: k] }
    }
  }

  @inline(__always)
  func value(at x: borrowing Span<S>) -> S {
    place(x, in: valueMachine.registers)
    valueMachine.run()
    return valueMachine[result: 0]
  }

  @inline(__always)
  func gradient(at x: borrowing Span<S>, into gradient: inout MutableSpan<S>) -> S {
    precondition(gradient.count == count, "a gradient has as many numbers as there are parameters")
    place(x, in: gradientMachine.registers)
    gradientMachine.run()
    if count == 2 {
      gradient[unchecked: 0] = gradientMachine[result: 1]
      gradient[unchecked: 1] = gradientMachine[result: 2]
    } else {
      for k in 0..<count { gradient[unchecked: k] = gradientMachine[result: k + 1] }
    }
    return gradientMachine[result: 0]
  }

  @inline(__always)
  func hessian(at x: borrowing Span<S>, into hessian: inout MutableSpan<S>) {
    precondition(
      hessian.count == count * count, "a Hessian has as many rows and columns as there are parameters")
    place(x, in: hessianMachine.registers)
    hessianMachine.run()
    var place = 0
    for row in 0..<count {
      for column in row..<count {
        let entry = hessianMachine[result: place]
        hessian[unchecked: row * count + column] = entry
        hessian[unchecked: column * count + row] = entry
        place += 1
      }
    }
  }
}
