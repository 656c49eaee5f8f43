import Landscapes
import Testing
import TestSupport

/// The part of a way inside a window, against arithmetic without rounding.
@Suite struct WindowPartTests {
  static let box = Window(x: 0...10, y: 0...10)

  private func parts(_ way: (Double, Double)...) -> [[Point]] {
    Self.box.parts(of: way.map { Point(x: $0.0, y: $0.1) })
  }

  @Test func waysAreCutAtTheEdges() {
    #expect(parts((1, 1), (2, 2)) == [[Point(1, 1), Point(2, 2)]])
    #expect(parts((5, 5), (15, 5), (5, 8)).map(\.count) == [2, 2])
    #expect(parts((-5, 5), (15, 5)) == [[Point(0, 5), Point(10, 5)]])
    #expect(parts((-5, 5), (5, 15.1)).isEmpty)
    #expect(parts((-5, 5), (5, 15)) == [[Point(0, 10), Point(0, 10)]])
    #expect(parts((20, 1), (20, 9)).isEmpty)
    #expect(parts((1, 1), (1, 1), (2, 1)) == [[Point(1, 1), Point(1, 1), Point(2, 1)]])
    #expect(parts((1, 1)).isEmpty && parts().isEmpty)
  }

  @Test func farEndsCount() {
    let huge = Double.greatestFiniteMagnitude
    #expect(parts((5, 5), (1e300, 5)) == [[Point(5, 5), Point(10, 5)]])
    #expect(parts((-1e300, 5), (1e300, 5)) == [[Point(0, 5), Point(10, 5)]])
    #expect(parts((-huge, -huge), (huge, huge)) == [[Point(0, 0), Point(10, 10)]])
    #expect(parts((-huge, huge), (huge, -huge)) == [[Point(0, 0), Point(0, 0)]])
    // At x = 0 it is at 1e37 − 1.1e37/3, far above the window.
    #expect(parts((-1e37, 1e37), (2e37, -1e36)).isEmpty)
    #expect(parts((5, 5), (.infinity, 5)).isEmpty)
    #expect(parts((.nan, 5), (5, 5), (6, 5)) == [[Point(5, 5), Point(6, 5)]])
  }

  /// Windows near 0 and far from it, square and thin.
  static let windows = [
    box, Window(x: -3.3...3.3, y: -2.7...2.7), Window(x: 1e6...1e6 + 1, y: -1e-9...1e-9),
    Window(x: -1e12...1e11, y: 0.1...0.3), Window(x: -1e-6 ... -1e-7, y: 1e-300...1),
  ]

