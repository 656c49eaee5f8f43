import Canvas

/// Panels side by side: as many columns as keep them nearest to the shape of a square on the screen.
struct DataGrid {
  /// The most panels.
  static let most = 6

  /// A rectangle for each panel, row by row.
  let panels: [Rect]

  /// Panels in a rectangle.
  init(_ count: Int, in rect: Rect) {
    let count = min(count, DataGrid.most)
    guard count > 0 else {
      panels = []
      return
    }
    // A cell is about twice as high as wide.
    func unlikeness(_ columns: Int) -> Double {
      let rows = (count + columns - 1) / columns
      let (width, height) = (Double(rect.width / columns), Double(rect.height / rows) * 2)
      let shape = width > 0 && height > 0 ? max(width / height, height / width) : .infinity
      // Empty places are a waste.
      return shape * (1 + 0.3 * Double(columns * rows - count))
    }
    let columns = (1...count).min { unlikeness($0) < unlikeness($1) } ?? 1
    let rows = (count + columns - 1) / columns
    let (width, height) = ((rect.width + 2) / columns, (rect.height + 1) / rows)
    panels = (0..<count).map { place in
      Rect(
        x: rect.x + place % columns * width, y: rect.y + place / columns * height, width: width - 2,
        height: height - (place / columns + 1 < rows ? 1 : 0)
      ).intersection(rect)
    }
  }
}
