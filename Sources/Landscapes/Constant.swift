public import OptimizerCore

/// A named number of a landscape that can be turned like a knob.
public struct Constant: Sendable, Hashable {
  /// How a slider divides the range.
  public enum Scale: String, Sendable, Hashable { case linear, log }

  /// The name in the formula and on the command line, ASCII.
  public let name: String
  /// The symbol on the screen, one column.
  public let symbol: String
  /// What it is, in a few words.
  public let label: String
  /// The value now.
  public private(set) var value: Double
  /// The values it may take.
  public let range: ClosedRange<Double>
  /// How a slider divides the range.
  public let scale: Scale
  /// Whether it is any number, a whole one, or one of some words.
  public let kind: Knob.Kind
  /// Whether it makes another problem, of other parameters or other data, so that no run can go on when it is turned.
  public let isFixed: Bool

  /// A constant; its value must lie in its range, and a log range above 0.
  public init(
    name: String, symbol: String? = nil, label: String? = nil, value: Double, range: ClosedRange<Double>,
    scale: Scale = .linear, kind: Knob.Kind = .real, isFixed: Bool = false
  ) {
    precondition(range.contains(value), "the value of a constant lies in its range")
    precondition(scale == .linear || range.lowerBound > 0, "a log range lies above 0")
    self.name = name
    self.symbol = symbol ?? DisplayPart.greekLetter(named: name) ?? name
    self.label = label ?? name
    self.value = value
    self.range = range
    self.scale = scale
    self.kind = kind
    self.isFixed = isFixed
  }

  /// One of some words, by their places.
  public init(name: String, symbol: String? = nil, label: String, words: [String], value: Int) {
    self.init(
      name: name, symbol: symbol, label: label, value: Double(value), range: 0...Double(words.count - 1),
      kind: .choice(words), isFixed: true)
  }

  /// A whole number.
  public init(
    name: String, symbol: String? = nil, label: String, whole value: Int, range: ClosedRange<Int>,
    scale: Scale = .linear
  ) {
    self.init(
      name: name, symbol: symbol, label: label, value: Double(value),
      range: Double(range.lowerBound)...Double(range.upperBound), scale: scale, kind: .integer, isFixed: true)
  }

  /// A value as it is written: a word where it is one of some, else the number.
  public func text(of value: Double) -> String { text(of: value) { $0.shortest } }

  /// A value as it is shown: a word where it is one of some, a whole number as it is, any other as `number` writes it.
  package func text(of value: Double, _ number: (Double) -> String) -> String {
    kind == .real ? number(value) : knob.format(value)
  }

  /// The constant as something that is turned, read and written; the default is its value.
  public var knob: Knob {
    Knob(
      key: name, symbol: symbol, label: label, kind: kind, defaultValue: value, range: range,
      scale: scale == .log ? .log : .linear)
  }

  /// A constant of which only the value is known: two decades around a value other than 0, −10…10 around 0.
  public init(name: String, value: Double) {
    if value > 0 {
      self.init(
        name: name, value: value,
        range: max(value / 100, .leastNonzeroMagnitude)...min(value * 100, .greatestFiniteMagnitude),
        scale: .log)
    } else if value < 0 {
      self.init(
        name: name, value: value,
        range: max(10 * value, -.greatestFiniteMagnitude)...min(-10 * value, .greatestFiniteMagnitude))
    } else {
      self.init(name: name, value: value, range: -10...10)
    }
  }

  /// The same constant with another value, or an error that names the range.
  func setting(_ value: Double) throws(LandscapeError) -> Constant {
    guard range.contains(value) else {
      throw LandscapeError(
        "\(name) must be between \(range.lowerBound.shortest) and \(range.upperBound.shortest), "
          + "got '\(value.shortest)'")
    }
    guard kind == .real || value == value.rounded() else {
      throw LandscapeError("\(name) must be a whole number, got '\(value.shortest)'")
    }
    var copy = self
    copy.value = value
    return copy
  }
}
