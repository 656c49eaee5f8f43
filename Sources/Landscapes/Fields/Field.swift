internal import OptimizerCore

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

extension Field {
  /// The loss of a problem of two parameters at the pixels of the window.
  init(of oracle: ObjectiveOracle<Lanes>, columns: Int, rows: Int, window: Window) {
    self.init(of: oracle, dimension: 2, columns: columns, rows: rows, window: window) { parameters, x, y in
      parameters[0] = x
      parameters[1] = y
    }
  }

  /// The loss of a problem over more than two parameters on a plane through them.
  init(of oracle: ObjectiveOracle<Lanes>, on plane: Plane, columns: Int, rows: Int, window: Window) {
    self.init(
      of: oracle, origin: plane.origin, across: plane.u, up: plane.v, columns: columns, rows: rows,
      window: window)
  }

  /// The loss at `origin + x·across + y·up` for the pixels (x, y) of the window.
  init(
    of oracle: ObjectiveOracle<Lanes>, origin: [Double], across: [Double], up: [Double], columns: Int,
    rows: Int, window: Window
  ) {
    self.init(of: oracle, dimension: origin.count, columns: columns, rows: rows, window: window) {
      parameters, x, y in
      for k in parameters.indices { parameters[k] = origin[k] + x * across[k] + y * up[k] }
    }
  }

  /// The loss at the parameters that a pixel (x, y) stands for, eight pixels at a time.
  private init(
    of oracle: ObjectiveOracle<Lanes>, dimension: Int, columns: Int, rows: Int, window: Window,
    lift: (inout [Lanes], Lanes, Lanes) -> Void
  ) {
    precondition(columns > 0 && rows > 0, "a field has at least one sample")
    var values = [Double](repeating: 0, count: columns * rows)
    var parameters = [Lanes](repeating: .zero, count: dimension)
    var x = Lanes()
    var y = Lanes()
    for first in stride(from: 0, to: values.count, by: Lanes.laneCount) {
      let used = min(Lanes.laneCount, values.count - first)
      for lane in 0..<used {
        x[lane] = Field.x((first + lane) % columns, of: columns, in: window)
        y[lane] = Field.y((first + lane) / columns, of: rows, in: window)
      }
      lift(&parameters, x, y)
      let result = oracle.evaluateValue(at: parameters.span)
      for lane in 0..<used { values[first + lane] = result[lane] }
    }
    self.init(columns: columns, rows: rows, window: window, values: values)
  }
}
