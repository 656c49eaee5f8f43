public import CLanes

// Two parameters of eight runs side by side, with the operations of `SIMD8`.
extension SIMD16: Lane where Scalar == Double {
  /// One truth value a lane.
  public typealias Mask = SIMDMask<SIMD16<Int64>>

  /// How many numbers one value holds.
  @inlinable public static var laneCount: Int { 16 }
  /// 0 in every lane.
  @inlinable public static var zero: SIMD16<Double> { SIMD16(repeating: 0) }
  /// 1 in every lane.
  @inlinable public static var one: SIMD16<Double> { SIMD16(repeating: 1) }
  /// The number in one lane.
  @inlinable public subscript(lane index: Int) -> Double {
    get { self[index] }
    set { self[index] = newValue }
  }
  /// The correctly rounded square root of each lane.
  @inlinable @inline(__always)
  public func squareRoot() -> Self { clanes_square_root16(self) }
  /// The sign bit of each lane.
  @inlinable @inline(__always)
  static var signBits: SIMD16<UInt64> { SIMD16<UInt64>(repeating: 1 << 63) }
  /// The absolute values.
  @inlinable @inline(__always)
  public var absolute: Self {
    unsafeBitCast(unsafeBitCast(self, to: SIMD16<UInt64>.self) & ~Self.signBits, to: Self.self)
  }
  /// These magnitudes with the signs of others.
  @inlinable @inline(__always)
  public func signed(as other: Self) -> Self {
    let magnitudes = unsafeBitCast(self, to: SIMD16<UInt64>.self) & ~Self.signBits
    let signs = unsafeBitCast(other, to: SIMD16<UInt64>.self) & Self.signBits
    return unsafeBitCast(magnitudes | signs, to: Self.self)
  }
  /// `a` where the mask is true, `b` elsewhere.
  @inlinable @inline(__always)
  public static func select(_ mask: SIMDMask<SIMD16<Int64>>, _ a: Self, _ b: Self) -> Self {
    b.replacing(with: a, where: mask)
  }
  /// Whether the mask is true in every lane.
  @inlinable @inline(__always)
  public static func all(_ mask: SIMDMask<SIMD16<Int64>>) -> Bool { Swift.all(mask) }
  /// Whether the mask is true in at least one lane.
  @inlinable @inline(__always)
  public static func any(_ mask: SIMDMask<SIMD16<Int64>>) -> Bool { Swift.any(mask) }
  /// A scalar function applied lane by lane.
  @inlinable @inline(__always)
  public func map(_ function: (Double) -> Double) -> Self {
    var result = self
    for lane in 0..<16 { result[lane] = function(self[lane]) }
    return result
  }
  /// Whether two values have the same bits in every lane.
  @inlinable @inline(__always)
  public static func identical(_ a: Self, _ b: Self) -> Bool {
    unsafeBitCast(a, to: SIMD16<UInt64>.self) == unsafeBitCast(b, to: SIMD16<UInt64>.self)
  }
}
