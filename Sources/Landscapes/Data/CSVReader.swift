/// Takes the records of comma-separated values one after the other, by RFC 4180: a quoted field may hold commas, quotes
/// (doubled) and line ends.
package struct CSVReader {
  private let bytes: [UInt8]
  private var place = 0
  private var line = 1

  /// - Throws: that the bytes are no text.
  package init(_ bytes: [UInt8]) throws(DataError) {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw DataError("it is no text in UTF-8") }
    self.bytes = bytes
    // A byte order mark is no part of the first name.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  /// Whether what is left are blank lines; takes them.
  package mutating func hasOnlyBlankLines() throws(DataError) -> Bool {
    while let row = try next() { if row.fields != [""] { return false } }
    return true
  }

  /// The next record with the line where it begins; nil at the end.
  package mutating func next() throws(DataError) -> (fields: [String], line: Int)? {
    guard place < bytes.count else { return nil }
    let first = line
    var fields: [String] = []
    while true {
      fields.append(try field())
      guard place < bytes.count else { break }
      let end = bytes[place]
      place += 1
      if end == UInt8(ascii: ",") { continue }
      if end == UInt8(ascii: "\r"), place < bytes.count, bytes[place] == UInt8(ascii: "\n") { place += 1 }
      line += 1
      break
    }
    return (fields, first)
  }

  /// A field up to the comma or line end behind it.
  private mutating func field() throws(DataError) -> String {
    let (comma, quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
    let ends: Set<UInt8> = [comma, UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    guard place < bytes.count, bytes[place] == quote else {
      let start = place
      while place < bytes.count, !ends.contains(bytes[place]) { place += 1 }
      return String(decoding: bytes[start..<place], as: UTF8.self)
    }
    let opened = line
    var content: [UInt8] = []
    place += 1
    while true {
      guard place < bytes.count else { throw DataError("a quote is opened and never closed", line: opened) }
      let byte = bytes[place]
      place += 1
      if byte == quote {
        guard place < bytes.count, bytes[place] == quote else { break }
        place += 1
      }
      if byte == UInt8(ascii: "\n") { line += 1 }
      content.append(byte)
    }
    guard place == bytes.count || ends.contains(bytes[place]) else {
      throw DataError("something follows a closing quote; a comma is wanted there", line: line)
    }
    return String(decoding: content, as: UTF8.self)
  }
}
