/// Something to tell of a problem in a description: a matrix that the loss is made of, the size of a data set.
public struct ProblemFact: Sendable, Hashable {
  /// What is told.
  public enum Content: Sendable, Hashable {
    /// A few words.
    case text(String)
    /// A matrix, row by row.
    case matrix(rows: Int, columns: Int, entries: [Double])
  }

  /// The name, which is also its key in JSON.
  public let name: String
  /// What is told.
  public let content: Content

  /// A fact by its name.
  public init(_ name: String, _ content: Content) {
    self.name = name
    self.content = content
  }
}
