/// What a terminal can do to a glyph besides colouring it.
public struct Attributes: OptionSet, Hashable, Sendable {
  /// One bit for each attribute.
  public let rawValue: UInt8

  /// Attributes from their bits; unknown bits are dropped.
  public init(rawValue: UInt8) { self.rawValue = rawValue & 31 }

  /// Bold or bright.
  public static let bold = Attributes(rawValue: 1)
  /// Dim.
  public static let dim = Attributes(rawValue: 2)
  /// Foreground and background exchanged.
  public static let reverse = Attributes(rawValue: 4)
  /// Underlined.
  public static let underline = Attributes(rawValue: 8)
  /// Of a cell for which a drawing stands wherever drawings are shown: its glyph and its ground are a likeness of it.
  package static let drawn = Attributes(rawValue: 16)
}
