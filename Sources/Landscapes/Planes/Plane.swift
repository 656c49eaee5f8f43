internal import OptimizerCore

/// A plane through a space of more than two parameters: what a picture of such a landscape shows.
///
/// θ = origin + x·u + y·v with u and v of length 1 and perpendicular, so that lengths and angles on the picture are those
/// of the space. A point beside the plane is shown where its perpendicular meets the plane.
public struct Plane: Sendable, Hashable {
  /// The point drawn at (0, 0).
  public private(set) var origin: [Double]
  /// The direction drawn to the right, of length 1.
  public let u: [Double]
  /// The direction drawn upwards, of length 1 and perpendicular to `u`.
  public let v: [Double]

  /// A plane through a point along two directions, or nil if they are parallel, 0 or not finite.
  ///
  /// `u` is shortened to length 1, `v` made perpendicular to it. A direction along one coordinate stays exactly that.
  public init?(origin: [Double], u: [Double], v: [Double]) {
    precondition(
      origin.count == u.count && u.count == v.count && origin.count >= 2,
      "a plane's origin and directions have as many numbers as the space, at least two")
    guard let first = Plane.normalised(u) else { return nil }
    guard var second = Plane.normalised(v) else { return nil }
    // Twice, because the first time leaves an error where the two are nearly parallel.
    for _ in 0..<2 {
      let overlap = Plane.dot(second, first)
      if overlap != 0 { for k in second.indices { second[k] -= overlap * first[k] } }
      guard Plane.dot(second, second) > 1e-18, let unit = Plane.normalised(second) else { return nil }
      second = unit
    }
    self.origin = origin
    self.u = first
    self.v = second
  }

  /// The number of parameters.
  public var dimension: Int { origin.count }

  /// Where a point of the space is drawn: the foot of its perpendicular.
  public func project(_ parameters: [Double]) -> Point { project(parameters[...]) }

  /// The same for a part of an array.
  public func project(_ parameters: ArraySlice<Double>) -> Point {
    precondition(parameters.count == dimension, "a point has as many numbers as the space has dimensions")
    return parameters.withUnsafeBufferPointer { point in
      origin.withUnsafeBufferPointer { origin in
        Point(
          x: u.withUnsafeBufferPointer { Plane.coordinate(of: point, from: origin, along: $0) },
          y: v.withUnsafeBufferPointer { Plane.coordinate(of: point, from: origin, along: $0) })
      }
    }
  }

  /// (point − origin)·direction, summed in eight parts that run side by side: a picture projects whole runs.
  private static func coordinate(
    of point: UnsafeBufferPointer<Double>, from origin: UnsafeBufferPointer<Double>,
    along direction: UnsafeBufferPointer<Double>
  ) -> Double {
    var parts = SIMD8<Double>.zero
    let whole = point.count / 8 * 8
    for k in stride(from: 0, to: whole, by: 8) {
      func eight(_ numbers: UnsafeBufferPointer<Double>) -> SIMD8<Double> {
        UnsafeRawPointer(numbers.baseAddress! + k).loadUnaligned(as: SIMD8<Double>.self)
      }
      let along = eight(direction)
      // What a direction ignores must not spoil its coordinate where it is not finite.
      parts += ((eight(point) - eight(origin)) * along).replacing(with: 0, where: along .== 0)
    }
    var sum = parts.sum()
    for k in whole..<point.count where direction[k] != 0 { sum += (point[k] - origin[k]) * direction[k] }
    return sum
  }

  /// The point of the space that is drawn at a place, in the plane.
  public func lift(_ point: Point) -> [Double] {
    origin.indices.map { origin[$0] + point.x * u[$0] + point.y * v[$0] }
  }

  /// The parallel plane through another point.
  func through(_ origin: [Double]) -> Plane {
    var copy = self
    copy.origin = origin
    return copy
  }

  /// How far a point of the space is from the plane.
  public func distance(to parameters: [Double]) -> Double {
    let foot = lift(project(parameters))
    return zip(parameters, foot).map { $0 - $1 }.euclideanNorm
  }

  /// The part of a gradient that lies in the plane.
  public func component(of gradient: [Double]) -> Point {
    Point(x: Plane.dot(gradient, u), y: Plane.dot(gradient, v))
  }

  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for k in a.indices { sum += a[k] * b[k] }
    return sum
  }

  private static func normalised(_ a: [Double]) -> [Double]? {
    let length = a.euclideanNorm
    guard length > 0, length.isFinite else { return nil }
    return a.map { $0 / length }
  }
}
