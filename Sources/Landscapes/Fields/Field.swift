/// A loss sampled on a grid: one number at the centre of each pixel, the top row first.
public struct Field: Sendable, Hashable {
  /// Samples in a row.
  public let columns: Int
  /// The number of rows.
  public let rows: Int
  /// What the pixels cover.
  public let window: Window
  /// Row by row from the top, each from the left; what is not finite stays as it is.
  public let values: [Double]
  /// The smallest finite value, nil if none is finite.
  public let minimum: Double?
  /// The largest finite value, nil if none is finite.
  public let maximum: Double?

  /// A grid of numbers, `columns`×`rows` of them.
  public init(columns: Int, rows: Int, window: Window, values: [Double]) {
    precondition(values.count == columns * rows, "a field has columns×rows values")
    self.columns = columns
    self.rows = rows
    self.window = window
    self.values = values
    var smallest = Double.infinity
    var largest = -Double.infinity
    for value in values where value.isFinite {
      smallest = value < smallest ? value : smallest
      largest = value > largest ? value : largest
    }
    minimum = smallest <= largest ? smallest : nil
    maximum = smallest <= largest ? largest : nil
  }

  /// The sample of a column (from the left) and row (from the top).
  public subscript(column: Int, row: Int) -> Double { values[row * columns + column] }

  /// Where a sample was taken.
  public func point(_ column: Int, _ row: Int) -> Point {
    Point(x: Field.x(column, of: columns, in: window), y: Field.y(row, of: rows, in: window))
  }

  @inline(__always)
  static func x(_ column: Int, of columns: Int, in window: Window) -> Double {
    window.x.lowerBound + (Double(column) + 0.5) * (window.width / Double(columns))
  }

  @inline(__always)
  static func y(_ row: Int, of rows: Int, in window: Window) -> Double {
    window.y.upperBound - (Double(row) + 0.5) * (window.height / Double(rows))
  }
}
