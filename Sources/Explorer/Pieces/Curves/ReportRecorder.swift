import Experiments
import Landscapes

/// How well the models of a race do at their recorded steps, on the rows they are trained on or on others; kept between
/// frames, since every number takes a pass through the data.
struct ReportRecorder<Report> {
  /// What a model did at a step.
  struct Sample {
    let step: Int
    let report: Report
  }

  private var experiment: Experiment?
  private var kept: [[Sample]] = []
  /// Every how many steps a sample is kept: a power of two.
  private var stride = 1

  /// The samples of every entry up to its last recorded step, in order, at most about `limit` of each; none of entries that
  /// are off, and none where the loss is not made of data.
  ///
  /// - Parameter report: what there is to say of a model at its parameters; nil leaves the step out.
  mutating func samples(
    of race: Race, atMost limit: Int, _ report: (_ data: any DataProblem, _ parameters: [Double]) -> Report?
  ) -> [[Sample]] {
    guard let data = race.experiment.landscape.data else { return [] }
    var wanted = 1
    while race.lastStep / wanted > max(2, limit) { wanted *= 2 }
    // A budget ends a run and changes nothing in it.
    var experiment = race.experiment
    experiment.budget = Budget()
    if self.experiment != experiment || wanted < stride {
      self.experiment = experiment
      kept = experiment.entries.map { _ in [] }
    }
    if wanted > stride {
      for entry in kept.indices { kept[entry].removeAll { $0.step % wanted != 0 } }
    }
    stride = wanted
    for entry in kept.indices where experiment.entries[entry].isOn {
      let history = race.run(entry: entry).history
      kept[entry].removeAll { $0.step > history.lastStep }
      var next = kept[entry].last.map { $0.step + stride } ?? 0
      while next <= history.lastStep {
        if let row = history.index(at: next), history.steps[row] == next,
          let report = report(data, Array(history.parameters(at: row)))
        {
          kept[entry].append(Sample(step: next, report: report))
        }
        next += stride
      }
    }
    return kept.indices.map { experiment.entries[$0].isOn ? kept[$0] : [] }
  }
}
