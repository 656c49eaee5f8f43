/// Shades on a grid, from 0 to 1, each in the middle of its square; what has none is not a number.
public struct ShadeField: Hashable, Sendable {
  /// Squares across.
  public let columns: Int
  /// Squares down.
  public let rows: Int
  /// Row by row from the top.
  public let shades: [Float]

  /// A grid of shades, `columns`×`rows` of them.
  public init(columns: Int, rows: Int, shades: [Float]) {
    precondition(
      columns >= 0 && rows >= 0 && shades.count == columns * rows, "a field has columns×rows shades")
    self.columns = columns
    self.rows = rows
    self.shades = shades
  }

  /// Between which two squares a pixel lies, and what share of the way to the second.
  struct Place {
    var index: Int
    var share: Float
  }

  /// Where the middles of so many pixels lie among squares; before the first middle and behind the last on it.
  static func places(of pixels: Int, among squares: Int) -> [Place] {
    (0..<pixels).map { pixel in
      let place = (Double(pixel) + 0.5) / Double(pixels) * Double(squares) - 0.5
      let inside = min(max(place, 0), Double(squares - 1))
      return Place(index: Int(inside), share: Float(inside - inside.rounded(.down)))
    }
  }

  /// The shades between two rows, and the last of them once more.
  func interpolate(_ place: Place, into line: inout [Float]) {
    let upper = place.index * columns
    let lower = min(place.index + 1, rows - 1) * columns
    shades.withUnsafeBufferPointer { shades in
      line.withUnsafeMutableBufferPointer { line in
        for column in 0..<columns {
          let here = shades[upper + column]
          line[column] = place.share == 0 ? here : here + (shades[lower + column] - here) * place.share
        }
        line[columns] = line[columns - 1]
      }
    }
  }
}
