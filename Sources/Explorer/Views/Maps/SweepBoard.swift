import Canvas
import Experiments
import Scenes

/// Maps in the making as a view holds them: a job is begun when what is asked for changes, and the last one is called off.
struct SweepBoard {
  private(set) var job: SweepJob?
  /// What is known, as of the last look.
  private(set) var snapshot: SweepJob.Snapshot?

  /// How much of what there is to know the last look saw, from 0 to 1.
  var progress: Double {
    guard job != nil, let snapshot, !snapshot.isFinished else { return 1 }
    return snapshot.progress
  }

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

  /// Waits until everything is computed, or `goesOn` says no.
  func finish(while goesOn: (() -> Bool)?) {
    guard let goesOn else {
      _ = job?.wait()
      return
    }
    while let job, !job.snapshot.isFinished, goesOn() {}
  }

  /// Calls off what is being computed.
  mutating func stop() { look(at: []) }
}