  @Test(arguments: windows, [1.0, 1e3, 1e9, 1e20, 1e37, 1e150, 1e300])
  func theWayIsTheOneBetweenThePoints(_ window: Window, _ size: Double) throws {
    var random = SplitMix64(state: size.bitPattern ^ window.x.lowerBound.bitPattern)
    var (met, missed) = (0, 0)
    for _ in 0..<400 {
      let (a, b) = Self.way(by: window, size, &random)
      let exact = ExactSum.meets(window.x, window.y, from: (a.x, a.y), to: (b.x, b.y))
      let part = window.part(from: a, to: b)
      guard exact else {
        missed += 1
        // Only at a corner, where the last digit of the window decides.
        if let part { #expect(Self.isCorner(part.from, window) && part.from == part.to, "\(a) \(b)") }
        continue
      }
      met += 1
      guard let part else {
        #expect(Self.passesCorner(window, a, b), "\(a) … \(b) meets the window")
        continue
      }
      for (end, point) in [(a, part.from), (b, part.to)] {
        #expect(window.contains(point))
        if window.contains(end) { #expect(point == end) } else { #expect(Self.isOnEdge(point, window)) }
        // The exact line passes within the last digits of the point.
        #expect(Self.passes(near: point, in: window, a, b), "\(point) on \(a) … \(b)")
      }
    }
    // Ways no longer than the window are seldom beside it.
    #expect(met > 100 && missed >= (size > window.diagonal ? 20 : 0))
  }

  /// A way of about a size: through the window, by it, with an end inside, upright, level.
  private static func way(by window: Window, _ size: Double, _ random: inout SplitMix64) -> (Point, Point) {
    func inside() -> Point {
      Point(x: .random(in: window.x, using: &random), y: .random(in: window.y, using: &random))
    }
    func far() -> Double {
      size * .random(in: 0.1...1, using: &random) * (Bool.random(using: &random) ? 1 : -1)
    }
    let (middle, x, y) = (inside(), far(), far())
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return (inside(), Point(x: middle.x + x, y: middle.y + y))
    case 1: return (Point(x: middle.x, y: middle.y + y), Point(x: middle.x, y: middle.y - y))
    case 2: return (Point(x: middle.x + x, y: middle.y), Point(x: middle.x - x, y: middle.y))
    case 3: return (Point(x: x, y: y), Point(x: far(), y: far()))
    case 4:
      // Through the window but for the rounding of its ends, which may be far more than the window.
      let share = Double.random(in: 0.1...10, using: &random)
      return (
        Point(x: middle.x + x, y: middle.y + y), Point(x: middle.x - share * x, y: middle.y - share * y)
      )
    default:
      // Steeply past: one coordinate stays near.
      return (
        Point(x: middle.x - window.width, y: middle.y + y), Point(x: middle.x + window.width, y: middle.y - y)
      )
    }
  }

  private static func isOnEdge(_ point: Point, _ window: Window) -> Bool {
    [window.x.lowerBound, window.x.upperBound].contains(point.x)
      || [window.y.lowerBound, window.y.upperBound].contains(point.y)
  }

  private static func isCorner(_ point: Point, _ window: Window) -> Bool {
    [window.x.lowerBound, window.x.upperBound].contains(point.x)
      && [window.y.lowerBound, window.y.upperBound].contains(point.y)
  }

  /// What a point may be off by: some digits of the numbers of the window.
  private static func digits(_ range: ClosedRange<Double>) -> Double {
    4 * max(range.lowerBound.magnitude, range.upperBound.magnitude).ulp
  }

  private static func passes(near point: Point, in window: Window, _ a: Point, _ b: Point) -> Bool {
    let (dx, dy) = (digits(window.x), digits(window.y))
    return ExactSum.meets(
      (point.x - dx)...(point.x + dx), (point.y - dy)...(point.y + dy), from: (a.x, a.y), to: (b.x, b.y))
  }

  private static func passesCorner(_ window: Window, _ a: Point, _ b: Point) -> Bool {
    [window.x.lowerBound, window.x.upperBound].contains { x in
      [window.y.lowerBound, window.y.upperBound].contains { y in
        passes(near: Point(x: x, y: y), in: window, a, b)
      }
    }
  }

  /// The judge himself.
  @Test func theExactSumIsExact() {
    var sum = ExactSum()
    #expect(sum.sign == 0)
    sum.add(1e300, times: 1e300)
    #expect(sum.sign == 1)
    sum.add(0x1p-1074, times: 0x1p-1074)
    sum.add(-1e300, times: 1e300)
    #expect(sum.sign == 1)
    sum.add(0x1p-1074, times: -0x1p-1074)
    #expect(sum.sign == 0)
    sum.add(-0.1, times: 3)
    sum.add(0.3, times: 1)
    // 0.1 lies above a tenth, 0.3 below three of them.
    #expect(sum.sign == -1)
    #expect(ExactSum.side(of: (0, 1), from: (-1, 0), to: (1, 0)) == 1)
    #expect(ExactSum.side(of: (0x7e8p-1074, -0x1p-1074), from: (-1e300, 0), to: (1e300, 0)) == -1)
    #expect(ExactSum.side(of: (3, 3), from: (-1e300, -1e300), to: (1e308, 1e308)) == 0)
    #expect(ExactSum.meets(0...1, 0...1, from: (-1, 0), to: (1, 2)))
    #expect(!ExactSum.meets(0...1, 0...1, from: (-1, 0), to: (1, 2.0.nextUp)))
  }
}
