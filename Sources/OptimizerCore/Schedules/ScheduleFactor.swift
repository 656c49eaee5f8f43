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

/// A factor of a learning-rate schedule, declared once like an optimizer.
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

/// A schedule as everybody else sees it.
public struct ScheduleEntry: Sendable {
  /// Name, texts and arguments.
  public let declaration: ScheduleDeclaration
  let make: @Sendable (Arguments) -> Result<any ScheduleFactor, SpecError>

  static func schedule<Factor: ScheduleFactor>(_ factor: Factor.Type) -> ScheduleEntry {
    ScheduleEntry(declaration: Factor.declaration) { arguments in
      do throws(SpecError) {
        return .success(try Factor(arguments))
      } catch {
        return .failure(error)
      }
    }
  }
}

/// Every schedule there is, a line each, in the order of lists.
public enum ScheduleRegistry {
  /// All of them.
  public static let all: [ScheduleEntry] = [
    .schedule(ConstantSchedule.self),
    .schedule(StepSchedule.self),
    .schedule(StepsSchedule.self),
    .schedule(ExponentialSchedule.self),
    .schedule(LinearSchedule.self),
    .schedule(CosineSchedule.self),
    .schedule(RestartsSchedule.self),
    .schedule(WarmupSchedule.self),
    .schedule(InverseSchedule.self),
    .schedule(InverseSqrtSchedule.self),
    .schedule(PolynomialSchedule.self),
    .schedule(OneCycleSchedule.self),
  ]
}
