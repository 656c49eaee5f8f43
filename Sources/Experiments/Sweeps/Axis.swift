package import Landscapes
import OptimizerCore

/// One side of a map: what varies along it, from where to where.
///
/// The first cell stands at `low`, the last at `high`, the others between at equal distances on the scale. An axis that
/// `isCentred` covers `low...high` instead: its cells are as wide as their distance, and each stands for its centre.
public struct Axis: Sendable, Hashable {
  /// What varies.
  public enum Target: Sendable, Hashable {
    /// A knob of an entry or a constant of the landscape.
    case knob(KnobPath)
    /// The start to the right.
    case startX
    /// The start upwards.
    case startY
    /// How far from the known minimum nearest to it the start lies, along the line through both; from the window's centre
    /// where no minimum is known.
    case startDistance
    /// Which of the experiment's starts, counted from 1.
    case startNumber

    /// How commands and scenes call it: `momentum.lr`, `landscape.kappa`, `start.x`.
    public var path: String {
      switch self {
      case .knob(let knob): knob.description
      case .startX: "start.x"
      case .startY: "start.y"
      case .startDistance: "start.distance"
      case .startNumber: "start.number"
      }
    }
  }

  /// How the cells divide the range.
  public enum Scale: Sendable, Hashable {
    /// Equal differences.
    case linear
    /// Equal ratios.
    case log
    /// Equal ratios of 1 − value, for decay rates near 1.
    case logOneMinus
  }

  /// What varies.
  public let target: Target
  /// The value of the first cell, or where a centred axis begins.
  public let low: Double
  /// The value of the last cell, or where a centred axis ends. It may be below `low`.
  public let high: Double
  /// How the cells divide the range.
  public let scale: Scale
  /// Whether the cells stand for their centres and cover the range, as pixels do.
  public let isCentred: Bool
  /// The letter in formulas: `η`.
  public let symbol: String
  /// The name in words: `learning rate`.
  public let label: String
  /// Whether the values are whole numbers.
  public let isWhole: Bool
  /// The words of a choice or a toggle, by value; empty for numbers.
  public let words: [String]
  /// Whether each of eight runs side by side may have its own value.
  let variesByLane: Bool

  /// What stands before the coordinates of the start; no entry is called so.
  static let startWord = "start"
  /// The targets at the start that a path may name.
  static let startTargets = [Target.startX, .startY, .startDistance]

  /// An axis of an experiment.
  ///
  /// - Parameter scale: nil is the scale of the knob or constant; starts are linear, their distance logarithmic.
  /// - Throws: which names there are, or what the range must be.
  public init(
    _ target: Target, from low: Double, to high: Double, scale: Scale? = nil, isCentred: Bool = false,
    in experiment: Experiment
  ) throws(SweepError) {
    let subject = try Subject(target, in: experiment)
    let scale = scale ?? subject.scale
    try subject.check(low, high, scale)
    self.init(subject, low, high, scale, isCentred)
  }

  init(_ subject: Subject, _ low: Double, _ high: Double, _ scale: Scale, _ isCentred: Bool) {
    target = subject.target
    self.low = low
    self.high = high
    self.scale = scale
    self.isCentred = isCentred
    symbol = subject.symbol
    label = subject.label
    isWhole = subject.isWhole
    words = subject.words
    variesByLane = subject.variesByLane
  }

  /// The same axis in another experiment, where a knob may have another range or be gone. Pixels are those of its window.
  ///
  /// - Throws: which names there are, or what the range must be.
  public func fitted(to experiment: Experiment) throws(SweepError) -> Axis {
    guard isCentred else { return try Axis(target, from: low, to: high, scale: scale, in: experiment) }
    let subject = try Subject(target, in: experiment)
    guard let usual = subject.usual else { return self }
    return Axis(subject, usual.lowerBound, usual.upperBound, subject.scale, true)
  }

  /// The start's coordinates over a window, each cell a pixel of it.
  package static func pixels(of window: Window) -> (x: Axis, y: Axis) {
    (
      Axis(.startX, window.x.lowerBound, window.x.upperBound, .linear, true),
      Axis(.startY, window.y.lowerBound, window.y.upperBound, .linear, true)
    )
  }

  /// How commands and scenes call what varies: `momentum.lr`, `landscape.kappa`, `start.x`.
  public var path: String { target.path }

  // MARK: Values

  /// The value of a cell, `0..<count`; of a single cell that does not stand for its centre it is `low`.
  public func value(at index: Int, of count: Int) -> Double {
    precondition(index >= 0 && index < count, "a cell of an axis is one of its cells")
    if isCentred {
      let width = (coordinate(high) - coordinate(low)) / Double(count)
      return rounded(value(atCoordinate: coordinate(low) + (Double(index) + 0.5) * width))
    }
    if index == 0 { return low }
    if index == count - 1 { return high }
    let share = Double(index) / Double(count - 1)
    return rounded(value(atCoordinate: coordinate(low) + share * (coordinate(high) - coordinate(low))))
  }

  /// The values of all cells.
  public func values(_ count: Int) -> [Double] { (0..<count).map { value(at: $0, of: count) } }

  /// Where a value stands, in cells: 0 is the middle of the first, `count` − 1 the middle of the last. Outside the range it
  /// goes on beyond both; nil where the scale has no place for the value.
  public func position(of value: Double, of count: Int) -> Double? {
    let (place, first, last) = (coordinate(value), coordinate(low), coordinate(high))
    guard place.isFinite, first != last else { return nil }
    let share = (place - first) / (last - first)
    return isCentred ? share * Double(count) - 0.5 : share * Double(count - 1)
  }

  /// The distance of neighbouring cells on the scale, such as decades.
  public func spacing(of count: Int) -> Double {
    let length = (coordinate(high) - coordinate(low)).magnitude
    return isCentred ? length / Double(count) : count > 1 ? length / Double(count - 1) : 0
  }

  /// A value as its knob writes it.
  public func text(of value: Double) -> String {
    guard !words.isEmpty, value >= 0, value < Double(words.count) else { return NumberText.exact(value) }
    return words[Int(value)]
  }

  private func coordinate(_ value: Double) -> Double {
    switch scale {
    case .linear: value
    case .log: Elementary.log10(value)
    case .logOneMinus: -Elementary.log10(1 - value)
    }
  }

  private func value(atCoordinate place: Double) -> Double {
    let value =
      switch scale {
      case .linear: place
      case .log: Elementary.pow(10, place)
      case .logOneMinus: 1 - Elementary.pow(10, -place)
      }
    // Rounding in the powers must not lead out of a knob's range.
    return Swift.min(Swift.max(value, Swift.min(low, high)), Swift.max(low, high))
  }

  private func rounded(_ value: Double) -> Double { isWhole ? value.rounded() : value }
}

extension Axis {
  private init(_ target: Target, _ low: Double, _ high: Double, _ scale: Scale, _ isCentred: Bool) {
    guard let subject = Subject(start: target) else { preconditionFailure("the axis is one of a start") }
    self.init(subject, low, high, scale, isCentred)
  }
}
