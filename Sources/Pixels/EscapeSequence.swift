/// What a terminal obeys, as bytes. Nothing in it comes from a file: all that is put in are numbers and coded pixels.
public enum EscapeSequence {
  private static let escape: UInt8 = 0x1b

  /// An application program command: `ESC _ … ESC \`.
  static func application(_ control: String, _ payload: some Sequence<UInt8> = []) -> [UInt8] {
    var bytes: [UInt8] = [escape, UInt8(ascii: "_")]
    bytes += control.utf8
    bytes += payload
    return bytes + [escape, UInt8(ascii: "\\")]
  }

  /// A device control string: `ESC P … ESC \`.
  static func deviceControl(_ payload: [UInt8]) -> [UInt8] {
    [escape, UInt8(ascii: "P")] + payload + [escape, UInt8(ascii: "\\")]
  }

  /// Bytes drawn at a cell, counted from 0, after which the cursor is where it was.
  static func drawn(_ bytes: [UInt8], column: Int, row: Int) -> [UInt8] {
    // Saved and restored by the terminal: only it knows where the cursor was.
    Array("\u{1b}7\u{1b}[\(row + 1);\(column + 1)H".utf8) + bytes + Array("\u{1b}8".utf8)
  }

  /// Commands that tmux hands on to the terminal in which it runs, where `allow-passthrough` is on: each by itself, since
  /// tmux holds no more than a megabyte.
  public static func passedThrough(_ commands: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = commands[...]
    while !rest.isEmpty {
      let end = rest.indices.dropLast().first { rest[$0] == escape && rest[$0 + 1] == UInt8(ascii: "\\") }
      let command = rest[..<(end.map { $0 + 2 } ?? rest.endIndex)]
      rest = rest[command.endIndex...]
      var doubled = Array("tmux;".utf8)
      for byte in command {
        if byte == escape { doubled.append(escape) }
        doubled.append(byte)
      }
      bytes += deviceControl(doubled)
    }
    return bytes
  }
}
