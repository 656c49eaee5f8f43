/// Contour lines of a field by marching squares.
public enum ContourTracer {
  // Sides of a cell, named as on the screen, where row 0 is the top.
  private static let top = 0
  private static let right = 1
  private static let bottom = 2
  private static let left = 3

  /// The lines on which the field, interpolated along the edges of its grid, has this level.
  ///
  /// A cell in which opposite corners are above and the others below is decided by the mean of its corners. A cell with
  /// a corner that is not finite is left out, so lines end there.
  public static func contours(of field: Field, level: Double) -> [Polyline] {
    let (columns, rows) = (field.columns, field.rows)
    guard columns > 1, rows > 1, level.isFinite else { return [] }
    guard let lowest = field.minimum, let highest = field.maximum, lowest < level, level <= highest else {
      return []
    }
    return field.values.withUnsafeBufferPointer { values in
      var tracer = Tracer(
        values: values.baseAddress!, columns: columns, rows: rows, level: level, window: field.window)
      return tracer.trace()
    }
  }

  private struct Tracer {
    let values: UnsafePointer<Double>
    let columns: Int
    let rows: Int
    let level: Double
    let window: Window
    /// One entry a cell: the two segments still to be drawn, each four bits (two sides).
    private var segments: [UInt8] = []
    private var crossed: [Int32] = []

    init(values: UnsafePointer<Double>, columns: Int, rows: Int, level: Double, window: Window) {
      self.values = values
      self.columns = columns
      self.rows = rows
      self.level = level
      self.window = window
    }

    /// A segment as 0b1_ss_ee: a mark and two sides; 0 is none. Two of them fit in a byte only without the mark, so a
    /// byte holds `first | second << 4` of sides packed as `s << 2 | e`, and s ≠ e marks presence.
    private static func pack(_ s: Int, _ e: Int) -> UInt8 { UInt8(s << 2 | e) }

    mutating func trace() -> [Polyline] {
      let across = columns - 1
      segments = [UInt8](repeating: 0, count: across * (rows - 1))
      for row in 0..<(rows - 1) {
        let upper = values + row * columns
        let lower = upper + columns
        var code = (upper[0] >= level ? 1 : 0) | (lower[0] >= level ? 8 : 0)
        for column in 0..<across {
          // Corners: 1 upper left, 2 upper right, 4 lower right, 8 lower left.
          let next = (upper[column + 1] >= level ? 2 : 0) | (lower[column + 1] >= level ? 4 : 0)
          let all = code | next
          if all != 0 && all != 15 { mark(row, column, all) }
          code = (next & 2) >> 1 | (next & 4) << 1
        }
      }
      var lines: [Polyline] = []
      for cell in crossed {
        while segments[Int(cell)] != 0 { lines.append(follow(Int(cell))) }
      }
      return lines
    }

    private mutating func mark(_ row: Int, _ column: Int, _ code: Int) {
      let corner = values + row * columns + column
      let (a, b, c, d) = (corner[0], corner[1], corner[columns + 1], corner[columns])
      guard a.isFinite, b.isFinite, c.isFinite, d.isFinite else { return }
      let cell = row * (columns - 1) + column
      let packed: UInt8
      switch code {
      case 1, 14: packed = Self.pack(left, top)
      case 2, 13: packed = Self.pack(top, right)
      case 4, 11: packed = Self.pack(right, bottom)
      case 8, 7: packed = Self.pack(bottom, left)
      case 3, 12: packed = Self.pack(left, right)
      case 6, 9: packed = Self.pack(top, bottom)
      default:
        let isCentreAbove = a / 4 + b / 4 + c / 4 + d / 4 >= level
        // 5: upper left and lower right above. Joined through the centre, the other two corners are cut off.
        packed =
          (code == 5) == isCentreAbove
          ? Self.pack(top, right) | Self.pack(bottom, left) << 4
          : Self.pack(left, top) | Self.pack(right, bottom) << 4
      }
      segments[cell] = packed
      crossed.append(Int32(cell))
    }

    /// Takes one whole line out of the grid, beginning with the first segment of a cell.
    private mutating func follow(_ cell: Int) -> Polyline {
      let first = Int(segments[cell] & 15)
      segments[cell] >>= 4
      let (start, end) = (first >> 2, first & 3)
      var forward = [crossing(cell, start), crossing(cell, end)]
      if walk(from: cell, through: end, into: &forward, closingAt: (cell, start)) {
        forward.removeLast()
        return Polyline(points: Self.withoutRepeats(forward), isClosed: true)
      }
      var backward: [Point] = []
      _ = walk(from: cell, through: start, into: &backward, closingAt: (-1, 0))
      backward.reverse()
      return Polyline(points: Self.withoutRepeats(backward + forward), isClosed: false)
    }

    /// Walks on from a side of a cell until the line ends; true if it came back to where it began.
    private mutating func walk(
      from cell: Int, through side: Int, into points: inout [Point], closingAt origin: (cell: Int, side: Int)
    ) -> Bool {
      let across = columns - 1
      var (cell, side) = (cell, side)
      while true {
        let (row, column) = (cell / across, cell % across)
        switch side {
        case top:
          guard row > 0 else { return false }
          cell -= across
        case bottom:
          guard row < rows - 2 else { return false }
          cell += across
        case left:
          guard column > 0 else { return false }
          cell -= 1
        default:
          guard column < across - 1 else { return false }
          cell += 1
        }
        let entry = side ^ 2
        if cell == origin.cell, entry == origin.side { return true }
        guard let exit = take(cell, entry) else { return false }
        points.append(crossing(cell, exit))
        side = exit
      }
    }

    /// Removes the segment of a cell that touches a side and returns its other side.
    private mutating func take(_ cell: Int, _ entry: Int) -> Int? {
      let packed = segments[cell]
      for shift in [UInt8(0), 4] {
        let segment = Int(packed >> shift & 15)
        guard segment != 0 else { continue }
        let (s, e) = (segment >> 2, segment & 3)
        guard s == entry || e == entry else { continue }
        segments[cell] = shift == 0 ? packed >> 4 : packed & 15
        return s == entry ? e : s
      }
      return nil
    }

    /// Where the level crosses a side of a cell.
    private func crossing(_ cell: Int, _ side: Int) -> Point {
      let (row, column) = (cell / (columns - 1), cell % (columns - 1))
      let isAcross = side == top || side == bottom
      let r = side == bottom ? row + 1 : row
      let c = side == right ? column + 1 : column
      let a = values[r * columns + c]
      let b = isAcross ? values[r * columns + c + 1] : values[(r + 1) * columns + c]
      let share = min(1, max(0, (level / 2 - a / 2) / (b / 2 - a / 2)))
      let pixel = (x: window.width / Double(columns), y: window.height / Double(rows))
      return Point(
        x: window.x.lowerBound + (Double(c) + 0.5 + (isAcross ? share : 0)) * pixel.x,
        y: window.y.upperBound - (Double(r) + 0.5 + (isAcross ? 0 : share)) * pixel.y)
    }

    private static func withoutRepeats(_ points: [Point]) -> [Point] {
      var result: [Point] = []
      result.reserveCapacity(points.count)
      for point in points where point != result.last { result.append(point) }
      return result
    }
  }
}
