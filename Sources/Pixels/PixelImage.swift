/// A picture as a value: rows of pixels from the top.
public struct PixelImage: Hashable, Sendable {
  /// Pixels across.
  public let width: Int
  /// Pixels down.
  public let height: Int
  /// Row by row from the top, each from the left.
  public var pixels: [Pixel]

  /// A picture of one colour; negative sides become 0.
  public init(width: Int, height: Int, filledWith pixel: Pixel = .clear) {
    self.width = max(width, 0)
    self.height = max(height, 0)
    pixels = Array(repeating: pixel, count: self.width * self.height)
  }

  /// All of it.
  public var bounds: PixelBox { PixelBox(left: 0, top: 0, width: width, height: height) }

  /// The pixel of a column from the left and a row from the top.
  public subscript(column: Int, row: Int) -> Pixel {
    get { pixels[row * width + column] }
    set { pixels[row * width + column] = newValue }
  }

  /// Whether nothing shows through it.
  public var isOpaque: Bool { pixels.allSatisfy { $0.bits >= 0xff00_0000 } }

  /// The part of it in a rectangle.
  public func part(_ box: PixelBox) -> PixelImage {
    let box = box.intersection(bounds)
    var part = PixelImage(width: box.width, height: box.height)
    for row in 0..<box.height {
      let start = (box.top + row) * width + box.left
      part.pixels.replaceSubrange(
        row * box.width..<(row + 1) * box.width, with: pixels[start..<start + box.width])
    }
    return part
  }

  /// This picture with another of the same size laid over it.
  public func covered(by other: PixelImage) -> PixelImage {
    precondition(other.width == width && other.height == height, "pictures of one size")
    var result = self
    for index in other.pixels.indices where other.pixels[index].bits != 0 {
      result.pixels[index] = other.pixels[index].over(pixels[index])
    }
    return result
  }

  /// Red, green, blue and opacity of each pixel, not multiplied by it.
  public var rgba: [UInt8] { bytes(of: 4) }

  /// Red, green and blue of each pixel.
  public var rgb: [UInt8] { bytes(of: 3) }

  private func bytes(of parts: Int) -> [UInt8] {
    Array(unsafeUninitializedCapacity: parts * pixels.count) { bytes, count in
      for pixel in pixels {
        let (red, green, blue) = pixel.straight
        bytes[count] = red
        bytes[count + 1] = green
        bytes[count + 2] = blue
        if parts == 4 { bytes[count + 3] = pixel.opacity }
        count += parts
      }
    }
  }
}
