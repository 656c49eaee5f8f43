import Landscapes
import OptimizerCore

extension Axis {
  /// What can vary, as an axis needs to know it: a knob, a constant or a coordinate of the start.
  struct Subject {
    let target: Target
    let path: String
    let symbol: String
    let label: String
    let range: ClosedRange<Double>
    let scale: Scale
    let isWhole: Bool
    let words: [String]
    let variesByLane: Bool
    let read: (String) throws(SweepError) -> Double
    /// The range of the axis where nothing is said.
    let usual: ClosedRange<Double>?

    init(_ target: Target, in experiment: Experiment) throws(SweepError) {
      switch target {
      case .knob(let name, let key): self.init(try Subject.knob(key, of: name, in: experiment), of: name)
      case .constant(let name): self.init(try Subject.constant(name, in: experiment))
      case .startX, .startY, .startDistance, .startNumber:
        guard let subject = Subject(start: target, in: experiment) else {
          preconditionFailure("a start is a start")
        }
        self = subject
      }
    }

    /// A coordinate of the start; nil for any other target.
    init?(start target: Target, in experiment: Experiment? = nil) {
      let names: (path: String, symbol: String, label: String)
      switch target {
      case .startX: names = ("start.x", "x₀", "start x")
      case .startY: names = ("start.y", "y₀", "start y")
      case .startDistance: names = ("start.distance", "‖x₀−x*‖", "start distance")
      case .startNumber: names = ("start.number", "start", "start")
      case .knob, .constant: return nil
      }
      self.target = target
      (path, symbol, label) = names
      isWhole = target == .startNumber
      words = []
      variesByLane = true
      read = Subject.number(path)
      switch target {
      case .startDistance:
        range = 0...1e12
        scale = .log
        usual = nil
      case .startNumber:
        let count = Double(experiment?.starts.count ?? 1)
        range = 1...Swift.max(count, 1)
        scale = .linear
        usual = range
      default:
        range = -1e12...1e12
        scale = .linear
        usual = target == .startX ? experiment?.window.x : experiment?.window.y
      }
    }

    private init(_ knob: Knob, of entry: String) {
      target = .knob(entry: entry, key: knob.key)
      let path = "\(entry).\(knob.key)"
      self.path = path
      symbol = knob.symbol
      label = knob.label
      range = knob.range
      isWhole = knob.isDiscrete
      switch knob.kind {
      case .toggle: words = ["off", "on"]
      case .choice(let choices): words = choices
      case .real, .integer: words = []
      }
      scale =
        switch knob.scale {
        case .linear: .linear
        case .log: .log
        case .logOneMinus: .logOneMinus
        }
      variesByLane = knob.variesByLane
      usual = words.isEmpty ? nil : knob.range
      read = { text throws(SweepError) in
        do throws(SpecError) { return try knob.parse(text) } catch {
          throw SweepError("\(path): \(error.message)")
        }
      }
    }

    private init(_ constant: Constant) {
      target = .constant(constant.name)
      path = "landscape.\(constant.name)"
      symbol = constant.symbol
      label = constant.label
      range = constant.range
      scale = constant.scale == .log ? .log : .linear
      isWhole = false
      words = []
      variesByLane = true
      usual = constant.range
      read = Subject.number(path)
    }

    private static func number(_ path: String) -> (String) throws(SweepError) -> Double {
      { text throws(SweepError) in
        guard let value = Double(text), value.isFinite else {
          throw SweepError("\(path) goes from a number to a number, got '\(Excerpt.of(text))'")
        }
        return value
      }
    }

    private static func knob(_ key: String, of name: String, in experiment: Experiment) throws(SweepError)
      -> Knob
    {
      guard let entry = experiment.entries.first(where: { $0.name == name }) else {
        let names = experiment.entries.map(\.name)
        let all = "; an axis is of \((names + ["landscape", "start"]).joined(separator: ", "))"
        throw SweepError(
          "no entry '\(Excerpt.of(name))'"
            + Spelling.suggestion(for: name, in: names + ["landscape", "start"], otherwise: all))
      }
      if let knob = entry.spec.knobs.first(where: { $0.key == key }) { return knob }
      let keys = entry.spec.knobs.map(\.key)
      throw SweepError(
        "\(name) has no key '\(Excerpt.of(key))'"
          + Spelling.suggestion(
            for: key, in: keys, otherwise: "; its keys are \(keys.joined(separator: ", "))"))
    }

    private static func constant(_ name: String, in experiment: Experiment) throws(SweepError) -> Constant {
      if let constant = experiment.landscape.constant(name) { return constant }
      let names = experiment.landscape.constants.map(\.name)
      let all = names.isEmpty ? "; it has none" : "; it has \(names.joined(separator: ", "))"
      throw SweepError(
        "the landscape '\(experiment.landscape.id)' has no constant '\(Excerpt.of(name))'"
          + Spelling.suggestion(for: name, in: names, otherwise: all))
    }

    /// Says what is wrong with a range, if something is.
    func check(_ low: Double, _ high: Double, _ scale: Scale) throws(SweepError) {
      for end in [low, high] where !range.contains(end) {
        throw SweepError(
          "\(path) must be between \(NumberText.exact(range.lowerBound)) and "
            + "\(NumberText.exact(range.upperBound)), got '\(NumberText.exact(end))'")
      }
      guard low != high || target == .startNumber else {
        throw SweepError("\(path) goes from one value to another, got '\(NumberText.exact(low))' twice")
      }
      switch scale {
      case .linear: break
      case .log where low > 0 && high > 0: break
      case .log:
        throw SweepError(
          "a logarithmic axis lies above 0, got '\(NumberText.exact(Swift.min(low, high)))'; write "
            + "\(path)=\(NumberText.exact(low)):\(NumberText.exact(high)):linear")
      case .logOneMinus where low < 1 && high < 1: break
      case .logOneMinus:
        throw SweepError("\(path) lies below 1, got '\(NumberText.exact(Swift.max(low, high)))'")
      }
    }
  }

