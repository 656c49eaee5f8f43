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
    let picture = CellPicture(
      of: canvas, foreground: foreground, background: background, cellWidth: cellWidth)
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(picture.width)" height="\(picture.height)" \
      viewBox="0 0 \(picture.width) \(picture.height)" font-size="\(SVGText.decimal(picture.size))" \
      font-family="'DejaVu Sans Mono', Menlo, Consolas, monospace">

      """
    if let title { svg += "<title>\(SVGText.escaped(title))</title>\n" }
    svg += "<rect width=\"100%\" height=\"100%\" fill=\"\(SVGText.colour(background))\"/>\n"
    svg += SVGShapes(of: picture).text
    for run in picture.runs {
      var attributes = " x=\"\(SVGText.decimal(run.x))\" y=\"\(SVGText.decimal(run.y))\""
      attributes += " fill=\"\(SVGText.colour(run.colour))\""
      attributes += " textLength=\"\(SVGText.decimal(run.width))\" lengthAdjust=\"spacingAndGlyphs\""
      if run.isBold { attributes += " font-weight=\"bold\"" }
      if run.isUnderlined { attributes += " text-decoration=\"underline\"" }
      svg += "<text xml:space=\"preserve\"\(attributes)>\(SVGText.escaped(run.text))</text>\n"
    }
    return svg + "</svg>\n"
  }
}
