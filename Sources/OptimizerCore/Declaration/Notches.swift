/// The round numbers on which a knob rests.
enum Notches {
  /// Where a value stands among the notches: on `index`, or between it and the next.
  struct Position {
    var index: Int
    var isExact: Bool
  }

  /// The rounded Renard series R″20: twenty numbers of two digits a decade, nearly equal in ratio.
  static let series = [10, 11, 12, 14, 16, 18, 20, 22, 25, 28, 30, 35, 40, 45, 50, 55, 60, 70, 80, 90]

  /// The notch reached from a position: a value between two notches counts as a whole notch away from either.
  static func moved(_ position: Position, by notches: Int) -> Int {
    position.index + notches + (position.isExact || notches > 0 ? 0 : 1)
  }

  // MARK: Logarithmic

  /// The mantissa in thousandths of ten (three digits, 1000 = 10) and the decade of a notch.
  private static func digits(at index: Int, fine: Bool) -> (mantissa: Int, decade: Int) {
    let perDecade = fine ? 200 : 20
    let decade = index >= 0 ? index / perDecade : -((perDecade - 1 - index) / perDecade)
    let within = index - decade * perDecade
    guard fine else { return (series[within] * 10, decade) }
    let low = series[within / 10]
    let high = within / 10 == 19 ? 100 : series[within / 10 + 1]
    return (low * 10 + (high - low) * (within % 10), decade)
  }

  /// The number at a notch of the logarithmic scale, the double nearest to its decimal text.
  static func value(at index: Int, fine: Bool) -> Double {
    let (mantissa, decade) = digits(at: index, fine: fine)
    return Double("\(mantissa)e\(decade - 2)")!
  }

  /// One minus the number at a notch, the double nearest to its decimal text.
  static func complement(at index: Int, fine: Bool) -> Double {
    let (mantissa, decade) = digits(at: index, fine: fine)
    // A third digit of a decade below 1e-12 cannot be told from the next in 1 − β.
    guard decade >= -12 else { return 1 - value(at: index, fine: fine) }
    guard decade < 0 else { return 1 - value(at: index, fine: fine) }
    var unit = 100
    for _ in 0..<(-decade) { unit *= 10 }
    return Double("\(unit - mantissa)e\(decade - 2)")!
  }

  /// Where a positive number stands; one closer than a millionth of itself to a notch is on it.
  static func position(of value: Double, fine: Bool) -> Position {
    let guess = (Elementary.log10(value) * (fine ? 200 : 20)).rounded(.down)
    guard guess.isFinite else { return Position(index: 0, isExact: true) }
    var index = Int(guess) - 2
    let tolerance = value * 1e-6
    while Self.value(at: index + 1, fine: fine) <= value + tolerance { index += 1 }
    while Self.value(at: index, fine: fine) > value + tolerance { index -= 1 }
    return Position(index: index, isExact: (Self.value(at: index, fine: fine) - value).magnitude <= tolerance)
  }

  /// The number a decade below a notch.
  static func tenth(of value: Double) -> Double {
    Self.value(at: position(of: value, fine: true).index - 200, fine: true)
  }

  // MARK: Linear

  /// Multiples of 1, 2 or 5 times a power of ten.
  struct LinearStep {
    var mantissa: Int
    var exponent: Int

    var size: Double { Double("\(mantissa)e\(exponent)")! }

    func value(at index: Int) -> Double {
      let (product, overflow) = index.multipliedReportingOverflow(by: mantissa)
      return overflow ? Double(index) * size : Double("\(product)e\(exponent)")!
    }

    func position(of value: Double) -> Position {
      let place = value / size
      guard place.magnitude < 1e15 else {
        return Position(index: place < 0 ? -1_000_000_000 : 1_000_000_000, isExact: true)
      }
      let nearest = place.rounded()
      if (place - nearest).magnitude <= 1e-6 { return Position(index: Int(nearest), isExact: true) }
      return Position(index: Int(place.rounded(.down)), isExact: false)
    }
  }

  /// The round step that divides a span into 50 to 125 parts, or ten times as many.
  static func linearStep(over span: Double, fine: Bool) -> LinearStep {
    let raw = span > 0 ? span / 100 : 1
    var exponent = Int(Elementary.log10(raw).rounded(.down))
    let lead = raw / Elementary.pow(10, Double(exponent))
    var mantissa = 1
    if lead > 7 {
      exponent += 1
    } else if lead > 3 {
      mantissa = 5
    } else if lead > 1.4 {
      mantissa = 2
    }
    return LinearStep(mantissa: mantissa, exponent: fine ? exponent - 1 : exponent)
  }
}
