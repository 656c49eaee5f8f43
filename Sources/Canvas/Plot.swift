/// A picture of a landscape and what moves over it, made of layers that are put together only when it is painted: shading,
/// contour lines, trails, markers. A cell has two colours, so in each the topmost layer wins, and the others lend it
/// their ground.
///
/// Places are cells as numbers: x from 0 at the left to `columns`, y from 0 at the top to `rows`. Everything is clipped to
/// that; places that are not finite draw nothing. A plot is a value: keep one with shading and lines, and draw trails on a
/// copy of it every frame.
public struct Plot: Sendable, Equatable {
  /// Cells across.
  public let columns: Int
  /// Cells down.
  public let rows: Int
  /// The characters it is made of.
  public let rung: GlyphSet
  /// Its colours.
  public let palette: Palette

  /// The tone of each half cell, `columns` × `rows * 2`, row by row; 255 is none.
  private(set) var shading: [UInt8]
  /// The tones that `shading` counts.
  private(set) var tones: [Tone]
  /// Whether a tone between two others lies between them in the list too.
  private(set) var tonesAreOrdered = true

  /// The contour lines; a colour of `.terminal` means one that stands out from the ground.
  private(set) var lines: DotGrid

  /// The dots of the trails in each cell, what share of their colour they have (0 to `Plot.fades`), and the colour.
  private(set) var trailBits: [UInt8]
  private(set) var trailFades: [UInt8]
  private(set) var trailColours: [Colour]
  /// The sign of the entry in each cell that has a trail; a blank is none of its own.
  private(set) var trailSigns: [Glyph]

  /// The markers, in the order drawn; cell index and cell.
  private(set) var markers: [(index: Int, cell: Cell)] = []

  /// How many steps there are between a trail that has all but faded and a fresh one.
  static let fades: UInt8 = 4

  /// An empty plot; negative sizes become 0, and `auto` counts as `braille`.
  public init(columns: Int, rows: Int, rung: GlyphSet = .braille, palette: Palette = Palette()) {
    self.columns = max(columns, 0)
    self.rows = max(rows, 0)
    self.rung = rung == .auto ? .braille : rung
    self.palette = palette
    let cells = self.columns * self.rows
    shading = Array(repeating: 255, count: cells * 2)
    tones = palette.tones
    lines = DotGrid(rung.lineDots, width: self.columns, height: self.rows)
    trailBits = Array(repeating: 0, count: cells)
    trailFades = Array(repeating: 0, count: cells)
    trailColours = Array(repeating: .terminal, count: cells)
    trailSigns = Array(repeating: .space, count: cells)
  }

  /// Whether two plots paint the same.
  public static func == (a: Plot, b: Plot) -> Bool {
    a.columns == b.columns && a.rows == b.rows && a.rung == b.rung && a.palette == b.palette
      && a.shading == b.shading
      && a.tones == b.tones && a.lines == b.lines && a.trailBits == b.trailBits
      && a.trailFades == b.trailFades
      && a.trailColours == b.trailColours && a.trailSigns == b.trailSigns
      && a.markers.elementsEqual(b.markers) { $0 == $1 }
  }

  // MARK: Shading

  /// The samples across that shading takes.
  public var sampleColumns: Int { columns }
  /// The samples down that shading takes: two a cell.
  public var sampleRows: Int { rows * 2 }

  /// Shades every half cell by its level, 0 for the lowest to 1; not a number leaves it blank. Sample (0, 0) is at the top
  /// left, and stands for the place (x + 0.5, (y + 0.5) / 2).
  public mutating func shade(_ level: (_ x: Int, _ y: Int) -> Double) {
    tones = palette.tones
    tonesAreOrdered = true
    let top = Double(tones.count - 1)
    var index = 0
    for y in 0..<sampleRows {
      for x in 0..<columns {
        let value = level(x, y)
        shading[index] = value.isNaN ? 255 : UInt8(min(max(value, 0), 1) * top + 0.5)
        index += 1
      }
    }
  }

  /// Shades every half cell by the number of its band, from 0 for the lowest to `bands` − 1; nil leaves it blank. All of
  /// a band has one tone, so that the steps between the tones lie where the bands meet, and only there. Where there are
  /// more bands than tones, some neighbours share one.
  public mutating func shade(bands: Int, _ number: (_ x: Int, _ y: Int) -> Int?) {
    let last = max(bands - 1, 0)
    let top = palette.tones.count - 1
    shade(tones: palette.tones, ordered: true) { x, y in
      number(x, y).map { last == 0 ? 0 : (min(max($0, 0), last) * top * 2 + last) / (last * 2) }
    }
  }

  /// Shades every half cell by its level, row by row from the top left; there must be `sampleColumns * sampleRows`.
  public mutating func shade(levels: [Double]) {
    precondition(levels.count == shading.count, "a plot is shaded by one level for each half cell")
    let columns = columns
    levels.withUnsafeBufferPointer { levels in shade { levels[$1 * columns + $0] } }
  }

