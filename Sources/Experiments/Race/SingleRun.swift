/// One run taken on its own, step by step, without its past: to look at what a race does not record.
public struct SingleRun {
  private let experiment: Experiment
  /// The run where it stands.
  public private(set) var run: Run

  /// The run of an entry from one of the starts, at its start.
  public init(entry: Int, start: Int = 0, of experiment: Experiment) {
    self.experiment = experiment
    run = experiment.run(entry: entry, start: start, historyLimit: 8, keepsPast: false)
  }

  /// Where it stands.
  public var step: Int { run.step }

  /// One step forward, whatever the budget; false where the run has ended.
  public mutating func advance() -> Bool { run.advance(in: experiment) }
}
