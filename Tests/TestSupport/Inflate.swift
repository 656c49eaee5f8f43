/// A decoder of compressed bytes (RFC 1950 and 1951), written from the standard and independent of the library that made them.
package enum Inflate {
  package struct Fault: Error {
    package let text: String
  }

  /// The bytes that a zlib stream stands for, its checksum compared.
  package static func bytes(of stream: [UInt8]) throws -> [UInt8] {
    guard stream.count > 6, stream[0] & 15 == 8, (Int(stream[0]) << 8 + Int(stream[1])) % 31 == 0 else {
      throw Fault(text: "no zlib header")
    }
    var reader = BitReader(bytes: stream, next: 2)
    var output: [UInt8] = []
    var isLast = false
    while !isLast {
      isLast = try reader.bits(1) == 1
      switch try reader.bits(2) {
      case 0: try copyStored(&reader, to: &output)
      case 1:
        let lengths =
          Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112) + Array(repeating: 7, count: 24)
          + Array(repeating: 8, count: 8)
        try copyCoded(&reader, Code(lengths), Code(Array(repeating: 5, count: 30)), to: &output)
      case 2:
        let (literals, distances) = try codes(&reader)
        try copyCoded(&reader, literals, distances, to: &output)
      default: throw Fault(text: "no such kind of block")
      }
    }
    reader.align()
    var sums = (a: 1, b: 0)
    for byte in output {
      sums.a = (sums.a + Int(byte)) % 65521
      sums.b = (sums.b + sums.a) % 65521
    }
    var sum = 0
    for _ in 0..<4 { sum = sum << 8 | (try reader.bits(8)) }
    guard sum == sums.b << 16 | sums.a else { throw Fault(text: "the checksum is another") }
    guard reader.next == stream.count else { throw Fault(text: "bytes behind the end") }
    return output
  }

  private struct BitReader {
    let bytes: [UInt8]
    var next: Int
    var held = 0
    var count = 0

    init(bytes: [UInt8], next: Int) { (self.bytes, self.next) = (bytes, next) }

    mutating func bits(_ wanted: Int) throws -> Int {
      while count < wanted {
        guard next < bytes.count else { throw Fault(text: "the stream ends early") }
        held |= Int(bytes[next]) << count
        next += 1
        count += 8
      }
      defer {
        held >>= wanted
        count -= wanted
      }
      return held & ((1 << wanted) - 1)
    }

    mutating func align() { (held, count) = (0, 0) }
  }

  /// A prefix code by the lengths of its words: words of one length follow each other.
  private struct Code {
    /// How many words have a length.
    private var counts = [Int](repeating: 0, count: 16)
    /// The symbols, those of shorter words first.
    private var symbols: [Int] = []

    init(_ lengths: [Int]) {
      for length in 1...15 {
        let found = lengths.indices.filter { lengths[$0] == length }
        counts[length] = found.count
        symbols += found
      }
    }

    func symbol(_ reader: inout BitReader) throws -> Int {
      var (word, first, before) = (0, 0, 0)
      for length in 1...15 {
        word = word << 1 | (try reader.bits(1))
        first = first << 1
        if word - first < counts[length] { return symbols[before + word - first] }
        first += counts[length]
        before += counts[length]
      }
      throw Fault(text: "no word of the code")
    }
  }

  private static func copyStored(_ reader: inout BitReader, to output: inout [UInt8]) throws {
    reader.align()
    let count = try reader.bits(16)
    guard try reader.bits(16) == count ^ 0xffff else { throw Fault(text: "a stored block is damaged") }
    for _ in 0..<count { output.append(UInt8(try reader.bits(8))) }
  }

  private static func codes(_ reader: inout BitReader) throws -> (literals: Code, distances: Code) {
    let counts = (try reader.bits(5) + 257, try reader.bits(5) + 1, try reader.bits(4) + 4)
    var lengths = Array(repeating: 0, count: 19)
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    for place in order.prefix(counts.2) { lengths[place] = try reader.bits(3) }
    let code = Code(lengths)
    var all: [Int] = []
    while all.count < counts.0 + counts.1 {
      switch try code.symbol(&reader) {
      case 16:
        guard let last = all.last else { throw Fault(text: "nothing to repeat") }
        all += Array(repeating: last, count: try reader.bits(2) + 3)
      case 17: all += Array(repeating: 0, count: try reader.bits(3) + 3)
      case 18: all += Array(repeating: 0, count: try reader.bits(7) + 11)
      case let length: all.append(length)
      }
    }
    return (Code(Array(all.prefix(counts.0))), Code(Array(all.dropFirst(counts.0))))
  }

  private static func copyCoded(
    _ reader: inout BitReader, _ literals: Code, _ distances: Code, to output: inout [UInt8]
  ) throws {
    while true {
      let symbol = try literals.symbol(&reader)
      if symbol == 256 { return }
      if symbol < 256 {
        output.append(UInt8(symbol))
        continue
      }
      // RFC 1951, 3.2.5: the further bits of lengths and distances.
      let group = symbol - 257
      let extra = group < 8 || group == 28 ? 0 : group / 4 - 1
      let base = group == 28 ? 258 : group < 8 ? group + 3 : 3 + (4 + group % 4) << extra
      let length = base + (try reader.bits(extra))
      let step = try distances.symbol(&reader)
      let more = step < 4 ? 0 : step / 2 - 1
      let distance = (step < 4 ? step + 1 : 1 + (2 + step % 2) << more) + (try reader.bits(more))
      guard distance <= output.count else { throw Fault(text: "a distance leads before the beginning") }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }
}
