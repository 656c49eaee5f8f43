import Experiments

/// The form of a word that the quick reader knows, as the parser knows it from its declaration.
struct QuickForm: Equatable {
  enum Kind: Equatable {
    /// Given or not.
    case flag
    /// With one value, given once.
    case value
    /// With a value each time it is given.
    case values
  }

  /// As it is typed: `--optimizer`, and `-o`.
  var names: [String]
  var kind: Kind
  /// Whether the value may begin with a dash, as numbers and formulas do.
  var takesDashes = true

  /// The option of a name without its dashes.
  static func value(_ name: String, takesDashes: Bool = true) -> QuickForm {
    QuickForm(names: ["--\(name)"], kind: .value, takesDashes: takesDashes)
  }

  static func flag(_ name: String) -> QuickForm { QuickForm(names: ["--\(name)"], kind: .flag) }

  /// An option that says what is run.
  static func option(_ option: RunOption) -> QuickForm {
    switch option {
    case .optimizer: QuickForm(names: ["-o", "--optimizer"], kind: .values)
    case .set, .rule, .start, .change: QuickForm(names: ["--\(option.rawValue)"], kind: .values)
    case .landscape: .value(option.rawValue, takesDashes: false)
    case .function, .plane, .steps, .evaluations, .noise, .seed, .viewX, .viewY: .value(option.rawValue)
    }
  }
}
