/// What a problem can answer beyond value and gradient, and so what an optimizer may need.
public struct Capabilities: OptionSet, Sendable, Hashable {
  /// The bits.
  public let rawValue: Int
  /// A set from its bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The exact Hessian matrix.
  public static let hessian = Capabilities(rawValue: 1 << 0)
  /// Residuals r and their Jacobian, for losses that are a function of residuals.
  public static let residuals = Capabilities(rawValue: 1 << 1)
  /// The Fisher matrix of a likelihood.
  public static let fisher = Capabilities(rawValue: 1 << 2)
  /// Kronecker factors of the Fisher matrix, a pair a layer.
  public static let kroneckerFactors = Capabilities(rawValue: 1 << 3)

  /// What is missing, in words for a message; empty if nothing is.
  public var names: [String] {
    var names: [String] = []
    if contains(.hessian) { names.append("a Hessian") }
    if contains(.residuals) { names.append("residuals") }
    if contains(.fisher) { names.append("a likelihood") }
    if contains(.kroneckerFactors) { names.append("layers") }
    return names
  }
}

/// What a run has cost so far.
public struct Cost: Sendable, Hashable {
  /// Gradient evaluations: a gradient is 1 and its value comes free, a Hessian is d, a Jacobian of r residuals ⌈r/d⌉.
  public var evaluations = 0
  /// Values asked for alone, counted apart.
  public var values = 0

  /// So much.
  public init(evaluations: Int = 0, values: Int = 0) {
    self.evaluations = evaluations
    self.values = values
  }
}

/// The only source of gradients for an optimizer: it asks where it wants one.
///
/// An oracle belongs to one run and one thread. `ObjectiveOracle` stands for a problem, counts every evaluation and
/// remembers the last point; `DerivedOracle` stands between an optimizer and another oracle (clipped, shifted, decayed,
/// noisy), so that every wrapper works over every base. Within a step the randomness is frozen: the same point gives
/// the same answer until the next `beginStep`.
open class Oracle<Scalar: Lane> {
  /// The shape of the parameters.
  public let layout: ParameterLayout
  /// What can be asked for beyond value and gradient.
  public let offers: Capabilities
  // Wrapped oracles that wrappers asked for, made once a run so that a step allocates nothing.
  private var derived: [(type: ObjectIdentifier, oracle: Oracle<Scalar>)] = []

  /// An oracle for parameters of this shape that offers so much.
  public init(layout: ParameterLayout, offers: Capabilities) {
    self.layout = layout
    self.offers = offers
  }

  /// The dimension d.
  public final var dimension: Int { layout.count }

  /// Starts step `t` (from 1): the formula's `t`, and the draw that noise uses for the whole step.
  open func beginStep(_ t: Int) { fatalError("an oracle must say how a step begins") }

  /// The gradient at `x` (d numbers) written into `gradient`; returns the loss there. Costs 1.
  @discardableResult
  open func gradient(at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>) -> Scalar {
    fatalError("an oracle must give gradients")
  }

  /// The gradient at a point in an array (d numbers), written into another; returns the loss there. Costs 1.
  @discardableResult
  @inlinable
  public final func gradient(at x: [Scalar], into gradient: inout [Scalar]) -> Scalar {
    var target = gradient.mutableSpan
    return self.gradient(at: x.span, into: &target)
  }

  /// The gradient at the point that an optimizer is moving, written into memory of its own; returns the loss there.
  @discardableResult
  @inline(__always)
  final func gradient(
    at x: borrowing MutableSpan<Scalar>, into gradient: UnsafeMutableBufferPointer<Scalar>
  ) -> Scalar {
    var target = gradient.mutableSpan
    return self.gradient(at: x.span, into: &target)
  }

  /// The same at a point of the optimizer's own, such as a probe.
  @discardableResult
  @inline(__always)
  final func gradient(
    at x: UnsafeMutableBufferPointer<Scalar>, into gradient: UnsafeMutableBufferPointer<Scalar>
  ) -> Scalar {
    var target = gradient.mutableSpan
    return self.gradient(at: x.span, into: &target)
  }

