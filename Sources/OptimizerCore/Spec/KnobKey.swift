/// How the key of a knob is written: `lr`, and in a wrapper `base.lr` for that of its base.
public enum KnobKey {
  private static let prefix = "base."

  /// The key by which a wrapper knows a knob of its base.
  package static func ofBase(_ key: String) -> String { prefix + key }

  /// The base's own key behind a wrapper's; nil for a knob of the wrapper itself.
  package static func inBase(_ key: String) -> String? {
    key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : nil
  }

  /// The last part of a key, whatever it is wrapped in: `lr` of `base.base.lr`.
  public static func word(of key: String) -> Substring {
    key.lastIndex(of: ".").map { key[key.index(after: $0)...] } ?? key[...]
  }

  /// Whether a key is that of a learning rate.
  public static func isRate(_ key: String) -> Bool { word(of: key) == "lr" }
}
