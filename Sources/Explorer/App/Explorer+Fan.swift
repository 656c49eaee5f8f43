import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

extension Explorer {
  // MARK: The knobs

  /// The strength of the noise and the size of the fan, as knobs: where there is noise, or a fan that asks for some.
  var fanKnobs: [PanelKnob] {
    var knobs: [PanelKnob] = []
    if fan.count != nil || !race.experiment.noise.isNone { knobs.append(noiseKnob) }
    if let count = fan.count {
      let knob = Knob(
        key: "fan", symbol: "K", label: "runs in the fan", kind: .integer,
        defaultValue: Double(FanDisplay.usual), range: 1...Double(Fan.limit))
      knobs.append(PanelKnob(owner: .fan, knob: knob, value: Double(count), moved: nil))
    }
    return knobs
  }

  /// The standard deviation of normal noise; noise of another kind can be taken away, and put back.
  private var noiseKnob: PanelKnob {
    let noise = race.experiment.noise
    let strength = Noise.strength
    if let sigma = noise.sigma { return PanelKnob(owner: .noise, knob: strength, value: sigma, moved: nil) }
    let knob = Knob(
      key: strength.key, symbol: strength.symbol, label: strength.label,
      kind: .choice([Noise.none.description, noise.description]), defaultValue: 0, range: 0...1)
    return PanelKnob(owner: .noise, knob: knob, value: 1, moved: nil)
  }

  /// The noise of a place on the knob.
  mutating func setNoise(_ knob: PanelKnob, to value: Double) {
    if let noise = knob.knob.isDiscrete ? try? Noise(knob.knob.format(value)) : Noise(sigma: value) {
      set(noise)
    }
  }

  /// The noise that a text says, by its strength alone too.
  mutating func setNoise(typed text: String) throws(OptionError) {
    let isNumber = text.first.map { $0.isNumber || "+-.".contains($0) } ?? false
    guard isNumber else {
      return set(try RunOption.noise(text, on: race.experiment.landscape))
    }
    do {
      set(Noise(sigma: try Noise.strength.parse(text)))
    } catch {
      throw OptionError(error.message)
    }
  }

  /// Another noise is another race from its start on; the playhead stays.
  private mutating func set(_ noise: Noise) {
    guard noise != race.experiment.noise else { return }
    remember(.noise)
    var experiment = race.experiment
    experiment.noise = noise
    race.resume(experiment, at: race.step)
    status = .note(
      noise.isNone
        ? "no noise, from the first step on" : "noise \(noise) on every gradient, from the first step on")
    selectedKnob = min(selectedKnob, max(0, knobs.count - 1))
  }

  mutating func setFan(count: Int) {
    remember(.fan)
    fan.count = min(max(count, 1), Fan.limit)
  }

  mutating func toggleFan() {
    if openView == .fan {
      open(.contour)
      status = .note("the fan is closed")
      return
    }
    if fan.count != nil {
      remember(.fan)
      undo.breakRow()
      fan = FanDisplay()
      selectedKnob = min(selectedKnob, max(0, knobs.count - 1))
      status = .note("the fan is closed")
      return
    }
    guard race.experiment.entries.indices.contains(selectedEntry) else { return }
    remember(.fan)
    undo.breakRow()
    fan.count = FanDisplay.usual
    let seed = race.experiment.seed
    let isQuiet = race.experiment.noise.isNone
    selectedKnob = knobs.firstIndex { $0.owner == (isQuiet ? .noise : .fan) } ?? selectedKnob
    status = .note(
      isQuiet
        ? "without noise every seed gives the same run: → turns up the noise σ; F closes"
        : "seeds \(seed &+ 1) … \(seed &+ UInt64(FanDisplay.usual)), band 10–90 % and median; → turns K, F closes"
    )
  }

}
