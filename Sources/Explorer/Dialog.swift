import Canvas

/// What stands over the picture and takes the keys.
enum Dialog {
  case help(HelpScreen)
  case landscapes(PickList)
  case optimizers(PickList)
  case formula(Prompt)
  /// The event log; an item is a step.
  case log(PickList)

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
    case .log(var list):
      list.insert(line)
      self = .log(list)
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
  }

  mutating func select(_ index: Int) { selected = min(max(0, index), max(0, matches.count - 1)) }

  /// Takes a moving or editing key; false if it is none.
  mutating func edit(with key: Key) -> Bool {
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

/// The key table, narrowed by typing.
struct HelpScreen {
  /// The keys of the view that is open.
  let here: [Binding]
  var query = Prompt()
  var scroll = 0

  init(here: [Binding] = []) { self.here = here }

  /// The bindings that hold every word typed.
  var matches: [Binding] {
    let words = query.text.lowercased().split(separator: " ")
    return (here + KeyMap.bindings).filter { binding in
      let text = "\(binding.shown) \(binding.does) \(binding.group.rawValue)".lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }

  /// A row of the table.
  enum Line {
    case blank
    case group(String)
    case keys(String, does: String)
  }

  /// The columns of the keys.
  static let keyColumns = 17

  /// The table as rows of a width, grouped, long texts wrapped.
  func lines(width: Int) -> [Line] {
    var lines: [Line] = []
    for group in Binding.Group.allCases {
      let bindings = matches.filter { $0.group == group }
      guard !bindings.isEmpty else { continue }
      if !lines.isEmpty { lines.append(.blank) }
      lines.append(.group(group.rawValue))
      for binding in bindings {
        for (i, part) in Text.wrapped(binding.does, to: max(8, width - HelpScreen.keyColumns)).enumerated() {
          lines.append(.keys(i == 0 ? binding.shown : "", does: part))
        }
      }
    }
    return lines
  }
}
