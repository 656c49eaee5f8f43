/// No change: 1 for ever.
struct ConstantSchedule: ScheduleFactor {
  static var declaration: ScheduleDeclaration {
    ScheduleDeclaration(
      name: "constant", summary: "no change", formula: "1", arguments: [], citation: "")
  }

  init(_ arguments: Arguments) {}

  func multiplier(at k: Int) -> Double { 1 }
  var length: Int? { nil }
}
