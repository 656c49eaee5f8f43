import OptimizerCore

/// Numbers as a reader wants them: few digits, one form, independent of any locale.
package enum NumberText {
  /// The decimal digits of a finite value and the exponent of the first: value = 0.d₁d₂… · 10^exponent.
  private static func decimal(_ value: Double) -> (digits: [UInt8], exponent: Int) {
    var digits: [UInt8] = []
    var exponent = 0
    var seenPoint = false
    var afterPoint = 0
    var scientific = 0
    var bytes = value.magnitude.description.utf8.makeIterator()
    while let byte = bytes.next() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits.append(byte - UInt8(ascii: "0"))
        if seenPoint { afterPoint += 1 }
      case UInt8(ascii: "."): seenPoint = true
      default:  // the exponent
        var text = ""
        while let rest = bytes.next() { text.unicodeScalars.append(Unicode.Scalar(rest)) }
        scientific = Int(text) ?? 0
      }
    }
    exponent = digits.count - afterPoint + scientific
    while digits.first == 0 {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.last == 0 { digits.removeLast() }
    return (digits, exponent)
  }

  /// The digits rounded half up at `count` digits, and the exponent, which a carry may raise.
  private static func rounded(_ value: Double, to count: Int) -> (digits: [UInt8], exponent: Int) {
    var (digits, exponent) = decimal(value)
    guard digits.count > count else { return (digits, exponent) }
    guard count >= 0 else { return ([], exponent) }
    let up = digits[count] >= 5
    digits.removeSubrange(count...)
    if up {
      var i = count - 1
      while i >= 0, digits[i] == 9 {
        digits[i] = 0
        i -= 1
      }
      if i >= 0 {
        digits[i] += 1
      } else {
        digits.insert(1, at: 0)
        if digits.count > 1 { digits.removeLast() }
        exponent += 1
      }
    }
    return (digits, exponent)
  }

  /// The nearest number with so many digits.
  static func rounded(_ value: Double, digits count: Int) -> Double {
    guard value.isFinite, value != 0 else { return value }
    let (digits, exponent) = rounded(value, to: count)
    let text = "0." + digits.map(String.init).joined() + "e\(exponent)"
    return (Double(text) ?? value.magnitude) * (value < 0 ? -1 : 1)
  }

  private static func special(_ value: Double) -> String? {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "−∞" : "∞" }
    if value == 0 { return "0" }
    return nil
  }

  /// A fixed number of decimals, such as `−1.204`.
  package static func fixed(_ value: Double, decimals: Int, sign: Bool = false) -> String {
    if value.isNaN { return "NaN" }
    let minus = value.sign == .minus ? "−" : (sign ? "+" : "")
    if value.isInfinite { return minus + "∞" }
    var (digits, exponent) = decimal(value)
    let wanted = exponent + decimals
    if wanted < 0 {
      digits = []
    } else if digits.count > wanted {
      if wanted == 0 {
        let up = (digits.first ?? 0) >= 5
        digits = up ? [1] : []
        exponent = up ? exponent + 1 : exponent
      } else {
        (digits, exponent) = rounded(value, to: wanted)
      }
    }
    if digits.isEmpty { exponent = 0 }
    var whole = ""
    var fraction = ""
    for place in stride(from: max(exponent, 1) - 1, through: -decimals, by: -1) {
      let index = exponent - 1 - place
      let digit = index >= 0 && index < digits.count ? digits[index] : 0
      if place >= 0 { whole += "\(digit)" } else { fraction += "\(digit)" }
    }
    let zero = digits.isEmpty
    return (zero && !sign ? "" : minus) + whole + (decimals > 0 ? "." + fraction : "")
  }

  /// The one form of a number on screen: `0.23`, `12`, `0.0012`, `5.3e−15`. Plain from 0.001 to 9999, scientific elsewhere.
  ///
  /// - Parameter count: the significant digits, at most. Two for what a run came to; more where numbers are compared with a
  ///   limit that is near, or followed through a sum.
  package static func brief(_ value: Double, digits count: Int = 2) -> String {
    if let special = special(value) { return special }
    var (digits, exponent) = rounded(value, to: count)
    while digits.count > 1, digits.last == 0 { digits.removeLast() }
    let minus = value < 0 ? "−" : ""
    if exponent > 4 || exponent < -2 {
      let head = "\(digits[0])" + (digits.count > 1 ? "." + digits.dropFirst().map { "\($0)" }.joined() : "")
      let power = exponent - 1
      return minus + head + "e" + (power < 0 ? "−" : "") + "\(power.magnitude)"
    }
    var text = ""
    if exponent <= 0 {
      text = "0." + String(repeating: "0", count: -exponent) + digits.map { "\($0)" }.joined()
    } else {
      for i in 0..<max(exponent, digits.count) {
        if i == exponent { text += "." }
        text += "\(i < digits.count ? digits[i] : 0)"
      }
    }
    return minus + text
  }

  /// In the form of `brief`, what a person sets: as many digits as neighbouring settings need.
  package static func setting(_ value: Double) -> String { brief(value, digits: 4) }

  /// In the form of `brief`, with all digits down to the last of a step: what tells multiples of the step apart.
  ///
  /// - Parameter step: of one or two significant digits, as near as a double comes to it.
  package static func brief(_ value: Double, downTo step: Double) -> String {
    guard value.isFinite, step.isFinite, step != 0 else { return brief(value) }
    var (digits, last) = rounded(step, to: 2)
    while digits.last == 0 { digits.removeLast() }
    last -= digits.count
    return brief(value, digits: max(1, decimal(value).exponent - last))
  }

  /// The value cut off behind its first digit, towards 0: 0.0476 becomes 0.04.
  package static func firstDigit(of value: Double) -> Double {
    let (digits, exponent) = decimal(value)
    guard value.isFinite, let first = digits.first else { return value }
    return (value < 0 ? -1 : 1) * (Double("\(first)e\(exponent - 1)") ?? value.magnitude)
  }

  /// The shortest text that reads back as the identical double, in the form of command lines and files: `0.1`, `1e-5`.
  package static func exact(_ value: Double) -> String { value.shortest }

  /// A count with thin grouping that needs no font: `1 234 567` is written `1234567` up to four digits.
  package static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    guard digits.count > 4 else { return String(value) }
    var text = value < 0 ? "−" : ""
    for (i, digit) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { text += " " }
      text.append(digit)
    }
    return text
  }
}
