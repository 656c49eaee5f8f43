/// Evaluates the mean loss of a compiled model over rows of data, eight rows at a time. It belongs to one thread.
///
/// A row counts as much as its weight says, times what the batch gives it: once in every mean, matrices of squares too.
///
/// Sums run over the rows in their order, lane by lane, and then over the lanes: the same numbers for the same batch
/// whatever was computed before.
package final class SampleMachine {
  private let program: SampleProgram
  /// How many rows there are.
  package let count: Int
  private let constants: [Double]
  /// The strength of the penalty ½·l2·‖θ‖².
  private let penalty: Double
  private let rows: SampleColumns
  private var columns: [UnsafeMutablePointer<Lanes>] { rows.columns }
  private lazy var valueMachine = machine(program.value)
  private lazy var gradientMachine = machine(program.gradient)
  private lazy var productMachine = machine(program.product)
  private lazy var outputMachine = machine(program.outputs)
  private lazy var jacobianMachines = program.jacobians.map { machine($0) }
  private lazy var curvatureMachine = program.curvature.map { machine($0) }
  private lazy var fisherMachine = program.fisher.map { machine($0) }
  private var machines: [TapeMachine<Lanes>] = []
  private let sums: UnsafeMutablePointer<Lanes>
  private let sumCount: Int
  private let slopes: UnsafeMutablePointer<Lanes>

  /// - Parameters:
  ///   - rows: a column for each of the program's.
  ///   - constants: a value for each of the program's.
  package init(_ program: SampleProgram, rows: SampleColumns, constants: [Double], penalty: Double = 0) {
    precondition(rows.columns.count == program.columns.count, "every column of a program has its numbers")
    precondition(constants.count == program.constants.count, "every constant needs a value")
    self.program = program
    self.constants = constants
    self.penalty = penalty
    self.rows = rows
    count = rows.count
    let p = program.parameters.count
    sumCount = max(p * (p + 1) / 2, p + 1)
    sums = .allocate(capacity: sumCount)
    sums.initialize(repeating: .zero, count: sumCount)
    slopes = .allocate(capacity: 2 * program.outputCount * max(1, p))
    slopes.initialize(repeating: .zero, count: 2 * program.outputCount * max(1, p))
  }

  deinit {
    for machine in machines { machine.deallocate() }
    sums.deallocate()
    slopes.deallocate()
  }

  private func machine(_ tape: Tape) -> TapeMachine<Lanes> {
    let p = program.parameters.count
    let inputs =
      [Lanes](repeating: .zero, count: p + program.columns.count)
      + constants.map { Lanes(repeating: $0) } + [Lanes](repeating: .zero, count: p)
    let made = TapeMachine(tape, inputs: inputs)
    machines.append(made)
    return made
  }

  private func place(_ parameters: borrowing Span<Double>, in machine: TapeMachine<Lanes>) {
    precondition(parameters.count == program.parameters.count, "every parameter has a value")
    for k in 0..<parameters.count { machine.registers[k] = Lanes(repeating: parameters[k]) }
    machine.prepare()
  }

  /// Goes through the rows in use eight at a time: places them, runs the machines, and gives the weights, 0 where there is
  /// no row, and which lanes have one.
  @inline(__always)
  private func forEachGroup(
    _ batch: Batch?, _ machines: [TapeMachine<Lanes>], _ body: (Lanes, SIMDMask<SIMD8<Int64>>) -> Void
  ) {
    let used = batch?.count ?? count
    let first = program.parameters.count
    for group in 0..<(used + 7) / 8 {
      let here = min(8, used - 8 * group)
      var weights = Lanes(repeating: 1)
      if let batch {
        for (place, column) in columns.enumerated() {
          var values = Lanes()
          for lane in 0..<8 {
            let row = Int(batch.rows[8 * group + min(lane, here - 1)])
            values[lane] = column[row / 8][row % 8]
          }
          for machine in machines { machine.registers[first + place] = values }
        }
        if let given = batch.weights { for lane in 0..<here { weights[lane] = given[8 * group + lane] } }
        if let own = rows.weights {
          for lane in 0..<here {
            let row = Int(batch.rows[8 * group + lane])
            weights[lane] *= own[row / 8][row % 8]
          }
        }
      } else {
        if let own = rows.weights { weights = own[group] }
        for (place, column) in columns.enumerated() {
          for machine in machines { machine.registers[first + place] = column[group] }
        }
      }
      for machine in machines { machine.run() }
      body(weights, Self.lanes .< Lanes(repeating: Double(here)))
    }
  }

  private static let lanes = Lanes(0, 1, 2, 3, 4, 5, 6, 7)

  private func clearSums(_ count: Int) { for k in 0..<count { sums[k] = .zero } }

  private func mean(_ sum: Lanes, _ batch: Batch?) -> Double { sum.sum() / Double(batch?.count ?? count) }

  /// ½·l2·‖θ‖².
  private func penalty(at parameters: borrowing Span<Double>) -> Double {
    guard penalty != 0 else { return 0 }
    var squares = 0.0
    for k in 0..<parameters.count { squares += parameters[k] * parameters[k] }
    return 0.5 * penalty * squares
  }

  /// The mean loss.
  package func value(at parameters: borrowing Span<Double>, batch: Batch?) -> Double {
    let machine = valueMachine
    place(parameters, in: machine)
    var sum = Lanes.zero
    forEachGroup(batch, [machine]) { weights, isUsed in
      sum += Lanes.select(isUsed, weights * machine[result: 0], .zero)
    }
    return mean(sum, batch) + penalty(at: parameters)
  }

  /// The mean loss, and its gradient.
  package func gradient(
    at parameters: borrowing Span<Double>, batch: Batch?, into gradient: inout MutableSpan<Double>
  ) -> Double {
    let (machine, p) = (gradientMachine, program.parameters.count)
    place(parameters, in: machine)
    clearSums(p + 1)
    let sums = sums
    forEachGroup(batch, [machine]) { weights, isUsed in
      for k in 0...p { sums[k] += Lanes.select(isUsed, weights * machine[result: k], .zero) }
    }
    for k in 0..<p { gradient[k] = mean(sums[k + 1], batch) + penalty * parameters[k] }
    return mean(sums[0], batch) + penalty(at: parameters)
  }

  /// The Hessian of the mean loss times a direction.
  package func product(
    _ direction: borrowing Span<Double>, at parameters: borrowing Span<Double>, batch: Batch?,
    into product: inout MutableSpan<Double>
  ) {
    let (machine, p) = (productMachine, program.parameters.count)
    let first = p + program.columns.count + program.constants.count
    for k in 0..<p { machine.registers[first + k] = Lanes(repeating: direction[k]) }
    place(parameters, in: machine)
    clearSums(p)
    let sums = sums
    forEachGroup(batch, [machine]) { weights, isUsed in
      for k in 0..<p { sums[k] += Lanes.select(isUsed, weights * machine[result: k], .zero) }
    }
    for k in 0..<p { product[k] = mean(sums[k], batch) + penalty * direction[k] }
  }

  /// The Hessian of the mean loss, column by column.
  package func hessian(
    at parameters: borrowing Span<Double>, batch: Batch?, into hessian: inout MutableSpan<Double>
  ) {
    let p = program.parameters.count
    var (unit, column) = ([Double](repeating: 0, count: p), [Double](repeating: 0, count: p))
    for j in 0..<p {
      unit[j] = 1
      var span = column.mutableSpan
      product(unit.span, at: parameters, batch: batch, into: &span)
      unit[j] = 0
      // One half is copied to the other, so that rounding cannot tell them apart.
      for i in j..<p {
        hessian[i * p + j] = column[i]
        hessian[j * p + i] = column[i]
      }
    }
  }

  /// The trace of the Hessian of one row's loss, of which the penalty is no part.
  package func hessianTrace(at parameters: borrowing Span<Double>, row: Int) -> Double {
    let p = program.parameters.count
    let batch = Batch(rows: [Int32(row)])
    var (unit, column) = ([Double](repeating: 0, count: p), [Double](repeating: 0, count: p))
    var trace = 0.0
    for j in 0..<p {
      unit[j] = 1
      var span = column.mutableSpan
      product(unit.span, at: parameters, batch: batch, into: &span)
      unit[j] = 0
      trace += column[j] - penalty
    }
    return trace
  }

  /// The mean of JᵀHJ, with the penalty's share.
  package func gaussNewton(
    at parameters: borrowing Span<Double>, batch: Batch?, into matrix: inout MutableSpan<Double>
  ) {
    guard let curvatureMachine else { preconditionFailure("the loss has no curvature in its outputs") }
    outer(at: parameters, batch: batch, middle: curvatureMachine, into: &matrix)
    let p = program.parameters.count
    for k in 0..<p { matrix[k * p + k] += penalty }
  }

  /// The mean of the expectation of ∇ℓ∇ℓᵀ under the model, or of ∇ℓ∇ℓᵀ itself.
  package func fisher(
    at parameters: borrowing Span<Double>, isEmpirical: Bool, batch: Batch?,
    into matrix: inout MutableSpan<Double>
  ) {
    guard isEmpirical else {
      guard let fisherMachine else { preconditionFailure("the loss is no likelihood") }
      outer(at: parameters, batch: batch, middle: fisherMachine, into: &matrix)
      return
    }
    let (machine, p) = (gradientMachine, program.parameters.count)
    place(parameters, in: machine)
    clearSums(p * (p + 1) / 2)
    let sums = sums
    forEachGroup(batch, [machine]) { weights, isUsed in
      var place = 0
      for i in 0..<p {
        let weighted = Lanes.select(isUsed, weights * machine[result: i + 1], .zero)
        for j in i..<p {
          sums[place] += weighted * machine[result: j + 1]
          place += 1
        }
      }
    }
    fill(&matrix, batch)
  }

  /// The mean of JᵀMJ for the symmetric M whose upper triangle a machine computes.
  private func outer(
    at parameters: borrowing Span<Double>, batch: Batch?, middle: TapeMachine<Lanes>,
    into matrix: inout MutableSpan<Double>
  ) {
    let (p, outputs) = (program.parameters.count, program.outputCount)
    let jacobians = jacobianMachines
    for machine in jacobians { place(parameters, in: machine) }
    place(parameters, in: middle)
    clearSums(p * (p + 1) / 2)
    let (sums, slopes) = (sums, slopes)
    forEachGroup(batch, jacobians + [middle]) { weights, isUsed in
      // M J, weighted.
      for k in 0..<outputs {
        for j in 0..<p { slopes[k * p + j] = .zero }
      }
      var place = 0
      for k in 0..<outputs {
        for l in k..<outputs {
          let entry = Lanes.select(isUsed, weights * middle[result: place], .zero)
          place += 1
          for j in 0..<p {
            slopes[k * p + j] += entry * jacobians[l][result: j + 1]
            if l > k { slopes[l * p + j] += entry * jacobians[k][result: j + 1] }
          }
        }
      }
      for k in 0..<outputs {
        var place = 0
        for i in 0..<p {
          let slope = Lanes.select(isUsed, jacobians[k][result: i + 1], .zero)
          for j in i..<p {
            sums[place] += slope * slopes[k * p + j]
            place += 1
          }
        }
      }
    }
    fill(&matrix, batch)
  }

  /// The means of the sums as a symmetric matrix.
  private func fill(_ matrix: inout MutableSpan<Double>, _ batch: Batch?) {
    let p = program.parameters.count
    var place = 0
    for i in 0..<p {
      for j in i..<p {
        let entry = mean(sums[place], batch)
        matrix[i * p + j] = entry
        matrix[j * p + i] = entry
        place += 1
      }
    }
  }

  /// The outputs of the model for every row: `outputCount` columns.
  package func outputs(at parameters: [Double]) -> [[Double]] {
    let machine = outputMachine
    place(parameters.span, in: machine)
    var results = [[Double]](repeating: [], count: program.outputCount)
    for k in results.indices { results[k].reserveCapacity(count) }
    forEachGroup(nil, [machine]) { _, isUsed in
      for k in results.indices {
        for lane in 0..<8 where isUsed[lane] { results[k].append(machine[result: k][lane]) }
      }
    }
    return results
  }
}
