import Canvas

/// A number that is read from the back row: digits three cells wide and two and a half high, made of half-blocks.
struct BigNumber {
  let value: Int

  /// The rows it takes.
  static let rows = 3

  /// The rows of the digits' halves, from the top, each three bits from the left.
  private static let shapes: [[UInt8]] = [
    [0b111, 0b101, 0b101, 0b101, 0b111], [0b010, 0b110, 0b010, 0b010, 0b111],
    [0b111, 0b001, 0b111, 0b100, 0b111], [0b111, 0b001, 0b111, 0b001, 0b111],
    [0b101, 0b101, 0b111, 0b001, 0b001], [0b111, 0b100, 0b111, 0b001, 0b111],
    [0b111, 0b100, 0b111, 0b101, 0b111], [0b111, 0b001, 0b001, 0b001, 0b001],
    [0b111, 0b101, 0b111, 0b101, 0b111], [0b111, 0b101, 0b111, 0b001, 0b111],
  ]

  /// Paints it with its left edge at a place; as plain digits in the middle row where it is too wide, or where there are no
  /// blocks.
  func paint(on canvas: inout Canvas, x: Int, y: Int, width: Int, _ look: Look) {
    let digits = String(value).compactMap(\.wholeNumberValue)
    guard look.glyphs != .ascii, digits.count * 4 - 1 <= width else {
      canvas.text(String(value), x: x, y: y + 1, style: look.strong.bold, width: width)
      return
    }
    for (place, digit) in digits.enumerated() {
      let shape = BigNumber.shapes[digit] + [0]
      for row in 0..<BigNumber.rows {
        for column in 0..<3 {
          let bit = UInt8(0b100 >> column)
          let halves = (shape[row * 2] & bit != 0, shape[row * 2 + 1] & bit != 0)
          let glyph: Glyph =
            switch halves {
            case (true, true): .fullBlock
            case (true, false): .upperHalf
            case (false, true): .lowerHalf
            case (false, false): .space
            }
          canvas[x + place * 4 + column, y + row] = Cell(glyph, look.strong)
        }
      }
    }
  }
}
