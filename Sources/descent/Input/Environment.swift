import Glibc

/// What surrounds the process: its variables and its locale.
enum Environment {
  /// The value of a variable; nil if it is not set.
  static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// Whether this process's locale can show more than ASCII.
  static var isUnicode: Bool { nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } == "UTF-8" }

  /// Whether colours are unwelcome (no-color.org).
  static var refusesColour: Bool { variable("NO_COLOR").map { !$0.isEmpty } ?? false }

  /// The path with the home folder in the place of a `~` at its beginning.
  static func expandingHome(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = variable("HOME") else { return path }
    return home + path.dropFirst()
  }
}
