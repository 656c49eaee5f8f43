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
