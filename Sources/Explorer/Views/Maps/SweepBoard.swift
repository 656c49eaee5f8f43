import Canvas
import Experiments
import Scenes

/// Maps in the making as a view holds them: a job is begun when what is asked for changes, and the last one is called off.
struct SweepBoard {
  private(set) var job: SweepJob?
  /// What is known, as of the last look.
  private(set) var snapshot: SweepJob.Snapshot?

  /// Whether more is known, or will be, than the last look saw.
  var isWorking: Bool { job != nil && !(snapshot?.isFinished ?? false) }

  /// Sees to it that these maps are computed, and looks at what is known. Returns whether they are others than before.
  @discardableResult
  mutating func look(at sweeps: [Sweep]) -> Bool {
    let isNew = job?.sweeps != sweeps
    if isNew {
      job?.cancel()
      job = sweeps.isEmpty ? nil : SweepJob(sweeps)
    }
    snapshot = job?.snapshot
    return isNew
  }

  /// Waits until everything is computed.
  func finish() { _ = job?.wait() }
}
