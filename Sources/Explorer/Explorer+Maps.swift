import Canvas
public import Experiments
import Landscapes
import OptimizerCore
import Scenes

extension Explorer {
  /// Opens the hyperparameter map with axes of one's own; those left out are chosen.
  public mutating func openMap(x: Axis? = nil, y: Axis? = nil, target: Double? = nil) {
    open(MapView(self, x: x, y: y, target: target))
  }
}

extension Explorer {
  /// What the runs of maps share with the race now: its knobs as settings, no changes, and a budget.
  ///
  /// A race without a budget lends its maps that of the scene; a scene without one, `mapSteps` steps.
  func mapExperiment() -> Experiment {
    var experiment = race.experiment.settled(at: race.step + 1)
    if experiment.budget == Budget() { experiment.budget = scene.experiment.budget }
    if experiment.budget == Budget() { experiment.budget.steps = Explorer.mapSteps }
    return experiment
  }

  /// The steps of a map's runs where neither the race nor its scene has a budget.
  static let mapSteps = 300

  /// The budget of maps in words: `300 steps`.
  static func words(of budget: Budget) -> String {
    var parts: [String] = []
    if let steps = budget.steps { parts.append("\(NumberText.count(steps)) steps") }
    if let evaluations = budget.evaluations { parts.append("\(NumberText.count(evaluations)) evaluations") }
    return parts.joined(separator: " or ")
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

  /// Paints another race over the same landscape from above: the run under a map's cursor.
  mutating func paintContour(
    of other: Race, on canvas: inout Canvas, _ area: PlotArea, keeping picture: inout PictureCache,
    _ look: Look
  ) {
    var beside = self
    beside.race = other
    beside.selectedEntry = 0
    beside.isSpotlit = false
    beside.picture = picture
    beside.paintContour(on: &canvas, area, look)
    picture = beside.picture
  }
}