  /// Shades every half cell by the number of one of at most 255 tones; nil leaves it blank. For maps, whose colours are
  /// not those of a loss. `ordered` tells that neighbours in the list are neighbours in meaning.
  public mutating func shade(tones: [Tone], ordered: Bool = false, _ number: (_ x: Int, _ y: Int) -> Int?) {
    precondition(tones.count <= 255, "a plot has at most 255 tones")
    self.tones = tones
    tonesAreOrdered = ordered
    var index = 0
    for y in 0..<sampleRows {
      for x in 0..<columns {
        let tone = number(x, y) ?? -1
        shading[index] = tones.indices.contains(tone) ? UInt8(tone) : 255
        index += 1
      }
    }
  }

  // MARK: Lines

  /// Draws a line through places, clipped. Without a colour it takes one that stands out from its ground.
  public mutating func line(_ points: some Sequence<SIMD2<Double>>, colour: Colour? = nil) {
    lines.polyline(points, colour ?? .terminal)
  }

  /// Draws one segment of a line.
  public mutating func segment(_ a: SIMD2<Double>, _ b: SIMD2<Double>, colour: Colour? = nil) {
    lines.line(from: a, to: b, colour ?? .terminal)
  }

  // MARK: Trails

  /// Draws the way of an entry, oldest place first. The newest segment has the full colour; older ones fade, evenly over
  /// `fade` segments, and stay faint from there on. Where trails meet, the fresher one shows.
  ///
  /// Without colours, and in ASCII, the fresher half of what fades is made of the entry's `sign`, its digit say, and the
  /// rest of light marks: else all entries would look alike.
  public mutating func trail(
    _ points: some RandomAccessCollection<SIMD2<Double>>, colour: Colour, fade: Int = 24, sign: Glyph? = nil
  ) {
    let span = Double(max(fade, 1))
    trail(points, colour: colour, sign: sign) { age in max(0, 1 - Double(age) / span) }
  }

  /// Draws the way of an entry, oldest place first; `strength` says for the age of a segment, 0 for the newest, how much
  /// of its colour is left, 0 (faint) to 1.
  public mutating func trail(
    _ points: some RandomAccessCollection<SIMD2<Double>>, colour: Colour, sign: Glyph? = nil,
    strength: (_ age: Int) -> Double
  ) {
    guard columns > 0, rows > 0 else { return }
    let sign = sign ?? .space
    if points.count == 1, let only = points.first {
      trail(segment: only, only, colour, sign, fade: fadeStep(strength(0)))
      return
    }
    var age = points.count - 2
    var before: SIMD2<Double>?
    for place in points {
      if let before {
        trail(segment: before, place, colour, sign, fade: fadeStep(strength(age)))
        age -= 1
      }
      before = place
    }
  }

  /// Strews dots of a colour, one a place: a crowd of points. More in a cell make it fuller, never brighter.
  public mutating func dots(_ places: some Sequence<SIMD2<Double>>, colour: Colour, sign: Glyph? = nil) {
    guard columns > 0, rows > 0 else { return }
    for place in places { trail(segment: place, place, colour, sign ?? .space, fade: Plot.fades) }
  }

  private func fadeStep(_ strength: Double) -> UInt8 {
    strength.isNaN ? 0 : UInt8(min(max(strength, 0), 1) * Double(Plot.fades) + 0.5)
  }

  private mutating func trail(
    segment a: SIMD2<Double>, _ b: SIMD2<Double>, _ colour: Colour, _ sign: Glyph, fade: UInt8
  ) {
    let dots = rung.trailDots
    let (across, down) = (dots.across, dots.down)
    let scale = SIMD2(Double(across), Double(down))
    let columns = columns
    Raster.line(from: a * scale, to: b * scale, width: columns * across, height: rows * down) { x, y in
      let index = y / down * columns + x / across
      let bit: UInt8 = dots == .single ? 1 : dots.bit(x % across, y % down)
      if trailBits[index] == 0 || trailColours[index] != colour || trailSigns[index] != sign {
        guard trailBits[index] == 0 || fade >= trailFades[index] else { return }
        trailBits[index] = bit
        trailColours[index] = colour
        trailSigns[index] = sign
        trailFades[index] = fade
      } else {
        trailBits[index] |= bit
        trailFades[index] = max(trailFades[index], fade)
      }
    }
  }

  // MARK: Markers

  /// Puts a glyph at a place, over everything else; outside the plot, nothing. A background of `.terminal` in the style
  /// leaves the ground of the plot as it is. The last one drawn in a cell shows.
  public mutating func marker(_ glyph: Glyph, at place: SIMD2<Double>, style: Style) {
    guard let cell = cell(at: place) else { return }
    markers.append((cell.y * columns + cell.x, Cell(glyph, style)))
  }

  /// Puts the head of an entry at a place: a digit or letter on its colour.
  public mutating func head(_ glyph: Glyph, at place: SIMD2<Double>, colour: Colour) {
    marker(glyph, at: place, style: palette.head(colour))
  }

  /// The cell in which a place lies; nil outside the plot or if it is not finite.
  public func cell(at place: SIMD2<Double>) -> (x: Int, y: Int)? {
    guard place.x >= 0, place.y >= 0, place.x < Double(columns), place.y < Double(rows) else { return nil }
    return (Int(place.x), Int(place.y))
  }
}
