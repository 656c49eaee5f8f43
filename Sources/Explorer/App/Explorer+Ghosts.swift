import Canvas
import Experiments
import Landscapes
import OptimizerCore

extension Explorer {
  /// Keeps the run of the selected entry in grey; the entry itself goes on as a copy.
  mutating func keepGhost() {
    let entries = race.experiment.entries
    guard entries.indices.contains(selectedEntry) else { return }
    guard entries[selectedEntry].isOn else {
      status = .warning("entry \(selectedEntry + 1) is off and has no run to keep: its digit switches it on")
      return
    }
    var copy = race
    var place = selectedEntry
    // Independent noise is drawn by place in the race: then the others stay, but off.
    for index in entries.indices.reversed() where index != selectedEntry {
      if race.experiment.noise.isIndependent {
        copy.setOn(false, entry: index)
      } else {
        copy.remove(entry: index)
      }
    }
    if !race.experiment.noise.isIndependent { place = 0 }
    for ghost in ghosts where ghost.frozen.entry == place && ghost.frozen.experiment == copy.experiment {
      status = .note("ghost \(ghost.frozen.letter) is this very run: turn a knob, then R reruns beside it")
      return
    }
    remember(.ghosts)
    var dropped: Character?
    if ghosts.count == Ghost.limit { dropped = ghosts.removeFirst().frozen.letter }
    let letter =
      Ghost.letters.first { letter in !ghosts.contains { $0.frozen.letter == letter } } ?? Ghost.letters[0]
    let frozen = Ghost.Frozen(
      letter: letter, experiment: copy.experiment, entry: place,
      lastStep: race.run(entry: selectedEntry).lastStep)
    ghosts.append(Ghost(frozen, race: copy))
    let oldest = dropped == nil ? "" : "; the oldest of three is gone"
    status = .note("ghost \(letter) kept\(oldest): turn a knob, R reruns beside it; u or Ctrl-G lets it go")
  }

  /// Lets all ghosts go.
  mutating func clearGhosts() {
    guard !ghosts.isEmpty else { return }
    remember(.ghosts)
    ghosts = []
    status = .note("the ghosts are gone; u brings them back")
  }

}
