import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// The command line: what its words do.
extension Explorer {
  /// Opens the line, with a word already on it where it is known what for.
  mutating func openCommandLine(_ text: String = "") {
    dialog = CommandPrompt(text: text, past: commandPast)
  }

  /// Does what a line says, and remembers it.
  mutating func enter(_ line: String) throws(OptionError) -> Effect? {
    let before = settings
    status = nil
    var effect: Effect?
    if let request = try Command.request(of: line, context) { effect = try carryOut(request) }
    if !line.allSatisfy({ $0 == " " }), commandPast.last != line {
      commandPast.append(line)
      if commandPast.count > CommandPrompt.longestPast { commandPast.removeFirst() }
    }
    return effect ?? remembered(since: before)
  }

  private mutating func carryOut(_ request: CommandRequest) throws(OptionError) -> Effect? {
    switch request {
    case .landscape(let landscape, let caption): open(landscape, caption: caption)
    case .constant(let constant):
      undo.breakRow()
      set(PanelKnob(owner: .landscape, knob: knob(of: constant), value: constant.value), to: constant.value)
    case .knob(let knob, let entry, let value):
      undo.breakRow()
      set(PanelKnob(owner: .entry(entry), knob: knob, value: value), to: value)
    case .optimizer(let spec): addEntry(spec)
    case .rule(let rule, let spec): addEntry(spec, of: rule)
    case .noOptimizer: removeAllEntries()
    case .start(let point): setStart(point, isExact: true)
    case .budget(let budget): setBudget(budget)
    case .noise(let noise):
      resume { $0.noise = noise }
      status = .note("noise: \(noise)")
    case .seed(let seed):
      resume { $0.seed = seed }
      let isUsed = !race.experiment.noise.isNone
      status = .note("seed \(seed)\(isUsed ? "" : "; nothing here is random: noise draws from it")")
    case .change(let change):
      resume { $0.add(change) }
      status = .note("from step \(change.step) on; u takes it back")
    case .plane(let plane): show(plane: plane)
    case .window(let window):
      remember(.window)
      self.window = window
      framesByView = false
    case .step(let step): go(to: step)
    case .speed(let speed):
      self.speed = speed
      session.playback.isUnbounded = false
    case .view(let name):
      if let obstacle = obstacle(to: name) { throw OptionError(obstacle) }
      show(name)
    case .theme(let theme): choose(theme: theme)
    case .glyphs(let glyphs):
      if let obstacle = obstacle(to: .glyphs), glyphs != .ascii { throw OptionError(obstacle) }
      if glyphs == .pixels, !canDrawPixels {
        throw OptionError(
          "this terminal shows no pictures; kitty, foot, WezTerm and xterm -ti vt340 do")
      }
      choose(glyphs: glyphs)
    case .colours(let depth):
      guard depth <= deepestColours else {
        throw OptionError("this terminal shows no more colours than \(deepestColours.word)")
      }
      appearance.depth = depth
      updateGlyphs()
    case .line(let line): status = .note(line)
    case .help(let words):
      dialog = helpScreen
      dialog?.paste(words)
    case .quit: return .quit
    }
    return nil
  }

  /// Replaces what is run and goes on where the playhead stands.
  private mutating func resume(_ change: (inout Experiment) -> Void) {
    remember(.race)
    var experiment = race.experiment
    change(&experiment)
    race.resume(experiment, at: race.step)
  }

  private mutating func removeAllEntries() {
    remember(.entries)
    while !race.experiment.entries.isEmpty { race.remove(entry: race.experiment.entries.count - 1) }
    (selectedEntry, selectedKnob) = (0, 0)
    status = .note("no entry any more; u brings them back")
  }

  private mutating func setBudget(_ budget: Budget) {
    remember(.race)
    let before = race.lastStep
    race.setBudget(budget)
    let rest = race.lastStep < before ? "; what went beyond it is gone, u brings it back" : ""
    if let steps = budget.steps { status = .note("the budget is \(NumberText.count(steps)) steps\(rest)") }
    if let limit = budget.evaluations {
      status = .note("the budget is \(NumberText.count(limit)) gradient evaluations\(rest)")
    }
  }

  /// Goes to a step that was asked for by its number: it is shown beyond the budget too.
  private mutating func go(to step: Int) {
    if step > race.experiment.budget.steps ?? .max { race.setBudget(Budget()) }
    pause(at: step)
    if race.step != step { status = .note("every run has ended by step \(race.step)") }
  }
}
