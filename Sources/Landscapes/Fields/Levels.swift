import OptimizerCore

/// Contour levels and shades for a field.
///
/// Both look at the finite values of the field only, and not at the depth of a mask, which is no height: a value a million
/// times as far away as the rest is wide. They are cheap to make: at most 4096 samples are sorted.
public struct Levels: Sendable, Hashable {
  /// The spacing it was made with.
  public let spacing: Spacing
  /// The contour levels, strictly increasing, inside the range of the data; empty for a constant field.
  public let values: [Double]
  private let lowest: Double
  private let highest: Double
  /// The height above the lowest value below which the log shading is nearly linear.
  private let knee: Double
  /// For the quantile shading: values at equal steps of the shade, increasing.
  private let knots: [Double]

  /// Levels, about `count` of them, for a field.
  public init(field: Field, spacing: Spacing, count: Int) {
    self.spacing = spacing
    guard let least = field.minimum, let greatest = field.maximum, least < greatest else {
      values = []
      lowest = field.minimum ?? 0
      highest = field.maximum ?? 0
      knee = 1
      knots = []
      return
    }
    let all = Levels.sample(of: field)
    let relief = Levels.relief(of: all, least, greatest)
    (lowest, highest) = (relief.lowerBound, relief.upperBound)
    let sorted = relief == least...greatest ? all : all.filter { relief.contains($0) }
    let range = highest - lowest
    knee = max(Levels.quantile(0.02, of: sorted) - lowest, range * 1e-9, lowest.magnitude * 1e-14)
    knots =
      spacing == .quantile
      ? Levels.increasing((0...32).map { Levels.quantile(Double($0) / 32, of: sorted) }) : []
    guard range.isFinite, count > 0 else {
      values = []
      return
    }
    let candidates =
      switch spacing {
      case .linear: Levels.even(from: lowest, to: highest, count: count)
      case .log:
        Levels.logarithmic(
          from: lowest, to: highest,
          bottom: max(Levels.quantile(0.008, of: sorted) - lowest, range * 1e-9, lowest.magnitude * 1e-14),
          count: count)
      case .quantile:
        (1...count).map { Levels.quantile(Double($0) / Double(count + 1), of: sorted) }
      }
    values = Levels.increasing(candidates).filter { relief.lowerBound < $0 && $0 < relief.upperBound }
  }

  /// The contour levels alone.
  public static func levels(for field: Field, spacing: Spacing, count: Int) -> [Double] {
    Levels(field: field, spacing: spacing, count: count).values
  }

  /// Where a value stands between the lowest (0) and the highest (1) of the field, on the scale of the spacing; never
  /// decreasing. Infinity is 1, minus infinity 0, NaN nil.
  public func shade(of value: Double) -> Double? {
    guard !value.isNaN else { return nil }
    guard value > lowest else { return 0 }
    guard value < highest else { return 1 }
    switch spacing {
    case .log where knee > 0 && knee.isFinite:
      return min(1, Elementary.log1p((value - lowest) / knee) / Elementary.log1p((highest - lowest) / knee))
    case .quantile where knots.count > 1:
      var (low, high) = (0, knots.count - 1)
      while high - low > 1 {
        let middle = (low + high) / 2
        if knots[middle] <= value { low = middle } else { high = middle }
      }
      let inside = (value / 2 - knots[low] / 2) / (knots[high] / 2 - knots[low] / 2)
      return min(1, (Double(low) + min(1, max(0, inside))) / Double(knots.count - 1))
    // Also where the height is too large or too small for a scale of its own.
    default: return min(1, (value / 2 - lowest / 2) / (highest / 2 - lowest / 2))
    }
  }

  /// How the levels follow each other.
  public enum Progression: Sendable, Hashable {
    /// Each is so much above the one before.
    case difference(Double)
    /// Each is so many times as high above a base as the one before.
    case ratio(Double, above: Double)
    /// The factors, such as 1, 2 and 5, times powers of ten, above a base.
    case decades(factors: [Double], above: Double)
    /// Between any two lies as much of the picture.
    case area
  }

  /// What a line means: how the levels follow each other; nil where there are fewer than three of them.
  public var progression: Progression? {
    guard values.count >= 3 else { return nil }
    /// Whether something holds for each level and the next.
    func holds(_ law: (Double, Double) -> Bool) -> Bool {
      (1..<values.count).allSatisfy { law(values[$0 - 1], values[$0]) }
    }
    let step = values[1] - values[0]
    if holds({ abs($1 - $0 - step) <= 1e-6 * step }) { return .difference(step) }
    if spacing == .quantile { return .area }
    let base = Levels.base(lowest: lowest, highest: highest)
    let ratio = (values[1] - base) / (values[0] - base)
    if holds({ abs(($1 - base) / ($0 - base) - ratio) <= 1e-6 * ratio }) {
      return .ratio(ratio, above: base)
    }
    // Rounded to what the series are made of: the difference has lost digits.
    let factors = values.map { value in
      let height = value - base
      let factor = height / Elementary.pow(10, Elementary.log10(height).rounded(.down))
      return (factor * 10).rounded() / 10
    }
    return .decades(factors: Set(factors.map { $0 >= 10 ? $0 / 10 : $0 }).sorted(), above: base)
  }

