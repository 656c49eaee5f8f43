/// A schedule with the knob that it drives, as a spec says it: `schedule=cosine(200)` the learning rate, which may be that
/// of the base; `schedule.beta=linear(50, start=0.5, end=1)` another number of the optimizer itself.
public struct KnobSchedule: Sendable, Hashable, CustomStringConvertible {
  /// The key of the knob: `lr`, `beta`.
  public let key: String
  /// What the knob's value is multiplied by.
  public let schedule: Schedule

  /// The word for the schedule of the learning rate; that of another knob is this with a point and the key.
  package static let word = "schedule"

  /// How many steps of a schedule are looked at when it is typed.
  static let horizon = 1000

  /// The knob that a word schedules: `lr` of `schedule`, `beta` of `schedule.beta`; nil if it is no word for a schedule.
  package static func key(of word: String) -> String? {
    if word == Self.word { return "lr" }
    return word.hasPrefix(Self.word + ".") ? String(word.dropFirst(Self.word.count + 1)) : nil
  }

  /// The word that schedules a knob.
  package static func word(for key: String) -> String { key == "lr" ? word : "\(word).\(key)" }

  /// The text in a spec, which reads back as the same.
  public var description: String { "\(Self.word(for: key))=\(schedule)" }

  /// What the knob's value is multiplied by at update t = k + 1. But for a rate it is finite, so that a knob at 0 stays there.
  func multiplier(at k: Int) -> Double {
    let multiplier = schedule.multiplier(at: k)
    return key == "lr" ? multiplier : min(multiplier, .greatestFiniteMagnitude)
  }

  /// Why no schedule can drive a knob, in words that follow "the beta of adam"; nil where one can.
  static func obstacle(to knob: Knob) -> String? {
    knob.wordsForItsKind.map { "is \($0), which a schedule cannot multiply" }
  }

  /// Why this one cannot drive a knob from this value. Beyond the steps that are looked at here, what would leave the range
  /// of the knob is held at its end.
  func obstacle(to knob: Knob, from value: Double) -> String? {
    if let obstacle = Self.obstacle(to: knob) { return obstacle }
    let numbers = knob.numbers
    guard numbers.contains(value) else {
      return "is \(knob.format(value)), a word, which a schedule cannot multiply"
    }
    for k in 0..<Self.horizon {
      let product = value * multiplier(at: k)
      guard !numbers.contains(product) else { continue }
      let bounds = "\(numbers.lowerBound.shortest) and \(numbers.upperBound.shortest)"
      return "would be \(product.shortest) at step \(k + 1), and must be between \(bounds)"
    }
    return nil
  }
}
