/// A constant factor at each of some steps: factor^(number of marks ≤ k). Equals torch's MultiStepLR.
struct StepsSchedule: ScheduleFactor {
  static var declaration: ScheduleDeclaration {
    ScheduleDeclaration(
      name: "steps", summary: "a constant factor at each of some steps",
      formula: "factor^(number of marks ≤ k)",
      arguments: [
        ArgumentDeclaration("at", "the marks", kind: .integer, in: 0...1e9, isRequired: true, isList: true),
        ArgumentDeclaration("factor", "factor at a mark", default: 0.1, in: 0...100),
      ],
      citation: "")
  }

  private let marks: [Double]
  private let factor: Double

  init(_ arguments: Arguments) {
    marks = arguments.list("at")
    factor = arguments["factor"]
  }

  func multiplier(at k: Int) -> Double {
    var passed = 0.0
    for mark in marks where mark <= Double(k) { passed += 1 }
    return Elementary.pow(factor, passed)
  }
  var length: Int? { nil }
}
