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

  open override func gaussNewton(at x: borrowing Span<Scalar>, into matrix: inout MutableSpan<Scalar>) {
    base.gaussNewton(at: x, into: &matrix)
  }

  open override func fisher(
    at x: borrowing Span<Scalar>, isEmpirical: Bool, into matrix: inout MutableSpan<Scalar>
  ) {
    base.fisher(at: x, isEmpirical: isEmpirical, into: &matrix)
  }

  open override func kroneckerFactors(at x: borrowing Span<Scalar>, into factors: inout MutableSpan<Scalar>) {
    base.kroneckerFactors(at: x, into: &factors)
  }

  open override var sampleCount: Int { base.sampleCount }

  open override var sampleImportance: [Double]? { base.sampleImportance }

  open override func use(_ batches: [Batch]) { base.use(batches) }

  open override var cost: Cost { base.cost }
}
