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
  var progression: Levels.Progression? { levels?.progression }
  /// Whether the landscape is drawn from fewer losses than the picture has, since each takes long.
  private(set) var isSketch = false
  /// What is written into the contour lines.
  private(set) var labels = LevelLabels()

  /// The number of contour levels asked for.
  static let levelCount = 10

  private mutating func takeField(_ key: Key, columns: Int, rows: Int) -> Field {
    isSketch = key.map == nil && key.landscape.sketchSize(columns: columns, rows: rows) != (columns, rows)
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
    // Where bands are drawn each has a tone of its own.
    let count =
      palette.depth == .direct || palette.depth == .none
      ? levelCount : min(levelCount, palette.tones.count - 1)
    let sample = key.landscape.sketch(columns: 96, rows: 72, window: key.asked, step: key.step)
    return Levels(field: sample, spacing: key.landscape.spacing, count: count)
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
    isSketch = false
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
    let lines = PictureCache.lines(of: field, levels, key)
    for (_, lines) in lines {
      for line in lines { plot.line(line) }
    }
    labels = LevelLabels(lines, columns: key.columns, rows: key.rows)
  }

  /// The contour lines in cells, by level.
  private static func lines(
    of field: Field, _ levels: Levels, _ key: Key
  ) -> [(level: Double, lines: [[SIMD2<Double>]])] {
    let scale = SIMD2(Double(key.columns) / key.window.width, Double(key.rows) / key.window.height)
    return levels.values.map { level in
      (
        level,
        ContourTracer.contours(of: field, level: level).map { line in
          var places = line.points.map {
            SIMD2($0.x - key.window.x.lowerBound, key.window.y.upperBound - $0.y) * scale
          }
          if line.isClosed, let first = places.first { places.append(first) }
          return places
        }
      )
    }
  }

  /// One tone between two levels: where the tones meet the levels are.
  private mutating func shadeBands(_ key: Key, _ levels: Levels) {
    let dots = plot.bandDots
    let field = takeField(key, columns: key.columns * dots.across, rows: key.rows * dots.down)
    plot.shade(bands: levels.values.count + 1) { x, y in levels.band(of: field[x, y]) }
    let lines = PictureCache.lines(of: field, levels, key)
    labels = LevelLabels(lines, columns: key.columns, rows: key.rows)
  }

  /// The plot with the runs of a fan on it.
  mutating func plot(
    with runs: Fan, until step: Int, on landscape: Landscape, _ scale: PlotScale,
    draw: (_ places: [SIMD2<Double>], _ plot: inout Plot) -> Void
  ) -> Plot {
    fan.plot(of: runs, until: step, over: plot, key, on: landscape, scale, draw: draw)
  }
}