  /// The Hessian at the point that an optimizer is moving, into d·d numbers.
  @inline(__always)
  final func hessian(at x: borrowing MutableSpan<Scalar>, into hessian: UnsafeMutableBufferPointer<Scalar>) {
    var target = hessian.mutableSpan
    self.hessian(at: x.span, into: &target)
  }

  /// Standard normal numbers for this step, one a coordinate, for rules that are random themselves.
  ///
  /// They depend on the run's seed and the step alone, so every entry of a race sees the same, and a replay too.
  open func normals(into numbers: inout MutableSpan<Scalar>) {
    fatalError("an oracle must say what is random")
  }

  /// The same into memory of an optimizer's own.
  @inline(__always)
  final func normals(into numbers: UnsafeMutableBufferPointer<Scalar>) {
    var target = numbers.mutableSpan
    normals(into: &target)
  }

  /// The loss at `x`. Costs one value.
  open func value(at x: borrowing Span<Scalar>) -> Scalar { fatalError("an oracle must give values") }

  /// The Hessian at `x` (d·d numbers, row-major). Costs d. Only where `offers` contains `.hessian`.
  open func hessian(at x: borrowing Span<Scalar>, into hessian: inout MutableSpan<Scalar>) {
    preconditionFailure("this oracle offers no Hessian")
  }

  /// What the run has cost so far.
  open var cost: Cost { fatalError("an oracle must count its cost") }

  /// The derived oracle of a type that a wrapper keeps over this one, made on the first call.
  ///
  /// A wrapper is a value whose copies are snapshots, so it cannot own an oracle; the oracle of the run owns it. Each
  /// wrapper sets its parameters on it before every use.
  public final func derived<Wrapped: DerivedOracle<Scalar>>(_ type: Wrapped.Type) -> Wrapped {
    let wanted = ObjectIdentifier(type)
    for i in derived.indices where derived[i].type == wanted {
      // Kept under the very type that it has, so the cast needs no look at it.
      return unsafeDowncast(derived[i].oracle, to: Wrapped.self)
    }
    let made = type.init(over: self)
    derived.append((wanted, made))
    return made
  }
}

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
  private let dependsOnStep: Bool
  private var seeds: [UInt64] = [0]

  /// - Parameter dependsOnStep: whether the loss changes with `t`; then a memory of another step is no memory.
  public init(layout: ParameterLayout, offers: Capabilities, dependsOnStep: Bool) {
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
    memory.pointee.cost.evaluations += 1
    return recall(at: x, into: &gradient)
  }

  open override func value(at x: borrowing Span<Scalar>) -> Scalar {
    memory.pointee.cost.values += 1
    return evaluateValue(at: x)
  }

  open override func hessian(at x: borrowing Span<Scalar>, into hessian: inout MutableSpan<Scalar>) {
    precondition(offers.contains(.hessian), "this problem offers no Hessian")
    memory.pointee.cost.evaluations += dimension
    evaluateHessian(at: x, into: &hessian)
  }

  /// The true loss and gradient at `x`, for reports and pictures: free of charge, and remembered, so that a step from
  /// the reported point computes nothing twice.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  public final func look(at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>) -> Scalar {
    recall(at: x, into: &gradient)
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

/// An oracle over another one: it forwards everything, and a subclass changes what it is for.
open class DerivedOracle<Scalar: Lane>: Oracle<Scalar> {
  /// The oracle below.
  public unowned let base: Oracle<Scalar>

  /// An oracle over another one.
  public required init(over base: Oracle<Scalar>) {
    self.base = base
    super.init(layout: base.layout, offers: base.offers)
  }

  open override func beginStep(_ t: Int) { base.beginStep(t) }

  open override func normals(into numbers: inout MutableSpan<Scalar>) { base.normals(into: &numbers) }

  @discardableResult
  open override func gradient(at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>)
    -> Scalar
  {
    base.gradient(at: x, into: &gradient)
  }

  open override func value(at x: borrowing Span<Scalar>) -> Scalar { base.value(at: x) }

  open override func hessian(at x: borrowing Span<Scalar>, into hessian: inout MutableSpan<Scalar>) {
    base.hessian(at: x, into: &hessian)
  }

  open override var cost: Cost { base.cost }
}
