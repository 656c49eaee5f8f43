import Canvas
import Experiments
import Landscapes
import OptimizerCore

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
    if let sigma = Explorer.sigma(of: noise) {
      let knob = Knob(
        key: "noise", symbol: "σ", label: "gradient noise", defaultValue: 0, range: 0...100, scale: .log,
        floor: 1e-3, zeroWord: "none")
      return PanelKnob(owner: .noise, knob: knob, value: knob.clamped(sigma), moved: nil)
    }
    let knob = Knob(
      key: "noise", symbol: "σ", label: "gradient noise", kind: .choice(["none", noise.description]),
      defaultValue: 0, range: 0...1)
    return PanelKnob(owner: .noise, knob: knob, value: 1, moved: nil)
  }

  /// The standard deviation of noise that is nothing but normal; 0 for none, nil for another kind.
  static func sigma(of noise: Noise) -> Double? {
    if noise.isNone { return 0 }
    let text = noise.description
    guard text.hasPrefix("gaussian(sigma="), text.hasSuffix(")") else {
      return text == "gaussian" || text == "gaussian()" ? 1 : nil
    }
    return Double(text.dropFirst("gaussian(sigma=".count).dropLast())
  }

  /// Another noise is another race from its start on; the playhead stays.
  mutating func setNoise(_ knob: PanelKnob, to value: Double) {
    let text =
      knob.knob.isDiscrete ? knob.knob.format(value) : value == 0 ? "none" : "gaussian(sigma=\(value))"
    guard let noise = try? Noise(text), noise != race.experiment.noise else { return }
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

  // MARK: The picture

  /// The colour of the fan: the entry's on paths of fine dots, and fainter where a mixture keeps its hue.
  func fanColour(_ look: Look) -> Colour {
    let colour = look.palette.entry(race.experiment.entries[selectedEntry].colour)
    return look.palette.depth == .direct ? look.palette.ground.mixed(with: colour, amount: 0.6) : colour
  }

  /// The landscape with the fan on it, if there is one.
  mutating func fanPlot(on landscape: Landscape, _ scale: PlotScale, _ look: Look) -> Plot {
    guard let runs = shownFan else { return picture.plot }
    let key = FanPicture.Key(
      ground: picture.key, experiment: runs.experiment, entry: runs.entry, count: runs.runs.count)
    let step = min(race.step, runs.completeStep)
    var first = fan.picture.step
    if key != fan.picture.key || step < first {
      fan.picture.key = key
      fan.picture.plot = picture.plot
      first = 0
    }
    fan.picture.step = step
    guard step > first else { return fan.picture.plot }
    let colour = fanColour(look)
    // Without colours lines would pass for contour lines.
    let areMarks = look.palette.depth == .none
    let sign = Explorer.sign(ofEntry: selectedEntry)
    // The plot is taken out, so that drawing does not copy it.
    var plot = Plot(columns: 0, rows: 0)
    swap(&plot, &fan.picture.plot)
    for run in runs.runs {
      let history = run.history
      guard let from = history.index(at: first), let to = history.index(at: step), to > from else { continue }
      let stride = max(1, (to - from) / FanDisplay.rows)
      var places = Swift.stride(from: from, to: to, by: stride).map {
        scale.place(landscape.project(history.parameters(at: $0)))
      }
      places.append(scale.place(landscape.project(history.parameters(at: to))))
      if areMarks {
        plot.trail(places, colour: colour, sign: sign) { _ in 0 }
      } else {
        plot.line(places, colour: colour)
      }
    }
    swap(&plot, &fan.picture.plot)
    return fan.picture.plot
  }
}
