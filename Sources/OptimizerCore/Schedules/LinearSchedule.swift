/// A straight line from `start` to `end`, which it keeps. Equals torch's LinearLR.
struct LinearSchedule: ScheduleFactor {
  static var declaration: ScheduleDeclaration {
    ScheduleDeclaration(
      name: "linear", summary: "a straight line from a start to an end",
      formula: "start + (end − start) k/steps",
      arguments: [
        .steps("steps", "steps to the end"),
        ArgumentDeclaration("start", "multiplier at k = 0", default: 1, in: 0...1000),
        ArgumentDeclaration("end", "multiplier at the end", default: 0, in: 0...1000),
      ],
      citation: "")
  }

  private let steps: Int
  private let start: Double
  private let end: Double

  init(_ arguments: Arguments) {
    steps = Int(arguments["steps"])
    start = arguments["start"]
    end = arguments["end"]
  }

  func multiplier(at k: Int) -> Double { start + (end - start) * (Double(min(k, steps)) / Double(steps)) }
  var length: Int? { steps }
}
