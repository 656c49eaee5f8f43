/// Leaves out of what ncurses sends the things that the terminal need not see.
///
/// - **Colours it has already.** Whenever the pair of colours changes, ncurses sends both, also the one that stays. In a
///   shaded picture that is a third of all bytes.
/// - **The frame of a second colour.** A foreground and the background after it fit into one sequence.
/// - **Stand-ins** for characters whose width the system does not know: the true ones take their place.
/// - **The reset of the palette.** ncurses asks for it whenever it takes or leaves the screen, even if no entry was ever
///   changed, as none is here; it would undo the colours that the person has set.
struct OutputFilter {
  /// What resets the palette of this terminal; empty if nothing does.
  let paletteReset: [UInt8]

  /// The bytes without what is superfluous. Nothing is assumed about the colours before the first of them.
  func filtered(standIns: StandIns = StandIns(), _ bytes: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var foreground: ArraySlice<UInt8>?
    var background: ArraySlice<UInt8>?
    // Where a foreground ends that was just written.
    var end = -1
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0x1b else {
        if bytes[index] == 0xee, let original = standIns.original(bytes[index...]) {
          kept += original
          index += 3
        } else {
          kept.append(bytes[index])
          index += 1
        }
        continue
      }
      let rest = bytes[index...]
      if !paletteReset.isEmpty, rest.starts(with: paletteReset) {
        index += paletteReset.count
        continue
      }
      let length = OutputFilter.length(of: rest)
      let sequence = rest.prefix(length)
      index += length
      switch OutputFilter.effect(of: sequence) {
      case .none: break
      case .foreground:
        if foreground == sequence { continue }
        foreground = sequence
        kept += sequence
        end = kept.count
        continue
      case .background:
        if background == sequence { continue }
        background = sequence
        if end == kept.count {
          kept[end - 1] = UInt8(ascii: ";")
          kept += sequence.dropFirst(2)
          continue
        }
      case .unknown: (foreground, background) = (nil, nil)
      }
      kept += sequence
    }
    return kept
  }

  /// What a sequence does to the colours.
  private enum Effect {
    case none, foreground, background, unknown
  }

  /// The length of the sequence that begins with Esc here.
  private static func length(of bytes: ArraySlice<UInt8>) -> Int {
    guard bytes.count > 1, bytes[bytes.startIndex + 1] == UInt8(ascii: "[") else {
      return min(2, bytes.count)
    }
    guard let final = bytes.dropFirst(2).firstIndex(where: { $0 >= 0x40 }) else { return bytes.count }
    return final - bytes.startIndex + 1
  }

  private static func effect(of sequence: ArraySlice<UInt8>) -> Effect {
    let kind = sequence.dropFirst().first
    // Character sets do nothing to colours; whatever else is no control sequence might.
    guard kind == UInt8(ascii: "[") else { return kind == UInt8(ascii: "(") ? .none : .unknown }
    // Moves, erasures and modes leave the colours alone.
    guard sequence.last == UInt8(ascii: "m") else { return .none }
    let parts = sequence.dropFirst(2).dropLast().split(
      separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    let first = parts.first ?? []
    let digits = first.prefix { $0 >= 0x30 && $0 <= 0x39 }
    let code = digits.count <= 3 ? digits.reduce(0) { $0 * 10 + Int($1) - 0x30 } : 0
    // One colour and nothing besides: 34, 94, 38;5;n, 38;2;r;g;b, 38:2::r:g:b.
    switch code {
    case 38, 48:
      let isOne =
        parts.count == 1 && digits.count < first.count || parts.count == 3 && parts[1].elementsEqual("5".utf8)
        || parts.count == 5 && parts[1].elementsEqual("2".utf8)
      return !isOne ? .unknown : code == 38 ? .foreground : .background
    case 30...37, 90...97: return parts.count == 1 ? .foreground : .unknown
    case 40...47, 100...107: return parts.count == 1 ? .background : .unknown
    default: return .unknown
    }
  }
}
