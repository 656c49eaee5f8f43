/// Up from 1/div to 1 by half a cosine, then down to 1/(div·final). Equals torch's OneCycleLR, whose max_lr is our lr.
struct OneCycleSchedule: ScheduleFactor {
  static var declaration: ScheduleDeclaration {
    ScheduleDeclaration(
      name: "onecycle", summary: "up to 1 and far down, by half cosines",
      formula: "1/div → 1 until k = pct·steps − 1, → 1/(div·final) at k = steps − 1",
      arguments: [
        .steps("steps", "steps of the cycle"),
        ArgumentDeclaration("pct", "share of the steps on the way up", default: 0.3, in: 0...1),
        ArgumentDeclaration("div", "how far below 1 it begins", default: 25, in: 1e-3...1e9),
        ArgumentDeclaration("final", "how far below its beginning it ends", default: 1e4, in: 1e-3...1e12),
      ],
      citation: "Smith & Topin 2018, arXiv:1708.07120")
  }

  private let top: Double
  private let last: Double
  private let start: Double
  private let end: Double
  private let steps: Int

  init(_ arguments: Arguments) {
    steps = Int(arguments["steps"])
    top = arguments["pct"] * Double(steps) - 1
    last = Double(steps) - 1
    start = 1 / arguments["div"]
    end = start / arguments["final"]
  }

  func multiplier(at k: Int) -> Double {
    let k = Double(k)
    if k <= top { return Self.curve(from: start, to: 1, at: top > 0 ? k / top : 1) }
    // Where the way up is shorter than a step, its end lies before k = 0, and the way down has begun already.
    guard k < last else { return end }
    return Self.curve(from: 1, to: end, at: (k - top) / (last - top))
  }
  var length: Int? { steps }

  private static func curve(from a: Double, to b: Double, at u: Double) -> Double {
    b + (a - b) / 2 * (1 + Elementary.cos(Double.pi * u))
  }
}
