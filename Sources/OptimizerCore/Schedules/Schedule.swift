/// A multiplier on a knob, mostly the learning rate, that changes with the step: factors that multiply, one product after
/// the other.
///
/// `warmup(20)*inverse(100) > cosine(200)`: `*` multiplies; `a > b` runs b, from its own k = 0, once a is over. A
/// product is over when the longest of its factors that end is over; what comes last may go on for ever.
public struct Schedule: Sendable, Hashable, CustomStringConvertible {
  private struct Factor: Sendable, Hashable {
    var name: String
    var arguments: Arguments
    var rule: any ScheduleFactor

    static func == (a: Factor, b: Factor) -> Bool { a.name == b.name && a.arguments == b.arguments }
    func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      hasher.combine(arguments)
    }
  }
  private struct Stage: Sendable, Hashable {
    var factors: [Factor]
    /// The k at which it begins, and the k at which the next one does.
    var start: Int
    var end: Int
  }
  private var stages: [Stage] = []

  /// Reads a schedule.
  public init(_ text: String) throws(SpecError) { try self.init(text, offset: 0) }

  /// Reads a schedule that begins `offset` characters into the user's text.
  init(_ text: String, offset: Int) throws(SpecError) {
    guard text.utf8.count <= 1000 else { throw SpecError("a schedule is at most 1000 characters long") }
    var scanner = TextScanner(text, offset: offset)
    var start = 0
    while true {
      var factors: [Factor] = []
      repeat {
        let call = try scanner.takeCall("schedule", among: ScheduleRegistry.all.map(\.declaration.name))
        let entry = ScheduleRegistry.all.first { $0.declaration.name == call.name }!
        let arguments = try Arguments(call, declarations: entry.declaration.arguments)
        switch entry.make(arguments) {
        case .success(let rule): factors.append(Factor(name: call.name, arguments: arguments, rule: rule))
        case .failure(let error): throw SpecError(error.message, column: call.column)
        }
      } while scanner.take("*")
      guard scanner.take(">") else {
        scanner.skipSpaces()
        guard scanner.isAtEnd else {
          throw SpecError("a schedule goes on with * or >" + scanner.found, column: scanner.column)
        }
        stages.append(Stage(factors: factors, start: start, end: .max))
        return
      }
      guard let length = factors.compactMap(\.rule.length).max() else {
        throw SpecError("\(factors[0].name)() never ends, so nothing can follow it", column: scanner.column)
      }
      // Lengths are at most 1e9 and a text of 1000 characters holds few of them, so the sum cannot overflow.
      stages.append(Stage(factors: factors, start: start, end: start + length))
      start += length
    }
  }

  /// What the knob's value is multiplied by at update t = k + 1.
  public func multiplier(at k: Int) -> Double {
    var place = 0
    while place < stages.count - 1, k >= stages[place].end { place += 1 }
    var product = 1.0
    let local = k - stages[place].start
    // By index: to iterate over the factors would be to copy each.
    for i in stages[place].factors.indices { product *= stages[place].factors[i].rule.multiplier(at: local) }
    return product
  }

  /// The normalised text, which reads back as the same schedule.
  public var description: String {
    stages.map { $0.factors.map { "\($0.name)(\($0.arguments.text))" }.joined(separator: "*") }.joined(
      separator: ">")
  }
}
