import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

extension Ghost {
  /// Whether its path can be drawn on a landscape: the formula is the same, its constants may differ.
  func isAtHome(on landscape: Landscape) -> Bool {
    portrayed.isAtHome(on: landscape)
  }

  /// What pictures of the landscape show of it.
  var portrayed: Portrait.Ghost {
    Portrait.Ghost(letter: frozen.letter, race: race, entry: frozen.entry)
  }

  /// The entry that it is compared with, if that is still in the race.
  private func living(in race: Race) -> Int? {
    race.experiment.entries.firstIndex { $0.name == entry.name && $0.isOn }
  }

  /// How it compares with its entry in a race, in about so many columns.
  func words(beside race: Race, width: Int) -> String {
    guard isAtHome(on: race.experiment.landscape) else {
      return Text.truncated("on another landscape", to: width)
    }
    guard let index = living(in: race) else {
      return Text.truncated("its entry is gone or off", to: width)
    }
    let live = race.run(entry: index)
    let comparison = GhostComparison(
      ghost: run(), on: self.race.landscape, live: live, on: race.landscape)
    let words = comparison.words(ghostStep: run().lastStep, liveStep: live.step)
    return words.first { Text.width(of: $0) <= width } ?? Text.truncated(words[words.count - 1], to: width)
  }

  /// What it had that the living run has not: `η 0.01`, the ghost's value.
  func difference(from mine: Experiment) -> String {
    guard isAtHome(on: mine.landscape) else { return frozen.experiment.landscape.title }
    let its = frozen.experiment
    var parts = settings(unlike: mine)
    for (constant, other) in zip(its.landscape(at: .max).constants, mine.landscape(at: .max).constants)
    where constant.value != other.value {
      parts.append("\(constant.symbol) \(constant.text(of: constant.value, NumberText.setting))")
    }
    if its.starts != mine.starts {
      let start = its.starts[0]
      parts.append("start (\(NumberText.setting(start.x)), \(NumberText.setting(start.y)))")
    }
    if its.noise != mine.noise { parts.append(its.noise.isNone ? "no noise" : "\(its.noise)") }
    if its.seed != mine.seed { parts.append("seed \(its.seed)") }
    if !parts.isEmpty { return parts.joined(separator: ", ") }
    // What was turned of other entries is no difference.
    func concerning(_ changes: [Change]) -> [Change] {
      changes.filter { change in
        if case .entry(let name, _) = change.target { return name == entry.name }
        return true
      }
    }
    return concerning(its.changes) == concerning(mine.changes) ? "the same" : "other turns"
  }

  /// The knobs and the schedules of its entry, as they differ from those of the living one.
  private func settings(unlike mine: Experiment) -> [String] {
    guard let living = mine.entries.first(where: { $0.name == entry.name }) else { return [] }
    var parts: [String] = []
    let (now, then) = (mine.spec(of: living, at: .max), frozen.experiment.spec(of: entry, at: .max))
    for knob in then.knobs {
      let value = then.setting(knob.key) ?? knob.defaultValue
      guard value != now.setting(knob.key) ?? knob.defaultValue else { continue }
      parts.append("\(knob.symbol) \(knob.isDiscrete ? knob.format(value) : NumberText.setting(value))")
    }
    if now.schedules != then.schedules { parts.append(then.plan) }
    return parts
  }
}

extension OptimizerSpec {
  /// Its schedules; that of the learning rate alone goes without a key.
  fileprivate var plan: String {
    if schedules.isEmpty { return "no schedule" }
    return schedules.map { $0.key == "lr" ? "\($0.schedule)" : "\($0.key) \($0.schedule)" }.joined(
      separator: ", ")
  }
}
