internal import Canvas

// What begins with Esc, or with a control of 8 bits.
extension InputDecoder {
  /// What stands at a place of the buffer.
  private enum Item {
    /// A sequence of this length.
    case whole(Int)
    /// The beginning of one.
    case incomplete
    /// Nothing that is known.
    case none
  }

  /// Whether a character after Esc may be a key with Alt, or begin something longer.
  static func mayBeginMore(_ byte: UInt8) -> Bool {
    beginsAnswer(byte) || byte == UInt8(ascii: "N") || (0x21..<0x30).contains(byte)
  }

  mutating func escape(_ start: Int, _ events: inout [Event]) -> Int? {
    guard start + 1 < buffer.count else { return nil }
    let letter = buffer[start + 1]
    switch item(letter, start, body: start + 2, &events) {
    case .whole(let length): return length
    case .incomplete: return nil
    case .none: break
    }
    // An Esc typed just before another key, or two of them.
    guard letter > 0x20, letter < 0x7f else {
      events.append(.key(.escape))
      return 1
    }
    events.append(.key(.alt(Character(Unicode.Scalar(letter)))))
    return 2
  }

  /// What a control of 8 bits begins; where that is nothing, it is dropped.
  mutating func eightBitControl(
    _ value: UInt32, _ start: Int, _ length: Int, _ events: inout [Event]
  ) -> Int? {
    switch item(UInt8(truncatingIfNeeded: value - 0x40), start, body: start + length, &events) {
    case .whole(let length): length
    case .incomplete: nil
    case .none: length
    }
  }

  /// Decodes what Esc and a letter begin at `start`, its rest at `body`.
  private mutating func item(
    _ letter: UInt8, _ start: Int, body: Int, _ events: inout [Event]
  ) -> Item {
    switch letter {
    case UInt8(ascii: "["): return controlSequence(start, body, &events).map(Item.whole) ?? .incomplete
    case UInt8(ascii: "O"): return singleShift(start, body, &events).map(Item.whole) ?? .incomplete
    case UInt8(ascii: "N"):
      // A character of another set: no key sends one.
      return body < buffer.count ? .whole(body + 1 - start) : .incomplete
    case let letter where InputDecoder.beginsAnswer(letter):
      // An answer has content; without any it is a key with Alt.
      guard body < buffer.count else { return .incomplete }
      isDiscarding = false
      enclosed = .answer
      answered = [letter]
      return .whole(body - start)
    case 0x21..<0x30:
      // The designation of a character set and the like.
      var end = body
      while end < buffer.count, (0x20..<0x30).contains(buffer[end]) { end += 1 }
      guard end < buffer.count else { return .incomplete }
      return .whole((0x30..<0x7f).contains(buffer[end]) ? end + 1 - start : end - start)
    default: return .none
    }
  }

  // MARK: Keys of the keypad mode

  private mutating func singleShift(_ start: Int, _ body: Int, _ events: inout [Event]) -> Int? {
    // Some terminals put the modifiers between the O and the letter.
    var end = body
    while end < buffer.count, end < body + 2, (0x30..<0x3a).contains(buffer[end]) { end += 1 }
    guard end < buffer.count else { return nil }
    let final = buffer[end]
    let discarded = isDiscarding
    isDiscarding = false
    guard let key = InputDecoder.shifted(final, typesCharacters: !discarded && end == body) else {
      // Not a key of this form: the O was typed, or belongs to the Esc before it; what follows stands for itself. After a
      // control of 8 bits nothing was typed.
      if !discarded, buffer[start] == 0x1b { events.append(.key(.alt("O"))) }
      return body - start
    }
    if !discarded { events.append(.key(key)) }
    return end + 1 - start
  }

