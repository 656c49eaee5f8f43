import Landscapes
import OptimizerCore

extension Axis {
  /// Reads `NAME.KEY=LO:HI` with `:log` or `:linear` behind it or without.
  ///
  /// NAME is an entry of the experiment, `landscape` or `start` (`start.x`, `start.y`, `start.distance`). Without a range,
  /// `start.x` and `start.y` are pixels of the window, and constants, toggles and choices go over all they may be.
  ///
  /// - Throws: what is wrong, with the nearest known name.
  public init(_ text: String, in experiment: Experiment) throws(SweepError) {
    let form = "an axis is written NAME.KEY=LO:HI, such as momentum.lr=1e-3:1:log, got '\(Excerpt.of(text))'"
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let target = try Axis.target(sides[0]) else { throw SweepError(form) }
    let subject = try Subject(target, in: experiment)
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

  /// What a path means; nil if it is none.
  private static func target(_ path: Substring) throws(SweepError) -> Target? {
    guard let (name, key) = KnobPath.parts(path) else { return nil }
    guard name == startWord else { return KnobPath(path).map(Target.knob) }
    if let target = startTargets.first(where: { $0.path == path }) { return target }
    let all = startTargets.map(\.path).joined(separator: ", ")
    throw SweepError("an axis of the start is \(all), got 'start.\(Excerpt.of(key))'")
  }

  /// A range worth a look around the value of a knob now.
  ///
  /// Where the stability limit of a learning rate is known, three decades up to one and a half times the limit; else two
  /// decades to either side on a logarithmic scale, 0 to 0.999 of a decay rate, and the whole range elsewhere.
  public static func suggested(
    for key: String, of entry: Entry, in experiment: Experiment
  ) throws(SweepError) -> Axis {
    let subject = try Subject(.knob(.entry(name: entry.name, key: key)), in: experiment)
    guard let knob = entry.spec.knobs.first(where: { $0.key == key }), subject.words.isEmpty, !subject.isWhole
    else {
      // Of whole numbers 1 is the first with a place on a logarithmic scale.
      let low = subject.range.lowerBound
      return Axis(
        subject, subject.scale == .log ? Swift.max(low, 1) : low, subject.range.upperBound, subject.scale,
        false)
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