  /// What logarithmic levels are measured from: 0 for a loss that is nowhere negative and nearly reaches it, so that the
  /// levels are round, else the lowest value.
  private static func base(lowest: Double, highest: Double) -> Double {
    lowest >= 0 && lowest <= 1e-2 * (highest - lowest) ? 0 : lowest
  }

  /// How many levels a value has reached, 0 below the lowest; nil for NaN.
  public func band(of value: Double) -> Int? {
    value.isNaN ? nil : values.firstIndex { value < $0 } ?? values.count
  }

  // MARK: Candidates

  /// 1, 2, 2.5 or 5 times a power of ten, so that about `count` multiples lie in the range.
  private static func even(from lowest: Double, to highest: Double, count: Int) -> [Double] {
    let ideal = (highest - lowest) / Double(count + 1)
    let magnitude = decade(ideal)
    // The unit whose number of multiples comes nearest to what was asked for.
    func miss(_ unit: Double) -> Double { abs((highest - lowest) / unit - Double(count)) }
    let unit = [1, 2, 2.5, 5, 10].map { $0 * magnitude }.min { miss($0) < miss($1) } ?? ideal
    guard unit > 0, (highest.magnitude + lowest.magnitude) / unit < 1e15 else { return [] }
    let first = (lowest / unit).rounded(.down)
    return (0...(2 * count + 4)).map { (first + Double($0)) * unit }.filter { $0 <= highest }
  }

  /// The base plus 1, 2, 5 times powers of ten, thinned or filled to about `count`.
  private static func logarithmic(
    from lowest: Double, to highest: Double, bottom smallest: Double, count: Int
  )
    -> [Double]
  {
    let base = base(lowest: lowest, highest: highest)
    let (bottom, top) = (max(smallest, lowest - base), highest - base)
    // Below the smallest of the normal numbers there is no ratio to tell decades by.
    guard bottom > 0, top > bottom, top.isFinite else { return [] }
    let ratio = top / bottom
    let decades =
      ratio.isFinite ? Elementary.log10(ratio) : Elementary.log10(top) - Elementary.log10(bottom)
    let firstDecade = Int(Elementary.log10(bottom).rounded(.down)) - 1
    let lastDecade = Int(Elementary.log10(top).rounded(.up)) + 1
    let series: [[Double]] = [
      [1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8],
    ]
    let wanted = Double(count)
    let best = series.min {
      abs(Double($0.count) * decades - wanted) < abs(Double($1.count) * decades - wanted)
    }!
    // Over many decades every second, third … power of ten is enough; over a small part of one, even steps are.
    let stride = best.count == 1 ? max(1, Int((decades / wanted).rounded(.up))) : 1
    guard stride > 1 || Double(best.count) * decades > 0.5 * wanted else {
      return (1...count).map { base + bottom + (top - bottom) * Double($0) / Double(count + 1) }
    }
    var levels: [Double] = []
    for exponent in Swift.stride(from: firstDecade, through: lastDecade, by: stride) {
      let decade = Elementary.pow(10, Double(exponent.magnitude))
      for digit in best {
        let height = exponent < 0 ? digit / decade : digit * decade
        if height >= bottom { levels.append(base + height) }
      }
    }
    return levels
  }

  private static func decade(_ value: Double) -> Double {
    let exponent = Elementary.log10(value).rounded(.down)
    let power = Elementary.pow(10, exponent.magnitude)
    return exponent < 0 ? 1 / power : power
  }

  // MARK: Statistics

  /// The range of a field without masks: a few values a million times as far away as the others are wide.
  ///
  /// Only where the others are a relief of their own, a fair part of them apart from each other: a ridge thinner than the
  /// grid on flat ground is all that there is to see.
  static func relief(of sorted: [Double], _ least: Double, _ greatest: Double) -> ClosedRange<Double> {
    let (low, high) = (quantile(0.01, of: sorted), quantile(0.99, of: sorted))
    let middle = quantile(0.75, of: sorted) - quantile(0.25, of: sorted)
    guard low < high, middle > 0.01 * (high - low) else { return least...greatest }
    let reach = 1e6 * (high - low)
    return (low - least > reach ? low : least)...(greatest - high > reach ? high : greatest)
  }

  /// The finite values, at most 4096 of them evenly picked, in order.
  private static func sample(of field: Field) -> [Double] {
    let count = field.values.count
    // An odd stride does not fall into step with the columns.
    let stride = count <= 4096 ? 1 : (count / 4096 + 1) | 1
    var sample: [Double] = []
    sample.reserveCapacity(count / stride + 1)
    for position in Swift.stride(from: 0, to: count, by: stride) where field.values[position].isFinite {
      sample.append(field.values[position])
    }
    if sample.isEmpty { sample = field.values.filter(\.isFinite) }
    sample.sort()
    return sample
  }

  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count - 1)).rounded())))]
  }

  private static func increasing(_ values: [Double]) -> [Double] {
    var result: [Double] = []
    for value in values where result.last.map({ $0 < value }) ?? true { result.append(value) }
    return result
  }
}
