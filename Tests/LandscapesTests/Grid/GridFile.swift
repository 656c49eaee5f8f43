import Foundation
import Landscapes

/// A file with losses on a grid, and the landscape that is made of it.
struct GridFile {
  var bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  /// An array as NumPy saves it.
  init(
    npy rows: [[Double]], type: String = "<f8", order: String = "False", shape: String? = nil,
    version: UInt8 = 1
  ) {
    let (height, width) = (rows.count, rows[0].count)
    var header =
      "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (\(shape ?? "\(height), \(width)")), }"
    header += String(repeating: " ", count: 63 - header.count % 64) + "\n"
    bytes = [0x93] + Array("NUMPY".utf8) + [version, 0]
    let length = header.utf8.count
    bytes += (0..<(version == 1 ? 2 : 4)).map { UInt8(length >> (8 * $0) & 0xFF) }
    bytes += Array(header.utf8)
    for number in rows.joined() {
      var number =
        type.hasSuffix("4")
        ? withUnsafeBytes(of: Float(number), Array.init) : withUnsafeBytes(of: number, Array.init)
      if type.hasPrefix(">") { number.reverse() }
      bytes += number
    }
  }

  func landscape(_ text: String = "grid(surface.csv)") throws(LandscapeError) -> Landscape {
    let bytes = bytes
    return try LandscapeText.landscape(text) { @Sendable (_: String) throws(DataError) -> [UInt8] in bytes }
  }

  /// What is wrong with it; empty if nothing is.
  func fault(_ text: String = "grid(surface.csv)") -> String {
    do {
      _ = try landscape(text)
      return ""
    } catch {
      return error.description
    }
  }
}
