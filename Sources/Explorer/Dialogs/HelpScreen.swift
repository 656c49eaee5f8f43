import Canvas

/// The key table, narrowed by typing: what each key does, or why it does nothing now.
struct HelpScreen: Dialog {
  /// A line of the table, and why none of its keys does anything now, if so.
  struct Row {
    let binding: Binding
    let obstacle: String?
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

  let title = "Keys"
  /// The keys of the view that is open, then those that mean the same everywhere.
  let rows: [Row]
  var line = TextLine()
  private var scroll = 0

  init(_ rows: [Row]) { self.rows = rows }

  /// The rows that hold every word typed.
  private var matches: [Row] {
    let words = line.text.lowercased().split(separator: " ")
    return rows.filter { row in
      let text = "\(row.binding.shown) \(row.binding.does) \(row.binding.group.rawValue)".lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }

  /// The table as rows of a width, grouped, long texts wrapped.
  private func lines(width: Int) -> [Line] {
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

  mutating func insert(_ text: String) {
    line.insert(text)
    scroll = 0
  }

  mutating func handle(_ key: Key, _ context: ViewContext) -> DialogAnswer? {
    switch key {
    case .up: scroll -= 1
    case .down: scroll += 1
    case .pageUp: scroll -= 10
    case .pageDown: scroll += 10
    case .enter: return .close
    case .character("?") where line.text.isEmpty, .character("q") where line.text.isEmpty: return .close
    default: if line.edit(with: key) { scroll = 0 }
    }
    let area = context.layout.dialogInside
    scroll = min(max(0, scroll), max(0, lines(width: area.width).count - (area.height - 3)))
    return nil
  }

  /// A click on a key does what the key does without the dialog.
  mutating func press(_ part: DialogPart, _ context: ViewContext) -> DialogAnswer? {
    if case .help(let key) = part { .key(key) } else { nil }
  }

  func paint(on canvas: inout Canvas, _ context: ViewContext) -> [HitRegion] {
    let look = context.look
    var box = DialogBox(title, context.layout.dialog, on: &canvas, context)
    let inside = box.inside
    guard inside.height >= 2 else { return box.hits }
    let label = canvas.text("find ", x: inside.x, y: inside.y, style: look.muted)
    box.paint(line, after: label, on: &canvas)
    let lines = lines(width: inside.width)
    let area = inside.inset(top: inside.height >= 5 ? 2 : 1, bottom: inside.height >= 4 ? 1 : 0)
    guard !lines.isEmpty else {
      canvas.text("no key matches; Esc leaves", x: area.x, y: area.y, style: look.muted, width: area.width)
      return box.hits
    }
    let first = max(0, min(scroll, lines.count - area.height))
    for (row, line) in lines[first..<min(lines.count, first + area.height)].enumerated() {
      let y = area.y + row
      switch line {
      case .blank: break
      case .group(let title): canvas.text(title, x: area.x, y: y, style: look.accent)
      case .keys(let binding, let isFirst, let does, let isOff):
        paint(
          binding, isFirst: isFirst, does: does, isOff: isOff,
          Rect(x: area.x, y: y, width: area.width, height: 1), of: &box, on: &canvas)
      }
    }
    if inside.height >= 4 {
      let more = lines.count > area.height ? [("↑ ↓ scroll", Key.down as Key?)] : []
      box.paint(
        actions: more.map { (text: $0.0, key: $0.1) } + [("type to search", nil), ("Esc leaves", .escape)],
        on: &canvas)
    }
    return box.hits
  }

  /// A line of the help. A click on a key does what the key does, one on the text what the first of them does.
  private func paint(
    _ binding: Binding, isFirst: Bool, does: String, isOff: Bool, _ row: Rect, of box: inout DialogBox,
    on canvas: inout Canvas
  ) {
    let look = box.look
    let keys = isFirst ? binding.shown : ""
    canvas.text(
      runs: [
        (Text.padded(keys, to: HelpScreen.keyColumns), isOff ? look.faint : look.strong),
        (does, isOff ? look.faint : look.text),
      ], x: row.x, y: row.y, width: row.width)
    guard let key = binding.keys.first else { return }
    box.add(row, .help(key))
    var x = row.x
    for word in keys.split(separator: " ", omittingEmptySubsequences: false) {
      if let key = binding.key(named: word) {
        box.add(Rect(x: x, y: row.y, width: Text.width(of: word), height: 1), .help(key))
      }
      x += Text.width(of: word) + 1
    }
  }
}
