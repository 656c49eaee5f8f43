/// 1/(1 + k/t0): the sums of Robbins and Monro, Σ η = ∞ and Σ η² < ∞.
struct InverseSchedule: ScheduleFactor {
  static var declaration: ScheduleDeclaration {
    ScheduleDeclaration(
      name: "inverse", summary: "the rates of Robbins and Monro", formula: "1/(1 + k/t0)",
      arguments: [ArgumentDeclaration("t0", "steps to a half", in: 1e-6...1e9, isRequired: true)],
      citation: "Robbins & Monro 1951, doi:10.1214/aoms/1177729586")
  }

  private let halving: Double

  init(_ arguments: Arguments) { halving = arguments["t0"] }

  func multiplier(at k: Int) -> Double { 1 / (1 + Double(k) / halving) }
  var length: Int? { nil }
}
