/// Round numbers along an axis.
package enum Ticks {
  /// At most `most` multiples of 1, 2 or 5 times a power of ten within a range.
  package static func round(in range: ClosedRange<Double>, atMost most: Int) -> (
    values: [Double], step: Double
  ) {
    let span = range.upperBound - range.lowerBound
    guard span > 0, span.isFinite, most >= 1 else { return ([], 1) }
    var power = 1.0
    while power * 10 <= span { power *= 10 }
    while power > span { power /= 10 }
    var step = power * 10
    search: for scale in [0.01, 0.1, 1.0, 10.0] {
      for factor in [1.0, 2.0, 5.0] {
        step = power * scale * factor
        if (range.upperBound / step).rounded(.down) - (range.lowerBound / step).rounded(.up) + 1
          <= Double(most)
        {
          break search
        }
      }
    }
    // Beyond the largest numbers, and below the smallest, there are no round ones.
    guard step > 0, step.isFinite else { return ([], 1) }
    return (multiples(of: step, in: range), step)
  }

  /// The multiples of a step within a range; none where there are a thousand.
  package static func multiples(of step: Double, in range: ClosedRange<Double>) -> [Double] {
    let first = (range.lowerBound / step).rounded(.up)
    let last = (range.upperBound / step).rounded(.down)
    guard last >= first, last - first < 1000 else { return [] }
    return (0...Int(last - first)).map { (first + Double($0)) * step + 0 }
  }

  /// A tick's label, with as many digits as its step needs.
  package static func label(_ value: Double, step: Double) -> String {
    NumberText.brief(value, downTo: step)
  }
}
