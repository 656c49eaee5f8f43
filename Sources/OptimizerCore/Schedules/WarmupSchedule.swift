/// A straight line from `start` up to 1, reached at k = steps, and 1 from then on.
struct WarmupSchedule: ScheduleFactor {
  static var declaration: ScheduleDeclaration {
    ScheduleDeclaration(
      name: "warmup", summary: "a straight line up to 1",
      formula: "start + (1 − start) k/steps until k = steps",
      arguments: [
        .steps("steps", "steps until 1 is reached"),
        ArgumentDeclaration("start", "multiplier at k = 0", in: 0...1000, defaultText: "1/steps"),
      ],
      citation: "Goyal et al. 2017, arXiv:1706.02677")
  }

  private let steps: Int
  private let start: Double

  init(_ arguments: Arguments) {
    steps = Int(arguments["steps"])
    start = arguments.has("start") ? arguments["start"] : 1 / Double(steps)
  }

  func multiplier(at k: Int) -> Double {
    k >= steps ? 1 : start + (1 - start) * (Double(k) / Double(steps))
  }
  var length: Int? { steps }
}
