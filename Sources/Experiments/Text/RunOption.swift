package import Landscapes
package import OptimizerCore

/// A word that says what is run, declared once: the command line has it with two dashes before it, the explorer's own line
/// with or without.
package enum RunOption: String, CaseIterable, Sendable {
  case landscape, function, set, plane, rule, optimizer, start, steps, evaluations, change, noise, seed
  case viewX = "view-x"
  case viewY = "view-y"

  /// What stands for its value in the help.
  package var valueName: String {
    switch self {
    case .landscape: "name"
    case .function: "expr"
    case .set: "name=value"
    case .plane: "u,v"
    case .rule: "text"
    case .optimizer, .noise: "spec"
    case .start: "x,y"
    case .steps, .evaluations, .seed: "n"
    case .change: "step:name.key=value"
    case .viewX, .viewY: "lo:hi"
    }
  }

  /// What it says, in a sentence or two.
  package var summary: String {
    switch self {
    case .landscape: "A landscape of the catalog, or losses from a file, 'grid(surface.csv)'."
    case .function: "A formula in x and y, such as '0.5*(10*x^2+y^2)'."
    case .set: "Set a constant of the landscape, such as kappa=100."
    case .plane:
      "The plane through the start that is shown of more than two parameters: two of the entries (W11,W22) and "
        + "directions \(NamedDirection.standard.map(\.name).joined(separator: ", ")) (minimum,gradient); or of runs, "
        + "'path(adam; 400)' by the principal directions of a path, 'ends(sgd; adam; 400)' with the ends of two."
    case .rule:
      "An optimizer typed as text, for -o to name, such as 'heavy(lr=0.01, beta=0.9): v := 0; v = beta*v + g; x = x - lr*v'."
    case .optimizer: "An entry of the race, such as adam:lr=0.1, or a run from a file, 'recorded(run.csv)'."
    case .start: "Where the runs start."
    case .steps: "The budget in steps."
    case .evaluations: "The budget in gradient evaluations."
    case .change: "A knob turned before a step, such as 40:adam.lr=0.01 or 60:landscape.kappa=100."
    case .noise: "Noise on every gradient, such as 'gaussian(sigma=1,batch=4)'."
    case .seed: "The seed of everything random."
    case .viewX: "The window in x."
    case .viewY: "The window in y."
    }
  }

  /// The word as errors name it.
  package var name: String { "--\(rawValue)" }
}

// MARK: Values

extension RunOption {
  /// A landscape of the catalog or written down, through the plane asked for.
  package static func landscape(
    _ name: String, plane: String? = nil, files: LandscapeText.FileReader = LandscapeText.noFiles
  ) throws(OptionError) -> Landscape {
    var found = LandscapeCatalog.named(name)
    if LandscapeText.isOne(name) {
      do {
        found = try LandscapeText.landscape(name, files: files)
      } catch {
        throw OptionError("--landscape: \(error.description)", isData: true)
      }
    }
    guard let found else {
      let suggestion = Spelling.suggestion(
        for: name, in: LandscapeCatalog.names, otherwise: "; `descent list landscapes` names them all")
      throw OptionError("unknown landscape '\(Excerpt.of(name))'\(suggestion)")
    }
    guard let plane else { return found }
    return try Self.plane(plane, of: found)
  }

  /// A landscape through another plane.
  package static func plane(_ text: String, of landscape: Landscape) throws(OptionError) -> Landscape {
    do {
      return try landscape.showing(plane: text)
    } catch {
      throw OptionError("--plane: \(error.message)")
    }
  }

  /// A formula with its constants.
  package static func function(_ text: String, constants: [Constant]) throws(OptionError) -> Landscape {
    do {
      return try Landscape(formula: text, constants: constants)
    } catch {
      throw OptionError(
        "in '\(Excerpt.of(text, around: error.column))': \(error.description)", column: error.column,
        isData: true)
    }
  }

  /// `kappa=100`.
  package static func assignment(_ text: String) throws(OptionError) -> (name: String, value: Double) {
    guard let sign = text.firstIndex(of: "=") else {
      throw OptionError("--set takes NAME=VALUE, such as kappa=100, got '\(Excerpt.of(text))'")
    }
    let name = text[..<sign].withoutBlanks
    guard let value = Double(written: text[text.index(after: sign)...]) else {
      throw OptionError(
        "\(Excerpt.of(name)) must be a number, got '\(Excerpt.of(text[text.index(after: sign)...]))'")
    }
    return (name, value)
  }

  /// The landscape with a constant set as a text says.
  package static func set(_ text: String, on landscape: Landscape) throws(OptionError) -> Landscape {
    do {
      if let sign = text.firstIndex(of: "="),
        let knob = landscape.constant(text[..<sign].withoutBlanks)?.knob,
        knob.kind != .real
      {
        return try landscape.setting(
          knob.key, to: try knob.parse(text[text.index(after: sign)...].withoutBlanks))
      }
      let (name, value) = try assignment(text)
      return try landscape.setting(name, to: value)
    } catch let error as LandscapeError {
      throw OptionError(error.message)
    } catch let error as SpecError {
      throw OptionError(error.message)
    } catch let error as OptionError {
      throw error
    } catch {
      throw OptionError("\(error)")
    }
  }

