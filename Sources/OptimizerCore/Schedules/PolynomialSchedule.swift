/// A power of the distance left: end + (1 − end)(1 − k/steps)^power. Equals torch's PolynomialLR.
struct PolynomialSchedule: ScheduleFactor {
  static var declaration: ScheduleDeclaration {
    ScheduleDeclaration(
      name: "polynomial", summary: "a power of the distance left",
      formula: "end + (1 − end)(1 − k/steps)^power",
      arguments: [
        .steps("steps", "steps to the end"),
        ArgumentDeclaration("power", "power", in: 0...100, isRequired: true),
        ArgumentDeclaration("end", "multiplier at the end", default: 0, in: 0...1000),
      ],
      citation: "")
  }

  private let steps: Int
  private let power: Double
  private let end: Double

  init(_ arguments: Arguments) {
    steps = Int(arguments["steps"])
    power = arguments["power"]
    end = arguments["end"]
  }

  func multiplier(at k: Int) -> Double {
    guard k < steps else { return end }
    return end + (1 - end) * Elementary.pow(1 - Double(k) / Double(steps), power)
  }
  var length: Int? { steps }
}
