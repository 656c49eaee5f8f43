/// Pictures as files in Portable Network Graphics (PNG, third edition, W3C 2025), still or moving.
public struct PNGWriter {
  /// Pixels across, the same in every frame.
  private let width: Int
  /// Pixels down.
  private let height: Int
  /// Whether pixels have an opacity.
  private let isOpaque: Bool
  /// What is shown now.
  private var shown: PixelImage?
  /// The number of the next part of an animation.
  private var sequence: UInt32 = 0

  private static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  private init(width: Int, height: Int, isOpaque: Bool) {
    (self.width, self.height, self.isOpaque) = (width, height, isOpaque)
  }

  // MARK: Still

  /// A picture as a file; it has at least one pixel.
  public static func file(of image: PixelImage) -> [UInt8] {
    let writer = PNGWriter(width: image.width, height: image.height, isOpaque: image.isOpaque)
    return signature + writer.header + chunk("IDAT", writer.data(of: image)) + chunk("IEND", [])
  }

  // MARK: Moving

  /// What stands before the frames of an animation that is repeated for ever.
  ///
  /// - Parameter frames: how many follow, at least one.
  public static func animation(
    width: Int, height: Int, frames: Int
  ) -> (writer: PNGWriter, bytes: [UInt8]) {
    let writer = PNGWriter(width: width, height: height, isOpaque: false)
    let control = chunk("acTL", bytes(of: UInt32(clamping: frames)) + bytes(of: UInt32(0)))
    return (writer, signature + writer.header + control)
  }

  /// The next frame: what is different from the one before.
  ///
  /// - Parameters:
  ///   - image: an opaque picture of the size of the animation.
  ///   - milliseconds: how long it is shown.
  public mutating func frame(_ image: PixelImage, milliseconds: Int) -> [UInt8] {
    precondition(image.width == width && image.height == height, "frames are of one size")
    // A frame has at least one pixel.
    let box =
      shown.map { image.change(from: $0) ?? PixelBox(left: 0, top: 0, width: 1, height: 1) } ?? image.bounds
    var control = PNGWriter.bytes(of: sequence)
    for number in [box.width, box.height, box.left, box.top] {
      control += PNGWriter.bytes(of: UInt32(clamping: number))
    }
    // Thousandths of a second; the frame stays, and the next is laid over it.
    control += PNGWriter.bytes(of: UInt16(clamping: milliseconds)) + PNGWriter.bytes(of: UInt16(1000))
    control += [0, 1]
    sequence += 1
    var bytes = PNGWriter.chunk("fcTL", control)
    var part = image.part(box)
    if let before = shown?.part(box) {
      // What is as before is left out, which takes no room.
      for index in part.pixels.indices where part.pixels[index] == before.pixels[index] {
        part.pixels[index] = .clear
      }
    }
    let data = data(of: part)
    if shown == nil {
      bytes += PNGWriter.chunk("IDAT", data)
    } else {
      bytes += PNGWriter.chunk("fdAT", PNGWriter.bytes(of: sequence) + data)
      sequence += 1
    }
    shown = image
    return bytes
  }

  /// What stands after the last frame.
  public static var end: [UInt8] { chunk("IEND", []) }

  // MARK: Parts

  private var header: [UInt8] {
    // Eight bits a part; colours with or without opacity; the only compression and filtering there are; not interlaced.
    PNGWriter.chunk(
      "IHDR",
      PNGWriter.bytes(of: UInt32(clamping: width)) + PNGWriter.bytes(of: UInt32(clamping: height))
        + [8, isOpaque ? 2 : 6, 0, 0, 0])
  }

  /// The pixels, filtered row by row and compressed.
  private func data(of image: PixelImage) -> [UInt8] {
    let parts = isOpaque ? 3 : 4
    let length = image.width * parts
    let plain = isOpaque ? image.rgb : image.rgba
    var filtered: [UInt8] = []
    filtered.reserveCapacity((length + 1) * image.height)
    plain.withUnsafeBufferPointer { plain in
      for row in 0..<image.height {
        let start = row * length
        func left(_ index: Int) -> UInt8 { index < parts ? 0 : plain[start + index - parts] }
        func above(_ index: Int) -> UInt8 { row == 0 ? 0 : plain[start + index - length] }
        // The filter whose differences are smallest in sum, as the standard advises: none, to the left, to above.
        var costs = (0, 0, 0)
        for index in 0..<length {
          let value = plain[start + index]
          costs.0 += PNGWriter.size(value)
          costs.1 += PNGWriter.size(value &- left(index))
          costs.2 += PNGWriter.size(value &- above(index))
        }
        let filter: UInt8 = costs.2 <= min(costs.0, costs.1) ? 2 : costs.1 <= costs.0 ? 1 : 0
        filtered.append(filter)
        for index in 0..<length {
          let value = plain[start + index]
          filtered.append(filter == 2 ? value &- above(index) : filter == 1 ? value &- left(index) : value)
        }
      }
    }
    return Deflate.compressed(filtered, .thorough)
  }

  /// A difference as a number on both sides of 0.
  @inline(__always)
  private static func size(_ difference: UInt8) -> Int { Int(Int8(bitPattern: difference).magnitude) }

  /// A part of a file: its length, name, bytes and checksum.
  private static func chunk(_ name: StaticString, _ data: [UInt8]) -> [UInt8] {
    let body = name.withUTF8Buffer(Array.init) + data
    return bytes(of: UInt32(clamping: data.count)) + body + bytes(of: Deflate.checksum(body[...]))
  }

  /// A number, the highest byte first.
  private static func bytes(of number: some FixedWidthInteger) -> [UInt8] {
    stride(from: number.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
