/// The sign of a sum of products of doubles, without any rounding: a fixed-point number wide enough for all of them (after
/// Kulisch 1977).
package struct ExactSum {
  /// The lowest bit that a product of two doubles can have.
  private static let lowest = -2148
  /// 32 bits a limb, with room for the carries of many products.
  private var limbs = [Int64](repeating: 0, count: 140)

  /// Nothing.
  package init() {}

  /// Adds a · b; both finite.
  package mutating func add(_ a: Double, times b: Double) {
    precondition(a.isFinite && b.isFinite, "a sum is of finite numbers")
    guard a != 0, b != 0 else { return }
    func digits(_ value: Double) -> (digits: UInt64, exponent: Int) {
      let fraction = value.significandBitPattern
      return value.isNormal
        ? (fraction | 1 << 52, Int(value.exponentBitPattern) - 1075) : (fraction, -1074)
    }
    let (p, q) = (digits(a), digits(b))
    let product = p.digits.multipliedFullWidth(by: q.digits)
    let shift = p.exponent + q.exponent - ExactSum.lowest
    let sign: Int64 = (a < 0) == (b < 0) ? 1 : -1
    // Bit by bit of 106: slow, and not to be mistaken.
    for bit in 0..<128 {
      let isSet = bit < 64 ? product.low >> bit & 1 : product.high >> (bit - 64) & 1
      guard isSet == 1 else { continue }
      limbs[(shift + bit) / 32] += sign << ((shift + bit) % 32)
    }
  }

  /// −1, 0 or 1.
  package var sign: Int {
    var carry: Int64 = 0
    var isZero = true
    for limb in limbs {
      let total = limb + carry
      carry = total >> 32
      if total & 0xffff_ffff != 0 { isZero = false }
    }
    return carry < 0 ? -1 : isZero && carry == 0 ? 0 : 1
  }

  /// On which side of the straight line from `a` to `b` a point lies: 1 to the left, −1 to the right, 0 on it.
  package static func side(
    of p: (x: Double, y: Double), from a: (x: Double, y: Double), to b: (x: Double, y: Double)
  )
    -> Int
  {
    // (b − a) × (p − a) = b×p − b×a − a×p
    var sum = ExactSum()
    sum.add(b.x, times: p.y)
    sum.add(-b.y, times: p.x)
    sum.add(-b.x, times: a.y)
    sum.add(b.y, times: a.x)
    sum.add(-a.x, times: p.y)
    sum.add(a.y, times: p.x)
    return sum.sign
  }

  /// Whether the way from `a` to `b` meets a rectangle, edges included.
  package static func meets(
    _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, from a: (x: Double, y: Double),
    to b: (x: Double, y: Double)
  ) -> Bool {
    guard max(a.x, b.x) >= x.lowerBound, min(a.x, b.x) <= x.upperBound, max(a.y, b.y) >= y.lowerBound,
      min(a.y, b.y) <= y.upperBound
    else { return false }
    let corners = [x.lowerBound, x.upperBound].flatMap { x in [y.lowerBound, y.upperBound].map { (x, $0) } }
    let sides = corners.map { side(of: $0, from: a, to: b) }
    return !(sides.allSatisfy { $0 > 0 } || sides.allSatisfy { $0 < 0 })
  }
}
