/// 1/√(1 + k/t0): with t0 = 1, the η/√t of regret bounds.
struct InverseSqrtSchedule: ScheduleFactor {
  static var declaration: ScheduleDeclaration {
    ScheduleDeclaration(
      name: "inverse-sqrt", summary: "the η/√t of regret bounds", formula: "1/√(1 + k/t0)",
      arguments: [ArgumentDeclaration("t0", "how slowly it begins", default: 1, in: 1e-6...1e9)],
      citation: "Zinkevich 2003, ICML")
  }

  private let scale: Double

  init(_ arguments: Arguments) { scale = arguments["t0"] }

  func multiplier(at k: Int) -> Double { 1 / (1 + Double(k) / scale).squareRoot() }
  var length: Int? { nil }
}
