import Experiments
import OptimizerCore
import Scenes

/// The runs beside the race: those of the fan, and the ghosts.
extension Session {
  /// Notes which view fills the stage; the view of the fan opens it, and closes it when it is left.
  mutating func change(to view: ViewName) {
    if view == .fan {
      fan.count = fan.count ?? FanDisplay.usual
    } else if viewName == .fan {
      fan = FanDisplay()
    }
    viewName = view
  }

  /// How many runs the fan shows now: none while it is closed, without noise, or for an entry that is off.
  private var fanSize: Int? {
    guard let count = fan.count, !race.experiment.noise.isNone,
      race.experiment.entries.indices.contains(selectedEntry), race.experiment.entries[selectedEntry].isOn
    else { return nil }
    return count
  }

  /// The fan as it has been run, if it is the one to be shown.
  var shownFan: Fan? { fanSize == nil ? nil : fan.runs }

  /// How far the runs of the fan have come on the way to the playhead, from 0 to 1.
  var fanProgress: Double {
    guard let count = fanSize else { return 1 }
    guard let runs = fan.runs, runs.runs.count == count, runs.entry == selectedEntry,
      runs.experiment == race.experiment
    else { return 0 }
    return runs.completeStep < race.step ? Double(runs.completeStep) / Double(race.step) : 1
  }

  /// Brings the ghosts to the playhead, and the fan as far towards it as one frame may take.
  mutating func followPlayhead() {
    for index in ghosts.indices { ghosts[index].follow(race.step, race.experiment.budget) }
    guard let count = fanSize else { return }
    if fan.runs == nil {
      fan.runs = Fan(race.experiment, entry: selectedEntry, count: count)
    } else {
      fan.runs?.update(race.experiment, entry: selectedEntry, count: count)
    }
    fan.runs?.advance(to: race.step, work: FanDisplay.work)
  }
}
