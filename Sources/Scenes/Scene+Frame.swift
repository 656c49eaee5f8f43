internal import Experiments
public import Landscapes
internal import OptimizerCore

extension Scene {
  /// The part of the landscape that pictures of the scene show: its window, if it names one; else what frames the runs of
  /// all its beats, with the start and the minimum that they come near to, so that nothing jumps from beat to beat. A scene
  /// whose beats run nothing shows the landscape's window.
  ///
  /// Where a run leaves the landscape's window it leaves the picture.
  public func frame() -> Window {
    let home = experiment.window
    guard home == experiment.landscape.window, let framed = Window(framing: places()) else { return home }
    return framed
  }

  /// The iterates of all beats inside the landscape's window, with starts and goals; empty if nothing is run.
  private func places() -> [Point] {
    let home = experiment.window
    var places: [Point] = []
    for index in beats.indices {
      let stage = stage(index)
      guard stage.until > 0, stage.window == nil else { continue }
      // However little of it is asked for now.
      var experiment = stage.experiment
      experiment.budget.steps = nil
      var race = Race(experiment)
      race.seek(to: stage.until)
      let landscape = stage.experiment.landscape
      for entry in stage.experiment.entries.indices where stage.experiment.entries[entry].isOn {
        for start in stage.experiment.starts.indices {
          let history = race.run(entry: entry, start: start).history
          for row in 0..<history.count {
            let place = landscape.project(history.parameters(at: row))
            if home.contains(place) { places.append(place) }
          }
        }
      }
    }
    guard let reach = Window(framing: places) else { return [] }
    // A goal that nobody comes near to would make the runs small.
    return places + experiment.landscape.minima.filter { reach.zoomed(by: 0.7).contains($0) }
  }
}
