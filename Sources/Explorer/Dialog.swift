import Canvas

/// What stands over the picture and takes the keys.
enum Dialog {
  case help(HelpScreen)
  case landscapes(PickList)
  case optimizers(PickList)
  case formula(Prompt)
  /// The name of a file to write.
  case export(Prompt)
  case command(CommandPrompt)
  /// The event log; an item is a step.
  case log(PickList)
  /// The scenes and beats of a lecture; an item is a place.
  case jump(PickList)

  /// Pasted text goes where typed text goes.
  mutating func insert(_ text: String) {
    let line = Text.sanitised(String(text.prefix(Prompt.limit).map { $0.isNewline || $0 == "\t" ? " " : $0 }))
    switch self {
    case .help(var help):
      help.query.insert(line)
      help.scroll = 0
      self = .help(help)
    case .landscapes(var list):
      list.insert(line)
      self = .landscapes(list)
    case .optimizers(var list):
      list.insert(line)
      self = .optimizers(list)
    case .formula(var prompt):
      prompt.insert(line)
      self = .formula(prompt)
    case .export(var prompt):
      prompt.insert(line)
      self = .export(prompt)
    case .command(var command):
      command.insert(line)
      self = .command(command)
    case .log(var list):
      list.insert(line)
      self = .log(list)
    case .jump(var list):
      list.insert(line)
      self = .jump(list)
    }
  }

  /// Puts the cursor of the line being typed before a character.
  mutating func moveCursor(to index: Int) {
    switch self {
    case .help(var help):
      help.query.moveCursor(to: index)
      self = .help(help)
    case .landscapes(var list):
      list.query.moveCursor(to: index)
      self = .landscapes(list)
    case .optimizers(var list):
      list.query.moveCursor(to: index)
      self = .optimizers(list)
    case .formula(var prompt):
      prompt.moveCursor(to: index)
      self = .formula(prompt)
    case .export(var prompt):
      prompt.moveCursor(to: index)
      self = .export(prompt)
    case .command(var command):
      command.moveCursor(to: index)
      self = .command(command)
    case .log(var list):
      list.query.moveCursor(to: index)
      self = .log(list)
    case .jump(var list):
      list.query.moveCursor(to: index)
      self = .jump(list)
    }
  }

  /// Selects an item of a list whose first row shown stays the same.
  mutating func select(_ index: Int, keeping firstRow: Int) {
    switch self {
    case .landscapes(var list):
      list.select(index)
      list.firstRow = firstRow
      self = .landscapes(list)
    case .optimizers(var list):
      list.select(index)
      list.firstRow = firstRow
      self = .optimizers(list)
    case .log(var list):
      list.select(index)
      list.firstRow = firstRow
      self = .log(list)
    case .jump(var list):
      list.select(index)
      list.firstRow = firstRow
      self = .jump(list)
    case .help, .formula, .export, .command: break
    }
  }
}

/// One line of text with a cursor.
struct Prompt {
  /// The most characters kept, a little more than the longest formula.
  static let limit = 4096

  private(set) var characters: [Character]
  private(set) var cursor: Int
  /// What is wrong with the text as it was last entered, and where (from 1).
  var error: (message: String, column: Int)?

  init(text: String = "") {
    characters = Array(text)
    cursor = characters.count
  }

  var text: String { String(characters) }

  mutating func insert(_ text: String) {
    for character in text where characters.count < Prompt.limit {
      characters.insert(character, at: cursor)
      cursor += 1
    }
    error = nil
  }

  /// Puts the cursor before a character.
  mutating func moveCursor(to index: Int) { cursor = min(max(0, index), characters.count) }

  /// Replaces a part of the line; the cursor then stands behind what came in.
  mutating func replace(_ range: Range<Int>, with text: String) {
    characters.replaceSubrange(range.clamped(to: 0..<characters.count), with: Array(text))
    cursor = min(range.lowerBound + text.count, characters.count)
    error = nil
  }

  /// Takes an editing key; false if it is none.
  mutating func edit(with key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .left: cursor = max(0, cursor - 1)
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
    default: return false
    }
    return true
  }
}

/// A list to choose from, narrowed by typing.
struct PickList {
  struct Item {
    /// What choosing it yields.
    var id: String
    var title: String
    var detail: String
    /// Why it cannot be chosen, if so.
    var obstacle: String?
    /// The heading it stands under.
    var group: String = ""
  }

  var title: String
  var items: [Item]
  var query = Prompt()
  private(set) var selected = 0
  /// The first row shown, once the mouse has chosen from the rows as they stand; nil keeps the choice in the middle.
  var firstRow: Int?

  init(title: String, items: [Item], selected id: String? = nil) {
    self.title = title
    self.items = items
    selected = items.firstIndex { $0.id == id } ?? 0
  }

  /// The items that hold every word typed, in the id, the title or the detail.
  var matches: [Item] {
    let words = query.text.lowercased().split(separator: " ")
    guard !words.isEmpty else { return items }
    return items.filter { item in
      let text = "\(item.id) \(item.title) \(item.detail) \(item.group)".lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }

  /// Whether what is typed is an optimizer with settings or a wrapper, rather than a word to look for.
  var queryIsSpec: Bool { query.text.contains(":") || query.text.contains("(") }

  /// The item under the cursor.
  var choice: Item? {
    let matches = matches
    return matches.indices.contains(selected) ? matches[selected] : nil
  }

  mutating func insert(_ text: String) {
    query.insert(text)
    selected = 0
    firstRow = nil
  }

  /// The first of the rows shown where there is room for so many.
  func firstRow(among count: Int, room: Int) -> Int {
    let first = firstRow ?? selected - room / 2
    return max(0, min(first, count - room))
  }

  mutating func select(_ index: Int) { selected = min(max(0, index), max(0, matches.count - 1)) }

  /// Takes a moving or editing key; false if it is none.
  mutating func edit(with key: Key) -> Bool {
    firstRow = nil
    switch key {
    case .up: select(selected - 1)
    case .down: select(selected + 1)
    case .pageUp: select(selected - 10)
    case .pageDown: select(selected + 10)
    case .home: select(0)
    case .end: select(matches.count - 1)
    default:
      let before = query.text
      guard query.edit(with: key) else { return false }
      if query.text != before { selected = 0 }
    }
    return true
  }
}
