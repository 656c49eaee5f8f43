public import Canvas

/// Paints shapes on a picture, with edges as smooth as pixels allow.
///
/// Places are pixels from the left and from the top; the middle of the first is (0.5, 0.5).
public struct PixelPainter: Sendable {
  /// What has been painted so far.
  public private(set) var image: PixelImage
  /// Outside of it nothing is painted.
  public var clip: PixelBox
  private var coverage: Coverage

  /// Paints on a picture.
  public init(on image: PixelImage) {
    self.image = image
    clip = image.bounds
    coverage = Coverage(width: image.width, height: image.height)
  }

  /// Paints on a clear picture.
  public init(width: Int, height: Int) {
    self.init(on: PixelImage(width: width, height: height))
  }

  /// A new sheet, without asking for memory.
  public mutating func erase(to pixel: Pixel = .clear) {
    for index in image.pixels.indices { image.pixels[index] = pixel }
  }

  /// Lines of a width with round joins and ends; where they cover each other they are no darker.
  public mutating func stroke(
    _ lines: [[SIMD2<Double>]], width: Double, isClosed: Bool = false, colour: Colour, opacity: Double = 1
  ) {
    for line in lines { coverage.stroke(line, width: width, isClosed: isClosed) }
    paint(colour, opacity, .nonZero)
  }

  /// Discs; where they cover each other they are no darker.
  public mutating func discs(
    at places: [SIMD2<Double>], radius: Double, colour: Colour, opacity: Double = 1
  ) {
    for place in places { coverage.disc(at: place, radius: radius) }
    paint(colour, opacity, .nonZero)
  }

  /// What closed outlines go around: an odd number of times where outlines within others are holes.
  public mutating func fill(
    _ outlines: [[SIMD2<Double>]], hasHoles: Bool = false, colour: Colour, opacity: Double = 1
  ) {
    for outline in outlines { coverage.polygon(outline) }
    paint(colour, opacity, hasHoles ? .evenOdd : .nonZero)
  }

  /// A rectangle of whole pixels.
  public mutating func fill(_ box: PixelBox, colour: Colour, opacity: Double = 1) {
    let box = box.intersection(clip).intersection(image.bounds)
    let share = UInt32(PixelPainter.strength(opacity) + 0.5)
    let ink = Pixel(colour).scaled(by: share)
    for row in box.top..<box.bottom {
      let start = row * image.width
      for index in start + box.left..<start + box.right {
        image.pixels[index] = share == 255 ? ink : ink.over(image.pixels[index])
      }
    }
  }

  /// An opacity as the highest of its coverages, of 255.
  private static func strength(_ opacity: Double) -> Float {
    Float(opacity.isNaN ? 0 : min(max(opacity, 0), 1)) * 255
  }

  private mutating func paint(_ colour: Colour, _ opacity: Double, _ rule: Coverage.Rule) {
    let ink = Pixel(colour)
    let strength = PixelPainter.strength(opacity)
    let width = image.width
    image.pixels.withUnsafeMutableBufferPointer { pixels in
      coverage.sweep(in: clip, rule: rule) { column, row, covered in
        let index = row &* width &+ column
        let share = UInt32(covered * strength + 0.5)
        pixels[index] = share == 255 ? ink : ink.scaled(by: share).over(pixels[index])
      }
    }
  }

  /// A field of shades in a box, interpolated between the middles of its squares.
  public mutating func shade(_ field: ShadeField, in box: PixelBox, ramp: ColourRamp) {
    let seen = box.intersection(clip).intersection(image.bounds)
    guard !seen.isEmpty, field.columns > 0, field.rows > 0 else { return }
    let across = ShadeField.places(of: box.width, among: field.columns)
    let width = image.width
    var line = [Float](repeating: 0, count: field.columns + 1)
    let down = ShadeField.places(of: box.height, among: field.rows)
    image.pixels.withUnsafeMutableBufferPointer { pixels in
      for row in seen.top..<seen.bottom {
        field.interpolate(down[row - box.top], into: &line)
        line.withUnsafeBufferPointer { line in
          for column in seen.left..<seen.right {
            let place = across[column - box.left]
            let here = line[place.index]
            // Not mixed with a neighbour of which it has no share, as that may be no number.
            let value = place.share == 0 ? here : here + (line[place.index + 1] - here) * place.share
            pixels[row &* width &+ column] = ramp.pixel(value)
          }
        }
      }
    }
  }

  /// Fills a box with the colours of a grid over it, row by row, which flow into each other between the middles of their
  /// squares.
  mutating func fill(_ box: PixelBox, blending colours: [Colour], columns: Int, rows: Int) {
    let seen = box.intersection(image.bounds)
    guard !seen.isEmpty, columns > 0, rows > 0, colours.count == columns * rows else { return }
    let across = ShadeField.places(of: box.width, among: columns)
    let down = ShadeField.places(of: box.height, among: rows)
    let width = image.width
    /// Red, green and blue, apart from each other.
    func parts(_ colour: Colour) -> SIMD4<Float> {
      let value = colour.hex
      return SIMD4(Float(value >> 16), Float(value >> 8 & 255), Float(value & 255), 255)
    }
    var line = [SIMD4<Float>](repeating: .zero, count: columns)
    image.pixels.withUnsafeMutableBufferPointer { pixels in
      for row in seen.top..<seen.bottom {
        let place = down[row - box.top]
        let (upper, lower) = (place.index * columns, min(place.index + 1, rows - 1) * columns)
        for column in 0..<columns {
          let (here, below) = (parts(colours[upper + column]), parts(colours[lower + column]))
          line[column] = here + (below - here) * place.share
        }
        for column in seen.left..<seen.right {
          let place = across[column - box.left]
          let (here, next) = (line[place.index], line[min(place.index + 1, columns - 1)])
          let mixed = SIMD4<UInt32>((here + (next - here) * place.share).rounded(.toNearestOrAwayFromZero))
          pixels[row &* width &+ column] = Pixel(
            bits: mixed.x | mixed.y << 8 | mixed.z << 16 | mixed.w << 24)
        }
      }
    }
  }
}
