import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// A run kept in grey beside the living one: a frozen experiment with a playhead of its own, which follows.
struct Ghost {
  /// What determines a ghost, and all that undo keeps of it.
  struct Frozen: Hashable {
    /// The letter that is its head.
    var letter: Character
    /// What was run, with every knob turned until then, and the place of the entry in it.
    var experiment: Experiment
    var entry: Int
    /// How far it had been run.
    var lastStep: Int
  }

  /// The most ghosts at a time.
  static let limit = 3
  /// Their letters.
  static let letters: [Character] = ["a", "b", "c"]

  let frozen: Frozen
  var race: Race

  /// A ghost of a run that goes on in `race`.
  init(_ frozen: Frozen, race: Race) {
    self.frozen = frozen
    self.race = race
  }

  /// A ghost run anew, as far as it had been run before.
  init(_ frozen: Frozen) {
    self.frozen = frozen
    race = Race(frozen.experiment)
    race.seek(to: frozen.lastStep)
  }

  /// The entry that it is the ghost of.
  var entry: Entry { frozen.experiment.entries[frozen.entry] }
  /// Its run from one of the starts.
  func run(start: Int = 0) -> Run { race.run(entry: frozen.entry, start: start) }

  /// Comes to a step, as far as the ghost goes, under the budget of the living race.
  mutating func follow(_ step: Int, _ budget: Budget) {
    if race.experiment.budget != budget { race.setBudget(budget) }
    if race.step != step { race.seek(to: step) }
  }
}
