import OptimizerCore
import Landscapes

/// A value as a document is written: behind its key, or on the lines below it.
enum YAMLValue: Sendable, Hashable {
  /// On the line of its key.
  case inline(String)
  /// On lines of its own, without the indentation under its key.
  case lines([String])

  // MARK: Single values

  /// A text, in quotes where it would be taken for something else.
  static func text(_ text: String) -> YAMLValue { .inline(YAMLText.scalar(text)) }

  /// A text that is nothing special where it is empty.
  static func words(_ text: String) -> YAMLValue? { text.isEmpty ? nil : .text(text) }

  static func number(_ number: Double) -> YAMLValue { .inline(number.shortest) }
  static func count(_ count: Int) -> YAMLValue { .inline("\(count)") }
  static func toggle(_ isOn: Bool) -> YAMLValue { .inline("\(isOn)") }

  static func range(_ range: ClosedRange<Double>) -> YAMLValue {
    .inline("[\(range.lowerBound.shortest), \(range.upperBound.shortest)]")
  }

  static func point(_ point: Point) -> YAMLValue { .inline("[\(point.x.shortest), \(point.y.shortest)]") }

  static func points(_ points: [Point]) -> YAMLValue { list(points.map(YAMLValue.point)) }

  // MARK: Several

  /// `[a, b]`. The values must stand on a line.
  static func list(_ values: [YAMLValue]) -> YAMLValue {
    .inline("[\(values.map(\.onALine).joined(separator: ", "))]")
  }

  /// `[a, b]` of words that need no quotes.
  static func list(ofWords words: [String]) -> YAMLValue { list(words.map(YAMLValue.inline)) }

  /// `{a: 1, b: 2}`. The values must stand on a line.
  static func flow(_ pairs: [YAMLPair]) -> YAMLValue {
    .inline("{\(pairs.map { "\($0.key): \($0.value.onALine)" }.joined(separator: ", "))}")
  }

  /// A key a line.
  static func block(_ pairs: [YAMLPair]) -> YAMLValue { .lines(pairs.flatMap(\.lines)) }

  /// An item a line, or several lines each.
  static func items(_ values: [YAMLValue]) -> YAMLValue {
    .lines(
      values.flatMap { value -> [String] in
        let lines = value.ownLines
        return lines.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
      })
  }

  private var onALine: String {
    guard case .inline(let text) = self else { preconditionFailure("this value stands on a line") }
    return text
  }

  private var ownLines: [String] {
    switch self {
    case .inline(let text): [text]
    case .lines(let lines): lines
    }
  }
}
