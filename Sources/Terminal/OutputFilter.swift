/// Leaves out of what ncurses sends the things that the terminal need not see.
///
/// - **Colours and attributes** that no character is drawn in, or that are there already. Whenever the pair of colours
///   changes, ncurses sends both, also the one that stays; at the end of a row it takes all of them back, to set them again
///   in the next. What is set is sent when something is drawn in it, and then as one sequence: that is less than half.
/// - **Stand-ins** for characters whose width the system does not know: the true ones take their place.
/// - **The reset of the palette.** ncurses asks for it whenever it takes or leaves the screen, even if no entry was ever
///   changed, as none is here; it would undo the colours that the person has set.
struct OutputFilter {
  /// What resets the palette of this terminal; empty if nothing does.
  let paletteReset: [UInt8]
  /// What clears the screen; it stays in one piece.
  var clear: [UInt8] = []

  /// The bytes without what is superfluous. Nothing is assumed about what is set before the first of them; after the last it
  /// is what they set.
  func filtered(standIns: StandIns = StandIns(), _ bytes: [UInt8]) -> [UInt8] {
    var output = Output()
    output.kept.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.first {
      if byte == 0xee, let original = standIns.original(rest) {
        output.draw(original[...])
        rest = rest.dropFirst(3)
      } else if byte != 0x1b {
        output.add(byte)
        rest = rest.dropFirst()
      } else if !paletteReset.isEmpty, rest.starts(with: paletteReset) {
        rest = rest.dropFirst(paletteReset.count)
      } else {
        let isClear = !clear.isEmpty && rest.starts(with: clear)
        let sequence = isClear ? rest.prefix(clear.count) : rest.prefix(OutputFilter.length(of: rest))
        output.add(sequence, isClear ? .drawing : OutputFilter.kind(of: sequence))
        rest = rest.dropFirst(sequence.count)
      }
    }
    output.set()
    return output.kept
  }

  /// What goes out, and what the terminal has then.
  private struct Output {
    var kept: [UInt8] = []
    /// What the terminal has, and what the next character is to have.
    private var (present, wanted) = (Rendition.unknown, Rendition.unknown)
    /// Whether that is the same, so that it is not compared for each character.
    private var isSet = true
    /// The character set and the shift that the terminal has, if they are known.
    private var characters: UInt8?
    private var shift: UInt8?

    /// Sends what is set.
    mutating func set() {
      if isSet { return }
      isSet = true
      present.appendChange(to: wanted, &kept)
      present = wanted
    }

    /// Sends what of it a blank shows, which has no ink.
    private mutating func setGround() {
      if isSet { return }
      guard let blank = present.ofBlank(in: wanted) else { return set() }
      present.appendChange(to: blank, &kept)
      present = blank
      isSet = present == wanted
    }

    /// Sends what is drawn in it.
    mutating func draw(_ bytes: ArraySlice<UInt8>) {
      set()
      kept += bytes
    }

    /// Takes in a byte that is no control sequence.
    mutating func add(_ byte: UInt8) {
      switch byte {
      case 0x0e, 0x0f:
        if shift != byte { kept.append(byte) }
        shift = byte
      case ..<0x20: kept.append(byte)
      case 0x20:
        setGround()
        kept.append(byte)
      default:
        set()
        kept.append(byte)
      }
    }

    /// Takes in a control sequence.
    mutating func add(_ sequence: ArraySlice<UInt8>, _ kind: Kind) {
      switch kind {
      case .move: kept += sequence
      case .drawing: draw(sequence)
      case .characters(let chosen):
        if characters != chosen { kept += sequence }
        characters = chosen
      case .rendition:
        let before = wanted
        isSet = false
        if !wanted.take(sequence.dropFirst(2).dropLast()) {
          present.appendChange(to: before, &kept)
          kept += sequence
          (present, wanted) = (.unknown, .unknown)
        }
      case .unknown:
        draw(sequence)
        (present, wanted, characters, shift) = (.unknown, .unknown, nil, nil)
      }
    }
  }

  /// What a sequence is to the colours.
  private enum Kind {
    /// Draws nothing: a move, a mode.
    case move
    /// Draws in the colours that are set: blanks, or the last character again.
    case drawing
    /// Chooses a set of characters.
    case characters(UInt8)
    /// Sets colours and attributes.
    case rendition
    /// May do anything.
    case unknown
  }

  /// The length of the sequence that begins with Esc here.
  private static func length(of bytes: ArraySlice<UInt8>) -> Int {
    guard bytes.count > 1 else { return bytes.count }
    switch bytes[bytes.startIndex + 1] {
    case UInt8(ascii: "["):
      guard let final = bytes.dropFirst(2).firstIndex(where: { $0 >= 0x40 }) else { return bytes.count }
      return final - bytes.startIndex + 1
    case UInt8(ascii: "("): return min(3, bytes.count)
    default: return 2
    }
  }

  private static func kind(of sequence: ArraySlice<UInt8>) -> Kind {
    guard sequence.count > 2, let final = sequence.last else { return .unknown }
    if sequence[sequence.startIndex + 1] == UInt8(ascii: "(") { return .characters(final) }
    switch final {
    case UInt8(ascii: "m"): return .rendition
    // ICH, ED, EL, IL, DL, DCH, ECH, REP; scrolling brings blanks, too.
    case UInt8(ascii: "@"), UInt8(ascii: "J")...UInt8(ascii: "M"), UInt8(ascii: "P"), UInt8(ascii: "S"),
      UInt8(ascii: "T"), UInt8(ascii: "X"), UInt8(ascii: "b"):
      return .drawing
    default: return .move
    }
  }
}
