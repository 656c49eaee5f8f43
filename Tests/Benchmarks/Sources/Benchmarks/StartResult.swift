/// What one way to start the program takes.
struct StartResult: Encodable {
  var name: String
  /// Processor time from the start to the end, the median of some.
  var milliseconds: Double
  /// Millions of instructions; nil where they cannot be counted.
  var instructions: Double?
  /// Millions of instructions that it may take.
  var target: Double?
}
