internal import OptimizerCore

/// Losses that were measured at the points of a rectangular grid.
struct GridTable: Sendable, Hashable {
  /// The fewest values along an axis: a cubic spline without an assumption about its ends takes four.
  static let fewest = 4
  /// The most values in all.
  static let most = 4_000_000

  /// Where the columns are, ascending; distances may differ.
  let x: [Double]
  /// Where the rows are, ascending.
  let y: [Double]
  /// The losses, row by row from the smallest y, each from the smallest x.
  let values: [Double]

  /// A grid of which the axes may descend: rows and columns are then turned round.
  ///
  /// - Throws: which axis is too short, does not go one way, or cannot be shown; or which value is none.
  init(x: [Double], y: [Double], values: [Double]) throws(DataError) {
    precondition(values.count == x.count * y.count, "a grid has a value at each of its points")
    let (across, up) = (try Self.ascending(x, "x"), try Self.ascending(y, "y"))
    if let hole = values.firstIndex(where: { !$0.isFinite }) {
      throw DataError(
        "the loss at x = \(x[hole % x.count].shortest), y = \(y[hole / x.count].shortest) is "
          + "\(values[hole]): \(Self.holeAdvice)")
    }
    self.x = across.nodes
    self.y = up.nodes
    guard across.isTurned || up.isTurned else {
      self.values = values
      return
    }
    let width = x.count
    self.values = values.indices.map { place in
      let (row, column) = (place / width, place % width)
      return values[
        (up.isTurned ? y.count - 1 - row : row) * width + (across.isTurned ? width - 1 - column : column)]
    }
  }

  static let holeAdvice =
    "a spline needs a number at every point; fill the hole, or leave out its row or column"

  private static func ascending(
    _ nodes: [Double], _ name: String
  ) throws(DataError) -> (nodes: [Double], isTurned: Bool) {
    guard nodes.count >= fewest else {
      throw DataError(
        "a bicubic spline takes at least \(fewest) different \(name), got \(nodes.count)")
    }
    let isTurned = nodes[0] > nodes[1]
    let sorted = isTurned ? nodes.reversed() : nodes
    for place in 1..<sorted.count where !(sorted[place] - sorted[place - 1] > 0) {
      throw DataError(
        "\(name) must go up or down all the way, got \(sorted[place - 1].shortest) beside \(sorted[place].shortest)"
      )
    }
    let length = sorted[sorted.count - 1] - sorted[0]
    let size = max(sorted[0].magnitude, sorted[sorted.count - 1].magnitude)
    guard Window.lengths.contains(length), length > 1e-12 * size else {
      throw DataError(
        "\(name) must be between 1e-12 and 1e12 long, and no shorter than 1e-12 of its numbers, got "
          + "\(sorted[0].shortest) to \(sorted[sorted.count - 1].shortest)")
    }
    return (sorted, isTurned)
  }

  /// Numbers at equal distances, the last as it is given.
  static func nodes(_ count: Int, from first: Double, to last: Double) -> [Double] {
    guard count > 1 else { return [first] }
    return (0..<count).map { place in
      place == count - 1 ? last : first + (last - first) * (Double(place) / Double(count - 1))
    }
  }

  /// The same numbers at other places, for a file that does not say where they are.
  static func placed(
    _ rows: [[Double]], x: (Double, Double)?, y: (Double, Double)?
  ) throws(DataError) -> GridTable {
    let (width, height) = (rows[0].count, rows.count)
    let (left, right) = x ?? (0, Double(width - 1))
    let (bottom, top) = y ?? (0, Double(height - 1))
    return try GridTable(
      x: nodes(width, from: left, to: right), y: nodes(height, from: bottom, to: top),
      values: rows.flatMap { $0 })
  }
}
