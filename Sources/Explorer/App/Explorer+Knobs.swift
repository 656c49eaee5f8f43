import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

extension Explorer {
  /// The knobs of the selected entry, then the constants of the landscape.
  var knobs: [PanelKnob] {
    var knobs: [PanelKnob] = []
    // The knobs of an optimizer would tell which one it is.
    if !isBlind, race.experiment.entries.indices.contains(selectedEntry) {
      for knob in race.experiment.entries[selectedEntry].spec.knobs {
        let value = race.value(entry: selectedEntry, key: knob.key) ?? knob.defaultValue
        let isMoved = race.experiment.entries[selectedEntry].spec.isScheduled(knob.key)
        let used = isMoved ? race.run(entry: selectedEntry).optimizer.valueInForce(of: knob.key) : nil
        knobs.append(PanelKnob(owner: .entry(selectedEntry), knob: knob, value: value, moved: used))
      }
    }
    for constant in race.nextLandscape.constants {
      knobs.append(PanelKnob(owner: .landscape, knob: knob(of: constant), value: constant.value))
    }
    if let planeKnob { knobs.append(planeKnob) }
    knobs += fanKnobs
    return knobs
  }

  mutating func selectEntry(by offset: Int) {
    let count = race.experiment.entries.count
    guard count > 0 else { return }
    selectedEntry = ((selectedEntry + offset) % count + count) % count
    selectedKnob = min(selectedKnob, max(0, knobs.count - 1))
  }

  mutating func switchEntry(_ index: Int) {
    guard race.experiment.entries.indices.contains(index) else { return }
    remember(.entries)
    race.setOn(!race.experiment.entries[index].isOn, entry: index)
  }

  mutating func removeEntry() {
    guard race.experiment.entries.indices.contains(selectedEntry) else { return }
    remember(.entries)
    let label = context.label(ofEntry: selectedEntry)
    race.remove(entry: selectedEntry)
    selectedEntry = min(selectedEntry, max(0, race.experiment.entries.count - 1))
    selectedKnob = 0
    status = .note("removed \(label); u brings it back")
  }

  /// Adds a contestant that catches up with the playhead.
  ///
  /// - Parameter rule: the typed rule that comes with it.
  mutating func addEntry(_ spec: OptimizerSpec, of rule: TypedRule? = nil) {
    let entries = race.experiment.entries
    guard entries.count < 9 else {
      status = .warning("a race has at most nine entries; x removes the selected one")
      return
    }
    remember(.entries)
    if let rule { race.add(rule) }
    let taken = Set(entries.map(\.colour))
    let colour = (0...).first { !taken.contains($0) } ?? entries.count
    session.untouched[Entry.freeName(for: spec, among: entries)] = spec
    race.add(
      Entry(
        spec: spec, name: Entry.freeName(for: spec, among: entries),
        label: Entry.freeLabel(for: spec, among: entries),
        colour: colour))
    selectedEntry = race.experiment.entries.count - 1
    selectedKnob = 0
  }

  mutating func selectKnob(by offset: Int) {
    let count = knobs.count
    guard count > 0 else { return }
    selectedKnob = ((selectedKnob + offset) % count + count) % count
  }

  mutating func turnKnob(by notches: Int, fine: Bool) {
    let knobs = knobs
    guard knobs.indices.contains(selectedKnob) else { return }
    let knob = knobs[selectedKnob]
    let value = knob.knob.stepped(from: knob.value, by: notches, fine: fine)
    if value == knob.value {
      status = .note("\(knob.knob.label) ends at \(knob.knob.format(value))")
      return
    }
    set(knob, to: value)
  }

  /// Opens a field for the value of the selected knob.
  mutating func typeValue() {
    let knobs = knobs
    guard knobs.indices.contains(selectedKnob), allows(knobs[selectedKnob]) else { return }
    let knob = knobs[selectedKnob]
    dialog = Prompt.value(of: knob, owner: name(of: knob.owner))
  }

  private func name(of owner: PanelKnob.Owner) -> String {
    switch owner {
    case .entry(let index): "\(index + 1) \(race.experiment.entries[index].label)"
    case .landscape: "the landscape"
    case .plane: "the picture"
    case .noise: "every entry"
    case .fan: "the selected entry"
    }
  }

  /// Sets a knob to a value as it is written; undo goes back over that alone.
  mutating func set(_ knob: PanelKnob, typed text: String) throws(OptionError) {
    let text = text.filter { !$0.isWhitespace }
    undo.breakRow()
    defer { undo.breakRow() }
    if knob.owner == .noise { return try setNoise(typed: text) }
    let value: Double
    if let path = path(of: knob) {
      value = try RunOption.value(text, of: path, in: race.experiment)
    } else {
      do {
        value = try knob.knob.parse(text)
      } catch {
        throw OptionError(error.message)
      }
    }
    if value != knob.value, set(knob, to: value) {
      status = .note("\(knob.knob.label): \(knob.knob.format(value))")
    }
  }

