/// How many pixels a cell of a terminal has.
public struct CellSize: Hashable, Sendable {
  /// Across, at least 1.
  public let width: Int
  /// Down, at least 1.
  public let height: Int

  /// A size; sides below 1 become 1.
  public init(width: Int, height: Int) {
    self.width = max(width, 1)
    self.height = max(height, 1)
  }
}
