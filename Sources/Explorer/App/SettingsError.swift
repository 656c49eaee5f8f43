/// Why a text holds no settings, and in which line (from 1).
public struct SettingsError: Error, Sendable, Hashable {
  /// The line, from 1.
  public let line: Int
  /// One sentence: the value, the rule, the way out.
  public let message: String
}
