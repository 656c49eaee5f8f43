import Pixels

/// Room for words that belong to a place, not to a line.
extension LabelPlacer {
  /// Marks a box as drawn on.
  mutating func occupy(_ box: Box, thing: Int32) {
    for y in LabelPlacer.rows(of: box) { occupy([Place(box.left, y), Place(box.right, y)], thing: thing) }
  }

  /// A place for the middle of words near a place, where they cover nothing; nil where there is no room. Others keep clear of
  /// them.
  ///
  /// - Parameters:
  ///   - gap: how far from the place they begin.
  ///   - lines: how many lines of text above and below it is looked for room.
  mutating func place(
    width: Double, height: Double, near place: Place, from gap: Double = 8, within lines: Int
  ) -> Place? {
    let (aside, over) = (gap + width / 2, gap + height / 2)
    let beside = [Place(aside, 0), Place(-aside, 0)]
    let farther = lines > 1 ? [aside + 2 * gap, -aside - 2 * gap] : []
    let ways = (0..<lines).flatMap { line in
      ([0, aside, -aside] + farther).flatMap { x in
        let y = over + Double(line) * height
        return [Place(x, -y), Place(x, y)]
      }
    }
    for way in beside + ways {
      let middle = place + way
      let box = Box(
        left: middle.x - width / 2, top: middle.y - height / 2, width: width, height: height)
      guard isFree(box) else { continue }
      occupy(box, thing: LabelPlacer.words)
      return middle
    }
    return nil
  }

  private static let words = Int32(-3)

  private func isFree(_ box: Box) -> Bool {
    LabelPlacer.rows(of: box).allSatisfy { y in
      stride(from: box.left, through: box.right, by: 2.5).allSatisfy { isFree(Place($0, y)) }
    }
  }

  private static func rows(of box: Box) -> StrideThrough<Double> {
    stride(from: box.top, through: box.bottom, by: 2)
  }
}
