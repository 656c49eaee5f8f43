import Experiments
import Landscapes
import OptimizerCore

/// What a schedule will make of a learning rate.
struct PlannedRate {
  private let nominal: Double
  private let schedule: Schedule

  /// The plan of an entry with its knobs as they are once `step` steps are done; nil if no schedule moves its rate.
  init?(of entry: Entry, in experiment: Experiment, at step: Int) {
    var spec = experiment.spec(of: entry, at: step)
    // A schedule moves the rate wherever in the nest it is; the outermost one has the last word.
    while spec.schedule == nil, let base = spec.base { spec = base }
    guard let schedule = spec.schedule else { return nil }
    var rated = spec
    while rated.setting("lr") == nil, let base = rated.base { rated = base }
    guard let nominal = rated.setting("lr") else { return nil }
    self.schedule = schedule
    self.nominal = nominal
  }

  /// The learning rate of a step, from 1.
  func rate(at step: Int) -> Double { nominal * schedule.multiplier(at: step - 1) }
}
