public import Canvas

/// Turns the bytes a terminal sends into events. Pure: time comes in as milliseconds of any clock that never goes back.
///
/// Arrows and the like are understood in both forms (`ESC [ A`, `ESC O A`), so it does not matter whether the terminal
/// honours the keypad mode. Pasted text becomes one event and never keys. What it does not know it drops.
public struct InputDecoder: Sendable {
  /// How long an Esc may be the first byte of a key, in milliseconds.
  public let escapeDelay: Int
  /// How long an `O` or `[` that follows a lone Esc still belongs to it, in milliseconds: an arrow that a slow line split
  /// must not become commands.
  public static let splitDelay = 300
  /// The most bytes kept of one paste.
  public static let longestPaste = 1 << 20

  /// Whether the terminal said that it can hold back drawing until a frame is complete; nil until it says something.
  public private(set) var synchronizedOutput: Bool?

  private var buffer: [UInt8] = []
  private var lastByte = 0
  /// When a lone Esc was given out.
  private var escapedAt: Int?
  /// Whether the sequence in the buffer belongs to an Esc already given out.
  private var discarding = false
  private var pasting = false
  private var pasted: [UInt8] = []

  /// A decoder with this patience for Esc, in milliseconds.
  public init(escapeDelay: Int = 50) { self.escapeDelay = max(escapeDelay, 0) }

  /// When to call `expire` if no byte arrives before; nil if nothing is half done.
  public var deadline: Int? {
    if pasting { return lastByte + 1000 }
    if buffer.isEmpty { return nil }
    return lastByte + (buffer == [0x1b] ? escapeDelay : InputDecoder.splitDelay)
  }

  /// Decodes what has arrived by now.
  public mutating func feed(_ bytes: some Sequence<UInt8>, at now: Int) -> [Event] {
    var events = expire(at: now)
    let before = buffer.count
    buffer.append(contentsOf: bytes)
    if before == 0, let escapedAt, let first = buffer.first, !pasting {
      self.escapedAt = nil
      if now - escapedAt <= InputDecoder.splitDelay, first == UInt8(ascii: "[") || first == UInt8(ascii: "O")
      {
        buffer.insert(0x1b, at: 0)
        discarding = true
      }
    }
    lastByte = now
    var start = 0
    while start < buffer.count {
      let used = pasting ? paste(start, &events) : decode(start, &events)
      if used == 0 { break }
      start += used
    }
    buffer.removeFirst(start)
    return events
  }

  /// Gives out what will not be completed any more.
  public mutating func expire(at now: Int) -> [Event] {
    guard let deadline, now >= deadline else { return [] }
    if pasting {
      pasted += buffer
      buffer = []
      pasting = false
      return [endPaste()]
    }
    let lone = buffer == [0x1b] && !discarding
    buffer = []
    discarding = false
    if lone {
      escapedAt = now
      return [.key(.escape)]
    }
    return []
  }

  // MARK: One item

