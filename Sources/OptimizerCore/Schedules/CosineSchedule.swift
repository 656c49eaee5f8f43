/// Half a cosine from 1 to `end`: end + (1 − end)(1 + cos(πk/steps))/2.
///
/// With `periodic` off it stays at its end, as Optax's does; with `periodic` on it climbs again, as torch's does.
struct CosineSchedule: ScheduleFactor {
  static var declaration: ScheduleDeclaration {
    ScheduleDeclaration(
      name: "cosine", summary: "half a cosine from 1 down to an end",
      formula: "end + (1 − end)(1 + cos(πk/steps))/2",
      arguments: [
        .steps("steps", "steps to the end"),
        ArgumentDeclaration("end", "multiplier at the end", default: 0, in: 0...1000),
        .toggle("periodic", "whether it climbs again", default: false),
      ],
      citation: "Loshchilov & Hutter 2017, arXiv:1608.03983")
  }

  private let steps: Int
  private let end: Double
  private let isPeriodic: Bool

  init(_ arguments: Arguments) {
    steps = Int(arguments["steps"])
    end = arguments["end"]
    isPeriodic = arguments["periodic"] != 0
  }

  func multiplier(at k: Int) -> Double {
    let k = isPeriodic ? k : min(k, steps)
    return end + (1 - end) * (1 + Elementary.cos(Double.pi * Double(k) / Double(steps))) / 2
  }
  var length: Int? { isPeriodic ? nil : steps }
}
