public import CLanes

// Two parameters of a run side by side, with the operations of `SIMD8`.
extension SIMD2: Lane where Scalar == Double {
  /// One truth value a lane.
  public typealias Mask = SIMDMask<SIMD2<Int64>>

  /// How many numbers one value holds.
  @inlinable public static var laneCount: Int { 2 }
  /// 0 in every lane.
  @inlinable public static var zero: SIMD2<Double> { SIMD2(repeating: 0) }
  /// 1 in every lane.
  @inlinable public static var one: SIMD2<Double> { SIMD2(repeating: 1) }
  /// The number in one lane.
  @inlinable public subscript(lane index: Int) -> Double {
    get { self[index] }
    set { self[index] = newValue }
  }
  /// The correctly rounded square root of each lane.
  @inlinable @inline(__always)
  public func squareRoot() -> Self { clanes_square_root2(self) }
  /// The sign bit of each lane.
  @inlinable @inline(__always)
  static var signBits: SIMD2<UInt64> { SIMD2<UInt64>(repeating: 1 << 63) }
  /// The absolute values.
  @inlinable @inline(__always)
  public var absolute: Self {
    unsafeBitCast(unsafeBitCast(self, to: SIMD2<UInt64>.self) & ~Self.signBits, to: Self.self)
  }
  /// These magnitudes with the signs of others.
  @inlinable @inline(__always)
  public func signed(as other: Self) -> Self {
    let magnitudes = unsafeBitCast(self, to: SIMD2<UInt64>.self) & ~Self.signBits
    let signs = unsafeBitCast(other, to: SIMD2<UInt64>.self) & Self.signBits
    return unsafeBitCast(magnitudes | signs, to: Self.self)
  }
  /// `a` where the mask is true, `b` elsewhere.
  @inlinable @inline(__always)
  public static func select(_ mask: SIMDMask<SIMD2<Int64>>, _ a: Self, _ b: Self) -> Self {
    b.replacing(with: a, where: mask)
  }
  /// Whether the mask is true in every lane.
  @inlinable @inline(__always)
  public static func all(_ mask: SIMDMask<SIMD2<Int64>>) -> Bool { Swift.all(mask) }
  /// Whether the mask is true in at least one lane.
  @inlinable @inline(__always)
  public static func any(_ mask: SIMDMask<SIMD2<Int64>>) -> Bool { Swift.any(mask) }
  /// A scalar function applied lane by lane.
  @inlinable @inline(__always)
  public func map(_ function: (Double) -> Double) -> Self {
    var result = self
    for lane in 0..<2 { result[lane] = function(self[lane]) }
    return result
  }
  /// Whether two values have the same bits in every lane.
  @inlinable @inline(__always)
  public static func identical(_ a: Self, _ b: Self) -> Bool {
    unsafeBitCast(a, to: SIMD2<UInt64>.self) == unsafeBitCast(b, to: SIMD2<UInt64>.self)
  }
}
