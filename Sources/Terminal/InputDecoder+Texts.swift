internal import Canvas

// Text between two marks: what was pasted, and what the terminal answers.
extension InputDecoder {
  // MARK: Answers

  /// Whether a character after Esc begins an answer: a device control string, a start of string, an operating system
  /// command, a privacy message, an application program command.
  static func beginsAnswer(_ byte: UInt8) -> Bool { "PX]^_".utf8.contains(byte) }

  /// Swallows an answer and returns how much of it is there; nil if what is there may be the beginning of its end.
  mutating func answer(_ start: Int) -> Int? {
    let length = answerLength(start)
    answered += buffer[start..<start + length].prefix(max(InputDecoder.longestAnswer - answered.count, 0))
    if enclosed == nil { understandAnswer() }
    // The Esc that breaks an answer off begins what follows.
    return length > 0 || enclosed == nil ? length : nil
  }

  /// The name and version of the terminal, `ESC P > | name ESC \`, or that it knows kitty's protocol, if the answer that
  /// ended is one of those.
  private mutating func understandAnswer() {
    if answered.starts(with: "_Gi=\(PictureSession.queryID);OK".utf8) { pictures.knowsKitty = true }
    guard answered.starts(with: "P>|".utf8) else { return }
    terminalVersion = String(
      decoding: answered.dropFirst(3).prefix { $0 >= 0x20 && $0 < 0x7f }, as: UTF8.self)
  }

  private mutating func answerLength(_ start: Int) -> Int {
    var index = start
    while index < buffer.count {
      switch buffer[index] {
      case 0x07, 0x18, 0x1a:
        // BEL ends it as well as ST does; CAN and SUB break it off.
        enclosed = nil
        return index + 1 - start
      case 0x1b:
        guard index + 1 < buffer.count else { return index - start }
        enclosed = nil
        return buffer[index + 1] == UInt8(ascii: "\\") ? index + 2 - start : index - start
      case 0x80...:
        switch character(at: index) {
        case .incomplete: return index - start
        case .invalid:
          let isEnd = buffer[index] == 0x9c
          index += 1
          if isEnd {
            enclosed = nil
            return index - start
          }
        case .scalar(let scalar, let length):
          index += length
          if scalar.value == 0x9c {
            enclosed = nil
            return index - start
          }
        }
      default: index += 1
      }
    }
    return index - start
  }

  // MARK: Paste

  private static let endOfPaste: [UInt8] = Array("\u{1b}[201~".utf8)

  /// Takes what is there of a paste and returns how much that is; nil if it may be the beginning of its end.
  mutating func paste(_ start: Int, _ events: inout [Event]) -> Int? {
    let end = InputDecoder.endOfPaste
    var index = start
    while index < buffer.count {
      guard buffer[index] == 0x1b else {
        index += 1
        continue
      }
      let rest = buffer[index...].prefix(end.count)
      if end.starts(with: rest) {
        keep(buffer[start..<index])
        // Perhaps the beginning of the end: wait for the rest of it.
        guard rest.count == end.count else { return index > start ? index - start : nil }
        enclosed = nil
        events.append(endPaste())
        return index - start + end.count
      }
      index += 1
    }
    keep(buffer[start..<index])
    return index - start
  }

  mutating func keep(_ bytes: ArraySlice<UInt8>) {
    pasted += bytes.prefix(max(InputDecoder.longestPaste - pasted.count, 0))
  }

  mutating func endPaste() -> Event {
    let text = String(decoding: pasted, as: UTF8.self)
    pasted = []
    return .paste(text)
  }
}
