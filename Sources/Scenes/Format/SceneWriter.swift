public import Experiments
import Landscapes
import OptimizerCore

extension Scene {
  /// The document of this scene, with comments for whoever opens it in an editor. It reads back as the identical scene.
  ///
  /// Of a formula whose constants were turned since it was typed, what is chosen for a formula by looking at it (the
  /// spacing of its levels, the window that `z` returns to) is chosen anew; the run is the same to the last bit.
  public var document: String { SceneWriter(self).text }

  /// The scene as it is on the screen: another experiment, another view, under another name.
  ///
  /// Beats and expectations speak of the run they were written for; they stay only if it is the same. What names a knob
  /// that is gone, goes.
  public func saved(as name: String, experiment: Experiment, view: ViewName) -> Scene {
    var scene = self
    scene.name = name
    scene.experiment = experiment
    scene.view = view
    guard experiment != self.experiment else { return scene }
    scene.beats = []
    scene.expectations = []
    func exists(_ target: KnobPath) -> Bool { experiment.value(of: target, at: 0) != nil }
    scene.controls = scene.controls.map { $0.filter(exists) }
    if scene.controls?.isEmpty == true, controls?.isEmpty == false { scene.controls = nil }
    if let map {
      for axis in [map.x, map.y] {
        if case .knob(let knob) = axis.target, !exists(knob) { scene.map = nil }
      }
    }
    return scene
  }
}

/// Writes a scene document. Keys and their order are those of `SceneFormat`.
private struct SceneWriter {
  private var lines: [String] = []
  var text: String { lines.joined(separator: "\n") + "\n" }

  init(_ scene: Scene) {
    let experiment = scene.experiment
    comment("A scene of Descent. Open it with `descent FILE`, teach it with `descent present FILE`.")
    // No step is cheaper than one evaluation; without any budget, as many as a race without one gets.
    let last = experiment.budget.steps ?? experiment.budget.evaluations ?? 400
    comment("The same run from a shell:")
    comment("  " + experiment.replayLine(steps: max(last, experiment.changes.map(\.step).max() ?? 0)))
    add("title", YAMLText.scalar(scene.title))
    if !scene.source.isEmpty { add("source", YAMLText.scalar(scene.source)) }
    add("caption", YAMLText.scalar(scene.caption))
    if !scene.notes.isEmpty { add("notes", YAMLText.scalar(scene.notes)) }
    if let order = scene.order { add("order", order.shortest) }
    section("What is run.")
    add(experiment.landscape)
    if experiment.landscape.formula != nil || experiment.window != experiment.landscape.window {
      add("window", "{x: \(YAMLText.range(experiment.window.x)), y: \(YAMLText.range(experiment.window.y))}")
    }
    add(starts: experiment.starts)
    add(experiment.entries)
    if let steps = experiment.budget.steps { add("steps", "\(steps)") }
    if let evaluations = experiment.budget.evaluations { add("evaluations", "\(evaluations)") }
    if scene.speed != Scene.defaultSpeed { add("speed", scene.speed.shortest) }
    if !experiment.noise.isNone { add("noise", YAMLText.scalar(experiment.noise.description)) }
    if experiment.seed != 0 { add("seed", "\(experiment.seed)") }
    add(experiment.changes, in: experiment)
    if scene.view != .contour || scene.map != nil || scene.overlays != nil || scene.controls != nil {
      section("How it is looked at.")
    }
    if scene.view != .contour { add("view", scene.view.rawValue) }
    if let map = scene.map {
      lines.append("map:")
      lines.append("  x: \(YAMLText.scalar(map.x.description))")
      lines.append("  y: \(YAMLText.scalar(map.y.description))")
    }
    if let overlays = scene.overlays {
      add("overlays", "[" + overlays.map(\.rawValue).joined(separator: ", ") + "]")
    }
    if let controls = scene.controls {
      add("controls", "[" + controls.map(\.description).joined(separator: ", ") + "]")
    }
    if !scene.beats.isEmpty {
      section("What is taught: a beat a key.")
      lines.append("beats:")
      for beat in scene.beats { add(beat, in: experiment) }
    }
    if !scene.expectations.isEmpty {
      section("What the audience will see; `descent check FILE` proves it.")
      lines.append("expect:")
      for expectation in scene.expectations { lines.append("  - \(YAMLText.scalar(expectation.text))") }
    }
  }

  private mutating func add(_ key: String, _ value: String) { lines.append("\(key): \(value)") }

