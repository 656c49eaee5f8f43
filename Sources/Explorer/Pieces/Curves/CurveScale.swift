import Experiments
import OptimizerCore

/// How values are counted along the vertical axis of curves.
enum CurveScale: Hashable {
  case linear
  case logarithmic
  /// The sign, and the logarithm of 1 + |value| / unit: nearly a logarithm on both sides of 0, and linear within the unit.
  case symmetric(unit: Double)

  /// The most powers of ten that curves span, on each side of 0.
  static let decades = 12.0

  /// The scale of values on both sides of 0, for runs that begin with these: a thousandth of their size is near 0. It stays the
  /// same while they go on.
  static func symmetric(from first: some Sequence<Double>) -> CurveScale {
    let largest = first.map(\.magnitude).filter(\.isFinite).max() ?? 0
    guard largest > 0 else { return .symmetric(unit: 1) }
    let unit = Elementary.pow(10, Elementary.log10(largest).rounded(.down) - 3)
    return .symmetric(unit: max(unit, .leastNormalMagnitude))
  }

  /// What an axis says of it; a logarithm goes without saying.
  var remark: String? {
    switch self {
    case .linear: "linear"
    case .logarithmic: nil
    case .symmetric: "symlog"
    }
  }

  /// A value as the scale counts; −∞ for what is not above 0 where only that has a place.
  func position(of value: Double) -> Double {
    switch self {
    case _ where value.isNaN: .nan
    case .linear: value
    case .logarithmic: value > 0 ? Elementary.log10(value) : -.infinity
    case .symmetric(let unit):
      Elementary.log10(1 + value.magnitude / unit) * (value < 0 ? -1 : 1)
    }
  }

  /// The value at a position.
  func value(at position: Double) -> Double {
    switch self {
    case .linear: position
    case .logarithmic: Elementary.pow(10, position)
    case .symmetric(let unit): (Elementary.pow(10, position.magnitude) - 1) * unit * (position < 0 ? -1 : 1)
    }
  }

  /// The ends of an axis between which values at these positions lie.
  func ends(_ low: Double, _ high: Double) -> (low: Double, high: Double) {
    var (low, high) = (low, high)
    if high - low < 1e-9 * max(1, abs(high)) {
      low -= self == .linear ? max(1e-9, 0.5 * abs(low)) : 1
      high += self == .linear ? max(1e-9, 0.5 * abs(high)) : 1
    }
    switch self {
    case .linear: return (low, high)
    case .logarithmic:
      high = high.rounded(.up)
      // One run that lands on the minimum must not flatten all others: what lies deeper runs along the lower edge.
      return (max(low.rounded(.down), high - CurveScale.decades), high)
    case .symmetric: return (max(low, -CurveScale.decades), min(high, CurveScale.decades))
    }
  }

  /// The words at the ends of an axis.
  func labels(_ low: Double, _ high: Double) -> (top: String, bottom: String) {
    guard self == .linear else { return (label(at: high), label(at: low)) }
    // Two digits of what lies between them, so that the ends are told apart.
    let place = NumberText.firstDigit(of: high - low) / 10
    return (NumberText.brief(high, downTo: place), NumberText.brief(low, downTo: place))
  }

  /// The number at a position.
  func label(at position: Double) -> String { NumberText.brief(value(at: position)) }
}
