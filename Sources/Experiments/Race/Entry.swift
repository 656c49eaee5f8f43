public import OptimizerCore

/// One contestant of a race.
public struct Entry: Sendable, Hashable {
  /// The optimizer and its settings at the start.
  public var spec: OptimizerSpec
  /// The name by which scenes, axes and changes call it: its id, for a second one of the same id `sgd2`, or a name given.
  public var name: String
  /// What the screen calls it.
  public var label: String
  /// Which of the entry colours it wears, from 0.
  public var colour: Int
  /// Whether it takes part.
  public var isOn: Bool

  /// What stands on the command line for a race without entries.
  public static let noneWord = "none"

  /// An entry as it is.
  public init(spec: OptimizerSpec, name: String, label: String, colour: Int, isOn: Bool = true) {
    self.spec = spec
    self.name = name
    self.label = label
    self.colour = colour
    self.isOn = isOn
  }

  /// Entries from specs: names numbered by id, labels told apart by what differs, colours in order.
  public static func entries(_ specs: [OptimizerSpec]) -> [Entry] {
    var entries: [Entry] = []
    for (i, spec) in specs.enumerated() {
      let name = freeName(for: spec, among: entries)
      entries.append(Entry(spec: spec, name: name, label: freeLabel(for: spec, among: entries), colour: i))
    }
    return entries
  }

  /// The name of a new entry: the spec's id, with a number from the second on.
  public static func freeName(for spec: OptimizerSpec, among entries: [Entry]) -> String {
    let taken = Set(entries.map(\.name))
    guard taken.contains(spec.id) else { return spec.id }
    var number = 2
    while taken.contains("\(spec.id)\(number)") { number += 1 }
    return "\(spec.id)\(number)"
  }

  /// The label of a new entry: the display name, with a number from the second on.
  public static func freeLabel(for spec: OptimizerSpec, among entries: [Entry]) -> String {
    let taken = Set(entries.map(\.label))
    guard taken.contains(spec.displayName) else { return spec.displayName }
    var number = 2
    while taken.contains("\(spec.displayName) \(number)") { number += 1 }
    return "\(spec.displayName) \(number)"
  }

  /// Whether a text can name an entry: letters, digits, `-` and `_`, a letter first, and none of the words that mean
  /// something else in changes and axes.
  public static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic else {
      return false
    }
    guard text != KnobPath.landscapeWord, text != Axis.startWord else { return false }
    return text.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_")
    }
  }
}
