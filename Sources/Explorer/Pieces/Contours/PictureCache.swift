import Canvas
import Experiments
import Landscapes
import Scenes

/// The shaded landscape of the last frame, kept while nothing that it depends on changes.
struct PictureCache {
  struct Key: Equatable {
    /// What is shown of the landscape.
    var ground: Portrait.Ground.Subject
    /// The window shown, which may be wider or higher than the one asked for.
    var window: PlotWindow
    var columns: Int
    var rows: Int
    var appearance: Appearance
    /// The way from the landscape to the picture, where that is another space.
    var map: AffineMap?
  }

  private(set) var key: Key?
  private(set) var plot = Plot(columns: 0, rows: 0)
  /// The ground of the last portrait: a map may change with every step, and its levels do not.
  var ground: Portrait.Ground?
  private var fan = FanPicture()
  /// What is said where the landscape is drawn from fewer losses than the picture has.
  private(set) var sketchWords: String?
  /// What is written into the contour lines.
  private(set) var labels = LevelLabels()

  private mutating func takeField(
    _ key: Key, of ground: Portrait.Ground, columns: Int, rows: Int
  ) -> Field {
    let landscape = key.ground.landscape
    guard let map = key.map else {
      sketchWords = landscape.sketchWords(columns: columns, rows: rows)
      return ground.field(columns: columns, rows: rows, in: key.window)
    }
    return landscape.field(
      columns: columns, rows: rows, window: key.window, step: key.ground.step,
      origin: [map.centre.x, map.centre.y], across: [map.across.x, map.across.y], up: [map.up.x, map.up.y])
  }

  /// Makes the plot anew if anything it depends on has changed.
  mutating func refresh(_ key: Key, _ ground: Portrait.Ground) {
    guard key != self.key else { return }
    self.key = key
    let palette = key.appearance.palette
    plot = Plot(columns: key.columns, rows: key.rows, rung: key.appearance.glyphs, palette: palette)
    labels = LevelLabels()
    sketchWords = nil
    guard key.columns > 0, key.rows > 0 else { return }
    if palette.depth == .direct || palette.depth == .none || plot.rung == .ascii {
      shade(key, ground)
    } else {
      shadeBands(key, ground)
    }
    guard key.map == nil else { return }
    // Fainter than a way, which passes over them.
    for line in ground.expectedLines(in: key.window) {
      plot.line(places(of: line, key), colour: palette.pale(palette.caption))
    }
  }

  /// A line of the landscape in cells.
  private func places(of line: Polyline, _ key: Key) -> [SIMD2<Double>] {
    let scale = SIMD2(Double(key.columns) / key.window.width, Double(key.rows) / key.window.height)
    var places = line.points.map {
      SIMD2($0.x - key.window.x.lowerBound, key.window.y.upperBound - $0.y) * scale
    }
    if line.isClosed, let first = places.first { places.append(first) }
    return places
  }

  /// A ground without steps, or with as many as there are tones, and the levels as lines.
  private mutating func shade(_ key: Key, _ ground: Portrait.Ground) {
    let field = takeField(key, of: ground, columns: plot.sampleColumns, rows: plot.sampleRows)
    if plot.palette.depth == .direct {
      plot.shade { x, y in ground.shade(of: field[x, y]) ?? .nan }
    } else {
      plot.shade(bands: ground.bands) { x, y in ground.band(of: field[x, y]) }
    }
    for lines in lines(of: ground, in: field, key) {
      for line in lines { plot.line(line) }
    }
  }

  /// The lines of each level, in cells; their names are kept.
  private mutating func lines(of ground: Portrait.Ground, in field: Field, _ key: Key) -> [[[SIMD2<Double>]]]
  {
    let levels = ground.lines(in: field).map { level, lines in (level, lines.map { places(of: $0, key) }) }
    labels = LevelLabels(
      levels.filter(\.0.isNamed).map { ($0.name, $1) }, columns: key.columns, rows: key.rows)
    return levels.map(\.1)
  }

  /// One tone between two levels: where the tones meet the levels are. Where two bands share a tone there is a line.
  private mutating func shadeBands(_ key: Key, _ ground: Portrait.Ground) {
    let dots = plot.bandDots
    let field = takeField(
      key, of: ground, columns: key.columns * dots.across, rows: key.rows * dots.down)
    plot.shade(bands: ground.bands) { x, y in ground.band(of: field[x, y]) }
    for (band, lines) in lines(of: ground, in: field, key).enumerated()
    where plot.tone(ofBand: band, of: ground.bands) == plot.tone(ofBand: band + 1, of: ground.bands) {
      for line in lines { plot.line(line) }
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

extension Palette {
  /// About how many levels a landscape has on a screen: where bands are drawn each has a tone of its own; of too few tones two
  /// bands share one, with a line between them.
  var levelCount: Int {
    let own = min(Landscape.levelCount, tones.count - 1)
    let isShared = depth == .indexed256 && own < 5
    return depth == .direct || depth == .none
      ? Landscape.levelCount : isShared ? 2 * tones.count - 1 : own
  }
}
