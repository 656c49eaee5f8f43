/// Where the straight way between two places crosses a line `along = …`, to the last digits.
///
/// The place is a·(e_b − t) + b·(t − e_a), over e_b − e_a. The products are far larger than their sum when the ends are far
/// away, so that they are summed without rounding (Shewchuk 1997).
struct Crossing {
  typealias Place = (along: Double, beside: Double)

  private let a: Place
  private let b: Place

  init(from a: Place, to b: Place) {
    self.a = a
    self.b = b
  }

  /// The coordinate beside, within those of both ends, where the other one has a value between theirs.
  func place(at value: Double) -> Double {
    // Products of numbers beyond the square root of the largest would overflow; powers of two change no digit.
    func unit(_ p: Double, _ q: Double) -> Double { max(p.magnitude, q.magnitude) > 0x1p500 ? 0x1p-600 : 1 }
    let (along, beside) = (unit(a.along, b.along), unit(a.beside, b.beside))
    let (start, end, t) = (a.along * along, b.along * along, value * along)
    var sum = ExactSum()
    sum.add(a.beside * beside, timesDifferenceOf: end, t)
    sum.add(b.beside * beside, timesDifferenceOf: t, start)
    let place = sum.value / (end - start) / beside
    return min(max(place, min(a.beside, b.beside)), max(a.beside, b.beside))
  }
}

/// A sum of products that is rounded once, when it is read.
private struct ExactSum {
  /// Numbers whose digits do not overlap, the smallest first.
  private var parts: [Double] = []

  var value: Double { parts.reduce(0, +) }

  /// Adds a · (p − q).
  mutating func add(_ a: Double, timesDifferenceOf p: Double, _ q: Double) {
    let difference = ExactSum.sum(p, -q)
    for part in [difference.lost, difference.sum] {
      let product = a * part
      add((-product).addingProduct(a, part))
      add(product)
    }
  }

  private mutating func add(_ number: Double) {
    var rest = number
    var kept: [Double] = []
    for part in parts {
      let (sum, lost) = ExactSum.sum(rest, part)
      if lost != 0 { kept.append(lost) }
      rest = sum
    }
    parts = kept + [rest]
  }

  /// A rounded sum, and what the rounding took (Knuth 1969).
  private static func sum(_ a: Double, _ b: Double) -> (sum: Double, lost: Double) {
    let sum = a + b
    let other = sum - a
    return (sum, (a - (sum - other)) + (b - other))
  }
}
