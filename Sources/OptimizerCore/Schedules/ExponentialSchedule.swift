/// The same factor every step: e^(−rate·k), or factor^k. Equals torch's ExponentialLR.
struct ExponentialSchedule: ScheduleFactor {
  static var declaration: ScheduleDeclaration {
    ScheduleDeclaration(
      name: "exponential", summary: "the same factor every step", formula: "e^(−rate·k), or factor^k",
      arguments: [
        ArgumentDeclaration("rate", "decay a step", in: 0...100, alternative: "factor"),
        ArgumentDeclaration("factor", "factor a step", in: 0...100, alternative: "rate"),
      ],
      citation: "")
  }

  private let rate: Double?
  private let factor: Double

  init(_ arguments: Arguments) throws(SpecError) {
    guard arguments.has("rate") != arguments.has("factor") else {
      throw SpecError(
        "exponential needs either rate or factor, as in exponential(0.01) or exponential(factor=0.99)")
    }
    rate = arguments.has("rate") ? arguments["rate"] : nil
    factor = arguments["factor"]
  }

  func multiplier(at k: Int) -> Double {
    if let rate { return Elementary.exp(-rate * Double(k)) }
    return Elementary.pow(factor, Double(k))
  }
  var length: Int? { nil }
}
