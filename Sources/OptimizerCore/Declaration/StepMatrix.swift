/// What a step of a linear rule does along an eigenvector of a quadratic: a matrix over the point and the state, of which the
/// spectral radius says whether it contracts.
///
/// For a rule whose recurrence nobody has solved; for those that are known there is `Recurrence`.
public struct StepMatrix: Sendable, Hashable {
  /// What it is of: two of the same rule with the same settings are equal.
  private let key: String
  /// The number of rows.
  private let size: Int
  /// η now; 1 where the rule has none.
  package let rate: Double
  /// Whether the curvature is that of P⁻¹H, where ηP⁻¹ is what the rule multiplies its average by.
  package let isPreconditioned: Bool
  /// The entries, row-major, at a curvature and a rate.
  private let entries: @Sendable (_ curvature: Double, _ rate: Double) -> [Double]

  init(
    key: String, size: Int, rate: Double, isPreconditioned: Bool,
    entries: @escaping @Sendable (_ curvature: Double, _ rate: Double) -> [Double]
  ) {
    self.key = key
    self.size = size
    self.rate = rate
    self.isPreconditioned = isPreconditioned
    self.entries = entries
  }

  /// Whether they are of the same rule with the same settings.
  public static func == (a: StepMatrix, b: StepMatrix) -> Bool {
    a.key == b.key && a.rate == b.rate && a.isPreconditioned == b.isPreconditioned
  }

  /// By the rule and the rate.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(key)
    hasher.combine(rate)
  }

  /// The largest magnitude of an eigenvalue at a curvature and a rate: lim ‖Aⁿ‖^(1/n), by squaring.
  package func radius(curvature: Double, rate: Double) -> Double {
    var a = entries(curvature, rate)
    var logarithm = 0.0
    var power = 1.0
    for _ in 0..<Self.squarings {
      guard let scaled = Self.normalised(&a) else { return a.contains { !$0.isFinite } ? .infinity : 0 }
      logarithm += scaled
      a = squared(a)
      logarithm *= 2
      power *= 2
    }
    guard let scaled = Self.normalised(&a) else { return a.contains { !$0.isFinite } ? .infinity : 0 }
    return Elementary.exp((logarithm + scaled) / power)
  }

  private static let squarings = 44

  /// Divides by the largest entry, and returns its logarithm; nil where there is none to divide by.
  private static func normalised(_ a: inout [Double]) -> Double? {
    let largest = a.reduce(0) { $1.isNaN ? .infinity : max($0, $1.magnitude) }
    guard largest > 0, largest.isFinite else {
      if largest != 0 { a = [.infinity] }
      return nil
    }
    for place in a.indices { a[place] /= largest }
    return Elementary.log(largest)
  }

  private func squared(_ a: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for k in 0..<size {
        let entry = a[i * size + k]
        if entry == 0 { continue }
        for j in 0..<size { product[i * size + j] += entry * a[k * size + j] }
      }
    }
    return product
  }

  // MARK: Limits

  /// The smallest curvature at which it no longer contracts, from those on at which it does; nil where there is none.
  package var curvatureLimit: Double? {
    limit(around: 1 / rate) { radius(curvature: $0, rate: rate) }
  }

  /// The smallest rate at which it no longer contracts at a curvature; nil where there is none.
  package func rateLimit(curvature: Double) -> Double? {
    limit(around: 1 / curvature) { radius(curvature: curvature, rate: $0) }
  }

  /// Where a radius first leaves 1, by looking at eighths of decades and halving the one in which it does.
  private func limit(around middle: Double, _ radius: (Double) -> Double) -> Double? {
    guard middle > 0, middle.isFinite else { return nil }
    func value(_ eighth: Double) -> Double { middle * Elementary.pow(10, eighth / 8) }
    var isStable = false
    for eighth in -64...48 {
      let found = radius(value(Double(eighth)))
      if found < 1 - 1e-10 {
        isStable = true
        continue
      }
      guard isStable, found > 1 else { continue }
      var (low, high) = (Double(eighth) - 1, Double(eighth))
      for _ in 0..<44 {
        let half = (low + high) / 2
        if radius(value(half)) > 1 { high = half } else { low = half }
      }
      return value((low + high) / 2)
    }
    return nil
  }

  /// How the limits are found, in the place of a formula.
  package static let formula = "spectral radius 1"
}
