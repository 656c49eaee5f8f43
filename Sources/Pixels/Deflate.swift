// The one file of this target that speaks to zlib.
import CZlib

/// Compression as PNG and terminals read it (RFC 1950), and the checksum of PNG.
enum Deflate {
  /// How much time is given to the size.
  enum Effort: Int32 {
    /// For what is sent many times a second.
    case fast = 1
    /// For files.
    case thorough = 9
  }

  /// The bytes, compressed.
  static func compressed(_ bytes: [UInt8], _ effort: Effort) -> [UInt8] {
    let bound = compressBound(uLong(bytes.count))
    return Array(unsafeUninitializedCapacity: Int(bound)) { buffer, count in
      var length = bound
      let status = bytes.withUnsafeBufferPointer {
        compress2(buffer.baseAddress, &length, $0.baseAddress, uLong($0.count), effort.rawValue)
      }
      // With room for the worst case only memory can be missing.
      precondition(status == Z_OK, "no memory to compress \(bytes.count) bytes")
      count = Int(length)
    }
  }

  /// The cyclic redundancy check of bytes.
  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBufferPointer { UInt32(crc32(0, $0.baseAddress, UInt32($0.count))) }
  }
}
