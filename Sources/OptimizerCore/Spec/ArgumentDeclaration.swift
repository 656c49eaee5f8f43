/// A declared argument of a schedule or a noise.
public struct ArgumentDeclaration: Sendable, Hashable {
  /// Its key, kind, range and default.
  public let knob: Knob
  /// Whether it must be given.
  public let isRequired: Bool
  /// What holds if it is not given, in words; empty where it must be given.
  package let defaultText: String
  /// The argument of which exactly one, this or that, must be given.
  package let alternative: String?
  /// Whether it takes several values, separated by `|`.
  package let isList: Bool

  init(
    _ key: String, _ label: String, kind: Knob.Kind = .real, default value: Double? = nil,
    in range: ClosedRange<Double>, isRequired: Bool = false, isList: Bool = false,
    defaultText: String? = nil, alternative: String? = nil
  ) {
    knob = Knob(
      key: key, symbol: key, label: label, kind: kind, defaultValue: value ?? range.lowerBound, range: range,
      variesByLane: false)
    self.isRequired = isRequired
    self.alternative = alternative
    self.defaultText =
      isRequired ? "" : alternative.map { "or \($0)" } ?? defaultText ?? knob.format(knob.defaultValue)
    self.isList = isList
  }

  static func steps(_ key: String, _ label: String, isRequired: Bool = true) -> ArgumentDeclaration {
    ArgumentDeclaration(key, label, kind: .integer, in: 1...1e9, isRequired: isRequired)
  }

  static func toggle(_ key: String, _ label: String, default value: Bool) -> ArgumentDeclaration {
    ArgumentDeclaration(key, label, kind: .toggle, default: value ? 1 : 0, in: 0...1)
  }
}
