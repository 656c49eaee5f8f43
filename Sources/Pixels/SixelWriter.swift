import Canvas

/// Pictures as sixels: bands of six rows, one colour of the band after the other (DEC STD 070, VT340).
public enum SixelWriter {
  /// The device control string of a picture that covers what lies below, but where it is clear.
  public static func bytes(of image: PixelImage, palette: inout SixelPalette) -> [UInt8] {
    // What no colour covers stays (1); a pixel is as wide as it is high, and there are so many.
    var bytes = Array("0;1;0q\"1;1;\(image.width);\(image.height)".utf8)
    var numbers = [Int16](repeating: Band.nothing, count: image.pixels.count)
    var used = [Bool](repeating: false, count: SixelPalette.limit)
    for index in numbers.indices where image.pixels[index] != .clear {
      let number = palette.number(of: image.pixels[index])
      numbers[index] = Int16(number)
      used[Int(number)] = true
    }
    for (number, colour) in palette.colours.enumerated() where used[number] {
      let parts = [colour.red, colour.green, colour.blue].map { "\((Int($0) * 100 + 127) / 255)" }
      bytes += "#\(number);2;\(parts.joined(separator: ";"))".utf8
    }
    var band = Band(width: image.width)
    for top in stride(from: 0, to: image.height, by: 6) {
      if top > 0 { bytes.append(UInt8(ascii: "-")) }
      let rows = min(6, image.height - top)
      band.write(numbers[top * image.width..<(top + rows) * image.width], rows: rows, to: &bytes)
    }
    return EscapeSequence.deviceControl(bytes)
  }

  /// Six rows of a picture, by colour.
  private struct Band {
    /// The number of no colour.
    static let nothing: Int16 = -1

    let width: Int
    /// Of each colour a sixel a column.
    private var sixels: [UInt8]
    /// Of each colour the first column and the one after the last that has any.
    private var spans: [(first: Int, end: Int)]

    init(width: Int) {
      self.width = width
      sixels = Array(repeating: 0, count: width * SixelPalette.limit)
      spans = Array(repeating: (0, 0), count: SixelPalette.limit)
    }

    mutating func write(_ numbers: ArraySlice<Int16>, rows: Int, to bytes: inout [UInt8]) {
      var colours: [Int] = []
      for row in 0..<rows {
        let start = numbers.startIndex + row * width
        for column in 0..<width {
          let colour = Int(numbers[start + column])
          if colour < 0 { continue }
          if spans[colour].end == 0 {
            colours.append(colour)
            spans[colour] = (column, column + 1)
          } else {
            spans[colour] = (min(spans[colour].first, column), max(spans[colour].end, column + 1))
          }
          sixels[colour * width + column] |= 1 << UInt8(row)
        }
      }
      for (place, colour) in colours.enumerated() {
        // Back to the left side of the band.
        if place > 0 { bytes.append(UInt8(ascii: "$")) }
        bytes += "#\(colour)".utf8
        let (first, end) = spans[colour]
        Band.run(of: 0, count: first, to: &bytes)
        var column = first
        while column < end {
          let sixel = sixels[colour * width + column]
          var next = column
          while next < end, sixels[colour * width + next] == sixel {
            sixels[colour * width + next] = 0
            next += 1
          }
          Band.run(of: sixel, count: next - column, to: &bytes)
          column = next
        }
        spans[colour] = (0, 0)
      }
    }

    /// So many times the same sixel, counted where that is shorter.
    private static func run(of sixel: UInt8, count: Int, to bytes: inout [UInt8]) {
      let character = sixel + 63
      if count > 3 {
        bytes += "!\(count)".utf8
        bytes.append(character)
      } else {
        for _ in 0..<count { bytes.append(character) }
      }
    }
  }
}
