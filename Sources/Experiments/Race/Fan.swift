import Landscapes

/// The same entry under many draws of the noise: runs that differ in nothing but the seed.
///
/// Run number i, counted from 0, has the seed of the experiment plus i + 1, so the single run beside the fan is none of
/// them. The runs only go forward; what they were at an earlier step stands in their histories.
public struct Fan {
  /// The most runs of a fan.
  public static let limit = 64
  /// The most rows a run keeps: all of a fan fits in some 20 MB.
  static let historyLimit = 4096

  /// What is run, but for the seeds.
  public private(set) var experiment: Experiment
  /// The place of the entry in the experiment.
  public private(set) var entry: Int
  /// The runs, by seed, from the first start.
  public private(set) var runs: [Run]

  /// A fan at step 0.
  ///
  /// - Parameter count: how many runs, 1 to `limit`.
  public init(_ experiment: Experiment, entry: Int, count: Int) {
    precondition((1...Fan.limit).contains(count), "a fan has 1 to \(Fan.limit) runs")
    self.experiment = experiment
    self.entry = entry
    runs = []
    runs = (0..<count).map { run($0) }
  }

  private func run(_ index: Int) -> Run {
    Fan.seeded(experiment, index).run(entry: entry, start: 0, historyLimit: Fan.historyLimit)
  }

  /// The experiment of one run of the fan.
  package static func seeded(_ experiment: Experiment, _ index: Int) -> Experiment {
    experiment.reseeded(experiment.seed &+ UInt64(index + 1))
  }

  /// Makes it the fan of another experiment. What is the same there, up to the first knob that was turned differently,
  /// is kept; the rest is forgotten.
  public mutating func update(_ experiment: Experiment, entry: Int, count: Int) {
    precondition((1...Fan.limit).contains(count), "a fan has 1 to \(Fan.limit) runs")
    if experiment != self.experiment || entry != self.entry {
      let old = self.experiment
      self.experiment = experiment
      self.entry = entry
      for index in runs.indices {
        let joined = runs[index].join(
          Fan.seeded(experiment, index), from: Fan.seeded(old, index), as: experiment.entries[entry],
          start: experiment.starts[0], stream: entry * experiment.starts.count)
        if !joined { runs[index] = run(index) }
      }
    }
    if runs.count > count { runs.removeLast(runs.count - count) }
    for index in runs.count..<count { runs.append(run(index)) }
  }

  /// Whether a run cannot go beyond its last recorded step.
  private func hasEnded(_ run: Run) -> Bool {
    run.step == run.lastStep && (run.isOver || !run.mayStep(within: experiment.budget))
  }

  /// The step that all runs have reached, but for those that have ended.
  public var completeStep: Int {
    var step = Int.max
    for run in runs where !hasEnded(run) { step = min(step, run.lastStep) }
    return step
  }

  /// Steps the runs towards a step, side by side. Returns whether all are there, or have ended.
  ///
  /// - Parameter work: about how many steps to take at most, of all runs together.
  @discardableResult
  public mutating func advance(to step: Int, work: Int = .max) -> Bool {
    let complete = completeStep
    guard complete < step else { return true }
    let target = min(step, complete + max(1, work / runs.count))
    for index in runs.indices where runs[index].lastStep < target && !hasEnded(runs[index]) {
      runs[index].seek(to: target, in: Fan.seeded(experiment, index))
    }
    return completeStep >= step
  }

  /// The losses of all runs at a step, smallest first. A run that ended on a value that is not finite counts as infinite
  /// from there on; one that spent its budget stays at its last loss.
  public func losses(at step: Int) -> [Double] {
    runs.map { run in
      guard let index = run.history.index(at: step) else { return .infinity }
      return run.isOver && step > run.lastStep ? .infinity : run.history.losses[index]
    }
    .sorted()
  }

  /// A quantile of sorted numbers by nearest rank: the smallest that a share `q` of them does not exceed, so always one
  /// of them.
  public static func quantile(_ q: Double, ofSorted values: [Double]) -> Double {
    precondition(!values.isEmpty && q >= 0 && q <= 1, "a quantile is a share of at least one number")
    let rank = Int((q * Double(values.count)).rounded(.up))
    return values[min(max(rank, 1), values.count) - 1]
  }
}
