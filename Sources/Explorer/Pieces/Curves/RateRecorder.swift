import Experiments
import Landscapes
import OptimizerCore

/// The effective rates of one entry at its recorded steps, read from a run that is taken once more; kept between frames.
struct RateRecorder {
  /// The rates that a step used, a number for each coordinate.
  struct Sample {
    let step: Int
    let rates: [Double]
  }

  private var experiment: Experiment?
  private var entry = 0
  private var walk: SingleRun?
  private var kept: [Sample] = []
  /// Every how many steps a sample is kept: a power of two.
  private var stride = 1

  /// The samples up to the last recorded step, in order, at most about `limit` of them; steps without rates are left out.
  mutating func samples(of entry: Int, in race: Race, atMost limit: Int) -> [Sample] {
    let last = race.run(entry: entry).lastStep
    var wanted = 1
    while last / wanted > limit { wanted *= 2 }
    // A budget ends a run and changes nothing in it.
    var experiment = race.experiment
    experiment.budget = Budget()
    if self.experiment != experiment || self.entry != entry || wanted < stride
      || walk.map({ $0.step > last }) ?? true
    {
      self.experiment = experiment
      self.entry = entry
      walk = SingleRun(entry: entry, of: experiment)
      kept = []
      stride = wanted
    }
    if wanted > stride {
      stride = wanted
      kept.removeAll { $0.step % wanted != 0 }
    }
    while let step = walk?.step, step < last {
      guard walk?.advance() == true, let run = walk?.run else { break }
      if run.step % stride == 0, let rates = run.optimizer.effectiveRates {
        kept.append(Sample(step: run.step, rates: rates))
      }
    }
    guard let run = walk?.run, run.step > 0, run.step % stride != 0, let rates = run.optimizer.effectiveRates
    else { return kept }
    return kept + [Sample(step: run.step, rates: rates)]
  }
}
