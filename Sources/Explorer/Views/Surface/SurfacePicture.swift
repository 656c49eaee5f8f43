import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// The relief of the last frame as it was seen, kept while neither the landscape nor the camera changes.
struct SurfacePicture {
  private struct Key: Equatable {
    var relief: Relief.Key
    var camera: Camera
    var columns: Int
    var rows: Int
    var appearance: Appearance
  }

  private var key: Key?
  private var relief: Relief?
  private(set) var projection: SurfaceProjection?
  private(set) var plot = Plot(columns: 0, rows: 0)

  mutating func refresh(
    _ reliefKey: Relief.Key, _ camera: Camera, columns: Int, rows: Int, _ look: Look
  ) {
    let key = Key(
      relief: reliefKey, camera: camera, columns: columns, rows: rows, appearance: look.appearance)
    guard key != self.key else { return }
    self.key = key
    let relief = self.relief.flatMap { $0.key == reliefKey ? $0 : nil } ?? Relief(reliefKey)
    self.relief = relief
    let projection = SurfaceProjection(relief, camera, columns: columns, rows: rows)
    self.projection = projection
    plot = Plot(columns: columns, rows: rows, rung: look.glyphs, palette: look.palette)
    let shades = ReliefTones(look.palette)
    let light = ReliefLight(camera)
    let (across, down) = (SurfaceProjection.across, SurfaceProjection.down)
    plot.shade(tones: shades.tones, ordered: shades.isOrdered) { x, y in
      // The middle of half a cell.
      let (dotX, dotY) = (x * across, y * down / 2 + 1)
      guard let place = projection.seenPlace(atDot: dotX, dotY) else {
        return projection.isWall(atDot: dotX, dotY) ? shades.wall : nil
      }
      return shades.tone(
        height: relief.height(at: place) / Relief.top, brightness: light.brightness(relief.slope(at: place)))
    }
    // Without colours nothing is shaded in Unicode: there a net of wires shows the shape.
    let wires = relief.wires.indices.filter { columns >= 90 || $0 / 2 % 2 == 0 }.map { relief.wires[$0] }
    for line in look.palette.depth == .none ? wires : relief.contours {
      let places = line.map { projection.isVisible($0) ? projection.place($0) : SIMD2(.nan, .nan) }
      plot.line(places)
    }
  }
}
