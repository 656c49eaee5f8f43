/// What a step of a network takes.
struct NetworkResult: Encodable {
  /// The network, the method and what is timed.
  let name: String
  /// Milliseconds a step.
  let milliseconds: Double
  /// The same in C, where there is a baseline.
  var c: Double?
  /// Milliseconds that a step may take at most, where something is promised.
  var target: Double?
  /// Allocations a step, once it is under way; nil where they are not counted.
  var allocations: Double?

  /// Steps a second.
  var rate: Double { 1000 / milliseconds }
  /// How many times faster than C.
  var gain: Double? { c.map { $0 / milliseconds } }
}
