/// How much of each pixel shapes cover, gathered edge by edge.
///
/// An edge adds to every pixel of its rows the signed area to its right, as a difference along the row; the sums of a row
/// are the coverage. This is exact but for rounding, and costs as much as the edges are long (Levien 2016, font-rs).
struct Coverage {
  let width: Int
  let height: Int
  /// Differences along each row, and one more behind its end, filled up to whole vectors.
  private var differences: [Float]
  private let stride: Int
  /// The columns in which a row has differences.
  private var firsts: [Int32]
  private var lasts: [Int32]
  /// The rows in which there are differences.
  private(set) var rows: Range<Int>

  /// How sums become coverage where edges go around a place more than once.
  enum Rule: Sendable {
    /// What is gone around at all is inside.
    case nonZero
    /// What is gone around an odd number of times is inside.
    case evenOdd

    @inline(__always)
    func coverage(_ sum: Float) -> Float {
      let sum = sum.magnitude
      switch self {
      case .nonZero: return min(sum, 1)
      case .evenOdd:
        let rest = sum - 2 * Float(Int(sum * 0.5))
        return rest > 1 ? 2 - rest : rest
      }
    }
  }

  init(width: Int, height: Int) {
    self.width = max(width, 0)
    self.height = max(height, 0)
    stride = (self.width + 2 + 7) / 8 * 8
    differences = Array(repeating: 0, count: stride * self.height)
    firsts = Array(repeating: .max, count: self.height)
    lasts = Array(repeating: -1, count: self.height)
    rows = 0..<0
  }

  /// Adds the edge from one place to another. What lies above, below or to the right has no effect; what lies to the left is
  /// an edge along the left side. Places that are not finite add nothing.
  mutating func edge(_ a: SIMD2<Double>, _ b: SIMD2<Double>) {
    guard a.y != b.y, a.x.isFinite, b.x.isFinite, a.y.isFinite, b.y.isFinite, width > 0 else { return }
    let isDown = a.y < b.y
    let (top, bottom) = isDown ? (a, b) : (b, a)
    let low = max(top.y, 0)
    let high = min(bottom.y, Double(height))
    guard low < high else { return }
    let slope = (bottom.x - top.x) / (bottom.y - top.y)
    guard slope.isFinite else { return }
    let direction: Float = isDown ? 1 : -1
    let limit = Double(width)
    if min(a.x, b.x) >= 0, max(a.x, b.x) <= limit {
      return inside(top.x + (low - top.y) * slope, slope, low, high, direction)
    }
    // Split where it crosses the sides, so that each part is inside, left or right.
    let crossings = slope == 0 ? [] : [0, limit].map { top.y + ($0 - top.x) / slope }
    let cuts = ([low, high] + crossings.filter { $0 > low && $0 < high }).sorted()
    for (from, to) in zip(cuts, cuts.dropFirst()) {
      let middle = top.x + ((from + to) / 2 - top.y) * slope
      if middle <= 0 {
        inside(0, 0, from, to, direction)
      } else if middle < limit {
        inside(top.x + (from - top.y) * slope, slope, from, to, direction)
      }
    }
  }

