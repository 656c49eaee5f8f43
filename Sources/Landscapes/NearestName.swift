/// The candidate closest to a misspelt name, or nil if none is close enough to be meant.
///
/// Distance counts insertions, deletions, replacements and swaps of neighbours; a third of the name may be wrong, and at
/// least one letter. Of equals the first wins.
func nearestName(to name: String, among candidates: [String]) -> String? {
  let wanted = Array(name.lowercased().unicodeScalars)
  guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let other = Array(candidate.lowercased().unicodeScalars)
    let limit = max(1, max(wanted.count, other.count) / 3)
    guard abs(wanted.count - other.count) <= limit, other.count > 1 || wanted.count == 1 else { continue }
    let distance = editDistance(wanted, other)
    if distance <= limit, distance < min(wanted.count, best?.distance ?? .max) || distance == 0 {
      best = (candidate, distance)
    }
  }
  return best?.name
}

private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      var cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
      row.append(cost)
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}

/// A number as a person writes it: shortest digits that read back, no `.0`, no zero in front of an exponent.
func plainText(_ value: Double) -> String {
  var text = "\(value)"
  if text.hasSuffix(".0") { text.removeLast(2) }
  if let e = text.firstIndex(of: "e") {
    let mantissa = text[..<e]
    var exponent = text[text.index(after: e)...]
    let isNegative = exponent.first == "-"
    exponent = exponent.drop { $0 == "-" || $0 == "+" || $0 == "0" }
    text =
      (mantissa.hasSuffix(".0") ? mantissa.dropLast(2) : mantissa) + "e" + (isNegative ? "-" : "") + exponent
  }
  return text
}
