/// Frames as pictures.
public enum SVGWriter {
  /// An SVG document that shows the canvas cell by cell, as a terminal would: text in a monospaced font, blocks, braille
  /// and box lines drawn as shapes so that they meet. `.terminal` becomes the given foreground and background.
  ///
  /// - Parameters:
  ///   - cellWidth: pixels across a cell; a cell is twice as high.
  ///   - title: what a reader of the document is told it shows.
  public static func document(
    of canvas: Canvas, foreground: Colour = Colour(hex: 0xd7d7d7), background: Colour = Colour(hex: 0x101014),
    cellWidth: Int = 10, title: String? = nil
  ) -> String {
    let (w, h) = (max(cellWidth, 1), max(cellWidth, 1) * 2)
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(canvas.width * w)" height="\(canvas.height * h)" \
      viewBox="0 0 \(canvas.width * w) \(canvas.height * h)" font-size="\(SVGText.decimal(Double(w) / 0.602))" \
      font-family="'DejaVu Sans Mono', Menlo, Consolas, monospace">

      """
    if let title { svg += "<title>\(SVGText.escaped(title))</title>\n" }
    svg += "<rect width=\"100%\" height=\"100%\" fill=\"\(SVGText.colour(background))\"/>\n"
    var shapes = SVGShapes()
    var text = ""
    for y in 0..<canvas.height {
      var x = 0
      while x < canvas.width {
        let cell = canvas[x, y]
        let (ink, ground) = colours(cell.style, foreground, background)
        if ground != background {
          shapes.ground(
            Double(x * w), Double(y * h), Double(w * max(cell.glyph.columns, 1)), Double(h), ground)
        }
        if ink == ground && !isText(cell.glyph)
          || draw(cell.glyph, Double(x * w), Double(y * h), Double(w), Double(h), ink, &shapes)
          || cell.glyph == .space
          || cell.glyph == .continuation
        {
          if cell.style.attributes.contains(.underline) {
            shapes.rect(Double(x * w), Double((y + 1) * h) - 2, Double(w), 1, ink)
          }
          x += 1
          continue
        }
        // A run of text of one style; blanks within it belong to it.
        var run = String.UnicodeScalarView()
        var end = x
        while end < canvas.width, canvas[end, y].style == cell.style, isText(canvas[end, y].glyph) {
          canvas[end, y].glyph.write(to: &run)
          end += max(canvas[end, y].glyph.columns, 1)
        }
        if end > x + 1 && ground != background {
          shapes.ground(Double(x * w), Double(y * h), Double((end - x) * w), Double(h), ground)
        }
        var attributes =
          " x=\"\(x * w)\" y=\"\(SVGText.decimal(Double(y * h) + Double(h) * 0.74))\" fill=\"\(SVGText.colour(ink))\""
        attributes += " textLength=\"\((end - x) * w)\" lengthAdjust=\"spacingAndGlyphs\""
        if cell.style.attributes.contains(.bold) { attributes += " font-weight=\"bold\"" }
        if cell.style.attributes.contains(.underline) { attributes += " text-decoration=\"underline\"" }
        text += "<text xml:space=\"preserve\"\(attributes)>\(SVGText.escaped(String(run)))</text>\n"
        x = end
      }
    }
    svg += shapes.text
    return svg + text + "</svg>\n"
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
  private static func draw(
    _ glyph: Glyph, _ x: Double, _ y: Double, _ w: Double, _ h: Double, _ ink: Colour,
    _ shapes: inout SVGShapes
  ) -> Bool {
    let value = glyph.base
    switch value {
    case 0x2800...0x28ff:
      for column in 0..<2 {
        for row in 0..<4 where UInt8(value & 255) & Dots.braille.bit(column, row) != 0 {
          shapes.dot(x + (Double(column) + 0.5) * w / 2, y + (Double(row) + 0.5) * h / 4, w / 8, ink)
        }
      }
    case 0x1fb00...0x1fb3b:
      let bits = (1...62).first { Dots.sextant.glyph(UInt8($0)).base == value } ?? 0
      for dot in 0..<6 where bits >> dot & 1 == 1 {
        shapes.rect(x + Double(dot % 2) * w / 2, y + Double(dot / 2) * h / 3, w / 2, h / 3, ink)
      }
    case 0x2581...0x2588:
      let height = h * Double(value - 0x2580) / 8
      shapes.rect(x, y + h - height, w, height, ink)
    case 0x2589...0x258f:
      shapes.rect(x, y, w * Double(0x2590 - value) / 8, h, ink)
    case 0x2591...0x2593:
      shapes.rect(x, y, w, h, ink, opacity: Double(value - 0x2590) / 4)
    case 0x2594: shapes.rect(x, y, w, h / 8, ink)
    case 0x2595: shapes.rect(x + w * 7 / 8, y, w / 8, h, ink)
    default:
      if let bits = Dots.quadrants.firstIndex(of: glyph), bits > 0 {
        for dot in 0..<4 where bits >> dot & 1 == 1 {
          shapes.rect(x + Double(dot % 2) * w / 2, y + Double(dot / 2) * h / 2, w / 2, h / 2, ink)
        }
        return true
      }
      if let bits = Dots.octants.firstIndex(of: glyph), bits > 0 {
        for dot in 0..<8 where bits >> dot & 1 == 1 {
          shapes.rect(x + Double(dot % 2) * w / 2, y + Double(dot / 2) * h / 4, w / 2, h / 4, ink)
        }
        return true
      }
      guard let arms = boxArms[value] else {
        return (0x2500...0x257f).contains(value) ? box(value, x, y, w, h, ink, &shapes) : false
      }
      let (middleX, middleY) = (x + w / 2, y + h / 2)
      for arm in arms.unicodeScalars {
        switch arm {
        case "l": shapes.rect(x, middleY - 0.5, w / 2 + 0.5, 1, ink)
        case "r": shapes.rect(middleX - 0.5, middleY - 0.5, w / 2 + 0.5, 1, ink)
        case "u": shapes.rect(middleX - 0.5, y, 1, h / 2 + 0.5, ink)
        default: shapes.rect(middleX - 0.5, middleY - 0.5, 1, h / 2 + 0.5, ink)
        }
      }
    }
    return true
  }

  /// Box lines that are not made of four plain arms: dashes and heavy lines as one line, anything else as a cross.
  private static func box(
    _ value: UInt32, _ x: Double, _ y: Double, _ w: Double, _ h: Double, _ ink: Colour,
    _ shapes: inout SVGShapes
  ) -> Bool {
    let sign = Glyph(Unicode.Scalar(value) ?? "?").ascii
    if sign == "-" || sign == "+" { shapes.rect(x, y + h / 2 - 0.5, w, 1, ink) }
    if sign == "|" || sign == "+" { shapes.rect(x + w / 2 - 0.5, y, 1, h, ink) }
    return sign == "-" || sign == "|" || sign == "+"
  }

  private static let boxArms: [UInt32: String] = [
    0x2500: "lr", 0x2502: "ud", 0x250c: "rd", 0x2510: "ld", 0x2514: "ru", 0x2518: "lu", 0x251c: "udr",
    0x2524: "udl",
    0x252c: "lrd", 0x2534: "lru", 0x253c: "lrud", 0x256d: "rd", 0x256e: "ld", 0x2570: "ru", 0x256f: "lu",
    0x2574: "l", 0x2575: "u", 0x2576: "r", 0x2577: "d",
  ]
}
