import Canvas
import Experiments
import Landscapes
import OptimizerCore

extension Explorer {
  /// A key while a dialog is open.
  mutating func handleInDialog(_ key: Key) -> Effect? {
    if key == .control("c") { return .quit }
    if key == .control("z") { return .suspend }
    if key == .control("l") { return .redraw }
    if key == .escape {
      dialog = nil
      return nil
    }
    switch dialog {
    case .help(var help):
      switch key {
      case .up: help.scroll = max(0, help.scroll - 1)
      case .down: help.scroll += 1
      case .pageUp: help.scroll = max(0, help.scroll - 10)
      case .pageDown: help.scroll += 10
      case .enter:
        dialog = nil
        return nil
      case .character("?") where help.query.text.isEmpty, .character("q") where help.query.text.isEmpty:
        dialog = nil
        return nil
      default:
        if help.query.edit(with: key) { help.scroll = 0 }
      }
      let area = layout.dialogInside
      help.scroll = min(max(0, help.scroll), max(0, help.lines(width: area.width).count - (area.height - 3)))
      dialog = .help(help)
    case .landscapes(var list):
      if key == .enter {
        dialog = nil
        choose(landscape: list)
      } else {
        _ = list.edit(with: key)
        dialog = .landscapes(list)
      }
    case .optimizers(var list):
      if key == .enter {
        if let error = choose(optimizer: list) {
          status = .warning(error)
        } else {
          dialog = nil
        }
      } else {
        _ = list.edit(with: key)
        dialog = .optimizers(list)
      }
    case .log(var list):
      if key == .enter {
        dialog = nil
        go(to: list)
      } else {
        _ = list.edit(with: key)
        dialog = .log(list)
      }
    case .jump(var list):
      if key == .enter {
        dialog = nil
        jump(to: list)
      } else {
        _ = list.edit(with: key)
        dialog = .jump(list)
      }
    case .formula(var prompt):
      if key == .enter {
        do throws(LandscapeError) {
          try choose(formula: prompt.text)
          dialog = nil
        } catch {
          prompt.error = (error.message, error.column ?? 1)
          dialog = .formula(prompt)
        }
      } else {
        _ = prompt.edit(with: key)
        dialog = .formula(prompt)
      }
    case .export(var prompt):
      if key == .enter {
        // An exclamation mark behind the name stands for the word yes.
        let isForced = prompt.text.hasSuffix("!")
        let path = String(isForced ? prompt.text.dropLast() : prompt.text[...])
        dialog = nil
        guard !path.isEmpty else {
          status = .note("nothing was written: the file had no name")
          return nil
        }
        return .export(path: path, overwriting: isForced)
      }
      _ = prompt.edit(with: key)
      dialog = .export(prompt)
    case .command(var command):
      if key == .enter { return enter(command) }
      // Backspace on an empty line leaves it, as in other programs with such a line.
      if key == .backspace, command.prompt.text.isEmpty {
        dialog = nil
        return nil
      }
      command.edit(with: key, in: self)
      dialog = .command(command)
    case nil: break
    }
    return nil
  }

  // MARK: Landscapes

  static func landscapeList(selected id: String) -> PickList {
    PickList(
      title: "Landscapes",
      items: LandscapeCatalog.all.map {
        PickList.Item(id: $0.id, title: $0.title, detail: $0.watch)
      }, selected: id)
  }

  private mutating func choose(landscape list: PickList) {
    guard let item = list.choice, let landscape = LandscapeCatalog.named(item.id) else {
      status = .note("no landscape matches '\(list.query.text)'")
      return
    }
    open(landscape, caption: landscape.watch)
  }

  mutating func choose(formula text: String) throws(LandscapeError) {
    // The constants of the landscape before stay knobs where the formula names them.
    let names = Set(text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
    let constants = race.nextLandscape.constants.filter { names.contains($0.name) }
    open(try Landscape(formula: text, constants: constants), caption: "")
  }

  /// The same race on another landscape, from that landscape's start. Learning rates that nobody has turned are fitted
  /// to it, and that is said: a rate that suits one landscape mostly diverges on another.
  mutating func open(_ landscape: Landscape, caption: String) {
    remember(.race)
    var experiment = race.experiment.settled(at: race.step + 1)
    experiment.landscape = landscape
    experiment.window = landscape.window
    experiment.starts = [landscape.start]
    var isFitted = false
    for i in experiment.entries.indices {
      let entry = experiment.entries[i]
      guard session.untouched[entry.name] == entry.spec,
        let rate = StandardRace.rate(for: entry.spec.id, on: landscape, from: landscape.start),
        rate != entry.spec.setting("lr")
      else { continue }
      experiment.entries[i].spec.set("lr", to: rate)
      session.untouched[entry.name] = experiment.entries[i].spec
      isFitted = true
    }
    race.start(experiment)
    window = landscape.window
    title = landscape.title
    self.caption = caption
    if isFitted {
      status = .note("learning rates that were never turned are fitted to this landscape; u goes back")
    }
    selectedKnob = min(selectedKnob, max(0, knobs.count - 1))
  }

  // MARK: Optimizers

  /// Every optimizer, and every wrapper over the selected entry.
  static func optimizerList(for explorer: Explorer) -> PickList {
    let offers = explorer.race.experiment.landscape.offers
    let entries = explorer.race.experiment.entries
    let base = entries.indices.contains(explorer.selectedEntry) ? entries[explorer.selectedEntry].spec : nil
    var items: [PickList.Item] = []
    for entry in OptimizerRegistry.all {
      let about = entry.about
      let missing = about.needs.subtracting(offers)
      var item = PickList.Item(
        id: about.id, title: about.name, detail: about.summary,
        obstacle: missing.isEmpty ? nil : "\(about.name) needs \(missing.names.joined(separator: " and "))",
        group: about.group.title)
      if entry.isWrapper {
        if let base {
          item.id = "\(about.id)(\(base))"
          item.title = "\(about.name) over \(base.displayName)"
        } else {
          item.obstacle = "\(about.name) wraps the selected entry, and there is none"
        }
      }
      items.append(item)
    }
    return PickList(title: "Add an optimizer: choose, or type a spec such as adam:lr=0.1", items: items)
  }

  /// Adds the chosen entry, or the spec typed; returns what is wrong.
  private mutating func choose(optimizer list: PickList) -> String? {
    let typed = list.query.text
    if !list.queryIsSpec, let item = list.choice {
      if let obstacle = item.obstacle { return obstacle }
      guard let spec = try? OptimizerSpec(item.id) else { return "\(item.title) cannot be added" }
      addEntry(spec)
      return nil
    }
    do {
      addEntry(try OptimizerSpec(typed))
      return nil
    } catch {
      return error.message
    }
  }
}
