/// A factor of a schedule, declared once like an optimizer.
public protocol ScheduleFactor: Sendable {
  /// Name, texts and arguments.
  static var declaration: ScheduleDeclaration { get }
  /// From checked arguments; throws where they do not go together.
  init(_ arguments: Arguments) throws(SpecError)
  /// The multiplier at k = 0, 1, 2, …
  func multiplier(at k: Int) -> Double
  /// The number of steps after which it is over, or nil if it goes on for ever.
  var length: Int? { get }
}
