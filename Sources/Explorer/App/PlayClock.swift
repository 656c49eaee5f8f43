/// Hands time to an explorer: what has passed goes to what was shown while it passed.
///
/// An event belongs to the moment at which it came, so the time before it is spent before the explorer hears of it. What
/// is set going by a key thus starts at the step that is shown, however long was waited for the key.
public struct PlayClock: Sendable {
  /// The most seconds of playing that are made up for at once: a machine that slept does not jump.
  static let longest = 1.25

  private var last: Double

  /// - Parameter time: the time now, in seconds of a clock that only goes forward.
  public init(at time: Double) { last = time }

  /// Seconds since time was last handed on.
  public func waited(at time: Double) -> Double { max(0, time - last) }

  /// Hands on the time up to now. Returns whether anything on the screen may have changed.
  ///
  /// - Parameter goesOn: asked while the explorer steps; no ends the stepping.
  public mutating func tick(
    _ explorer: inout Explorer, at time: Double, while goesOn: (() -> Bool)? = nil
  ) -> Bool {
    let passed = waited(at: time)
    last = time
    guard explorer.isAnimating else { return false }
    return explorer.advance(by: min(passed, PlayClock.longest), elapsed: passed, while: goesOn)
  }

  /// Lets time pass that is nobody's, such as that of a suspended program.
  public mutating func skip(to time: Double) { last = time }
}