  /// A typed rule, beside others that are known.
  package static func rule(_ text: String, besides known: [TypedRule]) throws(OptionError) -> TypedRule {
    let rule: TypedRule
    do {
      rule = try TypedRule(text)
    } catch {
      let column = error.line == 1 ? error.column : nil
      throw OptionError(
        "in '\(Excerpt.printable(Excerpt.of(text, around: column)))': \(error.description)", column: column,
        isData: true)
    }
    if known.contains(where: { $0.name == rule.name && $0 != rule }) {
      throw OptionError("there is another rule '\(rule.name)' already: give this one a name of its own")
    }
    return rule
  }

  /// An optimizer with its settings.
  ///
  /// - Parameters:
  ///   - rules: the typed rules that it may name.
  ///   - files: reads the files of recorded runs.
  package static func optimizer(
    _ text: String, rules: [TypedRule] = [], files: @escaping LandscapeText.FileReader = LandscapeText.noFiles
  ) throws(OptionError) -> OptimizerSpec {
    do {
      return try OptimizerSpec(text, rules: rules, files: Trajectory.reader(files))
    } catch {
      throw OptionError(
        "in '\(Excerpt.of(text, around: error.column))': \(error.message)", column: error.column)
    }
  }

  /// Noise that goes with a landscape.
  package static func noise(_ text: String, on landscape: Landscape) throws(OptionError) -> Noise {
    do {
      let noise = try Noise(text)
      try landscape.check(noise)
      return noise
    } catch {
      throw OptionError("--noise: \(error)", column: error.column)
    }
  }

  /// A seed.
  package static func seed(_ text: String) throws(OptionError) -> UInt64 {
    guard let value = UInt64(written: text) else {
      throw OptionError(
        "--seed must be a whole number from 0 to 18446744073709551615, got '\(Excerpt.of(text))'")
    }
    return value
  }

  /// `-1.5,2`.
  package static func start(_ text: String) throws(OptionError) -> Point {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, let x = Double(written: parts[0]), let y = Double(written: parts[1]) else {
      throw OptionError("--start takes two finite numbers, such as -1.5,2, got '\(Excerpt.of(text))'")
    }
    return Point(x: x, y: y)
  }

  /// A side of the window: `-2:2`.
  package func side(_ text: String) throws(OptionError) -> ClosedRange<Double> {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let low = Double(written: parts[0]), let high = Double(written: parts[1]),
      low < high
    else {
      throw OptionError(
        "\(name) takes two numbers, the lower first, such as -2:2, got '\(Excerpt.of(text))'")
    }
    guard Window.isSide(low...high) else {
      throw OptionError("\(name) must be \(Window.sideRule), got '\(Excerpt.of(text))'")
    }
    return low...high
  }

  /// A budget.
  package func count(_ text: String) throws(OptionError) -> Int {
    guard let value = Int(written: text), value >= 0, value <= 1_000_000_000_000 else {
      throw OptionError(
        "\(name) must be a whole number from 0 to 1000000000000, got '\(Excerpt.of(text))'")
    }
    return value
  }

  /// `40:adam.lr=0.01` or `60:landscape.kappa=100`.
  package static func change(_ text: String, in experiment: Experiment) throws(OptionError) -> Change {
    let form = "--change takes STEP:NAME.KEY=VALUE, such as 40:adam.lr=0.01, got '\(Excerpt.of(text))'"
    guard let colon = text.firstIndex(of: ":"), let sign = text.firstIndex(of: "="), colon < sign,
      let step = Int(written: text[..<colon])
    else { throw OptionError(form) }
    guard step >= 1 else {
      throw OptionError("a change happens before a step from 1 on, got '\(Excerpt.of(text))'")
    }
    guard let knob = KnobPath(text[text.index(after: colon)..<sign]) else { throw OptionError(form) }
    let value = try value(String(text[text.index(after: sign)...]), of: knob, in: experiment)
    if case .landscape(let name) = knob, experiment.landscape.constant(name)?.isFixed == true {
      throw OptionError(
        "\(name) makes another problem, so it cannot be turned while a run is on; give --set \(name)=… instead"
      )
    }
    return Change(step: step, target: knob, value: value)
  }

  /// The value of a knob as it is written, of one that may not exist.
  package static func value(
    _ text: String, of knob: KnobPath, in experiment: Experiment
  ) throws(OptionError) -> Double {
    let (entries, landscape) = (experiment.entries, experiment.landscape)
    do {
      try knob.check(entries: entries, landscape: landscape)
      guard let value = try knob.value(text, entries: entries, landscape: landscape) else {
        preconditionFailure("entries and landscape are known")
      }
      return value
    } catch {
      throw OptionError(error.message)
    }
  }

  /// Refuses an optimizer whose needs the landscape does not meet, with the reason.
  package static func checkNeeds(of spec: OptimizerSpec, on landscape: Landscape) throws(OptionError) {
    if let obstacle = landscape.obstacle(to: spec) { throw OptionError(obstacle) }
  }
}
