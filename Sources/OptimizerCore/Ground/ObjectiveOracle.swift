/// An oracle that stands for a problem: it counts the cost and remembers the last point.
///
/// Landscapes subclass it, once for `Double` and once for `Lanes`, and override `evaluate…`.
open class ObjectiveOracle<Scalar: Lane>: Oracle<Scalar> {
  private struct Memory {
    var step = 0
    var cost = Cost()
    var remembers = false
    var lastStep = 0
    var lastValue = Scalar.zero
  }
  // Behind pointers, because every access to a stored property of a class is checked for exclusivity while the program
  // runs, which here would cost as much as the step itself.
  private let memory: UnsafeMutablePointer<Memory>
  private let lastPoint: UnsafeMutablePointer<Scalar>
  private let lastGradient: UnsafeMutablePointer<Scalar>
  /// Whether the loss changes with `t`.
  package final let dependsOnStep: Bool
  private var seeds: [UInt64] = [0]
  private let samples: Int
  /// How many numbers the model computes for a sample, which is what its Jacobian costs in gradients.
  package final let outputCount: Int
  /// The samples that the next question is about: one batch for all lanes, or one a lane; empty for all samples.
  public private(set) final var batches: [Batch] = []

  /// - Parameters:
  ///   - dependsOnStep: whether the loss changes with `t`; then a memory of another step is no memory.
  ///   - samples: how many samples the loss is a mean of.
  ///   - outputs: how many numbers a model computes for a sample, which is what its Jacobian costs.
  public init(
    layout: ParameterLayout, offers: Capabilities, dependsOnStep: Bool, samples: Int = 1, outputs: Int = 1
  ) {
    precondition(samples >= 1 && outputs >= 1, "a loss is a mean of at least one sample")
    self.samples = samples
    outputCount = outputs
    memory = .allocate(capacity: 1)
    memory.initialize(to: Memory())
    lastPoint = .allocate(capacity: layout.count)
    lastPoint.initialize(repeating: .zero, count: layout.count)
    lastGradient = .allocate(capacity: layout.count)
    lastGradient.initialize(repeating: .zero, count: layout.count)
    self.dependsOnStep = dependsOnStep
    super.init(layout: layout, offers: offers)
  }

  deinit {
    memory.deallocate()
    lastPoint.deallocate()
    lastGradient.deallocate()
  }

  /// The loss and the gradient at `x`; no counting.
  open func evaluateGradient(at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>) -> Scalar
  {
    fatalError("a problem must give gradients")
  }
  /// The loss at `x`; no counting.
  open func evaluateValue(at x: borrowing Span<Scalar>) -> Scalar { fatalError("a problem must give values") }
  /// The Hessian at `x`, row-major; no counting.
  open func evaluateHessian(at x: borrowing Span<Scalar>, into hessian: inout MutableSpan<Scalar>) {
    preconditionFailure("this problem offers no Hessian")
  }

  /// The Gauss-Newton matrix at `x`, row-major; no counting.
  open func evaluateGaussNewton(at x: borrowing Span<Scalar>, into matrix: inout MutableSpan<Scalar>) {
    preconditionFailure("this problem offers no Gauss-Newton matrix")
  }

  /// The Fisher matrix at `x`, row-major; no counting.
  open func evaluateFisher(
    at x: borrowing Span<Scalar>, isEmpirical: Bool, into matrix: inout MutableSpan<Scalar>
  ) {
    preconditionFailure("this problem offers no Fisher matrix")
  }

  /// The Kronecker factors at `x`; no counting.
  open func evaluateKroneckerFactors(
    at x: borrowing Span<Scalar>, into factors: inout MutableSpan<Scalar>
  ) {
    preconditionFailure("this problem offers no Kronecker factors")
  }

  public final override var sampleCount: Int { samples }

  public final override func use(_ batches: [Batch]) {
    precondition(
      batches.count <= 1 || batches.count == Scalar.laneCount, "one batch for all lanes, or one a lane")
    self.batches = batches
  }

  /// Counts so many gradients over the samples in use. A pass through all samples is one evaluation.
  private func count(_ gradients: Int) {
    guard samples > 1 else {
      memory.pointee.cost.evaluations += gradients
      memory.pointee.cost.samples = memory.pointee.cost.evaluations
      return
    }
    memory.pointee.cost.samples += gradients * (batches.first?.count ?? samples)
    memory.pointee.cost.evaluations = memory.pointee.cost.samples / samples
  }

  /// The step in progress, 0 before the first; the formula's `t`.
  public final var step: Int { memory.pointee.step }

  open override var cost: Cost { memory.pointee.cost }

