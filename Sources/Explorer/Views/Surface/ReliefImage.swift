import Canvas

/// The relief for pixels: tones without steps, and edges that cover as much of each part as they do.
struct ReliefImage {
  /// Parts of a dot of the projection, across and down.
  private static let fineness = 4
  /// Lines of sight through each part.
  private static let sights = 2

  let columns: Int
  let rows: Int
  /// Row by row from the top left.
  let colours: [Colour]

  init(_ projection: SurfaceProjection, _ light: ReliefLight, _ palette: Palette) {
    let (relief, camera) = (projection.relief, projection.camera)
    let columns = projection.columns * SurfaceProjection.across * ReliefImage.fineness
    let rows = projection.rows * SurfaceProjection.down * ReliefImage.fineness
    let paints = Paints(palette)
    let lights = relief.sampled { light.brightness(relief.slope(at: $0)) }
    var parts = [SIMD4<Float>](repeating: .zero, count: columns * rows)
    let away = camera.away
    parts.withUnsafeMutableBufferPointer { parts in
      for column in 0..<columns {
        for sight in 0..<ReliefImage.sights {
          let x = Double(column) + (Double(sight) + 0.5) / Double(ReliefImage.sights)
          projection.forEachSpan(column: x, times: Double(ReliefImage.fineness)) { span, base in
            let (top, bottom) = (max(span.top, 0), min(span.bottom, Double(rows)))
            guard top < bottom else { return }
            for y in Int(clamped: top)..<min(Int(clamped: bottom.rounded(.up)), rows) {
              let cover = min(Double(y) + 1, bottom) - max(Double(y), top)
              var paint = paints.wall
              if span.seen == .surface {
                let middle = min(max(Double(y) + 0.5, span.top), span.bottom)
                let place = base + away * span.distance(atRow: middle)
                paint = paints.paint(
                  height: relief.height(at: place) / Relief.top,
                  brightness: relief.interpolated(lights, at: place))
              }
              parts[y * columns + column] += paint * Float(cover / Double(ReliefImage.sights))
            }
          }
        }
      }
    }
    (self.columns, self.rows) = (columns, rows)
    let page = Paints.parts(of: palette.ground)
    colours = parts.map { Paints.colour($0 + page * max(0, 1 - $0.w)) }
  }
}

/// The colours of a relief as red, green, blue and cover.
private struct Paints {
  let wall: SIMD4<Float>
  private let table: [SIMD4<Float>]
  private static let heights = 96
  private static let lights = 64

  init(_ palette: Palette) {
    wall = Paints.parts(of: ReliefTones.wall(palette))
    table = (0..<Paints.heights * Paints.lights).map { index in
      let height = Double(index / Paints.lights) / Double(Paints.heights - 1)
      let brightness = Double(index % Paints.lights) / Double(Paints.lights - 1)
      return Paints.parts(of: ReliefTones.lit(palette.shade(height), brightness))
    }
  }

  /// That of the surface at a height of 0 to 1, in so much light.
  func paint(height: Double, brightness: Double) -> SIMD4<Float> {
    func step(_ value: Double, _ count: Int) -> Int {
      Int(clamped: min(max(value.isNaN ? 0 : value, 0), 1) * Double(count - 1) + 0.5)
    }
    return table[step(height, Paints.heights) * Paints.lights + step(brightness, Paints.lights)]
  }

  static func parts(of colour: Colour) -> SIMD4<Float> {
    let value = colour.hex
    return SIMD4(Float(value >> 16), Float(value >> 8 & 255), Float(value & 255), 1)
  }

  static func colour(_ parts: SIMD4<Float>) -> Colour {
    func part(_ value: Float) -> UInt8 { UInt8(min(max(value.rounded(), 0), 255)) }
    return Colour(part(parts.x), part(parts.y), part(parts.z))
  }
}