  /// The name of a knob on the command line, if it has one.
  private func path(of knob: PanelKnob) -> KnobPath? {
    switch knob.owner {
    case .entry(let index): .entry(name: race.experiment.entries[index].name, key: knob.knob.key)
    case .landscape: .landscape(constant: knob.knob.key)
    case .plane, .noise, .fan: nil
    }
  }

  /// Sets a knob at the playhead; what was run beyond it is forgotten, and undo brings it back.
  ///
  /// - Returns: false if the scene keeps it as it is, or an entry could not run on what it makes, which is then said.
  @discardableResult
  mutating func set(_ knob: PanelKnob, to value: Double) -> Bool {
    guard allows(knob) else { return false }
    switch knob.owner {
    case .entry(let index):
      var spec = race.spec(entry: index)
      spec.set(knob.knob.key, to: value)
      if let obstacle = race.nextLandscape.obstacle(to: spec) {
        status = .warning(obstacle)
        return false
      }
      remember(.knob(entry: index, key: knob.knob.key, step: race.step))
      race.turn(entry: index, key: knob.knob.key, to: value)
    case .landscape:
      if let obstacle = obstacle(toTurning: knob.knob.key, to: value) {
        status = .warning(obstacle)
        return false
      }
      remember(.constant(knob.knob.key, step: race.step))
      race.turn(.landscape(constant: knob.knob.key), to: value)
    case .plane: show(plane: knob.knob.format(value))
    case .noise: setNoise(knob, to: value)
    case .fan: setFan(count: Int(clamped: value))
    }
    return true
  }

  /// Why the race could not go on with what a constant makes; nil if it can.
  private func obstacle(toTurning constant: String, to value: Double) -> String? {
    do throws(LandscapeError) {
      return race.experiment.obstacle(to: try race.nextLandscape.setting(constant, to: value))
    } catch {
      return error.message
    }
  }

  /// Whether the scene lets a knob be turned; if not, that is said.
  private mutating func allows(_ knob: PanelKnob) -> Bool {
    guard !isLive(knob) else { return true }
    let live = (scene.controls ?? []).map(\.description).joined(separator: ", ")
    status = .note(
      live.isEmpty
        ? "this scene keeps every knob as it is" : "this scene keeps that knob as it is; live: \(live)")
    return false
  }

  /// Whether a knob may be turned: a scene may name the only ones. What is shown of a landscape is always free.
  func isLive(_ knob: PanelKnob) -> Bool {
    guard let controls = scene.controls else { return true }
    if let path = path(of: knob) { return controls.contains(path) }
    return knob.owner != .noise
  }

  mutating func knobToDefault() {
    let knobs = knobs
    guard knobs.indices.contains(selectedKnob) else { return }
    let knob = knobs[selectedKnob]
    guard set(knob, to: knob.knob.defaultValue) else { return }
    status = .note("\(knob.knob.label) back to its default, \(knob.knob.format(knob.knob.defaultValue))")
  }

  /// Which of the theory's two answers a key asks for.
  enum TheoryValue {
    case limit, optimum
  }

  mutating func knobToTheory(_ which: TheoryValue) {
    let knobs = knobs
    guard knobs.indices.contains(selectedKnob), case .entry(let index) = knobs[selectedKnob].owner else {
      return
    }
    let knob = knobs[selectedKnob]
    let theory = Moment(of: race, isMoving: isPlaying).theory(entry: index)
    let answer = which == .limit ? theory.limit(of: knob.knob.key) : theory.optimum(of: knob.knob.key)
    switch answer {
    case .known(let value, let formula):
      guard knob.knob.range.contains(value) else {
        status = .warning("\(formula) = \(NumberText.setting(value)) is outside the knob's range")
        return
      }
      guard set(knob, to: value) else { return }
      status = .note("\(knob.knob.symbol) = \(formula) = \(NumberText.setting(value))")
    case .unknown: break
    }
  }

  mutating func stretch(by notches: Int) {
    let constants = race.nextLandscape.constants
    guard let constant = constants.first(where: { $0.name == "kappa" }) ?? constants.first else { return }
    turn(constant, by: notches)
  }

  mutating func rotate(by notches: Int) {
    guard let constant = race.nextLandscape.constants.first(where: { $0.name == "angle" }) else { return }
    turn(constant, by: notches)
  }

  private mutating func turn(_ constant: Constant, by notches: Int) {
    let knob = knob(of: constant)
    let value = knob.stepped(from: constant.value, by: notches, fine: false)
    if value == constant.value {
      status = .note("\(constant.label) ends at \(knob.format(value))")
    } else {
      set(PanelKnob(owner: .landscape, knob: knob, value: constant.value), to: value)
    }
  }

  /// A constant as something that can be turned. Its default is the catalog's, for a formula the scene's.
  func knob(of constant: Constant) -> Knob {
    let landscape = race.experiment.landscape.id
    let defaults = LandscapeCatalog.constants(of: landscape) ?? scene.experiment.landscape.constants
    return Knob(
      key: constant.name, symbol: appearance.glyphs == .ascii ? constant.name : constant.symbol,
      label: constant.label, kind: constant.kind,
      defaultValue: defaults.first { $0.name == constant.name }?.value ?? constant.value,
      range: constant.range,
      scale: constant.scale == .log ? .log : .linear)
  }
}
