import Canvas
import TestSupport
import Testing

@testable import Pixels

/// Files of pictures, read by a reader of our own.
struct PNGTests {
  /// A picture with slopes, lines and noise.
  static func picture(width: Int, height: Int, isOpaque: Bool = true, seed: UInt64 = 1) -> PixelImage {
    var random = SplitMix64(state: seed)
    var painter = PixelPainter(
      on: PixelImage(width: width, height: height, filledWith: isOpaque ? Pixel(Colour(9, 8, 7)) : .clear))
    if isOpaque {
      painter.shade(
        ShadeField(columns: 2, rows: 2, shades: [0, 0.4, 0.7, 1]),
        in: PixelBox(left: 0, top: 0, width: width, height: height * 2 / 3), ramp: ColourRamp(Palette()))
    }
    for _ in 0..<12 {
      func place() -> SIMD2<Double> {
        SIMD2(
          Double.random(in: 0...Double(width), using: &random),
          Double.random(in: 0...Double(height), using: &random))
      }
      let colour = Colour(hex: UInt32.random(in: 0...0xffffff, using: &random))
      painter.stroke([[place(), place(), place()]], width: 3, colour: colour, opacity: 0.8)
      painter.discs(at: [place()], radius: 4, colour: colour)
    }
    return painter.image
  }

  @Test(arguments: [(1, 1), (3, 2), (64, 47), (201, 100)], [true, false])
  func aFileIsThePicture(size: (Int, Int), isOpaque: Bool) throws {
    let image = Self.picture(width: size.0, height: size.1, isOpaque: isOpaque)
    let reader = try PNGReader(PNGWriter.file(of: image))
    #expect(reader.width == size.0 && reader.height == size.1 && reader.frames.count == 1)
    #expect(reader.frames[0].rgba == image.rgba)
    #expect(reader.chunks == ["IHDR", "IDAT", "IEND"])
  }

  @Test func aSmoothGroundIsSmall() {
    var painter = PixelPainter(width: 740, height: 580)
    painter.shade(
      ShadeField(columns: 3, rows: 2, shades: [0, 0.4, 0.7, 0.2, 0.6, 1]), in: painter.image.bounds,
      ramp: ColourRamp(Palette()))
    #expect(PNGWriter.file(of: painter.image).count < 740 * 580 / 8)
  }

  /// Frames hold what is different, and together they are the pictures.
  @Test func anAnimationIsItsPictures() throws {
    let first = Self.picture(width: 80, height: 60)
    var second = PixelPainter(on: first)
    second.discs(at: [SIMD2(40, 30)], radius: 5, colour: Colour(255, 255, 255))
    var third = PixelPainter(on: second.image)
    third.discs(at: [SIMD2(70, 50)], radius: 3, colour: Colour(255, 0, 255))
    // The same again, which an animation may show, too.
    let pictures = [first, second.image, second.image, third.image]
    var (writer, bytes) = PNGWriter.animation(width: 80, height: 60, frames: pictures.count)
    var sizes: [Int] = []
    for (index, picture) in pictures.enumerated() {
      let frame = writer.frame(picture, milliseconds: 40 + index)
      sizes.append(frame.count)
      bytes += frame
    }
    let reader = try PNGReader(bytes + PNGWriter.end)
    #expect(reader.promised == 4 && reader.frames.count == 4)
    for (frame, picture) in zip(reader.frames, pictures) { #expect(frame.rgba == picture.rgba) }
    #expect(reader.frames.map(\.seconds) == [0.04, 0.041, 0.042, 0.043])
    #expect(sizes[1] * 4 < sizes[0] && sizes[2] < 120)
    // A reader that knows no animations shows the first.
    #expect(reader.chunks.prefix(4) == ["IHDR", "acTL", "fcTL", "IDAT"])
  }

  /// The reader itself notices what is wrong.
  @Test func theReaderSeesDamage() throws {
    let file = PNGWriter.file(of: Self.picture(width: 30, height: 20))
    for place in stride(from: 8, to: file.count, by: 61) {
      var damaged = file
      damaged[place] ^= 0x10
      #expect(throws: (any Error).self, "\(place)") { try PNGReader(damaged) }
    }
    #expect(throws: (any Error).self) { try PNGReader(Array(file.dropLast(12))) }
  }
}
