/// Why there is no such map: one sentence that names the value, the rule and the way out.
public struct SweepError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sentence, without a full stop.
  public let message: String

  /// An error with its sentence.
  public init(_ message: String) { self.message = message }

  /// The sentence.
  public var description: String { message }
}
