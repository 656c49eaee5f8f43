extension Int {
  /// The integer part of a number that comes from a run or a user: 0 where it is none, ±10¹⁵ where it lies beyond.
  ///
  /// `Int(_:)` ends the program there. A place so far away is outside every picture, and sums and differences of such
  /// places are integers too.
  @inlinable
  package init(clamped value: Double) {
    let limit = 1e15
    // What is no number is neither above nor below.
    self = value.magnitude < limit ? Int(value) : Int(value >= limit ? limit : value <= -limit ? -limit : 0)
  }
}
