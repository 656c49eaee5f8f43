import Experiments
import Landscapes

/// The average regret of each entry, step by step: what its points before the steps have lost, each by the loss of its step, less
/// what one fixed point would have, over the number of steps (Zinkevich 2003, definition 1). Kept between frames, since it is a
/// sum over all of them.
struct RegretRecorder {
  private var experiment: Experiment?
  private var point = Point(0, 0)
  /// The regret before each step from 0, an entry each: as far as every step stands in the history.
  private var sums: [[Double]] = []

  /// The averages from step 1 on, at most about `limit` of each entry; none of entries that are off.
  mutating func samples(of race: Race, against point: Point, atMost limit: Int) -> [[CurveSample]] {
    // A budget ends a run and changes nothing in it.
    var experiment = race.experiment
    experiment.budget = Budget()
    if self.experiment != experiment || self.point != point {
      (self.experiment, self.point) = (experiment, point)
      sums = experiment.entries.map { _ in [0] }
    }
    let stride = max(1, race.lastStep / max(1, limit))
    return experiment.entries.indices.map { entry in
      guard experiment.entries[entry].isOn else { return [] }
      follow(race.run(entry: entry).history, entry, experiment)
      let sums = sums[entry]
      return sums.indices.dropFirst().compactMap { step in
        step % stride == 0 || step == sums.count - 1
          ? CurveSample(step: step, value: sums[step] / Double(step)) : nil
      }
    }
  }

  /// Adds the steps that were taken since.
  private mutating func follow(_ history: History, _ entry: Int, _ experiment: Experiment) {
    if sums[entry].count > history.lastStep + 1 {
      sums[entry].removeLast(sums[entry].count - history.lastStep - 1)
    }
    while let last = sums[entry].last, case let before = sums[entry].count - 1, before < history.lastStep {
      guard let row = history.index(at: before), history.steps[row] == before else { return }
      let landscape =
        experiment.changes.isEmpty ? experiment.landscape : experiment.landscape(at: before + 1)
      let lost = landscape.value(at: Array(history.parameters(at: row)), step: before + 1)
      sums[entry].append(last + lost - landscape.value(at: point, step: before + 1))
    }
  }
}
