/// Everything that is wrong in a scene document, in the order of the file.
public struct SceneErrors: Error, Sendable, Hashable, CustomStringConvertible {
  /// One for each fault.
  public var errors: [SceneError]

  /// The faults of a document.
  public init(_ errors: [SceneError]) { self.errors = errors }

  /// A line each.
  public var description: String { errors.map(\.description).joined(separator: "\n") }
}
