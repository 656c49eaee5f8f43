import Canvas

/// Several lines of text with a cursor, whose changes can be taken back.
struct TextBlock {
  /// The most characters kept, a little more than the longest rule.
  static let limit = 4096
  /// The most changes that can be taken back.
  private static let longestPast = 200

  /// What is taken back and brought back.
  private struct State: Equatable {
    var lines: [[Character]]
    var row: Int
    var column: Int
  }

  private var state: State
  private var past: [State] = []
  private var future: [State] = []
  /// Whether the last change was a character typed, which the next one joins.
  private var isTyping = false

  /// A text to go on with, the cursor at its beginning.
  init(_ text: String) {
    state = State(lines: TextBlock.lines(of: text), row: 0, column: 0)
  }

  private static func lines(of text: String) -> [[Character]] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(Array.init)
  }

  var lines: [[Character]] { state.lines }
  var row: Int { state.row }
  var column: Int { state.column }
  var text: String { state.lines.map { String($0) }.joined(separator: "\n") }
  private var count: Int { state.lines.reduce(state.lines.count) { $0 + $1.count } }

  /// Puts the cursor before a character of a row.
  mutating func moveCursor(row: Int, column: Int) {
    isTyping = false
    state.row = min(max(0, row), state.lines.count - 1)
    state.column = min(max(0, column), state.lines[state.row].count)
  }

  /// Puts text where the cursor is, of one line or of several.
  mutating func insert(_ text: String) {
    let isOne = text.count == 1 && !text.contains(where: \.isNewline)
    remember(asTyping: isOne)
    for character in text where count < TextBlock.limit {
      if character.isNewline {
        let rest = Array(state.lines[state.row][state.column...])
        state.lines[state.row].removeSubrange(state.column...)
        state.lines.insert(rest, at: state.row + 1)
        (state.row, state.column) = (state.row + 1, 0)
      } else {
        state.lines[state.row].insert(character, at: state.column)
        state.column += 1
      }
    }
  }

  /// Takes an editing key; false if it is none.
  @discardableResult
  mutating func edit(with key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .control("n"): insert("\n")
    case .left:
      if column > 0 {
        moveCursor(row: row, column: column - 1)
      } else if row > 0 {
        moveCursor(row: row - 1, column: .max)
      }
    case .right:
      if column < lines[row].count {
        moveCursor(row: row, column: column + 1)
      } else if row + 1 < lines.count {
        moveCursor(row: row + 1, column: 0)
      }
    case .up: moveCursor(row: row - 1, column: row == 0 ? 0 : column)
    case .down: moveCursor(row: row + 1, column: row + 1 == lines.count ? .max : column)
    case .home, .control("a"): moveCursor(row: row, column: 0)
    case .end, .control("e"): moveCursor(row: row, column: .max)
    case .pageUp: moveCursor(row: 0, column: 0)
    case .pageDown: moveCursor(row: .max, column: .max)
    case .backspace: deleteBackward()
    case .delete: deleteForward()
    case .control("k"): deleteLine()
    case .control("u"): travel(\.past, \.future)
    case .control("r"): travel(\.future, \.past)
    default: return false
    }
    return true
  }

  private mutating func deleteBackward() {
    guard row > 0 || column > 0 else { return }
    remember()
    if column > 0 {
      state.column -= 1
      state.lines[row].remove(at: column)
    } else {
      let rest = state.lines.remove(at: row)
      state.row -= 1
      state.column = state.lines[row].count
      state.lines[row] += rest
    }
  }

  private mutating func deleteForward() {
    guard column < lines[row].count || row + 1 < lines.count else { return }
    remember()
    if column < lines[row].count {
      state.lines[row].remove(at: column)
    } else {
      state.lines[row] += state.lines.remove(at: row + 1)
    }
  }

  private mutating func deleteLine() {
    remember()
    state.lines.remove(at: row)
    if state.lines.isEmpty { state.lines = [[]] }
    state.row = min(row, state.lines.count - 1)
    state.column = min(column, state.lines[row].count)
  }

  /// Keeps what there is, for `travel`; characters typed one after the other are one change.
  private mutating func remember(asTyping: Bool = false) {
    defer { isTyping = asTyping }
    if asTyping, isTyping { return }
    past.append(state)
    if past.count > TextBlock.longestPast { past.removeFirst() }
    future = []
  }

  /// Takes the last text of one list, and puts what there is on the other.
  private mutating func travel(
    _ source: WritableKeyPath<TextBlock, [State]>, _ target: WritableKeyPath<TextBlock, [State]>
  ) {
    guard let found = self[keyPath: source].popLast() else { return }
    self[keyPath: target].append(state)
    state = found
    isTyping = false
  }
}
