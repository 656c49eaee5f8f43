import Canvas
public import Experiments
import Landscapes
import OptimizerCore
import Scenes

extension Explorer {
  /// Opens the hyperparameter map with axes of one's own; those left out are chosen.
  public mutating func openMap(x: Axis? = nil, y: Axis? = nil, target: Double? = nil) {
    open(MapView(context, x: x, y: y, target: target))
  }

  /// Begins the race anew as a run of a map: what Enter does there.
  mutating func adopt(_ experiment: Experiment, saying words: String) {
    remember(.race)
    isPlaying = false
    var next = race.experiment
    next.landscape = experiment.landscape
    next.entries = experiment.entries
    for i in next.entries.indices where race.experiment.entries.indices.contains(i) {
      next.entries[i].isOn = race.experiment.entries[i].isOn
    }
    next.starts = experiment.starts + next.starts.dropFirst()
    next.changes = []
    race.start(next)
    open(.contour)
    status = .note("\(words); u goes back")
  }
}