  /// Decodes the item at `start` and returns its length; 0 if it is not complete.
  private mutating func decode(_ start: Int, _ events: inout [Event]) -> Int {
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
    case .incomplete: return 0
    case .invalid: return 1
    case .scalar(let scalar, let length):
      if scalar.value >= 0xa0 { events.append(.key(.character(Character(scalar)))) }
      return length
    }
  }

  private static func control(_ byte: UInt8) -> Key {
    switch byte {
    case 0x0d, 0x0a: .enter
    case 0x09: .tab
    case 0x08, 0x7f: .backspace
    case 0x00: .control(" ")
    case 0x01...0x1a: .control(Character(Unicode.Scalar(byte + 0x60)))
    default: .control(Character(Unicode.Scalar(byte + 0x40)))
    }
  }

  private enum Decoded {
    case incomplete
    case invalid
    case scalar(Unicode.Scalar, Int)
  }

  private func character(at start: Int) -> Decoded {
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

  private mutating func escape(_ start: Int, _ events: inout [Event]) -> Int {
    guard start + 1 < buffer.count else { return 0 }
    switch buffer[start + 1] {
    case UInt8(ascii: "["): return controlSequence(start, &events)
    case UInt8(ascii: "O"): return singleShift(start, &events)
    case 0x21..<0x7f:
      events.append(.key(.alt(Character(Unicode.Scalar(buffer[start + 1])))))
      return 2
    default:
      // An Esc typed just before another key, or two of them.
      events.append(.key(.escape))
      return 1
    }
  }

  private mutating func singleShift(_ start: Int, _ events: inout [Event]) -> Int {
    guard start + 2 < buffer.count else { return 0 }
    let final = buffer[start + 2]
    let discarded = discarding
    discarding = false
    let key: Key? =
      switch final {
      case UInt8(ascii: "A"): .up
      case UInt8(ascii: "B"): .down
      case UInt8(ascii: "C"): .right
      case UInt8(ascii: "D"): .left
      case UInt8(ascii: "H"): .home
      case UInt8(ascii: "F"): .end
      case UInt8(ascii: "M"): .enter
      case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final) - 0x4f)
      // The numeric block in application mode.
      case UInt8(ascii: "j")...UInt8(ascii: "y") where !discarded:
        .character(Character(Unicode.Scalar(final - 0x40)))
      case UInt8(ascii: "X") where !discarded: .character("=")
      default: nil
      }
    guard let key else {
      // Not a key of this form: the O was typed, or belongs to the Esc before it; what follows stands for itself.
      if !discarded { events.append(.key(.alt("O"))) }
      return 2
    }
    if !discarded { events.append(.key(key)) }
    return 3
  }

  private mutating func controlSequence(_ start: Int, _ events: inout [Event]) -> Int {
    var end = start + 2
    // The function keys of the Linux console: ESC [ [ A.
    if end < buffer.count, buffer[end] == UInt8(ascii: "[") {
      guard end + 1 < buffer.count else { return 0 }
      let letter = buffer[end + 1]
      if !discarding, letter >= UInt8(ascii: "A"), letter <= UInt8(ascii: "E") {
        events.append(.key(.function(Int(letter) - 0x40)))
      }
      discarding = false
      return 4
    }
    while end < buffer.count, buffer[end] >= 0x20, buffer[end] < 0x40 { end += 1 }
    guard end < buffer.count else {
      // Longer than any sequence there is: noise.
      return end - start > 64 ? end - start : 0
    }
    let discarded = discarding
    discarding = false
    guard buffer[end] >= 0x40, buffer[end] < 0x7f else {
      // A sequence is never cut by a control or a letter beyond ASCII: drop its beginning.
      return end - start
    }
    let final = buffer[end]
    let body = buffer[start + 2..<end]
    if final == UInt8(ascii: "M"), body.isEmpty {
      guard end + 3 < buffer.count else { return 0 }
      if !discarded {
        mouse(
          Int(buffer[end + 1]) - 32, Int(buffer[end + 2]) - 32, Int(buffer[end + 3]) - 32, released: false,
          &events)
      }
      return end + 4 - start
    }
    if !discarded { sequence(body, final, &events) }
    return end + 1 - start
  }

  private mutating func sequence(_ body: ArraySlice<UInt8>, _ final: UInt8, _ events: inout [Event]) {
    let marked = body.first.map { $0 >= 0x3c && $0 <= 0x3f } ?? false
    let mark = marked ? body.first : nil
    var numbers: [Int] = [0]
    for byte in marked ? body.dropFirst() : body {
      switch byte {
      case 0x30...0x39:
        numbers[numbers.count - 1] = min(numbers[numbers.count - 1] * 10 + Int(byte) - 0x30, 1 << 21)
      case UInt8(ascii: ";"), UInt8(ascii: ":"): numbers.append(0)
      default: break
      }
    }
    let first = numbers[0]
    let modifier = numbers.count > 1 ? max(numbers[1] - 1, 0) : 0
    let shift = modifier & 1 == 1
    if mark == UInt8(ascii: "<") {
      if numbers.count >= 3, final == UInt8(ascii: "M") || final == UInt8(ascii: "m") {
        mouse(numbers[0], numbers[1], numbers[2], released: final == UInt8(ascii: "m"), &events)
      }
      return
    }
    if mark == UInt8(ascii: "?") {
      if final == UInt8(ascii: "y"), numbers.count >= 2, first == 2026 {
        synchronizedOutput = numbers[1] == 1 || numbers[1] == 2
      }
      return
    }
    guard mark == nil else { return }
    let key: Key? =
      switch final {
      case UInt8(ascii: "A"): shift ? .shiftUp : .up
      case UInt8(ascii: "B"): shift ? .shiftDown : .down
      case UInt8(ascii: "C"): shift ? .shiftRight : .right
      case UInt8(ascii: "D"): shift ? .shiftLeft : .left
      case UInt8(ascii: "a"): .shiftUp
      case UInt8(ascii: "b"): .shiftDown
      case UInt8(ascii: "c") where body.isEmpty: .shiftRight
      case UInt8(ascii: "d"): .shiftLeft
      case UInt8(ascii: "H"): .home
      case UInt8(ascii: "F"): .end
      case UInt8(ascii: "Z"): .backTab
      case UInt8(ascii: "P")...UInt8(ascii: "S") where first <= 1: .function(Int(final) - 0x4f)
      case UInt8(ascii: "u"): InputDecoder.encoded(first, modifier)
      case UInt8(ascii: "~") where first == 27 && numbers.count >= 3:
        InputDecoder.encoded(numbers[2], modifier)
      case UInt8(ascii: "~"): InputDecoder.numbered(first)
      default: nil
      }
    if let key {
      events.append(.key(key))
    } else if final == UInt8(ascii: "~"), first == 200 {
      pasting = true
      pasted = []
    } else if body.isEmpty, final == UInt8(ascii: "I") || final == UInt8(ascii: "O") {
      events.append(.focus(final == UInt8(ascii: "I")))
    }
  }

  /// The key of `ESC [ number ~`.
  private static func numbered(_ number: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23...26: .function(number - 12)
    case 28, 29: .function(number - 13)
    case 31...34: .function(number - 14)
    default: nil
    }
  }

  /// The key of a report that carries the character's number and the modifiers.
  private static func encoded(_ code: Int, _ modifier: Int) -> Key? {
    guard let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
    if code == 0x1b { return .escape }
    if code == 9 { return modifier & 1 == 1 ? .backTab : .tab }
    if code < 0x20 || code == 0x7f { return control(UInt8(code)) }
    if code >= 0xe000 && code <= 0xf8ff { return nil }
    if modifier & 4 != 0 { return .control(Character(scalar).lowercased().first ?? Character(scalar)) }
    return modifier & 2 != 0 ? .alt(Character(scalar)) : .character(Character(scalar))
  }

  private func mouse(_ button: Int, _ column: Int, _ row: Int, released: Bool, _ events: inout [Event]) {
    let (x, y) = (column - 1, row - 1)
    guard x >= 0, y >= 0, button >= 0, button < 128 else { return }
    let kind: Mouse.Kind? =
      switch (button & 64 != 0, button & 32 != 0, button & 3) {
      case (true, _, 0): .wheelUp
      case (true, _, 1): .wheelDown
      case (true, _, _): nil
      case (false, true, 0): .drag
      case (false, true, 3): .move
      case (false, true, _): .otherDrag
      case (false, false, 0): released ? .release : .press
      case (false, false, 1): released ? .release : .middlePress
      case (false, false, 2): released ? .release : .rightPress
      case (false, false, _): .release
      }
    if let kind { events.append(.mouse(Mouse(kind, x: x, y: y))) }
  }

  // MARK: Paste

  private static let endOfPaste: [UInt8] = Array("\u{1b}[201~".utf8)

  private mutating func paste(_ start: Int, _ events: inout [Event]) -> Int {
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
        guard rest.count == end.count else { return index - start }
        pasting = false
        events.append(endPaste())
        return index - start + end.count
      }
      index += 1
    }
    keep(buffer[start..<index])
    return index - start
  }

  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    pasted += bytes.prefix(max(InputDecoder.longestPaste - pasted.count, 0))
  }

  private mutating func endPaste() -> Event {
    let text = String(decoding: pasted, as: UTF8.self)
    pasted = []
    return .paste(text)
  }
}
