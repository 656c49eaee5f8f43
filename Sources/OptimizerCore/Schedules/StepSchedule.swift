/// A constant factor after every so many steps: factor^⌊k/every⌋. Equals torch's StepLR.
struct StepSchedule: ScheduleFactor {
  static var declaration: ScheduleDeclaration {
    ScheduleDeclaration(
      name: "step", summary: "a constant factor after every so many steps", formula: "factor^⌊k/every⌋",
      arguments: [
        .steps("every", "steps between changes"),
        ArgumentDeclaration("factor", "factor at a change", default: 0.1, in: 0...100),
      ],
      citation: "")
  }

  private let every: Int
  private let factor: Double

  init(_ arguments: Arguments) {
    every = Int(arguments["every"])
    factor = arguments["factor"]
  }

  func multiplier(at k: Int) -> Double { Elementary.pow(factor, Double(k / every)) }
  var length: Int? { nil }
}