  /// Reads `NAME.KEY=LO:HI` with `:log` or `:linear` behind it or without.
  ///
  /// NAME is an entry of the experiment, `landscape` or `start` (`start.x`, `start.y`, `start.distance`). Without a range,
  /// `start.x` and `start.y` are pixels of the window, and constants, toggles and choices go over all they may be.
  ///
  /// - Throws: what is wrong, with the nearest known name.
  public init(_ text: String, in experiment: Experiment) throws(SweepError) {
    let form = "an axis is written NAME.KEY=LO:HI, such as momentum.lr=1e-3:1:log, got '\(Excerpt.of(text))'"
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let dot = sides[0].firstIndex(of: ".") else { throw SweepError(form) }
    let name = String(sides[0][..<dot])
    let key = String(sides[0][sides[0].index(after: dot)...])
    guard !name.isEmpty, !key.isEmpty else { throw SweepError(form) }
    let subject = try Subject(try Axis.target(name, key, in: experiment), in: experiment)
    guard sides.count == 2 else {
      guard let usual = subject.usual else {
        throw SweepError("the axis \(subject.path) needs a range, as in \(subject.path)=\(subject.example)")
      }
      let isPixel = subject.target == .startX || subject.target == .startY
      self.init(subject, usual.lowerBound, usual.upperBound, subject.scale, isPixel)
      return
    }
    let parts = sides[1].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 || parts.count == 3 else { throw SweepError(form) }
    var scale = subject.scale
    if parts.count == 3 {
      switch parts[2] {
      case "log": scale = .log
      case "linear": scale = .linear
      default:
        throw SweepError(
          "the scale of an axis is log or linear, got '\(Excerpt.of(parts[2]))'"
            + Spelling.suggestion(for: parts[2], in: ["log", "linear"]))
      }
    }
    let (low, high) = (try subject.read(parts[0]), try subject.read(parts[1]))
    try subject.check(low, high, scale)
    self.init(subject, low, high, scale, false)
  }

  private static func target(_ name: String, _ key: String, in experiment: Experiment) throws(SweepError)
    -> Target
  {
    switch name {
    case "landscape": return .constant(key)
    case "start":
      switch key {
      case "x": return .startX
      case "y": return .startY
      case "distance": return .startDistance
      default:
        throw SweepError(
          "an axis of the start is \(startWords.joined(separator: ", ")), got 'start.\(Excerpt.of(key))'")
      }
    default: return .knob(entry: name, key: key)
    }
  }

  /// A range worth a look around the value of a knob now.
  ///
  /// Where the stability limit of a learning rate is known, three decades up to one and a half times the limit; else two
  /// decades to either side on a logarithmic scale, 0 to 0.999 of a decay rate, and the whole range elsewhere.
  public static func suggested(
    for key: String, of entry: Entry, in experiment: Experiment
  ) throws(SweepError) -> Axis {
    let subject = try Subject(.knob(entry: entry.name, key: key), in: experiment)
    guard let knob = entry.spec.knobs.first(where: { $0.key == key }), subject.words.isEmpty, !subject.isWhole
    else {
      return Axis(subject, subject.range.lowerBound, subject.range.upperBound, subject.scale, false)
    }
    let value = entry.spec.setting(key) ?? knob.defaultValue
    switch subject.scale {
    case .linear: return Axis(subject, knob.range.lowerBound, knob.range.upperBound, .linear, false)
    case .logOneMinus:
      return Axis(subject, knob.range.lowerBound, knob.clamped(Swift.max(0.999, value)), .logOneMinus, false)
    case .log:
      let theory = Theory(of: entry.spec, on: experiment.landscape, at: experiment.starts[0])
      if case .known(let limit, _) = theory.limit(of: key), limit.isFinite, limit > 0 {
        let high = knob.clamped(1.5 * limit)
        return Axis(subject, Swift.max(high / 1000, knob.floor), high, .log, false)
      }
      let middle = value > 0 ? value : Swift.max(knob.floor * 100, knob.range.upperBound * 1e-4)
      return Axis(
        subject, Swift.max(middle / 100, knob.floor), knob.clamped(middle * 100), .log, false)
    }
  }
}

extension Axis.Subject {
  /// A range that one could write.
  fileprivate var example: String {
    switch scale {
    case .log: "1e-3:1"
    case .logOneMinus: "0:0.99"
    case .linear: "\(NumberText.exact(range.lowerBound)):\(NumberText.exact(range.upperBound))"
    }
  }
}

extension Axis: CustomStringConvertible {
  /// The axis as it is written: `momentum.lr=0.001:1`, with the scale where it is not the knob's own.
  public var description: String {
    guard !isCentred else { return path }
    return "\(path)=\(text(of: low)):\(text(of: high))" + suffix
  }

  private var suffix: String {
    switch scale {
    case .linear: words.isEmpty ? ":linear" : ""
    case .log: ":log"
    // The scale of decay rates is their own and has no word.
    case .logOneMinus: ""
    }
  }
}
