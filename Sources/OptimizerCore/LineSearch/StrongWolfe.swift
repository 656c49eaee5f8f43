/// A search along a direction for a step that satisfies the strong Wolfe conditions:
/// f(x + td) ≤ f + c₁ t gᵀd and |∇f(x + td)ᵀd| ≤ c₂ |gᵀd|.
///
/// Bracketing and cubic interpolation in the order of torch's `_strong_wolfe`, so that L-BFGS takes the same steps. Where a
/// trial has no value or slope, it counts as infinitely high: the bracket ends there and is halved back into the domain.
/// Nocedal & Wright 2006, algorithms 3.5 and 3.6.
struct StrongWolfe: Sendable {
  private struct Probe {
    var length: Double
    var value: Double
    var slope: Double
  }

  private var origin = Vector<Double>()
  private var trial = Vector<Double>()
  private var gradient = Vector<Double>()
  /// The lengths that the last search tried.
  private(set) var trials: [Double] = []

  init() {}

  init(dimension: Int) {
    (origin, trial, gradient) = (Vector(dimension), Vector(dimension), Vector(dimension))
    trials.reserveCapacity(32)
  }

  /// Makes the last search none.
  mutating func forget() { trials.removeAll(keepingCapacity: true) }

  /// The length of the step, from 0.
  ///
  /// - Parameters:
  ///   - first: the length to try first.
  ///   - value: f(x).
  ///   - slope: gᵀd at x; negative.
  ///   - least: a bracket shorter than this, in the largest coordinate of the step, is not divided further.
  mutating func search(
    from x: borrowing MutableSpan<Double>, along d: UnsafeMutableBufferPointer<Double>, first: Double,
    value: Double,
    slope: Double, c1: Double, c2: Double, least: Double, oracle: Oracle<Double>
  ) -> Double {
    let origin = self.origin.writable()
    forget()
    var width = 0.0
    for i in d.indices {
      origin[i] = x[i]
      width = max(width, d[i].magnitude)
    }
    let start = Probe(length: 0, value: value, slope: slope)
    let conditions = Conditions(value: value, slope: slope, c1: c1, c2: c2)
    var rounds = 0
    var (a, b): (Probe, Probe)
    switch bracket(from: start, first: first, along: d, conditions, &rounds, oracle) {
    case .found(let length): return length
    case .between(let left, let right): (a, b) = (left, right)
    }
    var isLowFirst = a.value <= b.value
    var hasStalled = false
    while rounds < Self.limit {
      if (b.length - a.length).magnitude * width < least { break }
      let t = Self.trial(between: a, b, &hasStalled)
      let now = probe(t, d, oracle)
      rounds += 1
      let low = isLowFirst ? a : b
      if conditions.isTooHigh(now) || now.value >= low.value {
        if isLowFirst { b = now } else { a = now }
        isLowFirst = a.value <= b.value
      } else {
        if conditions.isFlat(now) { return t }
        let high = isLowFirst ? b : a
        if now.slope * (high.length - low.length) >= 0 {
          if isLowFirst { b = low } else { a = low }
        }
        if isLowFirst { a = now } else { b = now }
      }
    }
    return isLowFirst ? a.length : b.length
  }

  /// The most probes of a search.
  private static let limit = 25

  /// The two conditions on a probe.
  private struct Conditions {
    let value: Double
    let slope: Double
    let c1: Double
    let c2: Double

    /// Whether the loss has not fallen enough.
    func isTooHigh(_ probe: Probe) -> Bool { probe.value > value + c1 * probe.length * slope }

    /// Whether the slope is flat enough.
    func isFlat(_ probe: Probe) -> Bool { probe.slope.magnitude <= -c2 * slope }
  }

  /// What the first probes come to: a length that serves, or two ends with one between them, whose order decides ties.
  private enum Bracket {
    case found(Double)
    case between(Probe, Probe)
  }

  /// Goes on from the first length until a minimum lies behind.
  private mutating func bracket(
    from start: Probe, first: Double, along d: UnsafeMutableBufferPointer<Double>, _ conditions: Conditions,
    _ rounds: inout Int, _ oracle: Oracle<Double>
  ) -> Bracket {
    var previous = start
    var now = probe(first, d, oracle)
    while rounds < Self.limit {
      if conditions.isTooHigh(now) || (rounds > 1 && now.value >= previous.value) {
        return .between(previous, now)
      }
      if conditions.isFlat(now) { return .found(now.length) }
      if now.slope >= 0 { return .between(previous, now) }
      // Still going down too steeply: extrapolate.
      let next = Self.cubic(
        previous, now, now.length + 0.01 * (now.length - previous.length), now.length * 10)
      previous = now
      now = probe(next, d, oracle)
      rounds += 1
    }
    return .between(start, now)
  }

  /// The length to try between two ends.
  private static func trial(between a: Probe, _ b: Probe, _ hasStalled: inout Bool) -> Double {
    let (left, right) = (min(a.length, b.length), max(a.length, b.length))
    let t = Self.cubic(a, b, left, right)
    // A trial too near an end is moved away from it, the second time in a row or where it is the end itself.
    let margin = 0.1 * (right - left)
    guard min(right - t, t - left) < margin else {
      hasStalled = false
      return t
    }
    guard hasStalled || t >= right || t <= left else {
      hasStalled = true
      return t
    }
    hasStalled = false
    return (t - right).magnitude < (t - left).magnitude ? right - margin : left + margin
  }

  /// Value and slope at a length.
  private mutating func probe(_ t: Double, _ d: UnsafeMutableBufferPointer<Double>, _ oracle: Oracle<Double>)
    -> Probe
  {
    let (origin, trial, gradient) = (self.origin.writable(), self.trial.writable(), self.gradient.writable())
    for i in d.indices { trial[i] = origin[i] + t * d[i] }
    trials.append(t)
    let value = oracle.gradient(at: trial, into: gradient)
    var slope = 0.0
    for i in d.indices { slope += gradient[i] * d[i] }
    // Of an infinite end there is no cubic, so the middle is tried next.
    let isOutside = value.isNaN || slope.isNaN && value > -.infinity
    return Probe(length: t, value: isOutside ? .infinity : value, slope: slope)
  }

  /// The minimum of the cubic through two probes with their slopes, within bounds; their middle if it has none.
  private static func cubic(_ a: Probe, _ b: Probe, _ low: Double, _ high: Double) -> Double {
    let d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.length - b.length)
    let square = d1 * d1 - a.slope * b.slope
    guard square >= 0 else { return (low + high) / 2 }
    let d2 = square.squareRoot()
    let place =
      a.length <= b.length
      ? b.length - (b.length - a.length) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
      : a.length - (a.length - b.length) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2))
    return place.isNaN ? (low + high) / 2 : min(max(place, low), high)
  }
}
