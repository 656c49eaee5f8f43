extension Landscape {
  /// How many multiplications the losses of a picture may take: about a second's.
  private static let mostMultiplications = 8e9

  /// How many losses a picture of so many pixels is made of: one for each, or where a loss takes long fewer, in the same shape.
  package func sketchSize(columns: Int, rows: Int) -> (columns: Int, rows: Int) {
    // A loss is a pass forward through parameters and rows, an eighth of a product with the Hessian.
    let loss = problem.curvatureCost / 8
    guard loss * Double(columns * rows) > Self.mostMultiplications else { return (columns, rows) }
    let share = (Self.mostMultiplications / loss / Double(columns * rows)).squareRoot()
    return (max(2, Int(share * Double(columns))), max(2, Int(share * Double(rows))))
  }

  /// What is said of a picture that is made of fewer losses than it has pixels; nil where it is not.
  package func sketchWords(columns: Int, rows: Int) -> String? {
    sketchSize(columns: columns, rows: rows) == (columns, rows) ? nil : "a sketch: every loss takes long"
  }

  /// The loss on a grid as `field` has it, but of `sketchSize` losses, with straight lines between them.
  package func sketch(columns: Int, rows: Int, window: Window, step: Int = 0) -> Field {
    let size = sketchSize(columns: columns, rows: rows)
    let field = field(columns: size.columns, rows: size.rows, window: window, step: step)
    return size == (columns, rows) ? field : field.resampled(columns: columns, rows: rows)
  }
}

extension Field {
  /// The same window in other pixels: linear between samples in both directions, and level beyond the outermost.
  package func resampled(columns: Int, rows: Int) -> Field {
    func places(_ count: Int, of samples: Int) -> [(first: Int, second: Int, share: Double)] {
      (0..<count).map { pixel in
        let place = (Double(pixel) + 0.5) * Double(samples) / Double(count) - 0.5
        let inside = min(max(place, 0), Double(samples - 1))
        let first = min(Int(inside), samples - 1)
        return (first, min(first + 1, samples - 1), inside - Double(first))
      }
    }
    let across = places(columns, of: self.columns)
    var values: [Double] = []
    values.reserveCapacity(columns * rows)
    for down in places(rows, of: self.rows) {
      for place in across {
        // Where a share is 0 its sample has no part, whatever it is.
        func between(_ a: Double, _ b: Double, _ share: Double) -> Double {
          share == 0 ? a : a + share * (b - a)
        }
        func row(_ y: Int) -> Double { between(self[place.first, y], self[place.second, y], place.share) }
        values.append(
          down.share == 0 ? row(down.first) : between(row(down.first), row(down.second), down.share))
      }
    }
    return Field(columns: columns, rows: rows, window: window, values: values)
  }
}
