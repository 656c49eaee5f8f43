/// What the columns of a table are to a model.
public struct DataRoles: Sendable, Hashable {
  /// The columns that the model reads; the target is one of them where its formula names it.
  public let inputs: [String]
  /// The column that it is to tell; nil where it only describes its rows.
  public let target: String?
  /// How many classes the target has; nil where it is a number.
  public let classes: Int?

  /// The roles of columns.
  public init(inputs: [String], target: String?, classes: Int?) {
    self.inputs = inputs
    self.target = target
    self.classes = classes
  }
}
