import Canvas

extension PixelPainter {
  /// Writes a line of text; what a terminal or a reader would obey is made visible.
  ///
  /// - Parameter outline: by how many pixels the pen is broader than the letters have it.
  mutating func write(
    _ label: Picture.Label, colour: Colour, scale: Double, outline: Double = 0, opacity: Double = 1
  ) {
    let letters = Text.sanitised(label.text).unicodeScalars.map { letter in
      Letter(letter, size: label.size * scale / StrokeFont.unit, isMono: label.face == .mono)
    }
    let width = letters.reduce(0) { $0 + $1.advance }
    var x =
      switch label.anchor {
      case .start: 0.0
      case .middle: -width / 2
      case .end: -width
      }
    let turn = Turn(of: label, scale: scale)
    let slant = label.isItalic ? 0.2 : 0
    var (lines, areas): ([[SIMD2<Double>]], [[SIMD2<Double>]]) = ([], [])
    for letter in letters {
      func placed(_ line: [SIMD2<Double>]) -> [SIMD2<Double>] {
        line.map { turn.place(SIMD2(x, 0) + letter.place($0 + SIMD2($0.y * slant, 0))) }
      }
      lines += letter.form.strokes.map(placed)
      areas += letter.form.areas.map(placed)
      x += letter.advance
    }
    let pen = StrokeFont.pen(isBold: label.isBold) * label.size * scale / StrokeFont.unit
    stroke(lines, width: pen + outline, colour: colour, opacity: opacity)
    fill(areas, colour: colour, opacity: opacity)
  }

  /// A letter in a line of text.
  private struct Letter {
    let form: StrokeFont.Form
    /// Pixels to the next.
    let advance: Double
    /// Pixels a unit, across and down.
    private let units: SIMD2<Double>
    /// Pixels from where it begins to its form.
    private let shift: Double

    init(_ letter: Unicode.Scalar, size: Double, isMono: Bool) {
      form = StrokeFont.form(letter)
      guard isMono else {
        (advance, units, shift) = (form.advance * size, SIMD2(size, -size), 0)
        return
      }
      // In cells of one width each letter stands in the middle, and one that is wider is made narrower.
      let cell = StrokeFont.pitch * Double(Text.width(of: String(letter)))
      let narrow = cell == 0 ? 1 : min(1, (cell - 0.6) / form.advance)
      advance = cell * size
      units = SIMD2(size * narrow, -size)
      shift = cell == 0 ? 0 : (cell - form.advance * narrow) / 2 * size
    }

    func place(_ place: SIMD2<Double>) -> SIMD2<Double> { place * units + SIMD2(shift, 0) }
  }

  /// Where a text lies, and how it is turned.
  private struct Turn {
    private let origin: SIMD2<Double>
    private let middle: SIMD2<Double>
    private let across: SIMD2<Double>

    init(of label: Picture.Label, scale: Double) {
      origin = label.place * scale
      middle = (label.turn?.around ?? .zero) * scale
      across = label.turn.map { UnitCircle.place(at: $0.degrees) } ?? SIMD2(1, 0)
    }

    func place(_ step: SIMD2<Double>) -> SIMD2<Double> {
      let away = origin + step - middle
      return middle + SIMD2(away.x * across.x - away.y * across.y, away.x * across.y + away.y * across.x)
    }
  }
}
