/// Why a text holds no settings, and in which line (from 1).
package struct SettingsError: Error, Sendable, Hashable {
  /// The line, from 1.
  package let line: Int
  /// One sentence: the value, the rule, the way out.
  package let message: String
}
