import Canvas
import Experiments
import Landscapes
import Scenes

/// The shaded landscape of the last frame, kept while nothing that it depends on changes.
struct PictureCache {
  struct Key: Equatable {
    var landscape: Landscape
    var step: Int
    /// The window asked for, which decides the levels: they are the same on every screen.
    var asked: PlotWindow
    /// The window shown, which may be wider or higher.
    var window: PlotWindow
    var columns: Int
    var rows: Int
    var appearance: Appearance
    /// The way from the landscape to the picture, where that is another space.
    var map: AffineMap?
  }

  private(set) var key: Key?
  private(set) var plot = Plot(columns: 0, rows: 0)
  /// The levels of the last frame: a map may change with every step, and they do not.
  private var levels: Levels?
  private var fan = FanPicture()
  /// What a contour line means.
  var levelWords: String? { levels?.words }
  /// What is said where the landscape is drawn from fewer losses than the picture has.
  private(set) var sketchWords: String?
  /// What is written into the contour lines.
  private(set) var labels = LevelLabels()

  private mutating func takeField(_ key: Key, columns: Int, rows: Int) -> Field {
    sketchWords = key.map == nil ? key.landscape.sketchWords(columns: columns, rows: rows) : nil
    return PictureCache.field(of: key, columns: columns, rows: rows)
  }

  private static func field(of key: Key, columns: Int, rows: Int) -> Field {
    guard let map = key.map else {
      return key.landscape.sketch(columns: columns, rows: rows, window: key.window, step: key.step)
    }
    return key.landscape.field(
      columns: columns, rows: rows, window: key.window, step: key.step,
      origin: [map.centre.x, map.centre.y], across: [map.across.x, map.across.y], up: [map.up.x, map.up.y])
  }

  private static func levels(of key: Key, _ palette: Palette) -> Levels {
    // Where bands are drawn each has a tone of its own; of too few tones two bands share one, with a line between them.
    let own = min(Landscape.levelCount, palette.tones.count - 1)
    let isShared = palette.depth == .indexed256 && own < 5
    let count =
      palette.depth == .direct || palette.depth == .none
      ? Landscape.levelCount : isShared ? 2 * palette.tones.count - 1 : own
    return key.landscape.levels(in: key.asked, step: key.step, count: count)
  }

  /// Makes the plot anew if anything it depends on has changed.
  mutating func refresh(_ key: Key) {
    guard key != self.key else { return }
    if self.key?.landscape != key.landscape || self.key?.step != key.step || self.key?.asked != key.asked
      || self.key?.appearance != key.appearance
    {
      levels = nil
    }
    self.key = key
    let palette = key.appearance.palette
    plot = Plot(columns: key.columns, rows: key.rows, rung: key.appearance.glyphs, palette: palette)
    labels = LevelLabels()
    sketchWords = nil
    guard key.columns > 0, key.rows > 0 else { return }
    let levels = levels ?? PictureCache.levels(of: key, palette)
    self.levels = levels
    if palette.depth == .direct || palette.depth == .none || plot.rung == .ascii {
      shade(key, levels)
    } else {
      shadeBands(key, levels)
    }
  }

  /// A ground without steps, or with as many as there are tones, and the levels as lines.
  private mutating func shade(_ key: Key, _ levels: Levels) {
    let field = takeField(key, columns: plot.sampleColumns, rows: plot.sampleRows)
    if plot.palette.depth == .direct {
      plot.shade { x, y in levels.shade(of: field[x, y]) ?? .nan }
    } else {
      plot.shade(bands: levels.values.count + 1) { x, y in levels.band(of: field[x, y]) }
    }
    for (_, lines) in name(levels, of: field, key) {
      for line in lines { plot.line(line) }
    }
  }

  /// Names the levels, and returns their lines in cells with the names.
  private mutating func name(
    _ levels: Levels, of field: Field, _ key: Key
  ) -> [(name: String, lines: [[SIMD2<Double>]])] {
    let scale = SIMD2(Double(key.columns) / key.window.width, Double(key.rows) / key.window.height)
    let lines = zip(levels.names, levels.values).map { name, level in
      (
        name,
        ContourTracer.contours(of: field, level: level).map { line in
          var places = line.points.map {
            SIMD2($0.x - key.window.x.lowerBound, key.window.y.upperBound - $0.y) * scale
          }
          if line.isClosed, let first = places.first { places.append(first) }
          return places
        }
      )
    }
    labels = LevelLabels(lines, columns: key.columns, rows: key.rows)
    return lines
  }

  /// One tone between two levels: where the tones meet the levels are. Where two bands share a tone there is a line.
  private mutating func shadeBands(_ key: Key, _ levels: Levels) {
    let dots = plot.bandDots
    let field = takeField(key, columns: key.columns * dots.across, rows: key.rows * dots.down)
    let bands = levels.values.count + 1
    plot.shade(bands: bands) { x, y in levels.band(of: field[x, y]) }
    for (band, level) in name(levels, of: field, key).enumerated()
    where plot.tone(ofBand: band, of: bands) == plot.tone(ofBand: band + 1, of: bands) {
      for line in level.lines { plot.line(line) }
    }
  }

  /// The plot with the runs of a fan on it.
  mutating func plot(
    with crowd: Portrait.Crowd, _ scale: PlotScale,
    draw: (_ places: [SIMD2<Double>], _ plot: inout Plot) -> Void
  ) -> Plot {
    fan.plot(of: crowd, over: plot, key, scale, draw: draw)
  }
}
