/// What a part of the picture means; the palette says how it looks.
public enum TextRole: CaseIterable, Sendable {
  /// Ordinary text.
  case text
  /// Names and numbers that matter.
  case strong
  /// Remarks.
  case muted
  /// Rules, axes, ticks.
  case faint
  /// What is selected.
  case accent
  /// What is said to the audience.
  case caption
  /// Something went well, needs care, went wrong.
  case good, warning, bad
  /// A key in the hints.
  case key
  /// What is kept from an earlier run.
  case ghost
}
