public import Landscapes
public import OptimizerCore

/// Which knob is meant: `adam.lr`, `clip.base.lr`, `landscape.kappa`. Changes, axes, scenes and commands name knobs so.
public enum KnobPath: Sendable, Hashable, CustomStringConvertible {
  /// An entry, by name, and the key of its knob (`lr`, `base.lr`).
  case entry(name: String, key: String)
  /// A constant of the landscape.
  case landscape(constant: String)

  /// What stands before the constants of the landscape; no entry is called so.
  public static let landscapeWord = "landscape"

  /// As it is written.
  public var description: String {
    switch self {
    case .entry(let name, let key): "\(name).\(key)"
    case .landscape(let constant): "\(KnobPath.landscapeWord).\(constant)"
    }
  }

  /// The last part of the key: `lr` of `clip.base.lr`, `kappa` of `landscape.kappa`.
  public var word: Substring {
    switch self {
    case .entry(_, let key): KnobKey.word(of: key)
    case .landscape(let constant): constant[...]
    }
  }

  /// Whether it is a learning rate.
  public var isRate: Bool {
    if case .entry(_, let key) = self { KnobKey.isRate(key) } else { false }
  }

  /// Whether turning it concerns the runs of an entry: the entry's own knobs and the landscape's constants do.
  package func concerns(_ entry: Entry) -> Bool {
    switch self {
    case .entry(let name, _): name == entry.name
    case .landscape: true
    }
  }

  // MARK: Reading

  /// Takes `NAME.KEY` apart; nil if it is not written so.
  static func parts(_ text: some StringProtocol) -> (name: String, key: String)? {
    let text = String(text)
    guard let dot = text.firstIndex(of: "."), dot > text.startIndex, text.index(after: dot) < text.endIndex
    else { return nil }
    return (String(text[..<dot]), String(text[text.index(after: dot)...]))
  }

  /// What is written `NAME.KEY`, whether there is such a knob or not; nil if it is not written so.
  public init?(_ text: some StringProtocol) {
    guard let (name, key) = KnobPath.parts(text) else { return nil }
    self = name == KnobPath.landscapeWord ? .landscape(constant: key) : .entry(name: name, key: key)
  }

  /// A knob of an experiment by its name.
  ///
  /// - Throws: what is wrong, with the nearest known name.
  public init(_ text: some StringProtocol, in experiment: Experiment) throws(SpecError) {
    try self.init(text, entries: experiment.entries, landscape: experiment.landscape)
  }

  /// The same where the entries or the landscape may not be known: then nothing is wrong with a name of theirs.
  public init(
    _ text: some StringProtocol, entries: [Entry]?, landscape: Landscape?
  ) throws(SpecError) {
    guard let path = KnobPath(text) else {
      throw SpecError(
        "a knob is named NAME.KEY, such as sgd.lr or landscape.kappa, got '\(Excerpt.printable(text))'")
    }
    try path.check(entries: entries, landscape: landscape)
    self = path
  }

  // MARK: The knobs there are

  /// All knobs of an experiment: those of the entries in order, then the constants of the landscape.
  public static func all(in experiment: Experiment) -> [KnobPath] {
    experiment.entries.flatMap(all(of:)) + all(of: experiment.landscape)
  }

  /// The knobs of an entry.
  public static func all(of entry: Entry) -> [KnobPath] {
    entry.spec.knobs.map { .entry(name: entry.name, key: $0.key) }
  }

  /// The constants of a landscape.
  public static func all(of landscape: Landscape) -> [KnobPath] {
    landscape.constants.map { .landscape(constant: $0.name) }
  }

  /// Says what is wrong where there is no such knob, with the nearest known name.
  public func check(entries: [Entry]?, landscape: Landscape?) throws(SpecError) {
    switch self {
    case .landscape(let constant):
      if let landscape { _ = try KnobPath.constant(constant, of: landscape) }
    case .entry(let name, let key):
      if let entries { _ = try KnobPath.knob(key, of: try KnobPath.entry(name, among: entries)) }
    }
  }

  /// The value of the knob as it is written, or why it cannot have that; nil if its owner is not known.
  public func value(
    _ text: String, entries: [Entry]?, landscape: Landscape?
  ) throws(SpecError) -> Double? {
    switch self {
    case .landscape(let constant):
      let value: Double
      if let knob = landscape?.settableConstant(constant)?.knob, knob.kind != .real {
        value = try knob.parse(text)
      } else {
        guard let number = Double(text), number.isFinite else {
          let range = landscape?.settableConstant(constant)?.range
          let bounds = range.map { " between \($0.lowerBound.shortest) and \($0.upperBound.shortest)" }
          throw SpecError("\(constant) must be a number\(bounds ?? ""), got '\(Excerpt.printable(text))'")
        }
        value = number
      }
      do {
        _ = try landscape?.setting(constant, to: value)
      } catch {
        throw SpecError(error.message)
      }
      return value
    case .entry(let name, let key):
      guard let entries else { return nil }
      return try KnobPath.knob(key, of: try KnobPath.entry(name, among: entries)).parse(text)
    }
  }

  /// A value of the knob as the knob writes it: words for choices and toggles.
  public func text(of value: Double, in experiment: Experiment) -> String {
    switch self {
    case .entry(let name, let key):
      let entry = experiment.entries.first { $0.name == name }
      return entry?.spec.knobs.first { $0.key == key }?.format(value) ?? NumberText.exact(value)
    case .landscape(let name):
      return experiment.landscape.settableConstant(name)?.text(of: value) ?? NumberText.exact(value)
    }
  }

  /// The entry of a name.
  ///
  /// - Parameter others: what else may stand in its place.
  public static func entry(
    _ name: String, among entries: [Entry], or others: [String] = [landscapeWord]
  ) throws(SpecError) -> Entry {
    if let entry = entries.first(where: { $0.name == name }) { return entry }
    let names = entries.map(\.name)
    let all =
      others != [landscapeWord]
      ? "; there are \((names + others).joined(separator: ", "))"
      : names.isEmpty ? "; there is none" : "; the entries are \(names.joined(separator: ", "))"
    throw SpecError(
      "no entry '\(Excerpt.printable(name))'"
        + Spelling.suggestion(for: name, in: names + others, otherwise: all))
  }

  /// The knob of an entry by its key.
  public static func knob(_ key: String, of entry: Entry) throws(SpecError) -> Knob {
    let knobs = entry.spec.knobs
    if let knob = knobs.first(where: { $0.key == key }) { return knob }
    let keys = knobs.map(\.key)
    let all = keys.isEmpty ? "; it has none" : "; its keys are \(keys.joined(separator: ", "))"
    throw SpecError(
      "\(entry.name) has no key '\(Excerpt.printable(key))'"
        + Spelling.suggestion(for: key, in: keys, otherwise: all))
  }

  /// The constant of a landscape by its name.
  public static func constant(_ name: String, of landscape: Landscape) throws(SpecError) -> Constant {
    if let constant = landscape.settableConstant(name) { return constant }
    let names = landscape.constants.map(\.name)
    let all = names.isEmpty ? "; it has none" : "; it has \(names.joined(separator: ", "))"
    throw SpecError(
      "the landscape '\(landscape.id)' has no constant '\(Excerpt.printable(name))'"
        + Spelling.suggestion(for: name, in: names, otherwise: all))
  }
}
