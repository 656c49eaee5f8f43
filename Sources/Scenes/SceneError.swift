/// Something wrong in a scene document, with its place.
public struct SceneError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file, as it was named.
  public var file: String
  /// From 1; nil where the whole file is meant.
  public var line: Int?
  /// From 1; nil where the whole line is meant.
  public var column: Int?
  /// What is wrong, the rule, and the way out.
  public var message: String

  /// A fault at a place.
  public init(file: String, line: Int? = nil, column: Int? = nil, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// `ravine.yaml:3:1: unknown key 'titel', did you mean 'title'?`
  public var description: String {
    var place = file
    if let line { place += ":\(line)" }
    if line != nil, let column { place += ":\(column)" }
    return "\(place): \(message)"
  }
}
