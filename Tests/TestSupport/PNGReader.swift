/// A picture file read by the standard, every checksum compared; frames of an animation are put together as shown.
package struct PNGReader {
  package struct Fault: Error {
    package let text: String
  }

  /// A picture as it is shown for some time.
  package struct Frame {
    /// Red, green, blue and opacity of each pixel.
    package var rgba: [UInt8]
    /// How long it is shown; 0 where it is the only one.
    package var seconds: Double
  }

  package private(set) var width = 0
  package private(set) var height = 0
  /// The pictures, one after the other.
  package private(set) var frames: [Frame] = []
  /// The names of the parts, in their order.
  package private(set) var chunks: [String] = []
  /// The frames that an animation says it has.
  package private(set) var promised: Int?

  private var parts = 3
  private var sequence = 0
  private var control: [Int]?
  private var data: [UInt8] = []

  package init(_ file: [UInt8]) throws {
    guard file.prefix(8) == [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] else {
      throw Fault(text: "no signature")
    }
    var next = 8
    while next < file.count {
      guard next + 12 <= file.count else { throw Fault(text: "a part is cut off") }
      let length = PNGReader.number(file[next..<next + 4])
      guard next + 12 + length <= file.count else { throw Fault(text: "a part is cut off") }
      let body = file[next + 4..<next + 8 + length]
      guard PNGReader.number(file[next + 8 + length..<next + 12 + length]) == PNGReader.checksum(body) else {
        throw Fault(text: "a checksum is another")
      }
      try read(String(decoding: body.prefix(4), as: UTF8.self), Array(body.dropFirst(4)))
      next += 12 + length
    }
    guard chunks.first == "IHDR", chunks.last == "IEND", !frames.isEmpty else {
      throw Fault(text: "a part is missing")
    }
    guard promised == nil || promised == frames.count else { throw Fault(text: "frames are missing") }
  }

  private mutating func read(_ name: String, _ body: [UInt8]) throws {
    // A picture ends where the next begins.
    if !data.isEmpty, !(chunks.last == name && name != "fcTL") { try finishFrame() }
    chunks.append(name)
    switch name {
    case "IHDR":
      width = PNGReader.number(body[0..<4])
      height = PNGReader.number(body[4..<8])
      guard body[8] == 8, [2, 6].contains(body[9]), body[10...] == [0, 0, 0] else {
        throw Fault(text: "a form that is not expected")
      }
      parts = body[9] == 2 ? 3 : 4
    case "acTL": promised = PNGReader.number(body[0..<4])
    case "fcTL":
      guard PNGReader.number(body[0..<4]) == sequence else { throw Fault(text: "out of order") }
      sequence += 1
      let places = stride(from: 4, to: 20, by: 4).map { PNGReader.number(body[$0..<$0 + 4]) }
      control =
        places + [
          PNGReader.number(body[20..<22]), PNGReader.number(body[22..<24]), Int(body[24]), Int(body[25]),
        ]
    case "fdAT":
      guard PNGReader.number(body[0..<4]) == sequence else { throw Fault(text: "out of order") }
      sequence += 1
      data += body.dropFirst(4)
    case "IDAT": data += body
    default: break
    }
  }

  private mutating func finishFrame() throws {
    let box = control ?? [width, height, 0, 0, 0, 1, 0, 0]
    guard box[6] == 0, box[7] <= 1 else { throw Fault(text: "a way of laying over that is not expected") }
    guard box[0] > 0, box[1] > 0, box[0] + box[2] <= width, box[1] + box[3] <= height else {
      throw Fault(text: "a frame outside the picture")
    }
    let plain = try unfiltered(try Inflate.bytes(of: data), width: box[0], height: box[1])
    var rgba = frames.last?.rgba ?? Array(repeating: 0, count: width * height * 4)
    for row in 0..<box[1] {
      for column in 0..<box[0] {
        let (from, to) = ((row * box[0] + column) * parts, ((row + box[3]) * width + column + box[2]) * 4)
        let opacity = parts == 4 ? plain[from + 3] : 255
        // Laid over: what is clear leaves what is there.
        if box[7] == 1 {
          if opacity == 0, !frames.isEmpty { continue }
          guard opacity == 255 else { throw Fault(text: "an opacity that is not expected") }
        }
        for part in 0..<4 { rgba[to + part] = part < 3 ? plain[from + part] : opacity }
      }
    }
    frames.append(Frame(rgba: rgba, seconds: Double(box[4]) / Double(box[5])))
    (data, control) = ([], nil)
  }

  private func unfiltered(_ bytes: [UInt8], width: Int, height: Int) throws -> [UInt8] {
    let length = width * parts
    guard bytes.count == (length + 1) * height else { throw Fault(text: "too many pixels, or too few") }
    var plain: [UInt8] = []
    plain.reserveCapacity(length * height)
    for row in 0..<height {
      let start = row * (length + 1)
      for index in 0..<length {
        let left = index < parts ? 0 : plain[row * length + index - parts]
        let above = row == 0 ? 0 : plain[(row - 1) * length + index]
        let value = bytes[start + 1 + index]
        switch bytes[start] {
        case 0: plain.append(value)
        case 1: plain.append(value &+ left)
        case 2: plain.append(value &+ above)
        default: throw Fault(text: "a filter that is not expected")
        }
      }
    }
    return plain
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

  /// ISO 3309, bit by bit.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> Int {
    var sum: UInt32 = 0xffff_ffff
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? 0xedb8_8320 ^ sum >> 1 : sum >> 1 }
    }
    return Int(~sum)
  }
}
