import Canvas

/// The keys that matter most, as many as fit in a row; those that fit least are left out, and `?` never is. A click on a key
/// does what the key does, one on its word what the first of its keys does.
struct Hints {
  private struct Hint {
    let binding: Binding
    let place: Int
    let keys: String
    var word: String
  }

  private var hints: [Hint]

  /// - Parameters:
  ///   - own: the keys of what is open; a key that means something of its own there has that meaning alone.
  ///   - others: the keys that hold everywhere.
  init(own: [Binding], others: [Binding], isPlaying: Bool) {
    let own = own.filter { $0.hint != nil }
    let taken = Set(own.flatMap(\.keys))
    hints = (own + others.filter { taken.isDisjoint(with: $0.keys) }).compactMap { binding in
      binding.hint.map { Hint(binding: binding, place: $0.place, keys: $0.keys, word: $0.word) }
    }
    .sorted { $0.place < $1.place }
    if isPlaying, let play = hints.firstIndex(where: { $0.keys == "space" }) { hints[play].word = "pause" }
  }

  /// - Parameter reserved: the columns at the right end that are taken.
  func paint(on canvas: inout Canvas, _ row: Rect, reserved: Int, _ look: Look) -> [HitRegion] {
    var others = hints
    guard let last = others.firstIndex(where: { $0.keys == "?" }) else { return [] }
    let help = others.remove(at: last)
    func columns(_ hint: Hint) -> Int {
      Text.width(of: words(hint, look).joined(separator: " ")) + Text.width(of: hint.word) + 5
    }
    var room = row.width - columns(help) - reserved
    let shown = others.prefix {
      room -= columns($0)
      return room >= 0
    }
    var hits: [HitRegion] = []
    var x = row.x
    for hint in Array(shown) + [help] {
      let words = words(hint, look)
      let start = x
      x += canvas.text(" \(words.joined(separator: " ")) ", x: x, y: row.y, style: look.key)
      x += canvas.text(" \(hint.word)  ", x: x, y: row.y, style: look.muted)
      if let key = hint.binding.keys.first {
        hits.append(HitRegion(Rect(x: start, y: row.y, width: x - start - 1, height: 1), .key(key)))
      }
      var left = start
      for (word, key) in zip(words, hint.binding.keys) {
        // The blank on either side of a key belongs to it.
        hits.append(HitRegion(Rect(x: left, y: row.y, width: Text.width(of: word) + 2, height: 1), .key(key)))
        left += Text.width(of: word) + 1
      }
    }
    return hits
  }

  private static let asciiNames = ["←": "left", "→": "right", "↑": "up", "↓": "down"]

  /// The names of the keys. The likenesses of arrows in ASCII are keys of their own.
  private func words(_ hint: Hint, _ look: Look) -> [String] {
    hint.keys.split(separator: " ").map {
      look.glyphs == .ascii ? Hints.asciiNames[String($0)] ?? String($0) : String($0)
    }
  }
}
