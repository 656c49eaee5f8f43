/// A screen as shapes, as a terminal would show it: text, and blocks, braille and box lines drawn so that they meet.
package struct CellPicture: Sendable {
  /// A rectangle of one colour.
  package struct Area: Sendable {
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double
    package var colour: Colour
    /// How much of what lies below it covers.
    package var opacity = 1.0
  }

  /// A dot around its middle. All dots of a screen are of one size.
  package struct Dot: Sendable {
    package var x: Double
    package var y: Double
    package var radius: Double
    package var colour: Colour
  }

  /// Text of one style.
  package struct Run: Sendable {
    package var text: String
    package var x: Double
    /// The line on which letters stand.
    package var y: Double
    package var width: Double
    package var colour: Colour
    package var isBold: Bool
    package var isUnderlined: Bool
  }

  /// Pixels across the screen.
  package let width: Int
  /// Pixels down.
  package let height: Int
  /// The size of type.
  package let size: Double
  /// The colour of all that has no other.
  package let page: Colour
  /// The grounds of cells, which lie beneath all else, and do not overlap but with their own colour.
  package private(set) var grounds: [Area] = []
  /// Blocks and lines.
  package private(set) var areas: [Area] = []
  /// The dots of braille.
  package private(set) var dots: [Dot] = []
  /// The text, which lies on top.
  package private(set) var runs: [Run] = []

  /// The picture of a canvas; `.terminal` becomes the given foreground and background.
  ///
  /// - Parameter cellWidth: pixels across a cell; a cell is twice as high.
  package init(of canvas: Canvas, foreground: Colour, background: Colour, cellWidth: Int) {
    let (w, h) = (max(cellWidth, 1), max(cellWidth, 1) * 2)
    (width, height) = (canvas.width * w, canvas.height * h)
    size = Double(w) / 0.602
    page = background
    for y in 0..<canvas.height {
      var x = 0
      while x < canvas.width {
        let cell = canvas[x, y]
        let (ink, ground) = CellPicture.colours(cell.style, foreground, background)
        let (left, top) = (Double(x * w), Double(y * h))
        if ground != background {
          addGround(left, top, Double(w * max(cell.glyph.columns, 1)), Double(h), ground)
        }
        if ink == ground && !CellPicture.isText(cell.glyph)
          || draw(cell.glyph, left, top, Double(w), Double(h), ink) || cell.glyph == .space
          || cell.glyph == .continuation
        {
          if cell.style.attributes.contains(.underline) { add(left, top + Double(h) - 2, Double(w), 1, ink) }
          x += 1
          continue
        }
        // A run of text of one style; blanks within it belong to it.
        var run = String.UnicodeScalarView()
        var end = x
        while end < canvas.width, canvas[end, y].style == cell.style, CellPicture.isText(canvas[end, y].glyph)
        {
          canvas[end, y].glyph.write(to: &run)
          end += max(canvas[end, y].glyph.columns, 1)
        }
        let length = Double((end - x) * w)
        if end > x + 1 && ground != background { addGround(left, top, length, Double(h), ground) }
        runs.append(
          Run(
            text: String(run), x: left, y: top + Double(h) * 0.74, width: length, colour: ink,
            isBold: cell.style.attributes.contains(.bold),
            isUnderlined: cell.style.attributes.contains(.underline)))
        x = end
      }
    }
  }

  private mutating func addGround(_ x: Double, _ y: Double, _ w: Double, _ h: Double, _ colour: Colour) {
    grounds.append(Area(x: x, y: y, width: w, height: h, colour: colour))
  }

  private mutating func add(
    _ x: Double, _ y: Double, _ w: Double, _ h: Double, _ colour: Colour, opacity: Double = 1
  ) {
    areas.append(Area(x: x, y: y, width: w, height: h, colour: colour, opacity: opacity))
  }

  private static func isText(_ glyph: Glyph) -> Bool {
    let value = glyph.base
    return glyph == .space || glyph == .continuation
      || !((0x2500...0x259f).contains(value) || (0x2800...0x28ff).contains(value)
        || (0x1fb00...0x1fb3b).contains(value) || Dots.octants.contains(glyph))
  }

  private static func colours(_ style: Style, _ foreground: Colour, _ background: Colour) -> (Colour, Colour)
  {
    var ink = style.foreground == .terminal ? foreground : style.foreground
    var ground = style.background == .terminal ? background : style.background
    if style.attributes.contains(.reverse) { swap(&ink, &ground) }
    if style.attributes.contains(.dim) { ink = ink.mixed(with: ground, amount: 0.5) }
    return (ink, ground)
  }

  /// Draws a block, braille or box glyph as shapes; false if it is none.
  private mutating func draw(
    _ glyph: Glyph, _ x: Double, _ y: Double, _ w: Double, _ h: Double, _ ink: Colour
  ) -> Bool {
    let value = glyph.base
    switch value {
    case 0x2800...0x28ff:
      for column in 0..<2 {
        for row in 0..<4 where UInt8(value & 255) & Dots.braille.bit(column, row) != 0 {
          dots.append(
            Dot(
              x: x + (Double(column) + 0.5) * w / 2, y: y + (Double(row) + 0.5) * h / 4, radius: w / 8,
              colour: ink))
        }
      }
    case 0x1fb00...0x1fb3b:
      let bits = (1...62).first { Dots.sextant.glyph(UInt8($0)).base == value } ?? 0
      for dot in 0..<6 where bits >> dot & 1 == 1 {
        add(x + Double(dot % 2) * w / 2, y + Double(dot / 2) * h / 3, w / 2, h / 3, ink)
      }
    case 0x2581...0x2588:
      let height = h * Double(value - 0x2580) / 8
      add(x, y + h - height, w, height, ink)
    case 0x2589...0x258f:
      add(x, y, w * Double(0x2590 - value) / 8, h, ink)
    case 0x2591...0x2593:
      add(x, y, w, h, ink, opacity: Double(value - 0x2590) / 4)
    case 0x2594: add(x, y, w, h / 8, ink)
    case 0x2595: add(x + w * 7 / 8, y, w / 8, h, ink)
    default:
      if let bits = Dots.quadrants.firstIndex(of: glyph), bits > 0 {
        for dot in 0..<4 where bits >> dot & 1 == 1 {
          add(x + Double(dot % 2) * w / 2, y + Double(dot / 2) * h / 2, w / 2, h / 2, ink)
        }
        return true
      }
      if let bits = Dots.octants.firstIndex(of: glyph), bits > 0 {
        for dot in 0..<8 where bits >> dot & 1 == 1 {
          add(x + Double(dot % 2) * w / 2, y + Double(dot / 2) * h / 4, w / 2, h / 4, ink)
        }
        return true
      }
      guard let arms = CellPicture.boxArms[value] else {
        return (0x2500...0x257f).contains(value) ? box(value, x, y, w, h, ink) : false
      }
      let (middleX, middleY) = (x + w / 2, y + h / 2)
      for arm in arms.unicodeScalars {
        switch arm {
        case "l": add(x, middleY - 0.5, w / 2 + 0.5, 1, ink)
        case "r": add(middleX - 0.5, middleY - 0.5, w / 2 + 0.5, 1, ink)
        case "u": add(middleX - 0.5, y, 1, h / 2 + 0.5, ink)
        default: add(middleX - 0.5, middleY - 0.5, 1, h / 2 + 0.5, ink)
        }
      }
    }
    return true
  }

  /// Box lines that are not made of four plain arms: dashes and heavy lines as one line, anything else as a cross.
  private mutating func box(
    _ value: UInt32, _ x: Double, _ y: Double, _ w: Double, _ h: Double, _ ink: Colour
  ) -> Bool {
    let sign = Glyph(Unicode.Scalar(value) ?? "?").ascii
    if sign == "-" || sign == "+" { add(x, y + h / 2 - 0.5, w, 1, ink) }
    if sign == "|" || sign == "+" { add(x + w / 2 - 0.5, y, 1, h, ink) }
    return sign == "-" || sign == "|" || sign == "+"
  }

  private static let boxArms: [UInt32: String] = [
    0x2500: "lr", 0x2502: "ud", 0x250c: "rd", 0x2510: "ld", 0x2514: "ru", 0x2518: "lu", 0x251c: "udr",
    0x2524: "udl",
    0x252c: "lrd", 0x2534: "lru", 0x253c: "lrud", 0x256d: "rd", 0x256e: "ld", 0x2570: "ru", 0x256f: "lu",
    0x2574: "l", 0x2575: "u", 0x2576: "r", 0x2577: "d",
  ]
}
