import Canvas

extension Canvas {
  /// Columns in the tone of a map, for its legend.
  mutating func swatch(_ tone: Tone, x: Int, y: Int, columns: Int = 2, _ look: Look) {
    let ink = tone.ink == .terminal ? look.palette.text : tone.ink
    let sign = look.palette.depth == .none ? tone.sign : tone.stipple
    for column in x..<x + columns { self[column, y] = Cell(sign, Style(ink, on: tone.ground)) }
  }
}
