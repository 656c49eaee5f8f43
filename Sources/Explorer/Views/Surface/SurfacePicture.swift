import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// The relief of the last frame as it was seen, kept while neither the landscape nor the camera changes.
struct SurfacePicture {
  private struct Key: Equatable {
    var ground: Portrait.Ground.Subject
    var camera: Camera
    var columns: Int
    var rows: Int
    var appearance: Appearance
  }

  private var key: Key?
  private var relief: Relief?
  private(set) var projection: SurfaceProjection?
  /// From where it was seen.
  private(set) var camera: Camera?
  private(set) var plot = Plot(columns: 0, rows: 0)

  /// - Parameter turned: nil for where this relief is seen best.
  mutating func refresh(
    _ ground: Portrait.Ground, _ turned: Camera?, columns: Int, rows: Int, _ look: Look
  ) {
    let relief =
      self.relief.flatMap { $0.ground.subject == ground.subject ? $0 : nil } ?? Relief(ground)
    self.relief = relief
    let camera = turned ?? Camera(for: relief)
    self.camera = camera
    let key = Key(
      ground: ground.subject, camera: camera, columns: columns, rows: rows, appearance: look.appearance)
    guard key != self.key else { return }
    self.key = key
    let projection = SurfaceProjection(relief, camera, columns: columns, rows: rows)
    self.projection = projection
    plot = Plot(columns: columns, rows: rows, rung: look.glyphs, palette: look.palette)
    let shades = ReliefTones(look.palette)
    let light = ReliefLight(camera)
    // Where tones are stippled a cell has one; else two of them, which meet anywhere in it.
    let dots: Dots = shades.isOrdered ? .half : plot.bandDots
    let across = Double(SurfaceProjection.across) / Double(dots.across)
    let down = Double(SurfaceProjection.down) / Double(dots.down)
    func tone(_ x: Int, _ y: Int) -> Int? {
      // The middle of the part.
      let (dotX, dotY) = (
        Int(clamped: (Double(x) + 0.5) * across), Int(clamped: (Double(y) + 0.5) * down)
      )
      guard let place = projection.seenPlace(atDot: dotX, dotY) else {
        return projection.isWall(atDot: dotX, dotY) ? shades.wall : nil
      }
      return shades.tone(
        height: relief.height(at: place) / Relief.top, brightness: light.brightness(relief.slope(at: place)))
    }
    if shades.isOrdered {
      plot.shade(tones: shades.tones, ordered: true, tone)
    } else {
      plot.shade(pairsOf: shades.tones, tone)
    }
    if plot.isDrawn {
      let image = ReliefImage(projection, light, look.palette)
      plot.setImage(image.colours, columns: image.columns, rows: image.rows)
    }
    // Without colours nothing is shaded in Unicode: there a net of wires shows the shape.
    let wires = relief.wires.indices.filter { columns >= 90 || $0 / 2 % 2 == 0 }.map { relief.wires[$0] }
    for line in look.palette.depth == .none ? wires : relief.contours {
      let places = line.map { projection.isVisible($0) ? projection.place($0) : SIMD2(.nan, .nan) }
      plot.line(places)
    }
  }
}
