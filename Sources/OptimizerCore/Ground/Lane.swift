public import CLanes

/// The number type that a kernel computes with: one run (`Double`) or eight runs side by side (`Lanes`).
///
/// An optimizer is written once over `Lane`; both instances perform the same IEEE 754 operations in the same order, so
/// a run in a lane and the same run alone agree to the bit. Elementary functions go through libm lane by lane for the
/// same reason.
public protocol Lane: Sendable, Hashable {
  /// The outcome of a comparison, one truth value a lane.
  associatedtype Mask: Sendable
  /// Two of these numbers side by side, where the processor takes them so: another parameter of the same run.
  associatedtype Pair: Lane = Self
  /// As many of them as are worth taking together.
  associatedtype Pack: Lane = Self

  /// How many runs one value holds.
  static var laneCount: Int { get }
  /// The same number in every lane.
  init(repeating value: Double)
  /// 0 in every lane.
  static var zero: Self { get }
  /// 1 in every lane.
  static var one: Self { get }
  /// The number in one lane, `0..<laneCount`.
  subscript(lane index: Int) -> Double { get set }

  static func + (lhs: Self, rhs: Self) -> Self
  static func - (lhs: Self, rhs: Self) -> Self
  static func * (lhs: Self, rhs: Self) -> Self
  static func / (lhs: Self, rhs: Self) -> Self
  static func + (lhs: Double, rhs: Self) -> Self
  static func - (lhs: Double, rhs: Self) -> Self
  static func * (lhs: Double, rhs: Self) -> Self
  static func / (lhs: Double, rhs: Self) -> Self
  static func + (lhs: Self, rhs: Double) -> Self
  static func - (lhs: Self, rhs: Double) -> Self
  static func * (lhs: Self, rhs: Double) -> Self
  static func / (lhs: Self, rhs: Double) -> Self
  static prefix func - (operand: Self) -> Self
  static func += (lhs: inout Self, rhs: Self)
  static func -= (lhs: inout Self, rhs: Self)
  static func *= (lhs: inout Self, rhs: Self)
  static func /= (lhs: inout Self, rhs: Self)

  static func .< (lhs: Self, rhs: Self) -> Mask
  static func .<= (lhs: Self, rhs: Self) -> Mask
  static func .== (lhs: Self, rhs: Self) -> Mask

  /// The correctly rounded square root.
  func squareRoot() -> Self
  /// The absolute value; of −0 it is +0.
  var absolute: Self { get }
  /// This magnitude with the sign of another number, of −0 and NaN too.
  func signed(as other: Self) -> Self
  /// `a` where the mask is true, `b` elsewhere.
  static func select(_ mask: Mask, _ a: Self, _ b: Self) -> Self
  /// Whether the mask is true in every lane.
  static func all(_ mask: Mask) -> Bool
  /// Whether the mask is true in at least one lane.
  static func any(_ mask: Mask) -> Bool
  /// A scalar function applied lane by lane.
  func map(_ function: (Double) -> Double) -> Self
  /// Whether two values have the same bits in every lane: −0 is not +0, and a NaN is itself.
  static func identical(_ a: Self, _ b: Self) -> Bool
}

/// Eight runs side by side.
public typealias Lanes = SIMD8<Double>

extension Lane {

  /// −1, 0 or 1; of a NaN it is a NaN, so that a broken gradient stays visible.
  @inlinable @inline(__always)
  public var signum: Self {
    let size = absolute
    return Self.select(Self.zero .< size, Self.one.signed(as: self), size)
  }

  /// The larger of two, `b` where either is a NaN.
  @inlinable @inline(__always)
  public static func larger(_ a: Self, _ b: Self) -> Self { select(b .< a, a, b) }

  /// The smaller of two, `b` where either is a NaN.
  @inlinable @inline(__always)
  public static func smaller(_ a: Self, _ b: Self) -> Self { select(a .< b, a, b) }

  /// The value to a power, lane by lane; computed once where all lanes ask for the same.
  @inline(__always)
  func power(_ exponent: Self) -> Self {
    var result = Self(repeating: Elementary.pow(self[lane: 0], exponent[lane: 0]))
    for lane in 1..<max(Self.laneCount, 1) {
      if self[lane: lane].bitPattern != self[lane: 0].bitPattern
        || exponent[lane: lane].bitPattern != exponent[lane: 0].bitPattern
      {
        result[lane: lane] = Elementary.pow(self[lane: lane], exponent[lane: lane])
      }
    }
    return result
  }

  /// The value, or exactly 0 where its magnitude is below 1e-290.
  ///
  /// A moment that decays through the denormal range makes every later step twice as slow, on any processor. Nothing
  /// but moments is flushed.
  @inlinable @inline(__always)
  public var flushed: Self {
    Self.select(absolute .< Self(repeating: 1e-290), Self.zero, self)
  }
}

