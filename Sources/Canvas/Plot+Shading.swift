/// The ground of a plot.
extension Plot {
  /// The samples across that shading takes.
  public var sampleColumns: Int { columns }
  /// The samples down that shading takes: two a cell.
  public var sampleRows: Int { rows * 2 }

  /// Into what cells are divided where bands meet: the finest of its characters that fill a cell where the colours of two
  /// bands can stand side by side in one, else halves.
  public var bandDots: Dots {
    guard palette.depth == .direct || palette.depth == .indexed256, rung != .ascii else { return .half }
    return rung.trailDots
  }

  /// Shades every half cell by its level, 0 for the lowest to 1; not a number leaves it blank. Sample (0, 0) is at the top
  /// left, and stands for the place (x + 0.5, (y + 0.5) / 2).
  public mutating func shade(_ level: (_ x: Int, _ y: Int) -> Double) {
    let top = Double(palette.tones.count - 1)
    // The same without steps, for pixels.
    var shades: [Float] = []
    let isDrawn = drawing != nil
    setTones(palette.tones, by: .half, ordered: true) { x, y in
      let value = level(x, y)
      if isDrawn { shades.append(Float(value)) }
      return value.isNaN ? Plot.blank : UInt8(min(max(value, 0), 1) * top + 0.5)
    }
    let (columns, rows) = (sampleColumns, sampleRows)
    drawing?.ground = .shades(shades, columns: columns, rows: rows)
  }

  /// Shades by the number of a band, from 0 for the lowest to `bands` − 1; nil leaves a blank. There is one sample for
  /// each of a cell's `bandDots`. All of a band has one tone, so that the steps between the tones lie where the bands
  /// meet, and only there. Where there are more bands than tones, some neighbours share one.
  public mutating func shade(bands: Int, _ number: (_ x: Int, _ y: Int) -> Int?) {
    let tones = (0..<max(bands, 1)).map { UInt8(tone(ofBand: $0, of: bands)) }
    shade(palette.tones, by: bandDots, ordered: true) { x, y in
      number(x, y).map { tones[min(max($0, 0), tones.count - 1)] } ?? 255
    }
  }

  /// The tone of one of so many bands; where there are more bands than tones, neighbours share one.
  public func tone(ofBand number: Int, of bands: Int) -> Int {
    let last = max(bands - 1, 0)
    let top = palette.tones.count - 1
    return last == 0 ? 0 : (min(max(number, 0), last) * top * 2 + last) / (last * 2)
  }

  /// Shades every half cell by its level, row by row from the top left; there must be `sampleColumns * sampleRows`.
  public mutating func shade(levels: [Double]) {
    precondition(
      levels.count == sampleColumns * sampleRows, "a plot is shaded by one level for each half cell")
    let columns = columns
    levels.withUnsafeBufferPointer { levels in shade { levels[$1 * columns + $0] } }
  }

  /// Shades every half cell by the number of one of at most 255 tones; nil leaves it blank. For maps, whose colours are
  /// not those of a loss. `ordered` tells that neighbours in the list are neighbours in meaning.
  public mutating func shade(tones: [Tone], ordered: Bool = false, _ number: (_ x: Int, _ y: Int) -> Int?) {
    precondition(tones.count <= 255, "a plot has at most 255 tones")
    shade(tones, by: .half, ordered: ordered) { x, y in
      guard let tone = number(x, y), tones.indices.contains(tone) else { return 255 }
      return UInt8(tone)
    }
  }

  /// Shades by numbers of tones, of which a drawing keeps the colours.
  mutating func shade(
    _ tones: [Tone], by dots: Dots, ordered: Bool, _ number: (_ x: Int, _ y: Int) -> UInt8
  ) {
    setTones(tones, by: dots, ordered: ordered, number)
    guard drawing != nil else { return }
    let colours = shading.map { tone in tone == Plot.blank ? palette.ground : tones[Int(tone)].ground }
    let (columns, rows) = (columns * dots.across, rows * dots.down)
    drawing?.ground = .fields(colours, columns: columns, rows: rows)
  }

  /// Whether what has a finer ground than cells can show is asked for it.
  public var isDrawn: Bool { drawing != nil }

  /// What pixels show in place of the shading: colours on a grid as fine as one likes, row by row from the top left.
  public mutating func setImage(_ colours: [Colour], columns: Int, rows: Int) {
    precondition(
      columns > 0 && rows > 0 && colours.count == columns * rows, "an image has columns×rows colours")
    drawing?.ground = .image(colours, columns: columns, rows: rows)
  }

  private mutating func setTones(
    _ tones: [Tone], by dots: Dots, ordered: Bool, _ number: (_ x: Int, _ y: Int) -> UInt8
  ) {
    self.tones = tones
    tonesAreOrdered = ordered
    shadingDots = dots
    let (across, down) = (columns * dots.across, rows * dots.down)
    if shading.count != across * down { shading = Array(repeating: 255, count: across * down) }
    var index = 0
    for y in 0..<down {
      for x in 0..<across {
        shading[index] = number(x, y)
        index += 1
      }
    }
  }
}
