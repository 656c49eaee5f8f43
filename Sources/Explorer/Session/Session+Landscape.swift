import Experiments
import Landscapes
import OptimizerCore

extension Session {
  /// Begins the same race on another landscape, from that landscape's start. Learning rates that nobody has turned are
  /// fitted to it; returns whether any was.
  mutating func open(_ landscape: Landscape, caption: String) -> Bool {
    var experiment = race.experiment.settled(at: race.step + 1)
    experiment.landscape = landscape
    experiment.window = landscape.window
    experiment.starts = [landscape.start]
    var isFitted = false
    for i in experiment.entries.indices {
      let entry = experiment.entries[i]
      guard untouched[entry.name] == entry.spec,
        let rate = StandardRace.rate(for: entry.spec.id, on: landscape, from: landscape.start),
        rate != entry.spec.setting("lr")
      else { continue }
      experiment.entries[i].spec.set("lr", to: rate)
      untouched[entry.name] = experiment.entries[i].spec
      isFitted = true
    }
    race.start(experiment)
    settle(in: landscape.window)
    title = landscape.title
    self.caption = caption
    return isFitted
  }
}
