import Canvas

/// One line of text with a cursor.
struct TextLine {
  /// The most characters kept, a little more than the longest formula.
  static let limit = 4096

  private(set) var characters: [Character]
  private(set) var cursor: Int
  /// Whether all of the text is selected: what is typed or pasted next takes its place, any other key keeps it.
  private(set) var isSelected = false
  /// What is wrong with the text as it was last entered, and where (from 1).
  var error: (message: String, column: Int)?

  /// A line to go on with.
  init(text: String = "") {
    characters = Array(text)
    cursor = characters.count
  }

  /// A line that may stay as it is, or make way for another.
  init(selected text: String) {
    self.init(text: text)
    isSelected = !characters.isEmpty
  }

  var text: String { String(characters) }

  mutating func insert(_ text: String) {
    if isSelected {
      characters = []
      cursor = 0
      isSelected = false
    }
    for character in text where characters.count < TextLine.limit {
      characters.insert(character, at: cursor)
      cursor += 1
    }
    error = nil
  }

  /// Puts the cursor before a character.
  mutating func moveCursor(to index: Int) {
    cursor = min(max(0, index), characters.count)
    isSelected = false
  }

  /// Replaces a part of the line; the cursor then stands behind what came in.
  mutating func replace(_ range: Range<Int>, with text: String) {
    characters.replaceSubrange(range.clamped(to: 0..<characters.count), with: Array(text))
    cursor = min(range.lowerBound + text.count, characters.count)
    isSelected = false
    error = nil
  }

  /// Takes an editing key; false if it is none.
  @discardableResult
  mutating func edit(with key: Key) -> Bool {
    if case .character(let character) = key {
      insert(String(character))
      return true
    }
    let wasSelected = isSelected
    isSelected = false
    switch key {
    // From a selection the arrows go to its ends.
    case .left: cursor = wasSelected ? 0 : max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = characters.count
    case .backspace:
      guard cursor > 0 else { return true }
      cursor -= 1
      characters.remove(at: cursor)
      error = nil
    case .delete:
      guard cursor < characters.count else { return true }
      characters.remove(at: cursor)
      error = nil
    case .control("u"):
      characters.removeSubrange(0..<cursor)
      cursor = 0
      error = nil
    default:
      isSelected = wasSelected
      return false
    }
    return true
  }
}
