import Canvas

/// The key table, narrowed by typing: what each key does, or why it does nothing now.
struct HelpScreen {
  /// A line of the table, and why none of its keys does anything now, if so.
  struct Row {
    let binding: Binding
    let obstacle: String?
  }

  /// The keys of the view that is open, then those that mean the same everywhere.
  let rows: [Row]
  var query = Prompt()
  var scroll = 0

  init(of explorer: Explorer) {
    rows = (explorer.ownBindings + KeyMap.bindings).map { binding in
      let obstacles = binding.strokes.map { explorer.obstacle(to: $0.action) }
      // What one of the keys can do is worth a line as it is.
      let isOff = !obstacles.isEmpty && obstacles.allSatisfy { $0 != nil }
      return Row(binding: binding, obstacle: isOff ? obstacles[0] : nil)
    }
  }

  /// The rows that hold every word typed.
  var matches: [Row] {
    let words = query.text.lowercased().split(separator: " ")
    return rows.filter { row in
      let text = "\(row.binding.shown) \(row.binding.does) \(row.binding.group.rawValue)".lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }

  /// A row of the screen.
  enum Line {
    case blank
    case group(String)
    /// The keys stand in the first line of their text.
    case keys(Binding, isFirst: Bool, does: String, isOff: Bool)
  }

  /// The columns of the keys.
  static let keyColumns = 17

  /// The table as rows of a width, grouped, long texts wrapped.
  func lines(width: Int) -> [Line] {
    var lines: [Line] = []
    let matches = matches
    for group in Binding.Group.allCases {
      let rows = matches.filter { $0.binding.group == group }
      guard !rows.isEmpty else { continue }
      if !lines.isEmpty { lines.append(.blank) }
      lines.append(.group(group.rawValue))
      for row in rows {
        let room = max(8, width - HelpScreen.keyColumns)
        let parts =
          Text.wrapped(row.binding.does, to: room)
          + (row.obstacle.map { Text.wrapped("not now: \($0)", to: room) } ?? [])
        for (i, part) in parts.enumerated() {
          lines.append(.keys(row.binding, isFirst: i == 0, does: part, isOff: row.obstacle != nil))
        }
      }
    }
    return lines
  }
}
