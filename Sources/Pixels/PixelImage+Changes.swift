extension PixelImage {
  /// The smallest rectangle outside of which the picture is as another of the same size; nil where all of it is.
  public func change(from other: PixelImage) -> PixelBox? {
    precondition(other.width == width && other.height == height, "pictures of one size")
    var box = PixelBox(left: 0, top: 0, width: 0, height: 0)
    pixels.withUnsafeBufferPointer { new in
      other.pixels.withUnsafeBufferPointer { old in
        for row in 0..<height {
          let start = row * width
          guard let first = (0..<width).first(where: { new[start + $0] != old[start + $0] }) else { continue }
          let last = (0..<width).last { new[start + $0] != old[start + $0] } ?? first
          box = box.union(PixelBox(left: first, top: row, width: last - first + 1, height: 1))
        }
      }
    }
    return box.isEmpty ? nil : box
  }

  /// Rectangles of cells outside of which the picture is as another of the same size: none overlaps another, and each cell
  /// in them is different. A cell that the picture has only in part counts as one.
  ///
  /// - Parameter isTouched: whether a cell counts as different anyway.
  public func changedCells(
    from other: PixelImage, cell: CellSize, isTouched: (_ column: Int, _ row: Int) -> Bool = { _, _ in false }
  ) -> [PixelBox] {
    precondition(other.width == width && other.height == height, "pictures of one size")
    let columns = (width + cell.width - 1) / cell.width
    let rows = (height + cell.height - 1) / cell.height
    var boxes: [PixelBox] = []
    // Those that end at the row before.
    var open: [Int] = []
    for row in 0..<rows {
      var changed = changedColumns(from: other, cell: cell, row: row, columns: columns)
      for column in 0..<columns where isTouched(column, row) { changed[column] = true }
      var next: [Int] = []
      var column = 0
      while column < columns {
        guard changed[column] else {
          column += 1
          continue
        }
        let end = changed[column...].firstIndex(of: false) ?? columns
        if let index = open.first(where: { boxes[$0].left == column && boxes[$0].right == end }) {
          boxes[index].height += 1
          next.append(index)
        } else {
          next.append(boxes.count)
          boxes.append(PixelBox(left: column, top: row, width: end - column, height: 1))
        }
        column = end
      }
      open = next
    }
    return boxes
  }

  private func changedColumns(
    from other: PixelImage, cell: CellSize, row: Int, columns: Int
  ) -> [Bool] {
    var changed = [Bool](repeating: false, count: columns)
    pixels.withUnsafeBufferPointer { new in
      other.pixels.withUnsafeBufferPointer { old in
        for line in row * cell.height..<min((row + 1) * cell.height, height) {
          for column in 0..<columns where !changed[column] {
            let start = line * width + column * cell.width
            let count = min(cell.width, width - column * cell.width)
            changed[column] = (start..<start + count).contains { new[$0] != old[$0] }
          }
        }
      }
    }
    return changed
  }
}
