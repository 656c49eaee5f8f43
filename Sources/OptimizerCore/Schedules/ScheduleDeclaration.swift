/// What a schedule says about itself.
public struct ScheduleDeclaration: Sendable, Hashable {
  /// The name in specs: `cosine`.
  public let name: String
  /// The idea, in one line.
  public let summary: String
  /// The multiplier at k = t − 1, in plain text.
  public let formula: String
  /// Its arguments, in order.
  public let arguments: [ArgumentDeclaration]
  /// Where it comes from.
  public let citation: String
}
