/// The words of an SVG document.
package enum SVGText {
  /// A colour as `#rrggbb`.
  package static func colour(_ colour: Colour) -> String {
    let digits = String(colour.hex, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }

  /// Text for between tags or in an attribute: what XML or a terminal would obey is made visible.
  package static func escaped(_ text: String) -> String {
    var safe = ""
    for scalar in Text.sanitised(text).unicodeScalars {
      switch scalar {
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "&": safe += "&amp;"
      case "\"": safe += "&quot;"
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  /// A number with at most two decimals and no exponent, cut at ±10¹³, which is outside every document.
  package static func decimal(_ value: Double) -> String {
    let hundredths = Int(clamped: (value * 100).rounded())
    let sign = hundredths < 0 ? "-" : ""
    let whole = hundredths.magnitude / 100
    let rest = hundredths.magnitude % 100
    if rest == 0 { return "\(sign)\(whole)" }
    let fraction = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
    return "\(sign)\(whole).\(fraction)"
  }
}
