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
