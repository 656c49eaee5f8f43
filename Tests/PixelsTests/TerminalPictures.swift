import Foundation
import TestSupport

@testable import Pixels

/// What a terminal makes of escape sequences with pictures: a model of both protocols, strict about what it reads.
struct TerminalPictures {
  struct Fault: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  /// A picture that the terminal holds, with where it is shown.
  struct Picture {
    var width: Int
    var height: Int
    /// Red, green, blue and opacity.
    var rgba: [UInt8]
    var column: Int
    var row: Int
    var depth: Int
    /// The cells it is stretched over, where it is shown by placeholders.
    var cells: (columns: Int, rows: Int)?
  }

  /// The pictures of kitty's protocol, by their number.
  private(set) var pictures: [Int: Picture] = [:]
  /// What was drawn by sixels: red, green and blue of each pixel of the screen, nil where nothing was.
  private(set) var screen: [[UInt8]?]
  let width: Int
  let height: Int
  let cell: CellSize
  /// The longest payload of a command.
  private(set) var longestPayload = 0

  private var cursor = (column: 0, row: 0)
  private var saved: (column: Int, row: Int)?
  private var command: [String: String] = [:]
  private var payload = ""

  init(columns: Int = 0, rows: Int = 0, cell: CellSize = CellSize(width: 10, height: 20)) {
    self.cell = cell
    (width, height) = (columns * cell.width, rows * cell.height)
    screen = Array(repeating: nil, count: width * height)
  }

