import Canvas
import Testing

/// What a number becomes as a place on the screen.
struct ClampedTests {
  @Test(
    arguments: [
      (0.0, 0), (-0.0, 0), (0.99, 0), (-0.99, 0), (1.0, 1), (-1.5, -1), (79.999, 79), (0x1p-1074, 0),
      (999_999_999_999_999.9, 999_999_999_999_999), (-999_999_999_999_999.9, -999_999_999_999_999),
      (1e15, 1_000_000_000_000_000), (-1e15, -1_000_000_000_000_000), (1e300, 1_000_000_000_000_000),
      (-1.7976931348623157e308, -1_000_000_000_000_000), (.infinity, 1_000_000_000_000_000),
      (-.infinity, -1_000_000_000_000_000), (.nan, 0), (.signalingNaN, 0), (-.nan, 0),
    ] as [(Double, Int)]) func everyNumberIsAnInteger(number: Double, integer: Int)
  {
    #expect(Int(clamped: number) == integer)
  }
}
