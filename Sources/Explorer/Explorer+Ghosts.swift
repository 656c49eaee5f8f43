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

  /// Whether a ghost's path can be drawn on the landscape that is shown: its formula is the same, its constants may differ.
  func isAtHome(_ ghost: Ghost) -> Bool {
    let (mine, its) = (race.experiment.landscape, ghost.frozen.experiment.landscape)
    return mine.id == its.id && mine.text == its.text && mine.dimension == its.dimension
  }

  /// The entry that a ghost is compared with, if it is still in the race.
  func living(_ ghost: Ghost) -> Int? {
    race.experiment.entries.firstIndex { $0.name == ghost.entry.name && $0.isOn }
  }

  /// How a ghost compares, in about so many columns.
  func words(of ghost: Ghost, width: Int) -> String {
    guard isAtHome(ghost) else { return Text.truncated("on another landscape", to: width) }
    guard let index = living(ghost) else { return Text.truncated("its entry is gone or off", to: width) }
    let run = race.run(entry: index)
    let comparison = GhostComparison(
      ghost: ghost.run(), on: ghost.race.landscape, live: run, on: race.landscape)
    let words = comparison.words(ghostStep: ghost.run().lastStep, liveStep: run.step)
    return words.first { Text.width(of: $0) <= width } ?? Text.truncated(words[words.count - 1], to: width)
  }

  /// What the ghost had that the living run has not: `η 0.01`, the ghost's value.
  func difference(of ghost: Ghost) -> String {
    guard isAtHome(ghost) else { return ghost.frozen.experiment.landscape.title }
    let (mine, its) = (race.experiment, ghost.frozen.experiment)
    var parts: [String] = []
    if let entry = mine.entries.first(where: { $0.name == ghost.entry.name }) {
      let (now, then) = (mine.spec(of: entry, at: .max), its.spec(of: ghost.entry, at: .max))
      for knob in then.knobs {
        let value = then.setting(knob.key) ?? knob.defaultValue
        guard value != now.setting(knob.key) ?? knob.defaultValue else { continue }
        parts.append("\(knob.symbol) \(knob.isDiscrete ? knob.format(value) : NumberText.brief(value))")
      }
      if now.schedule != then.schedule { parts.append(then.schedule.map { "\($0)" } ?? "no schedule") }
    }
    for (constant, other) in zip(its.landscape(at: .max).constants, mine.landscape(at: .max).constants)
    where constant.value != other.value {
      parts.append("\(constant.symbol) \(NumberText.brief(constant.value))")
    }
    if its.starts != mine.starts {
      let start = its.starts[0]
      parts.append("start (\(NumberText.brief(start.x)), \(NumberText.brief(start.y)))")
    }
    if its.noise != mine.noise { parts.append(its.noise.isNone ? "no noise" : "\(its.noise)") }
    if its.seed != mine.seed { parts.append("seed \(its.seed)") }
    if !parts.isEmpty { return parts.joined(separator: ", ") }
    // What was turned of other entries is no difference.
    func concerning(_ changes: [Change]) -> [Change] {
      changes.filter { change in
        if case .entry(let name, _) = change.target { return name == ghost.entry.name }
        return true
      }
    }
    return concerning(its.changes) == concerning(mine.changes) ? "the same so far" : "turned at other steps"
  }

  /// The rows of the ghosts in the race table, two each where there are words.
  func paintGhosts(on canvas: inout Canvas, _ rect: Rect, hasWords: Bool, _ look: Look) {
    let columns = (loss: rect.right - 16, norm: rect.right - 7, cost: rect.right)
    var y = rect.y
    // What a ghost was changed in tells what it is.
    for ghost in ghosts where !isBlind {
      guard y < rect.bottom else { return }
      let run = ghost.run()
      let style = look.palette.style(.ghost)
      canvas.text(
        String(ghost.frozen.letter), x: rect.x + 2, y: y, style: look.palette.head(look.palette.ghost))
      canvas.text(
        Text.truncated(
          Text.sanitised("ghost: \(difference(of: ghost))"), to: max(0, columns.loss - 9 - rect.x - 4)),
        x: rect.x + 4, y: y, style: style)
      canvas.text(rightAligned: NumberText.scientific(run.loss), right: columns.loss, y: y, style: style)
      canvas.text(
        rightAligned: NumberText.scientific(run.gradientNorm), right: columns.norm, y: y, style: style)
      canvas.text(
        rightAligned: NumberText.count(run.cost.evaluations), right: columns.cost, y: y, style: style)
      y += 1
      guard hasWords else { continue }
      if y < rect.bottom {
        canvas.text(words(of: ghost, width: rect.width - 4), x: rect.x + 4, y: y, style: look.muted)
      }
      y += 1
    }
  }

  /// What the caption says of the ghosts where the table has no room for it: the newest one's comparison.
  func ghostCaption(width: Int) -> String? {
    guard let ghost = ghosts.last else { return nil }
    let prefix = "ghost \(ghost.frozen.letter) "
    return prefix + words(of: ghost, width: width - Text.width(of: prefix))
  }

  /// Draws the ghosts' paths on a plot of the landscape from above, under those of the living.
  func drawGhosts(on plot: inout Plot, _ scale: PlotScale, _ look: Look) {
    for ghost in ghosts where isAtHome(ghost) {
      for start in ghost.frozen.experiment.starts.indices {
        let places = trail(of: ghost.run(start: start), on: race.landscape, scale)
        plot.trail(
          places, colour: look.palette.ghost, fade: 24, sign: Glyph(ghost.frozen.letter))
      }
    }
  }

  /// Draws the ghosts' heads.
  func drawGhostHeads(on plot: inout Plot, _ scale: PlotScale, _ look: Look) {
    for ghost in ghosts where isAtHome(ghost) {
      for start in ghost.frozen.experiment.starts.indices {
        let run = ghost.run(start: start)
        guard run.step > 0 else { continue }
        plot.head(
          Glyph(ghost.frozen.letter), at: scale.place(race.landscape.project(run.parameters)),
          colour: look.palette.ghost)
      }
    }
  }
}

extension Explorer {
  /// Whether the race table has room for what is said of each ghost.
  func ghostsHaveWords(_ layout: ScreenLayout) -> Bool {
    guard let panel = layout.panel else { return false }
    let parts = PanelLayout(panel, of: self)
    return parts.rowsPerEntry == 2
  }
}