extension Double: Lane {
  /// One truth value a lane.
  public typealias Mask = Bool
  /// Two parameters.
  public typealias Pair = SIMD2<Double>
  /// Eight parameters.
  public typealias Pack = SIMD8<Double>

  /// How many runs one value holds.
  @inlinable public static var laneCount: Int { 1 }
  /// 1.
  @inlinable public static var one: Double { 1 }
  /// The same number in every lane.
  @inlinable @inline(__always) public init(repeating value: Double) { self = value }
  /// The number in one lane.
  @inlinable public subscript(lane index: Int) -> Double {
    get { self }
    set { self = newValue }
  }
  /// The absolute value.
  @inlinable @inline(__always) public var absolute: Double { magnitude }
  /// This magnitude with the sign of another number.
  @inlinable @inline(__always) public func signed(as other: Double) -> Double {
    Double(signOf: other, magnitudeOf: self)
  }
  /// Whether less.
  @inlinable @inline(__always) public static func .< (lhs: Double, rhs: Double) -> Bool { lhs < rhs }
  /// Whether less or equal.
  @inlinable @inline(__always) public static func .<= (lhs: Double, rhs: Double) -> Bool { lhs <= rhs }
  /// Whether equal.
  @inlinable @inline(__always) public static func .== (lhs: Double, rhs: Double) -> Bool { lhs == rhs }
  /// `a` where the mask is true, `b` elsewhere.
  @inlinable @inline(__always)
  public static func select(_ mask: Bool, _ a: Double, _ b: Double) -> Double { mask ? a : b }
  /// Whether the mask is true in every lane.
  @inlinable @inline(__always) public static func all(_ mask: Bool) -> Bool { mask }
  /// Whether the mask is true in at least one lane.
  @inlinable @inline(__always) public static func any(_ mask: Bool) -> Bool { mask }
  /// A scalar function applied lane by lane.
  @inlinable @inline(__always) public func map(_ function: (Double) -> Double) -> Double { function(self) }
  /// Whether two numbers have the same bits.
  @inlinable @inline(__always) public static func identical(_ a: Double, _ b: Double) -> Bool {
    a.bitPattern == b.bitPattern
  }
}

extension SIMD8: Lane where Scalar == Double {
  /// One truth value a lane.
  public typealias Mask = SIMDMask<SIMD8<Int64>>
  /// Two parameters.
  public typealias Pair = SIMD16<Double>

  /// How many runs one value holds.
  @inlinable public static var laneCount: Int { 8 }
  /// 0 in every lane.
  @inlinable public static var zero: SIMD8<Double> { SIMD8(repeating: 0) }
  /// 1 in every lane.
  @inlinable public static var one: SIMD8<Double> { SIMD8(repeating: 1) }
  /// The number in one lane.
  @inlinable public subscript(lane index: Int) -> Double {
    get { self[index] }
    set { self[index] = newValue }
  }
  /// The correctly rounded square root of each lane.
  @inlinable @inline(__always)
  public func squareRoot() -> Self { clanes_square_root(self) }
  /// The sign bit of each lane.
  @inlinable @inline(__always)
  static var signBits: SIMD8<UInt64> { SIMD8<UInt64>(repeating: 1 << 63) }
  /// The absolute values.
  @inlinable @inline(__always)
  public var absolute: Self {
    unsafeBitCast(unsafeBitCast(self, to: SIMD8<UInt64>.self) & ~Self.signBits, to: Self.self)
  }
  /// These magnitudes with the signs of others.
  @inlinable @inline(__always)
  public func signed(as other: Self) -> Self {
    let magnitudes = unsafeBitCast(self, to: SIMD8<UInt64>.self) & ~Self.signBits
    let signs = unsafeBitCast(other, to: SIMD8<UInt64>.self) & Self.signBits
    return unsafeBitCast(magnitudes | signs, to: Self.self)
  }
  /// `a` where the mask is true, `b` elsewhere.
  @inlinable @inline(__always)
  public static func select(_ mask: SIMDMask<SIMD8<Int64>>, _ a: Self, _ b: Self) -> Self {
    b.replacing(with: a, where: mask)
  }
  /// Whether the mask is true in every lane.
  @inlinable @inline(__always)
  public static func all(_ mask: SIMDMask<SIMD8<Int64>>) -> Bool { Swift.all(mask) }
  /// Whether the mask is true in at least one lane.
  @inlinable @inline(__always)
  public static func any(_ mask: SIMDMask<SIMD8<Int64>>) -> Bool { Swift.any(mask) }
  /// A scalar function applied lane by lane.
  @inlinable @inline(__always)
  public func map(_ function: (Double) -> Double) -> Self {
    var result = self
    for lane in 0..<8 { result[lane] = function(self[lane]) }
    return result
  }
  /// Whether two values have the same bits in every lane.
  @inlinable @inline(__always)
  public static func identical(_ a: Self, _ b: Self) -> Bool {
    unsafeBitCast(a, to: SIMD8<UInt64>.self) == unsafeBitCast(b, to: SIMD8<UInt64>.self)
  }
}