  /// Adds an edge between two rows, from a column on and so many columns further each row, within the picture.
  private mutating func inside(
    _ start: Double, _ slope: Double, _ low: Double, _ high: Double, _ direction: Float
  ) {
    let first = Int(low)
    let last = min(Int(high) + 1, height)
    rows = rows.isEmpty ? first..<last : min(rows.lowerBound, first)..<max(rows.upperBound, last)
    let limit = Double(width)
    // What one column has of an edge that crosses several in a row.
    let run = slope == 0 ? 0 : direction * Float(1 / slope.magnitude)
    let stride = stride
    withSums { sums, firsts, lasts in
      var x = start
      for row in first..<last {
        let isWhole = row > first && row + 1 < last
        let part = isWhole ? 1 : min(high, Double(row + 1)) - max(low, Double(row))
        if part <= 0 { continue }
        let next = x + slope * part
        let left = min(max(slope < 0 ? next : x, 0), limit)
        let right = min(max(slope < 0 ? x : next, 0), limit)
        x = next
        let share = direction * Float(part)
        let column = Int(left)
        // The first column that the edge does not reach.
        let whole = Int(right)
        let end = Double(whole) < right ? whole &+ 1 : whole
        let cell = sums + (row &* stride &+ column)
        if firsts[row] > Int32(truncatingIfNeeded: column) { firsts[row] = Int32(truncatingIfNeeded: column) }
        let touched = Int32(truncatingIfNeeded: max(end, column &+ 1))
        if lasts[row] < touched { lasts[row] = touched }
        if end <= column &+ 1 {
          // Within one column: the mean of its distances from the left side of that column.
          let beyond = share * Float((left + right) * 0.5 - Double(column))
          cell[0] += share - beyond
          cell[1] += beyond
          continue
        }
        // A trapezoid over several columns: by how much each adds to the one before.
        let lead = Float(Double(column &+ 1) - left)
        let tail = Float(right - Double(end &- 1))
        let begin = 0.5 * run * lead * lead
        let finish = 0.5 * run * tail * tail
        let count = end &- column
        cell[0] += begin
        if count == 2 {
          cell[1] += share - begin - finish
        } else {
          let second = run * (lead + 0.5)
          cell[1] += second - begin
          for inner in 2..<max(count &- 1, 2) { cell[inner] += run }
          cell[count &- 1] += share - second - run * Float(count &- 3) - finish
        }
        cell[count] += finish
      }
    }
  }

  /// The memory of the sums and of the columns that are used, for loops that must be fast.
  @inline(__always)
  private mutating func withSums(
    _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>) -> Void
  ) {
    differences.withUnsafeMutableBufferPointer { sums in
      firsts.withUnsafeMutableBufferPointer { firsts in
        lasts.withUnsafeMutableBufferPointer { lasts in
          guard let sums = sums.baseAddress, let firsts = firsts.baseAddress, let lasts = lasts.baseAddress
          else { return }
          body(sums, firsts, lasts)
        }
      }
    }
  }

  /// Calls `body` with the coverage of each pixel in a box where there is any, row by row, and is empty afterwards.
  @inline(__always)
  mutating func sweep(
    in box: PixelBox, rule: Rule, _ body: (_ column: Int, _ row: Int, _ coverage: Float) -> Void
  ) {
    let box = box.intersection(PixelBox(left: 0, top: 0, width: width, height: height))
    differences.withUnsafeMutableBufferPointer { sums in
      for row in rows where lasts[row] >= 0 {
        let start = row &* stride
        let isShown = row >= box.top && row < box.bottom
        var sum: Float = 0
        // Whole vectors, so that stretches without edges are passed by in few steps.
        var column = Int(firsts[row]) & ~7
        let end = Int(lasts[row])
        while column <= end {
          let vector = UnsafeMutableRawPointer(sums.baseAddress! + start + column)
          let values = vector.loadUnaligned(as: SIMD8<Float>.self)
          if sum.magnitude < 1e-4, values == .zero {
            column += 8
            continue
          }
          vector.storeBytes(of: .zero, as: SIMD8<Float>.self)
          for lane in 0..<8 {
            sum += values[lane]
            let covered = rule.coverage(sum)
            let x = column + lane
            if covered > 1e-3, isShown, x >= box.left, x < box.right { body(x, row, covered) }
          }
          column += 8
        }
        // Where the other side lies beyond the picture, everything up to there is inside.
        let rest = rule.coverage(sum)
        if rest > 1e-3, isShown {
          for x in max(column, box.left)..<max(box.right, column, box.left) { body(x, row, rest) }
        }
        firsts[row] = .max
        lasts[row] = -1
      }
    }
    rows = 0..<0
  }
}