  /// A comment is one line, whatever a formula holds.
  private mutating func comment(_ text: String) {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isPlain = scalar.value >= 0x20 && !YAMLText.mustBeEscaped(scalar)
      line.append(isPlain ? scalar : " ")
    }
    lines.append("# " + String(line))
  }

  private mutating func section(_ text: String) {
    lines.append("")
    comment(text)
  }

  private mutating func add(_ landscape: Landscape) {
    guard let usual = LandscapeCatalog.constants(of: landscape.id) else {
      lines.append("landscape:")
      lines.append("  formula: \(YAMLText.quoted(landscape.text))")
      if !landscape.constants.isEmpty {
        lines.append("  constants:")
        for constant in landscape.constants {
          let range = YAMLText.range(constant.range)
          let scale = constant.scale.rawValue
          lines.append(
            "    \(constant.name): {value: \(constant.value.shortest), range: \(range), scale: \(scale)}")
        }
      }
      if !landscape.minima.isEmpty { lines.append("  minima: \(YAMLText.points(landscape.minima))") }
      if !landscape.saddles.isEmpty { lines.append("  saddles: \(YAMLText.points(landscape.saddles))") }
      return
    }
    var parts = ["name: \(landscape.id)"]
    if let plane = landscape.planeName, plane != LandscapeCatalog.plane(of: landscape.id) {
      parts.append("plane: [\(plane.split(separator: ",").joined(separator: ", "))]")
    }
    for constant in landscape.constants
    where usual.first(where: { $0.name == constant.name })?.value != constant.value {
      parts.append("\(constant.name): \(constant.value.shortest)")
    }
    add("landscape", parts.count == 1 ? landscape.id : "{\(parts.joined(separator: ", "))}")
  }

  private mutating func add(starts: [Point]) {
    if starts.count == 1 {
      add("start", YAMLText.point(starts[0]))
    } else {
      add("starts", YAMLText.points(starts))
    }
  }

  private mutating func add(_ entries: [Entry]) {
    lines.append("optimizers:")
    for (i, entry) in entries.enumerated() {
      let before = Array(entries[..<i])
      var parts: [String] = []
      if entry.name != Entry.freeName(for: entry.spec, among: before) { parts.append("name: \(entry.name)") }
      if entry.label != Entry.freeLabel(for: entry.spec, among: before) {
        parts.append("label: \(YAMLText.quoted(entry.label))")
      }
      if entry.colour != i { parts.append("colour: \(entry.colour + 1)") }
      if !entry.isOn { parts.append("on: false") }
      let spec = entry.spec.description
      if parts.isEmpty {
        lines.append("  - \(YAMLText.scalar(spec))")
      } else {
        parts.insert("use: \(YAMLText.quoted(spec))", at: 0)
        lines.append("  - {\(parts.joined(separator: ", "))}")
      }
    }
  }

  private mutating func add(_ changes: [Change], in experiment: Experiment) {
    guard !changes.isEmpty else { return }
    lines.append("changes:")
    for change in changes {
      let value = change.target.text(of: change.value, in: experiment)
      lines.append("  - \(YAMLText.quoted("\(change.step):\(change.target)=\(value)"))")
    }
  }

  private mutating func add(_ beat: Beat, in experiment: Experiment) {
    var parts: [String] = []
    if !beat.settings.isEmpty {
      let settings = beat.settings.map { setting in
        switch setting {
        case .knob(let target, let value):
          "\(target): \(target.text(of: value, in: experiment))"
        case .entry(let name, let isOn): "\(name).on: \(isOn)"
        }
      }
      parts.append("set: {\(settings.joined(separator: ", "))}")
    }
    if beat.restarts { parts.append("restart: true") }
    if let view = beat.view { parts.append("view: \(view.rawValue)") }
    if let isBlind = beat.isBlind { parts.append("blind: \(isBlind)") }
    if let say = beat.say { parts.append("say: \(YAMLText.scalar(say))") }
    if let question = beat.question {
      parts.append("ask: \(YAMLText.scalar(question.text))")
      if let answer = question.answer {
        parts.append("choices:")
        parts += question.choices.map { "  - \(YAMLText.scalar($0))" }
        parts.append("answer: \(answer)")
      }
    }
    if let until = beat.until { parts.append("until: \(until)") }
    if !beat.notes.isEmpty { parts.append("notes: \(YAMLText.scalar(beat.notes))") }
    // A beat that does nothing at all still is one.
    if parts.isEmpty { parts.append("restart: false") }
    for (i, part) in parts.enumerated() { lines.append((i == 0 ? "  - " : "    ") + part) }
  }
}

/// Texts and numbers as YAML writes them.
enum YAMLText {
  /// As it is where that reads back as the same text, else in quotes.
  static func scalar(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.first, let last = scalars.last, last != " ",
      first.properties.isAlphabetic || ("0"..."9").contains(first),
      Double(text) == nil, !words.contains(text.lowercased()),
      !text.contains(": "), !text.contains(" #"), last != ":",
      scalars.allSatisfy({ $0.value >= 0x20 && !mustBeEscaped($0) })
    else { return quoted(text) }
    return text
  }

  /// What other readers take for something else than text.
  private static let words: Set<String> = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]

  /// In double quotes.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default:
        if scalar.value >= 0x20, !mustBeEscaped(scalar) {
          quoted.unicodeScalars.append(scalar)
        } else {
          quoted += escape(scalar)
        }
      }
    }
    return quoted + "\""
  }

  /// Whether a character may not stand in a document, ends a line in one, or would mislead its reader.
  static func mustBeEscaped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse: true
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    func padded(_ count: Int) -> String { String(repeating: "0", count: count - digits.count) + digits }
    if scalar.value <= 0xff { return "\\x" + padded(2) }
    return scalar.value <= 0xffff ? "\\u" + padded(4) : "\\U" + padded(8)
  }

  static func range(_ range: ClosedRange<Double>) -> String {
    "[\(range.lowerBound.shortest), \(range.upperBound.shortest)]"
  }

  static func point(_ point: Point) -> String { "[\(point.x.shortest), \(point.y.shortest)]" }

  static func points(_ points: [Point]) -> String { "[" + points.map(point).joined(separator: ", ") + "]" }
}
