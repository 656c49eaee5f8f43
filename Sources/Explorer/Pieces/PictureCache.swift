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

  /// The number of contour levels asked for.
  static let levels = 10

  private static func field(of key: Key, columns: Int, rows: Int) -> Field {
    guard let map = key.map else {
      return key.landscape.field(columns: columns, rows: rows, window: key.window, step: key.step)
    }
    return key.landscape.field(
      columns: columns, rows: rows, window: key.window, step: key.step,
      origin: [map.centre.x, map.centre.y], across: [map.across.x, map.across.y], up: [map.up.x, map.up.y])
  }

  private static func levels(of key: Key) -> Levels {
    let sample = key.landscape.field(columns: 96, rows: 72, window: key.asked, step: key.step)
    return Levels(field: sample, spacing: key.landscape.spacing, count: PictureCache.levels)
  }

  /// Makes the plot anew if anything it depends on has changed.
  mutating func refresh(_ key: Key) {
    guard key != self.key else { return }
    if self.key?.landscape != key.landscape || self.key?.step != key.step || self.key?.asked != key.asked {
      levels = nil
    }
    self.key = key
    let palette = Palette(theme: key.appearance.theme, depth: key.appearance.depth)
    plot = Plot(columns: key.columns, rows: key.rows, rung: key.appearance.glyphs, palette: palette)
    guard key.columns > 0, key.rows > 0 else { return }
    let field = PictureCache.field(of: key, columns: plot.sampleColumns, rows: plot.sampleRows)
    let levels = levels ?? PictureCache.levels(of: key)
    self.levels = levels
    if palette.depth == .direct {
      plot.shade { x, y in levels.shade(of: field[x, y]) ?? .nan }
    } else {
      // Steps between tones show, so each of them is a contour line.
      plot.shade(bands: levels.values.count + 1) { x, y in
        let value = field[x, y]
        return value.isNaN ? nil : levels.values.firstIndex { value < $0 } ?? levels.values.count
      }
    }
    let scaleX = Double(key.columns) / key.window.width
    let scaleY = Double(key.rows) / key.window.height
    for level in levels.values {
      for line in ContourTracer.contours(of: field, level: level) {
        var places = line.points.map {
          SIMD2(($0.x - key.window.x.lowerBound) * scaleX, (key.window.y.upperBound - $0.y) * scaleY)
        }
        if line.isClosed, let first = places.first { places.append(first) }
        plot.line(places)
      }
    }
  }

  /// The plot with the runs of a fan on it.
  mutating func plot(
    with runs: Fan, until step: Int, on landscape: Landscape, _ scale: PlotScale,
    draw: (_ places: [SIMD2<Double>], _ plot: inout Plot) -> Void
  ) -> Plot {
    fan.plot(of: runs, until: step, over: plot, key, on: landscape, scale, draw: draw)
  }
}
