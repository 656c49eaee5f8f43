/// Half a cosine, again and again, each `mult` times as long as the last. Equals torch's CosineAnnealingWarmRestarts.
struct RestartsSchedule: ScheduleFactor {
  static var declaration: ScheduleDeclaration {
    ScheduleDeclaration(
      name: "restarts", summary: "half a cosine, again and again, each longer than the last",
      formula: "end + (1 − end)(1 + cos(πj/T))/2, j steps into a cycle of T = first·multⁱ",
      arguments: [
        .steps("first", "steps of the first cycle"),
        ArgumentDeclaration(
          "mult", "factor between the lengths of cycles", kind: .integer, default: 2, in: 1...1000),
        ArgumentDeclaration("end", "multiplier at the end of a cycle", default: 0, in: 0...1000),
      ],
      citation: "Loshchilov & Hutter 2017, arXiv:1608.03983")
  }

  private let first: Int
  private let factor: Int
  private let end: Double

  init(_ arguments: Arguments) {
    first = Int(arguments["first"])
    factor = Int(arguments["mult"])
    end = arguments["end"]
  }

  func multiplier(at k: Int) -> Double {
    var place = k
    var length = first
    if factor == 1 {
      place %= first
    } else {
      while place >= length {
        place -= length
        let (longer, overflow) = length.multipliedReportingOverflow(by: factor)
        length = overflow ? .max : longer
      }
    }
    return end + (1 - end) * (1 + Elementary.cos(Double.pi * Double(place) / Double(length))) / 2
  }
  var length: Int? { nil }
}
