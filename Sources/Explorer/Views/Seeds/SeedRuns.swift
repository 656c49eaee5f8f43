import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// Every entry of a race under the same few seeds: the race's own and those after it, as expectations over several seeds count
/// them. The first run of each is the race's own.
struct SeedRuns {
  /// How many seeds there are.
  static let count = 10

  /// The runs beside the race's own, an entry each; nil for entries that are off.
  private var fans: [Fan?] = []
  private var landscape: Landscape?
  /// What each model did on its data as it was last asked: every answer takes a pass through the rows.
  private var answers: [[Answer?]] = []

  private struct Answer {
    let parameters: ArraySlice<Double>
    let report: DataReport
  }

  /// Makes them the runs of a race as it is now; what is the same there is kept.
  mutating func follow(_ experiment: Experiment) {
    if fans.count != experiment.entries.count {
      fans = experiment.entries.map { _ in nil }
      answers = experiment.entries.map { _ in [] }
    }
    defer { landscape = experiment.landscape }
    for (index, entry) in experiment.entries.enumerated() {
      guard entry.isOn else {
        fans[index] = nil
        continue
      }
      // Other data may have other answers at the same parameters.
      if landscape != experiment.landscape || answers[index].isEmpty {
        answers[index] = Array(repeating: nil, count: SeedRuns.count)
      }
      if fans[index] == nil {
        fans[index] = Fan(experiment, entry: index, count: SeedRuns.count - 1)
      } else {
        fans[index]?.update(experiment, entry: index, count: SeedRuns.count - 1)
      }
    }
  }

  /// Brings all runs a step closer to one, side by side. Returns whether any is still on the way.
  mutating func advance(to step: Int) -> Bool {
    var goesOn = false
    for index in fans.indices {
      guard let fan = fans[index], fan.completeStep < step else { continue }
      // A step of each run.
      if fans[index]?.advance(to: step, work: fan.runs.count) == false { goesOn = true }
    }
    return goesOn
  }

  /// The step up to one that all runs have reached, but for those that have ended.
  func step(upTo step: Int) -> Int { fans.compactMap(\.self).reduce(step) { min($0, $1.completeStep) } }

  /// How far the runs have come on the way to a step, from 0 to 1.
  func progress(to step: Int) -> Double {
    let fans = fans.compactMap(\.self)
    guard step > 0, !fans.isEmpty else { return 1 }
    return fans.reduce(0) { $0 + Double(min(step, $1.completeStep)) } / Double(step * fans.count)
  }

  /// What each run of an entry has come to at a step that all have reached, the race's own first; NaN for a run that has no such
  /// number, as one that diverged.
  mutating func values(
    of entry: Int, _ quantity: CurveQuantity, at step: Int, in race: Race, _ distances: Distances
  ) -> [Double] {
    guard let fan = fans[entry] else { return [] }
    return ([race.run(entry: entry)] + fan.runs).enumerated().map { place, run in
      guard !(run.isOver && step > run.lastStep), let row = run.history.index(at: step) else {
        return .nan
      }
      guard quantity.isOfData else { return quantity.value(of: run.history, at: row, distances) }
      return report(entry, place, at: run.history.parameters(at: row), race.experiment.landscape)
        .map(quantity.value) ?? .nan
    }
  }

  private mutating func report(
    _ entry: Int, _ place: Int, at parameters: ArraySlice<Double>, _ landscape: Landscape
  ) -> DataReport? {
    if let answer = answers[entry][place], answer.parameters == parameters { return answer.report }
    let report = landscape.data?.report(at: Array(parameters))
    answers[entry][place] = report.map { Answer(parameters: parameters, report: $0) }
    return report
  }
}
