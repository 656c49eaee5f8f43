public import Landscapes

extension Window {
  /// Whether a range can be a side of a window: long enough to tell its numbers apart, short enough to compute with.
  public static func isSide(_ range: ClosedRange<Double>) -> Bool {
    let length = range.upperBound - range.lowerBound
    let size = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    return length >= 1e-12 && length <= 1e12 && length > 1e-12 * size
  }

  /// What `isSide` asks for, to follow "must be".
  public static let sideRule = "between 1e-12 and 1e12 long, and no shorter than 1e-12 of its numbers"
}