  private static func shifted(_ final: UInt8, typesCharacters: Bool) -> Key? {
    switch final {
    // The small letters are those of arrows with Ctrl held.
    case UInt8(ascii: "A"), UInt8(ascii: "a"): .up
    case UInt8(ascii: "B"), UInt8(ascii: "b"): .down
    case UInt8(ascii: "C"), UInt8(ascii: "c"): .right
    case UInt8(ascii: "D"), UInt8(ascii: "d"): .left
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "M"): .enter
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final) - 0x4f)
    // The numeric block in application mode.
    case UInt8(ascii: "j")...UInt8(ascii: "y") where typesCharacters:
      .character(Character(Unicode.Scalar(final - 0x40)))
    case UInt8(ascii: "X") where typesCharacters: .character("=")
    default: nil
    }
  }

  // MARK: Control sequences

  private mutating func controlSequence(_ start: Int, _ body: Int, _ events: inout [Event]) -> Int? {
    var end = body
    // The function keys of the Linux console: ESC [ [ A.
    if end < buffer.count, buffer[end] == UInt8(ascii: "[") {
      guard end + 1 < buffer.count else { return nil }
      let letter = buffer[end + 1]
      if !isDiscarding, letter >= UInt8(ascii: "A"), letter <= UInt8(ascii: "E") {
        events.append(.key(.function(Int(letter) - 0x40)))
      }
      isDiscarding = false
      return end + 2 - start
    }
    while end < buffer.count, buffer[end] >= 0x20, buffer[end] < 0x40 { end += 1 }
    guard end < buffer.count else {
      // Longer than any sequence there is: noise.
      return end - body > 64 ? end - start : nil
    }
    let discarded = isDiscarding
    isDiscarding = false
    guard buffer[end] >= 0x40, buffer[end] < 0x7f else {
      // A sequence is never cut by a control or a letter beyond ASCII: drop its beginning.
      return end - start
    }
    let final = buffer[end]
    let parameters = buffer[body..<end]
    if final == UInt8(ascii: "M"), parameters.isEmpty {
      guard end + 3 < buffer.count else { return nil }
      if !discarded {
        mouse(
          Int(buffer[end + 1]) - 32, Int(buffer[end + 2]) - 32, Int(buffer[end + 3]) - 32, released: false,
          &events)
      }
      return end + 4 - start
    }
    if !discarded { sequence(parameters, final, &events) }
    return end + 1 - start
  }

  /// The numbers of a control sequence: the first of each parameter, and of the second the one after it, too.
  private struct Parameters {
    var numbers: [Int] = [0]
    /// 1 for a press, 2 for a repetition, 3 for a release: behind the modifiers and a colon.
    var event = 1

    init(_ bytes: ArraySlice<UInt8>) {
      // Which part of the parameter: `97:65` is a character and the same with Shift.
      var part = 0
      var value = 0
      for byte in bytes {
        switch byte {
        case 0x30...0x39: value = min(value * 10 + Int(byte) - 0x30, 1 << 21)
        case UInt8(ascii: ";"):
          numbers.append(0)
          (part, value) = (0, 0)
        case UInt8(ascii: ":"): (part, value) = (part + 1, 0)
        default: continue
        }
        if part == 0 { numbers[numbers.count - 1] = value }
        if part == 1, numbers.count == 2 { event = value }
      }
    }
  }

  private mutating func sequence(_ body: ArraySlice<UInt8>, _ final: UInt8, _ events: inout [Event]) {
    let mark = body.first.flatMap { $0 >= 0x3c && $0 <= 0x3f ? $0 : nil }
    let parameters = Parameters(mark == nil ? body : body.dropFirst())
    let numbers = parameters.numbers
    switch mark {
    case UInt8(ascii: "<"):
      if numbers.count >= 3, final == UInt8(ascii: "M") || final == UInt8(ascii: "m") {
        mouse(numbers[0], numbers[1], numbers[2], released: final == UInt8(ascii: "m"), &events)
      }
    case UInt8(ascii: "?"):
      if final == UInt8(ascii: "y"), numbers.count >= 2, numbers[0] == 2026 {
        synchronizedOutput = numbers[1] == 1 || numbers[1] == 2
      } else if final == UInt8(ascii: "c") {
        attributeAnswers += 1
        if numbers.dropFirst().contains(4) { pictures.knowsSixels = true }
      }
    case nil:
      if final == UInt8(ascii: "~"), numbers[0] == 200 {
        enclosed = .paste
        pasted = []
      } else if final == UInt8(ascii: "t"), numbers.count >= 3, numbers[0] == 6 {
        if numbers[1] > 0, numbers[2] > 0 { cell = (width: numbers[2], height: numbers[1]) }
      } else if body.isEmpty, final == UInt8(ascii: "I") || final == UInt8(ascii: "O") {
        events.append(.focus(final == UInt8(ascii: "I")))
      } else if parameters.event != 3,
        let key = InputDecoder.key(final, numbers, isBare: body.isEmpty)
      {
        events.append(.key(key))
      }
    default: break
    }
  }

  /// The key of a control sequence with these numbers.
  private static func key(_ final: UInt8, _ numbers: [Int], isBare: Bool) -> Key? {
    let first = numbers[0]
    let modifier = numbers.count > 1 ? max(numbers[1] - 1, 0) : 0
    let shift = modifier & 1 == 1
    return switch final {
    case UInt8(ascii: "A"): shift ? .shiftUp : .up
    case UInt8(ascii: "B"): shift ? .shiftDown : .down
    case UInt8(ascii: "C"): shift ? .shiftRight : .right
    case UInt8(ascii: "D"): shift ? .shiftLeft : .left
    case UInt8(ascii: "a"): .shiftUp
    case UInt8(ascii: "b"): .shiftDown
    case UInt8(ascii: "c") where isBare: .shiftRight
    case UInt8(ascii: "d"): .shiftLeft
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "Z"): .backTab
    case UInt8(ascii: "P")...UInt8(ascii: "S") where first <= 1: .function(Int(final) - 0x4f)
    case UInt8(ascii: "u"): encoded(first, modifier)
    case UInt8(ascii: "~") where first == 27 && numbers.count >= 3: encoded(numbers[2], modifier)
    case UInt8(ascii: "~"): numbered(first)
    default: nil
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
}
