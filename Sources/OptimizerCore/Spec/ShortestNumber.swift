extension Double {
  /// The shortest text that reads back as the identical double: `0.01`, `1`, `1e-8`, `1e16`, `nan`, `-inf`.
  public var shortest: String {
    var text = description
    if text.hasSuffix(".0") {
      text.removeLast(2)
      return text
    }
    // Byte by byte: whole trajectories are written this way.
    guard let e = text.utf8.firstIndex(of: UInt8(ascii: "e")) else { return text }
    var mantissa = text[..<e]
    if mantissa.hasSuffix(".0") { mantissa.removeLast(2) }
    var exponent = text[text.index(after: e)...]
    let sign = exponent.first == "-" ? "-" : ""
    if exponent.first == "-" || exponent.first == "+" { exponent.removeFirst() }
    while exponent.count > 1, exponent.first == "0" { exponent.removeFirst() }
    return "\(mantissa)e\(sign)\(exponent)"
  }
}
