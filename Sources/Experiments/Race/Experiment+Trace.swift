import Landscapes
public import OptimizerCore

extension Experiment {
  /// One step of a run, as a trace reports it.
  public struct TraceRow {
    /// From 1: entry by entry, starts within.
    public var run: Int
    /// Whose run it is.
    public var entry: Entry
    /// The step.
    public var row: Row
    /// The state of the optimizer after it, where it was asked for.
    public var state: [SlotValue<Double>] = []
  }

  /// How a run of a trace ended.
  public struct TraceEnd {
    /// From 1: entry by entry, starts within.
    public var run: Int
    /// Whose run it is.
    public var entry: Entry
    /// How it ended.
    public var outcome: Outcome
  }

  /// Runs every entry that is on from every start, one after the other, in memory that does not grow with the steps.
  ///
  /// - Parameters:
  ///   - every: every how many steps a row is reported; the last always is.
  ///   - withState: whether the rows carry the state of the optimizer.
  ///   - row: takes the rows, in order.
  ///   - end: takes the outcome of each run after its rows.
  public func trace(
    every: Int = 1, withState: Bool = false, row report: (TraceRow) throws -> Void,
    end: (TraceEnd) throws -> Void
  ) rethrows {
    precondition(every >= 1, "a trace reports every step, or every second, or …")
    precondition(budget != Budget(), "a trace has a budget")
    var number = 0
    for (index, entry) in entries.enumerated() where entry.isOn {
      for start in starts.indices {
        number += 1
        var run = self.run(entry: index, start: start, historyLimit: 256, keepsPast: false)
        func row(of run: Run) -> TraceRow {
          TraceRow(run: number, entry: entry, row: run.row, state: withState ? run.optimizer.state : [])
        }
        try report(row(of: run))
        var reported = 0
        while run.mayStep(within: budget), run.advance(in: self) {
          guard run.step % every == 0 else { continue }
          run.settle()
          try report(row(of: run))
          reported = run.step
        }
        run.settle()
        if reported != run.step { try report(row(of: run)) }
        try end(
          TraceEnd(run: number, entry: entry, outcome: run.outcome(on: landscape(at: run.step), in: window)))
      }
    }
  }
}

extension Run {
  /// The row at the playhead.
  public var row: Row {
    Row(
      step: step, point: now.point, loss: loss, gradientNorm: gradientNorm, learningRate: learningRate,
      evaluations: cost.evaluations, values: cost.values,
      samples: cost.samples)
  }
}
