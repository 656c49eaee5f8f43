/// A number that can be turned: what a hyperparameter is to the command line, the scenes and the panel.
///
/// A toggle's value is 0 or 1, a choice's the index of its word.
public struct Knob: Sendable, Hashable {
  /// What kind of value it takes.
  public enum Kind: Sendable, Hashable {
    case real
    case integer
    case toggle
    case choice([String])
  }

  /// How its slider is divided.
  public enum Scale: Sendable, Hashable {
    /// Equal differences.
    case linear
    /// Equal ratios. A range that begins at 0 has 0 as its first mark and goes on at `floor`.
    case log
    /// Equal ratios of 1 − value, for decay rates near 1.
    case logOneMinus
  }

  /// What it is in a rule.
  public enum Role: Sendable, Hashable, CaseIterable {
    /// The learning rate, or what takes its place: the key `lr`.
    case rate
    /// The share of a velocity, or of an average of gradients, that is kept from step to step.
    case memory
    /// The share of an average of squared gradients that is kept from step to step.
    case memoryOfSquares
    /// The strength of a decay of the weights beside the gradient.
    case decay
    /// The strength of a penalty within the gradient.
    case penalty
    /// A small number against division by 0.
    case divisor
    /// A choice between formulas.
    case form
    /// A number of another meaning; also what is no setting of an optimizer, such as a landscape's constant.
    case other
  }

  /// The key in specs: `lr`. A wrapper's base is reached as `base.lr`.
  public var key: String
  /// The letter in formulas: `η`.
  public let symbol: String
  /// The name in words: `learning rate`.
  public let label: String
  /// What it is in the rule.
  public let role: Role
  /// What kind of value it takes.
  public let kind: Kind
  /// The value when nothing is said.
  public let defaultValue: Double
  /// The values allowed, ends included.
  public let range: ClosedRange<Double>
  /// How its slider is divided.
  public let scale: Scale
  /// Where a logarithmic scale over a range from 0 begins; the lower end of the range otherwise.
  public let floor: Double
  /// Where a notch up from 0 leads on a logarithmic scale over a range from 0: to a value whose effect can be seen. A notch
  /// down from there leads back to 0.
  public let onset: Double
  /// Whether each of eight runs side by side may have its own value. Where not, lane 0 speaks for all.
  public let variesByLane: Bool

  /// The word for 0, where 0 stands for a rule of its own: `auto`.
  public let zeroWord: String?
  /// The word for the upper end of the range, where that stands for what lies beyond all numbers: `inf`.
  public let endWord: String?

  /// Declares a knob.
  ///
  /// - Parameter floor: the smallest value above 0 on a logarithmic scale whose range begins at 0; left out, 1e-8 of
  ///   the upper end.
  /// - Parameter onset: where a notch up from 0 leads on such a scale; left out, half the default, and a thousandth of the
  ///   upper end where the default is 0.
  public init(
    key: String, symbol: String, label: String, role: Role = .other, kind: Kind = .real, defaultValue: Double,
    range: ClosedRange<Double>, scale: Scale = .linear, floor: Double? = nil, onset: Double? = nil,
    variesByLane: Bool = true, zeroWord: String? = nil, endWord: String? = nil
  ) {
    precondition(range.contains(defaultValue), "the default of a knob lies in its range")
    self.key = key
    self.symbol = symbol
    self.label = label
    self.role = role
    self.kind = kind
    self.defaultValue = defaultValue
    self.range = range
    self.scale = scale
    self.floor = range.lowerBound > 0 ? range.lowerBound : floor ?? range.upperBound * 1e-8
    self.onset = onset ?? (defaultValue > 0 ? defaultValue / 2 : range.upperBound * 1e-3)
    self.variesByLane = variesByLane
    self.zeroWord = zeroWord
    self.endWord = endWord
    precondition(
      scale != .log || range.lowerBound > 0 || self.onset >= self.floor, "notches begin within the slider")
    if scale == .logOneMinus {
      precondition(range.lowerBound >= 0 && range.upperBound < 1, "a rate on a 1 − β scale lies in 0..<1")
    }
  }

  /// The nearest value of the range; a NaN becomes the default.
  public func clamped(_ value: Double) -> Double {
    value.isNaN ? defaultValue : Swift.min(Swift.max(value, range.lowerBound), range.upperBound)
  }

  /// Whether the values are whole numbers.
  public var isDiscrete: Bool { kind != .real }

  /// Whether a schedule can multiply it.
  package var canBeScheduled: Bool { wordsForItsKind == nil }

  /// What it is if not any number of its range, in words: `a whole number`; nil if it is.
  var wordsForItsKind: String? {
    switch kind {
    case .real: nil
    case .integer: "a whole number"
    case .toggle: "on or off"
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    }
  }

  /// The values that are numbers: the range without the ends that a word stands for.
  var numbers: ClosedRange<Double> {
    (zeroWord == nil ? range.lowerBound : floor)...(endWord == nil
      ? range.upperBound : range.upperBound.nextDown)
  }

  // MARK: The slider

  /// Where a value stands on the slider, 0...1.
  public func fraction(of value: Double) -> Double {
    let value = clamped(value)
    let low = coordinate(range.lowerBound)
    let high = coordinate(range.upperBound)
    guard high > low else { return 0 }
    return Swift.min(Swift.max((coordinate(value) - low) / (high - low), 0), 1)
  }

