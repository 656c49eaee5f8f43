internal import OptimizerCore

extension GridTable {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Whether a file is an array as NumPy saves it.
  static func isNPY(_ bytes: [UInt8]) -> Bool { bytes.starts(with: magic) }

  /// Reads an array as `numpy.save` writes it: two dimensions, row after row, of 32- or 64-bit floating-point numbers. Its
  /// first row has the smallest y.
  ///
  /// The form is that of NEP 1 and its later versions: the magic string, two bytes of version, the length of the header,
  /// the header as a literal of Python's, the numbers.
  init(npy bytes: [UInt8], x: (Double, Double)?, y: (Double, Double)?) throws(DataError) {
    let cut = DataError("the .npy file is cut short")
    guard bytes.count >= 12 else { throw cut }
    let isShort = bytes[6] == 1
    guard (1...3).contains(bytes[6]) else {
      throw DataError("the .npy file is of version \(bytes[6]); 1 to 3 can be read")
    }
    let start = isShort ? 10 : 12
    let length = (8..<start).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    guard length <= bytes.count - start else { throw cut }
    let header = String(decoding: bytes[start..<(start + length)], as: UTF8.self)
    let advice = "save it as np.save(file, np.ascontiguousarray(a, dtype='<f8'))"
    guard let type = Self.entry("descr", of: header), let order = Self.entry("fortran_order", of: header),
      let shape = Self.entry("shape", of: header)
    else { throw DataError("the header of the .npy file is damaged: '\(Excerpt.of(header))'") }
    let sizes = ["'<f8'": 8, "'>f8'": -8, "'<f4'": 4, "'>f4'": -4]
    guard let size = sizes[type] else {
      throw DataError(
        "the numbers of the .npy file must be float32 or float64, got \(Excerpt.of(type)); \(advice)")
    }
    guard order == "False" else {
      throw DataError("the .npy file is in Fortran's order, column after column; \(advice)")
    }
    let extents = shape.split(separator: ",").map { Int($0.withoutBlanks) }
    guard extents.count == 2, let height = extents[0], let width = extents[1], height > 0, width > 0 else {
      throw DataError("the array must have two dimensions, y and x, got the shape (\(Excerpt.of(shape)))")
    }
    guard height <= Self.most, width <= Self.most / height else {
      throw DataError("more than \(Self.most) values, got \(height) times \(width)")
    }
    let step = abs(size)
    let found = bytes.count - start - length
    guard found >= height * width * step else { throw cut }
    guard found == height * width * step else {
      throw DataError("the .npy file is longer than its \(height) times \(width) numbers")
    }
    let rows = (0..<height).map { row in
      (0..<width).map { column in
        Self.number(bytes, at: start + length + (row * width + column) * step, step, isBigEndian: size < 0)
      }
    }
    self = try Self.placed(rows, x: x, y: y)
  }

  /// The value of a key of the header, a literal: `'<f8'`, `False`, or what stands in the parentheses.
  private static func entry(_ key: String, of header: String) -> String? {
    guard let found = header.firstRange(of: "'\(key)':") else { return nil }
    let rest = header[found.upperBound...].drop { $0 == " " }
    if rest.first == "(" {
      return rest.firstIndex(of: ")").map { String(rest[rest.index(after: rest.startIndex)..<$0]) }
    }
    return String(rest.prefix { $0 != "," && $0 != "}" }).withoutBlanks
  }

  private static func number(_ bytes: [UInt8], at place: Int, _ size: Int, isBigEndian: Bool) -> Double {
    var bits: UInt64 = 0
    for k in 0..<size {
      bits = bits << 8 | UInt64(bytes[isBigEndian ? place + k : place + size - 1 - k])
    }
    return size == 4 ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))) : Double(bitPattern: bits)
  }
}
