/// Changes texts at random, always the same way from the same seed: characters and pieces go, come twice, change places, and
/// what parsers stumble over comes in.
package struct TextMutator: RandomNumberGenerator {
  private var random: SplitMix64

  package init(seed: Int) { random = SplitMix64(state: UInt64(bitPattern: Int64(seed))) }

  package mutating func next() -> UInt64 { random.next() }

  package mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &self) }

  package mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

  /// Numbers at the ends of what there is, controls, changes of the writing direction, wide and combining characters.
  package static let hostile = [
    "nan", "inf", "-inf", "-0", "0", "1e308", "1e999", "-1e308", "5e-324", "1e-400", "9223372036854775808",
    "99999999999999999999999", "0x1p3", "1_000", "−1", "½", "1e", "1.", ".5", "\u{1b}[31m", "\u{1b}]0;t\u{7}",
    "\u{9b}5m", "\u{202e}", "\u{200b}", "\u{feff}", "\r", "\t", "\n", "é", "漢", "e\u{301}\u{301}\u{301}",
    "👩‍👩‍👧", "\u{0}", "\u{10ffff}", " ", "(((((((((", ")", "''", "\"", "\\",
  ]

  /// The text with one to four changes.
  ///
  /// - Parameter words: What also comes in: words of the language that the text is in.
  package mutating func mutated(_ text: String, words: [String]) -> String {
    var characters = Array(text)
    for _ in 0...below(4) {
      let place = below(characters.count + 1)
      let end = min(characters.count, place + 1 + (below(3) == 0 ? below(20) : below(4)))
      switch below(7) {
      case 0: characters.removeSubrange(place..<end)
      case 1: characters.insert(contentsOf: characters[place..<end], at: below(characters.count + 1))
      case 2:
        let piece = characters[place..<end]
        characters.removeSubrange(place..<end)
        characters.insert(contentsOf: piece, at: below(characters.count + 1))
      case 3: characters.insert(contentsOf: pick(TextMutator.hostile), at: place)
      case 4: characters.replaceSubrange(place..<end, with: pick(words))
      case 5: characters.insert(Character(Unicode.Scalar(UInt8(0x20 + below(0x5f)))), at: place)
      default: characters.insert(contentsOf: pick(words), at: place)
      }
    }
    return String(characters)
  }
}
