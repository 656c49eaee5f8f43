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
  // Wrapped oracles that wrappers asked for, made once a run so that a step allocates nothing. As plain objects: to go
  // through a list of a generic type asks the language's runtime for that type at every step.
  private var derived: [(type: ObjectIdentifier, oracle: AnyObject)] = []

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

  /// The Gauss-Newton matrix at the point that an optimizer is moving, into d·d numbers.
  @inline(__always)
  final func gaussNewton(
    at x: borrowing MutableSpan<Scalar>, into matrix: UnsafeMutableBufferPointer<Scalar>
  ) {
    var target = matrix.mutableSpan
    self.gaussNewton(at: x.span, into: &target)
  }

  /// The Fisher matrix at the point that an optimizer is moving, into d·d numbers.
  @inline(__always)
  final func fisher(
    at x: borrowing MutableSpan<Scalar>, isEmpirical: Bool, into matrix: UnsafeMutableBufferPointer<Scalar>
  ) {
    var target = matrix.mutableSpan
    self.fisher(at: x.span, isEmpirical: isEmpirical, into: &target)
  }

  /// The Kronecker factors at the point that an optimizer is moving.
  @inline(__always)
  final func kroneckerFactors(
    at x: borrowing MutableSpan<Scalar>, into factors: UnsafeMutableBufferPointer<Scalar>
  ) {
    var target = factors.mutableSpan
    self.kroneckerFactors(at: x.span, into: &target)
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

  /// The Gauss-Newton matrix at `x` (d·d numbers, row-major): the mean over the samples of JᵀHJ, with J the slopes of the
  /// model's outputs and H the Hessian of the loss in the outputs. Costs as much as a gradient for each output. Only where
  /// `offers` contains `.gaussNewton`.
  open func gaussNewton(at x: borrowing Span<Scalar>, into matrix: inout MutableSpan<Scalar>) {
    preconditionFailure("this oracle offers no Gauss-Newton matrix")
  }

  /// The Fisher matrix at `x` (d·d numbers, row-major): the mean over the samples of the expectation of ∇ℓ∇ℓᵀ under the
  /// model's own distribution, or with the observed targets where it `isEmpirical`. Costs a gradient for each output, or
  /// one. Only where `offers` contains `.fisher`.
  open func fisher(at x: borrowing Span<Scalar>, isEmpirical: Bool, into matrix: inout MutableSpan<Scalar>) {
    preconditionFailure("this oracle offers no Fisher matrix")
  }

  /// The Kronecker factors of the curvature at `x`, layer by layer as `ParameterLayout.layers` has them: A of the inputs
  /// (columns²), then S of the outputs (rows²), both row-major. Costs a gradient for each output. Only where `offers`
  /// contains `.kroneckerFactors`.
  open func kroneckerFactors(at x: borrowing Span<Scalar>, into factors: inout MutableSpan<Scalar>) {
    preconditionFailure("this oracle offers no Kronecker factors")
  }

  /// How many samples the loss is a mean of; 1 where it is not made of samples.
  open var sampleCount: Int { 1 }

  /// How steep each sample is, for sampling in proportion to it; nil where the problem does not say.
  open var sampleImportance: [Double]? { nil }

  /// Asks from now on about these samples alone: one batch for all lanes, or one a lane; none for all samples.
  open func use(_ batches: [Batch]) { preconditionFailure("the loss of this oracle has no samples") }

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