  /// The value at a place on the slider, 0...1; whole where the kind asks for it.
  public func value(atFraction fraction: Double) -> Double {
    let fraction = Swift.min(Swift.max(fraction.isNaN ? 0 : fraction, 0), 1)
    if fraction == 0 { return range.lowerBound }
    if fraction == 1 { return range.upperBound }
    let low = coordinate(range.lowerBound)
    let high = coordinate(range.upperBound)
    let place = low + fraction * (high - low)
    let value =
      switch scale {
      case .linear: place
      case .log: place < Elementary.log10(floor) ? 0 : Elementary.pow(10, place)
      case .logOneMinus: 1 - Elementary.pow(10, -place)
      }
    return clamped(isDiscrete ? value.rounded() : value)
  }

  private func coordinate(_ value: Double) -> Double {
    switch scale {
    case .linear: value
    // The mark of 0 stands a twentieth of a decade below the floor: one notch.
    case .log: value < floor ? Elementary.log10(floor) - 0.05 : Elementary.log10(value)
    case .logOneMinus: -Elementary.log10(1 - value)
    }
  }

  // MARK: Notches

  /// The value some notches away: a round number, never beyond the range.
  ///
  /// A logarithmic scale has 20 notches a decade (the rounded Renard series 1, 1.1, 1.2, 1.4 … 9), a linear scale about
  /// 100 in all; `fine` notches are ten times closer, and from 0 begin at a tenth of the onset. Whole numbers, toggles and choices go by one.
  public func stepped(from value: Double, by notches: Int, fine: Bool = false) -> Double {
    let value = clamped(value)
    guard notches != 0 else { return value }
    if isDiscrete { return clamped(value.rounded() + Double(notches)) }
    switch scale {
    case .linear:
      let step = Notches.linearStep(over: range.upperBound - range.lowerBound, fine: fine)
      return clamped(step.value(at: Notches.moved(step.position(of: value), by: notches)))
    case .log:
      let first = fine ? Notches.tenth(of: onset) : onset
      guard value > 0 else {
        return notches > 0 ? clamped(stepped(from: first, by: notches - 1, fine: fine)) : value
      }
      let moved = Notches.moved(Notches.position(of: value, fine: fine), by: notches)
      let stepped = Notches.value(at: moved, fine: fine)
      guard range.lowerBound <= 0 else { return clamped(stepped) }
      if notches > 0 { return clamped(Swift.max(stepped, floor)) }
      // What is smaller than where the notches begin was typed, and goes down to the end of the slider.
      return stepped < (value < first ? floor : first) ? 0 : stepped
    case .logOneMinus:
      let moved = Notches.moved(Notches.position(of: 1 - value, fine: fine), by: -notches)
      return clamped(Notches.complement(at: moved, fine: fine))
    }
  }

  // MARK: Text

  /// Reads `on` or `off`, `true` or `false`, `1` or `0`; nil for anything else.
  package static func toggle(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "on", "true", "1": true
    case "off", "false", "0": false
    default: nil
    }
  }

  /// Reads a value, or says what would be right: `lr must be between 1e-8 and 100, got '-1'`.
  public func parse(_ text: String) throws(SpecError) -> Double {
    if let zeroWord, text == zeroWord { return 0 }
    if let endWord, text == endWord { return range.upperBound }
    switch kind {
    case .toggle:
      guard let isOn = Self.toggle(text) else {
        throw SpecError("\(key) must be on or off, got '\(Excerpt.of(text))'")
      }
      return isOn ? 1 : 0
    case .choice(let words):
      if let index = words.firstIndex(of: text) ?? words.firstIndex(of: text.replacing("_", with: "-")) {
        return Double(index)
      }
      let list = words.joined(separator: ", ")
      throw SpecError(
        "\(key) must be one of \(list), got '\(Excerpt.of(text))'"
          + Spelling.suggestion(for: text, in: words))
    case .integer:
      guard let number = Double(text), number.rounded() == number, range.contains(number) else {
        throw SpecError(
          "\(key) must be a whole number \(bounds), got '\(Excerpt.of(text))'"
        )
      }
      return number
    case .real:
      // The end has its word.
      guard let number = Double(text), range.contains(number), endWord == nil || number < range.upperBound
      else {
        throw SpecError(
          "\(key) must be \(Excerpt.wanted(bounds, for: text)), got '\(Excerpt.of(text))'"
        )
      }
      return number
    }
  }

  /// The range in words: `between 0 and 100, or none`.
  private var bounds: String {
    let below = endWord == nil ? "between" : "from"
    let end = endWord.map { " up to below \(range.upperBound.shortest), or \($0)" }
    return "\(below) \(range.lowerBound.shortest)\(end ?? " and \(range.upperBound.shortest)")"
      + (zeroWord.map { ", or \($0)" } ?? "")
  }

  /// The text of a value: the shortest that reads back as the same number, or the word.
  public func format(_ value: Double) -> String {
    switch kind {
    case .toggle: return value == 0 ? "off" : "on"
    case .choice(let words):
      guard value >= 0, value < Double(words.count) else { return value.shortest }
      return words[Int(value)]
    case .real, .integer:
      if let endWord, value == range.upperBound { return endWord }
      return value == 0 ? zeroWord ?? value.shortest : value.shortest
    }
  }
}