  mutating func read(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      guard byte == 0x1b, let kind = rest.popFirst() else { throw Fault("text: \(byte)") }
      switch kind {
      case UInt8(ascii: "7"): saved = cursor
      case UInt8(ascii: "8"):
        guard let place = saved else { throw Fault("nothing was saved") }
        (cursor, saved) = (place, nil)
      case UInt8(ascii: "["):
        if rest.first == UInt8(ascii: "?") {
          // A mode, saved, set or restored: of sixels alone.
          guard rest.starts(with: "?80".utf8), rest.count > 3 else { throw Fault("another mode") }
          rest = rest.dropFirst(4)
          continue
        }
        guard let end = rest.firstIndex(of: UInt8(ascii: "H")) else { throw Fault("no place") }
        let numbers = String(decoding: rest[..<end], as: UTF8.self).split(separator: ";").compactMap {
          Int($0)
        }
        guard numbers.count == 2 else { throw Fault("no place") }
        cursor = (numbers[1] - 1, numbers[0] - 1)
        rest = rest[(end + 1)...]
      case UInt8(ascii: "_"), UInt8(ascii: "P"):
        guard let end = rest.firstIndex(of: 0x1b), end + 1 < rest.endIndex,
          rest[end + 1] == UInt8(ascii: "\\")
        else { throw Fault("a string without an end") }
        let body = rest[..<end]
        rest = rest[(end + 2)...]
        if kind == UInt8(ascii: "_") { try obey(body) } else { try draw(Array(body)) }
      default: throw Fault("an escape sequence that is not expected: \(kind)")
      }
    }
    guard command.isEmpty, saved == nil else { throw Fault("something is not finished") }
  }

  /// What tmux hands on of what it is sent: it takes the frame off each command, and of each two escapes one.
  static func handedOn(_ bytes: [UInt8]) throws -> [UInt8] {
    let head = Array("\u{1b}Ptmux;".utf8)
    var (rest, result) = (bytes[...], [UInt8]())
    while !rest.isEmpty {
      guard rest.starts(with: head) else { throw Fault("what tmux would not hand on") }
      rest = rest.dropFirst(head.count)
      while let byte = rest.popFirst() {
        if byte != 0x1b {
          result.append(byte)
        } else if rest.first == 0x1b {
          result.append(rest.removeFirst())
        } else {
          guard rest.popFirst() == UInt8(ascii: "\\") else { throw Fault("a single escape") }
          break
        }
      }
    }
    return result
  }

  /// Text is written in cells, in whose place nothing is left of a picture.
  mutating func write(row: Int, columns: Range<Int>) {
    for y in row * cell.height..<(row + 1) * cell.height {
      for x in columns.lowerBound * cell.width..<columns.upperBound * cell.width {
        screen[y * width + x] = nil
      }
    }
  }

  // MARK: kitty

  private mutating func obey(_ body: ArraySlice<UInt8>) throws {
    guard body.first == UInt8(ascii: "G") else { throw Fault("no command of graphics") }
    let parts = String(decoding: body.dropFirst(), as: UTF8.self).split(
      separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
    var keys: [String: String] = [:]
    for pair in parts[0].split(separator: ",") {
      let sides = pair.split(separator: "=")
      guard sides.count == 2, keys[String(sides[0])] == nil else {
        throw Fault("a key twice, or none: \(pair)")
      }
      keys[String(sides[0])] = String(sides[1])
    }
    // No answers, which would be taken for keys.
    guard keys["q"] == "2" else { throw Fault("a command that is answered") }
    let text = parts.count > 1 ? String(parts[1]) : ""
    longestPayload = max(longestPayload, text.utf8.count)
    if command.isEmpty {
      command = keys
    } else if command["a"] == "f", keys["a"] != "f" || keys["i"] != command["i"] || keys["r"] != "1" {
      // kitty 0.26 leaves out what does not name them.
      throw Fault("a part of a frame that does not say so, or not of which")
    }
    payload += text
    if keys["m"] == "1" {
      // All but the last are a multiple of four.
      guard text.utf8.count % 4 == 0 else { throw Fault("a part is cut within four characters") }
      return
    }
    defer { (command, payload) = ([:], "") }
    try finish(command)
  }

  private mutating func finish(_ keys: [String: String]) throws {
    func number(_ key: String) throws -> Int {
      guard let value = keys[key].flatMap({ Int($0) }) else { throw Fault("no \(key)") }
      return value
    }
    if keys["a"] == "d", keys["d"] == "A" {
      pictures = [:]
      return
    }
    let id = try number("i")
    if keys["a"] == "d" {
      guard keys["d"] == "I" else { throw Fault("the memory is kept") }
      pictures[id] = nil
      return
    }
    guard keys["o"] == "z", let data = Data(base64Encoded: payload) else { throw Fault("no payload") }
    let (width, height, parts) = (try number("s"), try number("v"), try number("f") / 8)
    let bytes = try Inflate.bytes(of: Array(data))
    guard bytes.count == width * height * parts, width > 0, height > 0 else { throw Fault("another size") }
    let rgba = (0..<width * height).flatMap { index in
      (0..<4).map { $0 < parts ? bytes[index * parts + $0] : 255 }
    }
    switch keys["a"] {
    case "T":
      // A terminal keeps what it was sent: of colours alone no part can become clear.
      guard keys["f"] == "32" else { throw Fault("a picture that can have no holes") }
      let isVirtual = keys["U"] == "1"
      if !isVirtual, keys["C"] != "1" { throw Fault("the cursor moves") }
      pictures[id] = Picture(
        width: width, height: height, rgba: rgba, column: cursor.column, row: cursor.row,
        depth: isVirtual ? 0 : try number("z"),
        cells: isVirtual || keys["c"] != nil ? (try number("c"), try number("r")) : nil)
    case "f":
      guard var picture = pictures[id] else { throw Fault("no picture \(id)") }
      guard keys["r"] == "1", keys["X"] == "1" else { throw Fault("not in its place") }
      let (left, top) = (try number("x"), try number("y"))
      guard left + width <= picture.width, top + height <= picture.height else { throw Fault("outside") }
      for row in 0..<height {
        for index in 0..<width * 4 {
          picture.rgba[((top + row) * picture.width + left) * 4 + index] = rgba[row * width * 4 + index]
        }
      }
      pictures[id] = picture
    default: throw Fault("a command that is not expected")
    }
  }

  // MARK: Sixels

  private mutating func draw(_ body: [UInt8]) throws {
    let text = String(decoding: body, as: UTF8.self)
    guard let head = text.firstMatch(of: /^0;1;0q"1;1;(\d+);(\d+)/), let w = Int(head.1), let h = Int(head.2)
    else { throw Fault("no head: \(text.prefix(20))") }
    var colours: [Int: [UInt8]] = [:]
    var (colour, x, top) = (0, 0, 0)
    var rest = text[head.range.upperBound...].utf8
    func digits() throws -> Int {
      let found = rest.prefix { $0 >= 48 && $0 < 58 }
      rest = rest.dropFirst(found.count)
      guard let value = Int(String(decoding: found, as: UTF8.self)) else { throw Fault("no number") }
      return value
    }
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "#"):
        colour = try digits()
        guard rest.first == UInt8(ascii: ";") else { break }
        var numbers: [Int] = []
        while rest.first == UInt8(ascii: ";") {
          rest = rest.dropFirst()
          numbers.append(try digits())
        }
        guard numbers.count == 4, numbers[0] == 2, colour < 256, numbers.allSatisfy({ $0 <= 100 }) else {
          throw Fault("no colour")
        }
        colours[colour] = numbers.dropFirst().map { UInt8(($0 * 255 + 50) / 100) }
      case UInt8(ascii: "$"): x = 0
      case UInt8(ascii: "-"): (x, top) = (0, top + 6)
      default:
        var (count, sixel) = (1, byte)
        if byte == UInt8(ascii: "!") {
          count = try digits()
          sixel = rest.popFirst() ?? 0
        }
        guard (63...126).contains(sixel) else { throw Fault("no sixel: \(sixel)") }
        for bit in 0..<6 where (sixel - 63) >> bit & 1 == 1 {
          for column in x..<x + count { try put(colours[colour], column, top + bit, (w, h)) }
        }
        x += count
      }
    }
  }

  private mutating func put(_ colour: [UInt8]?, _ x: Int, _ y: Int, _ size: (Int, Int)) throws {
    guard let colour else { throw Fault("a colour that was not told") }
    guard x < size.0, y < size.1 else { throw Fault("outside of the picture: \(x) \(y)") }
    let (column, row) = (cursor.column * cell.width + x, cursor.row * cell.height + y)
    guard column < width, row < height else { throw Fault("outside of the screen") }
    screen[row * width + column] = colour
  }
}
