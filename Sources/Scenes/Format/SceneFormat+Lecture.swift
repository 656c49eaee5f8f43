import Experiments
import OptimizerCore
import Yams

/// The mappings that say how a scene is looked at and taught.
extension SceneFormat {
  /// The axes of a map.
  static let map: [FormatKey<MapDraft, MapAxes>] = [
    FormatKey("x", "momentum.lr=1e-3:1:log", "what is varied from left to right") {
      $2.x = $0.axis($1, "x", $2.context)
    } write: {
      .text($0.x.description)
    },
    FormatKey("y", "momentum.beta=0:0.99", "what is varied from bottom to top") {
      $2.y = $0.axis($1, "y", $2.context)
    } write: {
      .text($0.y.description)
    },
  ]

  /// What curves show.
  static let curve: [FormatKey<CurveChoice, CurveChoice>] = [
    FormatKey("of", "loss", "what they show") {
      if let quantity = $0.word($1, "of", as: CurveQuantity.self) { $2.quantity = quantity }
    } write: {
      .inline($0.quantity.rawValue)
    },
    FormatKey("axes", "log-log", "how the axes count: log, linear or log-log") {
      if let axes = $0.word($1, "axes", as: CurveAxes.self) { $2.axes = axes }
    } write: {
      $0.axes == .log ? nil : .inline($0.axes.rawValue)
    },
    FormatKey("against", "evaluations", "what they go against: steps or evaluations") {
      if let against = $0.word($1, "against", as: CurveChoice.Against.self) { $2.against = against }
    } write: {
      $0.against == .steps ? nil : .inline($0.against.rawValue)
    },
    FormatKey(
      "point", "[-1, 0]", "of a regret: the fixed point that it is measured from, if not the known minimum"
    ) {
      $2.point = $0.point($1, "point")
    } write: {
      $0.point.map(YAMLValue.point)
    },
  ]

  /// Curves by the quantity where that says all, else a mapping.
  static func value(of curve: CurveChoice) -> YAMLValue {
    let pairs = FormatKey.pairs(of: curve, by: self.curve)
    return pairs.count == 1 ? .inline(curve.quantity.rawValue) : .flow(pairs)
  }

  /// A beat. Effects happen in the order: set, restart, view, blind; a question waits; then it plays until a step.
  static let beat: [FormatKey<BeatDraft, PlacedBeat>] = [
    FormatKey(
      "set", "{sgd.lr: 0.021, landscape.kappa: 100, adam.on: true}", "knobs to turn, entries to switch"
    ) {
      $2.beat.settings = $0.settings($1, $2.context)
    } write: { placed in
      guard !placed.beat.settings.isEmpty else { return nil }
      return .flow(
        placed.beat.settings.map { setting in
          switch setting {
          case .knob(let knob, let value):
            YAMLPair("\(knob)", .inline(knob.text(of: value, in: placed.experiment)))
          case .entry(let name, let isOn): YAMLPair("\(name).on", .toggle(isOn))
          }
        })
    },
    FormatKey("start", "[1, 10]", "where the runs start from here on; they begin again") {
      $2.runNode = $1
      $2.beat.start = $0.point($1, "start")
    } write: {
      $0.beat.start.map(YAMLValue.point)
    },
    FormatKey("noise", "gaussian(sigma=1,batch=4)", "the noise from here on; the runs begin again") {
      $2.runNode = $1
      $2.beat.noise = $0.noise($1, on: $2.context.landscape)
    } write: {
      $0.beat.noise.map { .text($0.description) }
    },
    FormatKey("seed", "7", "the seed from here on; the runs begin again") {
      $2.runNode = $1
      $2.beat.seed = $0.seed($1)
    } write: {
      $0.beat.seed.map { .inline("\($0)") }
    },
    FormatKey("restart", "true", "begins again at step 0, with the knobs as they are") {
      $2.beat.restarts = $0.toggle($1, "restart") ?? false
    } write: {
      $0.beat.restarts ? .toggle(true) : nil
    },
    FormatKey("view", "slice", "the view to change to") {
      $2.beat.view = $0.view($1, $2.context)
    } write: {
      $0.beat.view.map { .inline($0.rawValue) }
    },
    FormatKey("window", "{x: [-2, 2], y: [-3, 3]}", "what is looked at from here on") {
      $2.beat.window = $0.window($1)
    } write: {
      $0.beat.window.map { .flow(FormatKey.pairs(of: $0, by: window)) }
    },
    FormatKey("overlays", "[trail, arrows, axes]", "what is drawn over the picture from here on") {
      $2.beat.overlays = $0.overlays($1)
    } write: {
      $0.beat.overlays.map { .list(ofWords: $0.map(\.rawValue)) }
    },
    FormatKey("select", "heavy", "the entry whose arrows, fan and rates are shown from here on") {
      $2.beat.selected = $0.entryName($1, $2.context)
    } write: {
      $0.beat.selected.map(YAMLValue.inline)
    },
    FormatKey("curve", "{of: loss, axes: log-log}", "what the curves show from here on") {
      $2.beat.curve = $0.curve($1)
    } write: {
      $0.beat.curve.map(value)
    },
    FormatKey("picture", "layers", "what the view 'data' shows from here on") {
      $2.beat.picture = $0.word($1, "picture", as: DataPicture.self)
    } write: {
      $0.beat.picture.map { .inline($0.rawValue) }
    },
    FormatKey("blind", "true", "hides the names of the entries, or shows them again") {
      $2.beat.isBlind = $0.toggle($1, "blind")
    } write: {
      $0.beat.isBlind.map(YAMLValue.toggle)
    },
    FormatKey("say", "text", "the caption from here on") {
      $2.beat.say = $0.text($1, "say")
    } write: {
      $0.beat.say.map(YAMLValue.text)
    },
    FormatKey("ask", "text", "a question to the class; the run waits for it") {
      $2.ask = $0.text($1, "ask")
    } write: {
      $0.beat.question.map { .text($0.text) }
    },
    FormatKey("choices", "[It is faster, It diverges]", "two to nine answers to choose from") {
      $2.choicesNode = $1
      $2.choices = $0.choices($1)
    } write: {
      guard let question = $0.beat.question, question.answer != nil else { return nil }
      return .items(question.choices.map(YAMLValue.text))
    },
    FormatKey("answer", "2", "which of the choices is right, from 1") {
      $2.answerNode = $1
      $2.answer = $0.count($1, "answer")
    } write: {
      $0.beat.question?.answer.map(YAMLValue.count)
    },
    FormatKey("until", "40", "plays to this step") {
      $2.untilNode = $1
      $2.beat.until = $0.count($1, "until")
    } write: {
      $0.beat.until.map(YAMLValue.count)
    },
    FormatKey("notes", "text", "for the lecturer") {
      $2.beat.notes = $0.text($1, "notes") ?? ""
    } write: {
      .words($0.beat.notes)
    },
  ]

  /// A beat as a mapping. One that does nothing at all still is one.
  static func value(of beat: PlacedBeat) -> YAMLValue {
    let pairs = FormatKey.pairs(of: beat, by: self.beat)
    return .block(pairs.isEmpty ? [YAMLPair("restart", .toggle(false))] : pairs)
  }
}
