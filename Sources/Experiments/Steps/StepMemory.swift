import Landscapes
import OptimizerCore

/// The moments computed last, kept while nothing that they depend on changes.
package struct StepMemory {
  private struct Key: Equatable {
    let step: Int
    let entry: Int
    let runStep: Int
    let wantsPast: Bool
    let experiment: Experiment
  }

  private var keptAhead: (key: Key, moment: StepMoment?)?
  private var keptDone: (key: Key, moment: StepMoment)?

  /// No moment yet.
  package init() {}

  /// The step of an entry that comes after the playhead, at its last line; nil if there is none.
  package mutating func ahead(of race: Race, entry: Int) -> StepMoment? {
    let run = race.run(entry: entry)
    guard run.step == race.step, race.experiment.entries[entry].isOn else { return nil }
    let key = Key(
      step: race.step, entry: entry, runStep: run.step, wantsPast: true, experiment: race.experiment)
    if let keptAhead, keptAhead.key == key { return keptAhead.moment }
    var ahead = race.alone(entry: entry)
    ahead.setBudget(Budget())
    let next = run.step + 1
    var moment: StepMoment?
    if ahead.advance(), ahead.run(entry: entry).step == next {
      moment = StepMoment(
        of: ahead.run(entry: entry), past: run, entry: entry, isDone: false,
        landscape: race.experiment.landscape(at: next))
    }
    keptAhead = (key, moment)
    return moment
  }

  /// The step of an entry that led to the playhead, or where its run ended.
  ///
  /// - Parameter wantsPast: whether what was before the step is to be found out, for the arithmetic of lines that use it.
  package mutating func done(of race: Race, entry: Int, wantsPast: Bool) -> StepMoment {
    let run = race.run(entry: entry)
    let key = Key(
      step: race.step, entry: entry, runStep: run.step, wantsPast: wantsPast, experiment: race.experiment)
    if let keptDone, keptDone.key == key { return keptDone.moment }
    var past: Run?
    if wantsPast, run.step > 0 {
      var back = race.alone(entry: entry)
      back.seek(to: run.step - 1)
      past = back.run(entry: entry)
    }
    let moment = StepMoment(
      of: run, past: past, entry: entry, isDone: true, landscape: race.experiment.landscape(at: run.step))
    keptDone = (key, moment)
    return moment
  }
}

extension Race {
  /// A copy in which one entry alone takes part.
  fileprivate func alone(entry: Int) -> Race {
    var copy = self
    for other in experiment.entries.indices { copy.setOn(other == entry, entry: other) }
    return copy
  }
}
