/// How a terminal draws the characters to come, as far as it is known: what SGR sequences have set.
struct Rendition: Equatable {
  /// The parameters that set the foreground, none for the terminal's own; nil if it is not known.
  private(set) var foreground: ArraySlice<UInt8>?
  /// The same of the background.
  private(set) var background: ArraySlice<UInt8>?
  /// Bold, dim, underlined and so on: bit n is what parameter n sets; nil if they are not known.
  private(set) var attributes: UInt16?

  /// Nothing is known.
  static let unknown = Rendition()

  /// The parameter that sets all to what the terminal has of its own.
  private static let reset = UInt8(ascii: "0")

  // MARK: Reading

  /// Takes in the parameters of a sequence. Returns whether all of them are understood; if not, what is set now is not known.
  mutating func take(_ parameters: ArraySlice<UInt8>) -> Bool {
    var index = parameters.startIndex
    while true {
      let begin = index
      let code = Rendition.number(parameters, &index)
      if code == 38 || code == 48 {
        guard Rendition.skipColour(parameters, &index) else { return false }
        if code == 38 {
          foreground = parameters[begin..<index]
        } else {
          background = parameters[begin..<index]
        }
      } else {
        guard set(code, parameters[begin..<index]) else { return false }
      }
      guard index < parameters.endIndex else { return true }
      guard parameters[index] == UInt8(ascii: ";") else { return false }
      index += 1
    }
  }

  /// What a parameter of its own sets.
  private mutating func set(_ code: Int, _ text: ArraySlice<UInt8>) -> Bool {
    switch code {
    case 0: (foreground, background, attributes) = ([], [], 0)
    case 30...37, 90...97: foreground = text
    case 39: foreground = []
    case 40...47, 100...107: background = text
    case 49: background = []
    case 1...9:
      guard let attributes else { return false }
      self.attributes = attributes | 1 << UInt16(code)
    case 22: return drop(0b110)
    case 24, 27: return drop(1 << UInt16(code - 20))
    default: return false
    }
    return true
  }

  private mutating func drop(_ bits: UInt16) -> Bool {
    guard let attributes else { return false }
    self.attributes = attributes & ~bits
    return true
  }

  /// The number that stands here, 0 if there is none, and the index behind it. What is too large is none of the codes.
  private static func number(_ bytes: ArraySlice<UInt8>, _ index: inout Int) -> Int {
    var number = 0
    while index < bytes.endIndex, bytes[index] >= 0x30, bytes[index] <= 0x39 {
      number = min(number * 10 + Int(bytes[index] & 0xf), 1000)
      index += 1
    }
    return number
  }

  /// Goes behind what follows 38 or 48: `;5;n`, `;2;r;g;b`, or anything with colons.
  private static func skipColour(_ bytes: ArraySlice<UInt8>, _ index: inout Int) -> Bool {
    guard index < bytes.endIndex else { return false }
    if bytes[index] == UInt8(ascii: ":") {
      while index < bytes.endIndex, bytes[index] != UInt8(ascii: ";") { index += 1 }
      return true
    }
    index += 1
    let kind = number(bytes, &index)
    guard kind == 5 || kind == 2 else { return false }
    for _ in 0..<(kind == 5 ? 1 : 3) {
      guard index < bytes.endIndex, bytes[index] == UInt8(ascii: ";") else { return false }
      index += 1
      let begin = index
      _ = number(bytes, &index)
      guard index > begin else { return false }
    }
    return true
  }

  // MARK: Writing

  /// The least change to this in which a blank looks as it would in another; nil where that takes all of it.
  func ofBlank(in wanted: Rendition) -> Rendition? {
    // Underlined, blinking, reversed, hidden, struck: what is to be seen of a blank, or may be.
    let seen: UInt16 = 0b11_1111_0000
    guard let attributes, let goal = wanted.attributes, (attributes | goal) & seen == 0,
      foreground != nil, wanted.background != nil
    else { return nil }
    var blank = self
    blank.background = wanted.background
    return blank
  }

  /// Appends the sequence that leads from this to what is wanted, which is known wherever this is; none where nothing differs.
  func appendChange(to wanted: Rendition, _ bytes: inout [UInt8]) {
    guard self != wanted else { return }
    let begin = bytes.count
    bytes += [0x1b, UInt8(ascii: "[")]
    var present = self
    let undone = dropsAlone(to: wanted)
    if undone == nil, needsReset(to: wanted) {
      bytes.append(Rendition.reset)
      (present.foreground, present.background, present.attributes) = ([], [], 0)
    }
    func add(_ parameters: ArraySlice<UInt8>) {
      if bytes.count > begin + 2 { bytes.append(UInt8(ascii: ";")) }
      bytes += parameters
    }
    for code in undone ?? [] { add([UInt8(ascii: "2"), 0x30 + code]) }
    if let undone { present.drop(undone) }
    if let attributes = wanted.attributes, attributes != present.attributes {
      for code in UInt16(1)...9 where (attributes & ~(present.attributes ?? 0)) >> code & 1 == 1 {
        add([0x30 + UInt8(code)])
      }
    }
    if let foreground = wanted.foreground, foreground != present.foreground {
      add(foreground.isEmpty ? [0x33, 0x39] : foreground)
    }
    if let background = wanted.background, background != present.background {
      add(background.isEmpty ? [0x34, 0x39] : background)
    }
    // A reset alone has a shorter form.
    if bytes.count == begin + 3, bytes[begin + 2] == Rendition.reset { bytes.removeLast() }
    bytes.append(UInt8(ascii: "m"))
  }

  /// The second digits of the codes that take back the attributes which must go; nil where a reset is to be sent, which is
  /// shorter unless a colour stays.
  private func dropsAlone(to wanted: Rendition) -> [UInt8]? {
    guard let present = attributes, let goal = wanted.attributes, present & ~goal != 0,
      let foreground = wanted.foreground, let background = wanted.background, !foreground.isEmpty,
      !background.isEmpty, foreground == self.foreground || background == self.background
    else { return nil }
    let gone = present & ~goal
    guard gone & ~0b1001_0110 == 0 else { return nil }
    return [(0b110, 2), (1 << 4, 4), (1 << 7, 7)].filter { gone & $0.0 != 0 }.map { UInt8($0.1) }
  }

  /// Takes back what those codes do.
  private mutating func drop(_ codes: [UInt8]) {
    for code in codes { _ = drop(code == 2 ? 0b110 : 1 << UInt16(code)) }
  }

  /// Whether the way leads over the terminal's own: an attribute must go, or a colour, and all that is wanted is known.
  private func needsReset(to wanted: Rendition) -> Bool {
    guard let attributes = wanted.attributes, let foreground = wanted.foreground,
      let background = wanted.background
    else { return false }
    guard let present = self.attributes, present & ~attributes == 0 else { return true }
    return foreground.isEmpty && self.foreground != [] || background.isEmpty && self.background != []
  }
}