  /// Sets the cost, when a run returns to a snapshot.
  public final func restore(cost: Cost, step: Int) {
    memory.pointee.cost = cost
    memory.pointee.step = step
  }

  /// Forgets the last point, when what the loss depends on has changed (a constant of the formula was turned).
  public final func forget() { memory.pointee.remembers = false }

  open override func beginStep(_ t: Int) { memory.pointee.step = t }

  /// Sets the seed of what rules draw themselves: one for all lanes, or one a lane. It is 0 unless set.
  public final func seed(_ seeds: [UInt64]) {
    precondition(seeds.count == 1 || seeds.count == Scalar.laneCount, "one seed for all lanes, or one a lane")
    self.seeds = seeds
  }

  /// Standard normal numbers from the seed and the step.
  open override func normals(into numbers: inout MutableSpan<Scalar>) {
    for lane in seeds.indices {
      // A stream of its own, so that a rule's draws are not those of the gradient noise.
      let generator = Philox(seed: seeds[lane])
      for pair in 0..<(numbers.count + 1) / 2 {
        let (a, b) = generator.normals(step: memory.pointee.step, stream: 0x8000_0000, index: pair)
        for i in 2 * pair..<min(2 * pair + 2, numbers.count) {
          let number = i == 2 * pair ? a : b
          if seeds.count == 1 {
            numbers[i] = Scalar(repeating: number)
          } else {
            numbers[i][lane: lane] = number
          }
        }
      }
    }
  }

  @discardableResult
  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  open override func gradient(at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>)
    -> Scalar
  {
    count(1)
    // A batch is another loss, which no memory speaks of.
    return batches.isEmpty ? recall(at: x, into: &gradient) : evaluateGradient(at: x, into: &gradient)
  }

  open override func value(at x: borrowing Span<Scalar>) -> Scalar {
    memory.pointee.cost.values += 1
    return evaluateValue(at: x)
  }

  open override func hessian(at x: borrowing Span<Scalar>, into hessian: inout MutableSpan<Scalar>) {
    precondition(offers.contains(.hessian), "this problem offers no Hessian")
    count(dimension)
    evaluateHessian(at: x, into: &hessian)
  }

  open override func gaussNewton(at x: borrowing Span<Scalar>, into matrix: inout MutableSpan<Scalar>) {
    precondition(offers.contains(.gaussNewton), "this problem offers no Gauss-Newton matrix")
    count(outputCount)
    evaluateGaussNewton(at: x, into: &matrix)
  }

  open override func fisher(
    at x: borrowing Span<Scalar>, isEmpirical: Bool, into matrix: inout MutableSpan<Scalar>
  ) {
    precondition(offers.contains(.fisher), "this problem offers no Fisher matrix")
    count(isEmpirical ? 1 : outputCount)
    evaluateFisher(at: x, isEmpirical: isEmpirical, into: &matrix)
  }

  open override func kroneckerFactors(at x: borrowing Span<Scalar>, into factors: inout MutableSpan<Scalar>) {
    precondition(offers.contains(.kroneckerFactors), "this problem offers no Kronecker factors")
    count(outputCount)
    evaluateKroneckerFactors(at: x, into: &factors)
  }

  /// The true loss and gradient at `x`, for reports and pictures: free of charge, and remembered, so that a step from
  /// the reported point computes nothing twice.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  public final func peek(at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>) -> Scalar {
    guard !batches.isEmpty else { return recall(at: x, into: &gradient) }
    let used = batches
    batches = []
    defer { batches = used }
    return recall(at: x, into: &gradient)
  }

  // A function of its own, never inlined: a generic function makes room for its temporaries before it branches to its
  // specialisation, so what is specialised for speed must have none.
  @inline(never)
  private func recall(at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>) -> Scalar {
    let d = x.count
    precondition(
      d == dimension && gradient.count == d, "a point and a gradient have as many numbers as the layout")
    var known = memory.pointee.remembers && (!dependsOnStep || memory.pointee.lastStep == memory.pointee.step)
    var i = 0
    while known, i < d {
      known = Scalar.identical(lastPoint[i], x[unchecked: i])
      i += 1
    }
    if known {
      for i in 0..<d { gradient[unchecked: i] = lastGradient[i] }
      return memory.pointee.lastValue
    }
    let value = evaluateGradient(at: x, into: &gradient)
    for i in 0..<d {
      lastPoint[i] = x[unchecked: i]
      lastGradient[i] = gradient[unchecked: i]
    }
    memory.pointee.lastValue = value
    memory.pointee.lastStep = memory.pointee.step
    memory.pointee.remembers = true
    return value
  }
}
