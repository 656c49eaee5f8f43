/// Gradients from the worst place nearby.
final class SharpnessOracle<Scalar: Lane>: DerivedOracle<Scalar> {
  private struct Aim {
    var radius = Scalar.zero
    var norm = 2.0
    var isAdaptive = false
  }
  // Behind pointers for the same reason as the memory of `ObjectiveOracle`.
  private let target: UnsafeMutablePointer<Aim>
  private let g: UnsafeMutableBufferPointer<Scalar>
  private let probe: UnsafeMutableBufferPointer<Scalar>

  required init(over base: Oracle<Scalar>) {
    target = .allocate(capacity: 1)
    target.initialize(to: Aim())
    g = .allocate(capacity: base.dimension)
    g.initialize(repeating: .zero)
    probe = .allocate(capacity: base.dimension)
    probe.initialize(repeating: .zero)
    super.init(over: base)
  }

  deinit {
    target.deallocate()
    g.deallocate()
    probe.deallocate()
  }

  /// - Parameter norm: p from 1 on; infinity for the largest of the coordinates.
  func aim(radius: Scalar, norm: Double, isAdaptive: Bool) {
    target.pointee = Aim(radius: radius, norm: norm, isAdaptive: isAdaptive)
  }

  func read(gradient: UnsafeMutableBufferPointer<Scalar>, probe: UnsafeMutableBufferPointer<Scalar>) {
    for i in g.indices {
      gradient[i] = g[i]
      probe[i] = self.probe[i]
    }
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  override func gradient(at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>) -> Scalar {
    worst(x)
    return base.gradient(at: probe.span, into: &gradient)
  }

  override func value(at x: borrowing Span<Scalar>) -> Scalar {
    worst(x)
    return base.value(at: probe.span)
  }

  /// Puts the probe at the worst place around `x`. Costs one gradient.
  @inline(never)
  private func worst(_ x: borrowing Span<Scalar>) {
    let (g, probe) = (self.g, self.probe)
    let (radius, norm, isAdaptive) = (target.pointee.radius, target.pointee.norm, target.pointee.isAdaptive)
    do {
      var target = g.mutableSpan
      base.gradient(at: x, into: &target)
    }
    // With T = |θ| the adaptive ball is ‖ε/T‖ ≤ ρ, so ε = T·(the plain answer for the gradient T g).
    var (largest, squares) = (Scalar.zero, Scalar.zero)
    for i in g.indices {
      let slope = isAdaptive ? x[i].absolute * g[i] : g[i]
      probe[i] = slope
      largest = Scalar.larger(largest, slope.absolute)
      squares += slope * slope
    }
    let length = norm == 2 ? Norm.of(squares: squares, count: g.count) { probe[$0] } : largest
    // Of the slopes as shares of the largest: what their sum of powers q is to the power 1/p.
    let power = 1 / (norm - 1)
    var total = Scalar.zero
    if norm != 1, norm != 2, norm.isFinite {
      for i in g.indices {
        total += (probe[i].absolute / largest).power(Scalar(repeating: 1 + power))
      }
      total = total.power(Scalar(repeating: 1 / norm))
    }
    var isTaken = Scalar.zero
    for i in g.indices {
      let slope = probe[i]
      var share: Scalar
      switch norm {
      case 1:
        let isFirst = Scalar.select(
          isTaken .== Scalar.zero, Scalar.select(slope.absolute .== length, .one, .zero), .zero)
        isTaken += isFirst
        share = isFirst * slope.signum
      case 2: share = slope / length
      case .infinity: share = slope.signum
      default: share = slope.signum * (slope.absolute / largest).power(Scalar(repeating: power)) / total
      }
      share = Scalar.select(slope .== Scalar.zero, .zero, share)
      probe[i] = x[i] + radius * (isAdaptive ? x[i].absolute : .one) * share
    }
  }
}
