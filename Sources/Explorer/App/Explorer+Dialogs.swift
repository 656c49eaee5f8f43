import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// The dialogs: what opens them, and what becomes of their answers.
extension Explorer {
  /// A key while a dialog is open.
  mutating func handleInDialog(_ key: Key) -> Effect? {
    switch key {
    case .control("c"): return .quit
    case .control("z"): return .suspend
    case .control("l"): return .redraw
    case .escape:
      dialog = nil
      return nil
    default: return converse { $0.handle(key, $1) }
    }
  }

  /// Lets the dialog take something in, and does what it answers. Where that cannot be done it stays, and says why.
  mutating func converse(_ body: (inout any Dialog, ViewContext) -> DialogAnswer?) -> Effect? {
    guard var open = dialog else { return nil }
    let answer = body(&open, context)
    dialog = open
    guard let answer else { return nil }
    dialog = nil
    do throws(OptionError) {
      return try carryOut(answer)
    } catch {
      open.refuse(error)
      dialog = open
      return nil
    }
  }

  private mutating func carryOut(_ answer: DialogAnswer) throws(OptionError) -> Effect? {
    switch answer {
    case .close: break
    case .note(let text): status = .note(text)
    case .landscape(let id):
      if let landscape = LandscapeCatalog.named(id) { open(landscape, caption: landscape.watch) }
    case .plane(let name):
      let name = try context.plane(asked: name)
      _ = try RunOption.plane(name, of: race.experiment.landscape)
      show(plane: name)
    case .formula(let text): open(try race.nextLandscape.successor(formula: text), caption: "")
    case .optimizer(let text): addEntry(try Command.optimizer(text, context))
    case .rule(let text, let origin): try addRule(text, madeOf: origin)
    case .value(let knob, let text): try set(knob, typed: text)
    case .step(let step, let words):
      pause(at: step)
      status = .note("step \(NumberText.count(race.step)): \(words)")
    case .beat(let scene, let beat):
      lecture?.go(toScene: scene, beat: beat)
      showBeat()
    case .export(let path, let overwriting): return .export(path: path, overwriting: overwriting)
    case .command(let line): return try enter(line)
    case .key(let key): return handle(.key(key))
    }
    return nil
  }

  // MARK: What opens

  /// Every optimizer, and every wrapper over the selected entry.
  var optimizerList: PickList {
    let entries = race.experiment.entries
    return .optimizers(
      on: race.experiment.landscape, rules: race.experiment.rules,
      over: entries.indices.contains(selectedEntry) ? entries[selectedEntry].spec : nil)
  }

  /// The keys that there are now, and why those do nothing that do not.
  var helpScreen: HelpScreen {
    HelpScreen(
      (ownBindings + KeyMap.bindings).map { binding in
        let obstacles = binding.strokes.map { obstacle(to: $0.action) }
        // What one of the keys can do is worth a line as it is.
        let isOff = !obstacles.isEmpty && obstacles.allSatisfy { $0 != nil }
        return HelpScreen.Row(binding, obstacle: isOff ? obstacles[0] : nil)
      })
  }

  // MARK: Another landscape

  /// The same race on another landscape, from that landscape's start. Learning rates that nobody has turned are fitted
  /// to it, and that is said: a rate that suits one landscape mostly diverges on another.
  mutating func open(_ landscape: Landscape, caption: String) {
    if let obstacle = race.experiment.entries.lazy.compactMap({ landscape.obstacle(to: $0.spec) }).first {
      status = .warning("\(obstacle): x removes the entry")
      return
    }
    // With every entry at home there, what is left is the noise.
    if let obstacle = race.experiment.obstacle(to: landscape) {
      status = .warning(obstacle)
      return
    }
    remember(.race)
    let isFitted = session.open(landscape, caption: caption)
    if isFitted {
      status = .note("learning rates that were never turned are fitted to this landscape; u goes back")
    }
    selectedKnob = min(selectedKnob, max(0, knobs.count - 1))
  }
}
