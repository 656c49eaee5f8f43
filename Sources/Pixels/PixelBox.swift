/// A rectangle of pixels, or of cells: columns and rows counted from the left and from the top.
public struct PixelBox: Hashable, Sendable {
  /// The first column.
  public var left: Int
  /// The first row.
  public var top: Int
  /// How many columns.
  public var width: Int
  /// How many rows.
  public var height: Int

  /// A rectangle; a negative side is none.
  public init(left: Int, top: Int, width: Int, height: Int) {
    (self.left, self.top) = (left, top)
    (self.width, self.height) = (max(width, 0), max(height, 0))
  }

  /// The first column that is not in it.
  public var right: Int { left + width }
  /// The first row that is not in it.
  public var bottom: Int { top + height }
  /// Whether nothing is in it.
  public var isEmpty: Bool { width == 0 || height == 0 }

  /// What both have.
  public func intersection(_ other: PixelBox) -> PixelBox {
    let (left, top) = (max(left, other.left), max(top, other.top))
    return PixelBox(
      left: left, top: top, width: min(right, other.right) - left, height: min(bottom, other.bottom) - top)
  }

  /// The smallest rectangle that has both.
  public func union(_ other: PixelBox) -> PixelBox {
    if isEmpty { return other }
    if other.isEmpty { return self }
    let (left, top) = (min(left, other.left), min(top, other.top))
    return PixelBox(
      left: left, top: top, width: max(right, other.right) - left, height: max(bottom, other.bottom) - top)
  }

  /// The pixels of these cells.
  public func scaled(by cell: CellSize) -> PixelBox {
    PixelBox(
      left: left * cell.width, top: top * cell.height, width: width * cell.width,
      height: height * cell.height)
  }
}
