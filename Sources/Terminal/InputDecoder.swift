internal import Canvas

/// Turns the bytes a terminal sends into events. Pure: time comes in as milliseconds of any clock that never goes back.
///
/// Arrows and the like are understood in both forms (`ESC [ A`, `ESC O A`), so it does not matter whether the terminal
/// honours the keypad mode. Pasted text becomes one event and never keys; what a terminal answers is never keys either. A
/// control of 8 bits (U+0080 to U+009F, as a byte or in UTF-8) means what its form of 7 bits means. What it does not know
/// it drops.
struct InputDecoder: Sendable {
  /// How long an Esc may be the first byte of a key, in milliseconds.
  let escapeDelay: Int
  /// How long an `O` or `[` that follows a lone Esc still belongs to it, in milliseconds: an arrow that a slow line split
  /// must not become commands.
  static let splitDelay = 300
  /// How long a paste, or an answer of the terminal, may pause, in milliseconds.
  static let textDelay = 1000
  /// The most bytes kept of one paste.
  static let longestPaste = 1 << 20

  /// Whether the terminal said that it can hold back drawing until a frame is complete; nil until it says something.
  var synchronizedOutput: Bool?

  /// What it has said of pictures.
  var pictures = PictureAnswer()
  /// How many pixels a cell has, if the terminal said so.
  var cell: (width: Int, height: Int)?
  /// How often the terminal has told its attributes, which it does whenever it is asked.
  var attributeAnswers = 0

  /// What the terminal calls itself, with its version, as it answered the question for that; nil until it does.
  var terminalVersion: String?
  /// The beginning of the answer that is being read.
  var answered: [UInt8] = []
  /// The most bytes kept of an answer.
  static let longestAnswer = 128

  /// What has not been decoded yet.
  var buffer: [UInt8] = []
  private var lastByte = 0
  /// When a lone Esc was given out.
  private var escapedAt: Int?
  /// Whether the sequence in the buffer belongs to an Esc already given out.
  var isDiscarding = false
  /// The text between two marks that is being read; nil outside of one.
  var enclosed: Enclosed?
  /// What was pasted so far.
  var pasted: [UInt8] = []

  /// Text that a terminal sends between two marks.
  enum Enclosed: Sendable {
    /// What somebody pasted.
    case paste
    /// An answer of the terminal: `ESC P`, `X`, `]`, `^` or `_` up to `ESC \`. Of its content only a name is kept.
    case answer
  }

  /// A decoder with this patience for Esc, in milliseconds.
  init(escapeDelay: Int = 50) { self.escapeDelay = max(escapeDelay, 0) }

  /// When to call `expire` if no byte arrives before; nil if nothing is half done.
  var deadline: Int? {
    if enclosed != nil { return lastByte + InputDecoder.textDelay }
    if buffer.isEmpty { return nil }
    return lastByte + (buffer == [0x1b] ? escapeDelay : InputDecoder.splitDelay)
  }

  /// Decodes what has arrived by now.
  mutating func feed(_ bytes: some Sequence<UInt8>, at now: Int) -> [Event] {
    var events = expire(at: now)
    let before = buffer.count
    buffer.append(contentsOf: bytes)
    if before == 0, let escapedAt, !buffer.isEmpty, enclosed == nil {
      self.escapedAt = nil
      if now - escapedAt <= InputDecoder.splitDelay, continuesEscape {
        buffer.insert(0x1b, at: 0)
        isDiscarding = true
      }
    }
    lastByte = now
    var start = 0
    while start < buffer.count {
      let used: Int? =
        switch enclosed {
        case .paste: paste(start, &events)
        case .answer: answer(start)
        case nil: decode(start, &events)
        }
      guard let used else { break }
      start += used
    }
    buffer.removeFirst(start)
    return events
  }

  /// Whether what arrived after a lone Esc belongs to it: a key that a slow line split, or an answer that is whole.
  private var continuesEscape: Bool {
    switch buffer[0] {
    case UInt8(ascii: "["), UInt8(ascii: "O"): true
    case let byte where InputDecoder.beginsAnswer(byte): buffer.contains(0x07) || buffer.contains(0x1b)
    default: false
    }
  }

  /// Gives out what will not be completed any more.
  mutating func expire(at now: Int) -> [Event] {
    guard let deadline, now >= deadline else { return [] }
    defer {
      buffer = []
      isDiscarding = false
      enclosed = nil
    }
    switch enclosed {
    case .paste:
      keep(buffer[...])
      return [endPaste()]
    case .answer: return []
    case nil: break
    }
    if buffer == [0x1b], !isDiscarding {
      escapedAt = now
      return [.key(.escape)]
    }
    // A character with Alt that might have begun something longer.
    if buffer.count == 2, buffer[0] == 0x1b, !isDiscarding, InputDecoder.mayBeginMore(buffer[1]) {
      return [.key(.alt(Character(Unicode.Scalar(buffer[1]))))]
    }
    return []
  }

  // MARK: One item

  /// Decodes the item at `start` and returns its length; nil if it is not complete.
  private mutating func decode(_ start: Int, _ events: inout [Event]) -> Int? {
    let byte = buffer[start]
    if byte == 0x1b { return escape(start, &events) }
    if byte < 0x20 || byte == 0x7f {
      events.append(.key(InputDecoder.control(byte)))
      return 1
    }
    if byte < 0x80 {
      events.append(.key(.character(Character(Unicode.Scalar(byte)))))
      return 1
    }
    switch character(at: start) {
    case .incomplete: return nil
    case .invalid:
      guard (0x80..<0xa0).contains(byte) else { return 1 }
      return eightBitControl(UInt32(byte), start, 1, &events)
    case .scalar(let scalar, let length):
      if scalar.value < 0xa0 { return eightBitControl(scalar.value, start, length, &events) }
      events.append(.key(.character(Character(scalar))))
      return length
    }
  }

  static func control(_ byte: UInt8) -> Key {
    switch byte {
    case 0x0d, 0x0a: .enter
    case 0x09: .tab
    case 0x08, 0x7f: .backspace
    case 0x00: .control(" ")
    case 0x01...0x1a: .control(Character(Unicode.Scalar(byte + 0x60)))
    default: .control(Character(Unicode.Scalar(byte + 0x40)))
    }
  }

  enum Decoded {
    case incomplete
    case invalid
    case scalar(Unicode.Scalar, Int)
  }

  func character(at start: Int) -> Decoded {
    let first = buffer[start]
    let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
    guard first >= 0xc2, first <= 0xf4 else { return .invalid }
    var value = UInt32(first) & (length == 2 ? 0x1f : length == 3 ? 0x0f : 0x07)
    for offset in 1..<length {
      guard start + offset < buffer.count else { return .incomplete }
      let byte = buffer[start + offset]
      guard byte & 0xc0 == 0x80 else { return .invalid }
      value = value << 6 | UInt32(byte & 0x3f)
    }
    let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= smallest, let scalar = Unicode.Scalar(value) else { return .invalid }
    return .scalar(scalar, length)
  }
}
