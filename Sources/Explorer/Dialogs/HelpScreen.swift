import Canvas
import OptimizerCore
import Scenes

/// The key table, narrowed by typing: what each key does, or why it does nothing now. Typing also finds the words of the
/// command line, and what can be written in formulas, scenes and expectations.
struct HelpScreen: Dialog {
  /// A line of the table.
  struct Row {
    let group: String
    /// The keys, or what can be written.
    let shown: String
    let does: String
    /// What else it is found by.
    var keywords = ""
    /// The keys themselves; nil for what is written.
    var binding: Binding?
    /// Why none of its keys does anything now, if so.
    var obstacle: String?

    /// Keys, and why they do nothing.
    init(_ binding: Binding, obstacle: String?) {
      (group, shown, does) = (binding.group.rawValue, binding.shown, binding.does)
      (self.binding, self.obstacle) = (binding, obstacle)
    }

    /// A word of the command line.
    init(_ command: Command) {
      (group, shown, does) = (
        "Behind the colon", command.valueName.isEmpty ? command.word : "\(command.word) \(command.valueName)",
        command.summary
      )
    }

    /// What can be written.
    init(_ row: ReferencePage.Row, in section: ReferencePage.Section, of page: ReferencePage) {
      (group, shown) = (section.title, row.term)
      does = row.form.isEmpty ? row.meaning : "\(row.meaning) (\(row.form))"
      keywords = page.name
    }
  }

  /// A row of the screen.
  enum Line {
    case blank
    case group(String)
    /// The keys stand in the first line of their text.
    case row(Row, isFirst: Bool, does: String)
  }

  /// The columns of the keys, a blank behind the longest.
  var keyColumns: Int { (rows.map { Text.width(of: $0.shown) }.max() ?? 0) + 1 }

  let title = "Keys"
  /// The keys of the view that is open, then those that mean the same everywhere.
  let rows: [Row]
  /// What can be written, which is shown once it is looked for.
  private let references: [Row]
  var line = TextLine()
  private var scroll = 0

  init(_ rows: [Row]) {
    self.rows = Binding.Group.allCases.flatMap { group in rows.filter { $0.group == group.rawValue } }
    references =
      Command.all.map { Row($0) }
      + ReferencePage.all.flatMap { page in
        page.sections.flatMap { section in section.rows.map { Row($0, in: section, of: page) } }
      }
  }

  /// The rows that hold every word typed.
  private var matches: [Row] {
    let words = line.text.lowercased().split(separator: " ")
    guard !words.isEmpty else { return rows }
    return (rows + references).filter { row in
      let text = "\(row.shown) \(row.does) \(row.group) \(row.keywords)".lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }

  /// The table as rows of a width, grouped, long texts wrapped.
  private func lines(width: Int) -> [Line] {
    var lines: [Line] = []
    var group: String?
    for row in matches {
      if row.group != group {
        if group != nil { lines.append(.blank) }
        lines.append(.group(row.group))
        group = row.group
      }
      let room = max(8, width - keyColumns)
      // What is longer than the column has a line of its own.
      let isLong = Text.width(of: row.shown) >= keyColumns
      let parts =
        (isLong ? [""] : []) + Text.wrapped(row.does, to: room)
        + (row.obstacle.map { Text.wrapped("not now: \($0)", to: room) } ?? [])
      for (i, part) in parts.enumerated() { lines.append(.row(row, isFirst: i == 0, does: part)) }
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
      canvas.text("nothing matches; Esc leaves", x: area.x, y: area.y, style: look.muted, width: area.width)
      return box.hits
    }
    let first = max(0, min(scroll, lines.count - area.height))
    for (row, line) in lines[first..<min(lines.count, first + area.height)].enumerated() {
      let y = area.y + row
      switch line {
      case .blank: break
      case .group(let title): canvas.text(title, x: area.x, y: y, style: look.accent)
      case .row(let row, let isFirst, let does):
        paint(
          row, isFirst: isFirst, does: does, Rect(x: area.x, y: y, width: area.width, height: 1), of: &box,
          on: &canvas)
      }
    }
    if inside.height >= 4 {
      let more = lines.count > area.height ? [("↑ ↓ scroll", Key.down as Key?)] : []
      let pages = ReferencePage.all.map(\.name).joined(separator: ", ")
      box.paint(
        actions: more.map { (text: $0.0, key: $0.1) } + [
          ("type for keys, \(pages)", nil), ("Esc leaves", .escape),
        ], on: &canvas)
    }
    return box.hits
  }

  /// A line of the help. A click on a key does what the key does, one on the text what the first of them does.
  private func paint(
    _ row: Row, isFirst: Bool, does: String, _ rect: Rect, of box: inout DialogBox, on canvas: inout Canvas
  ) {
    let look = box.look
    let isOff = row.obstacle != nil
    let keys = isFirst ? row.shown : ""
    canvas.text(
      runs: [
        (Text.padded(keys, to: keyColumns), isOff ? look.faint : look.strong),
        (does, isOff ? look.faint : look.text),
      ], x: rect.x, y: rect.y, width: rect.width)
    guard let binding = row.binding, let key = binding.keys.first else { return }
    box.add(rect, .help(key))
    var x = rect.x
    for word in keys.split(separator: " ", omittingEmptySubsequences: false) {
      if let key = binding.key(named: word) {
        box.add(Rect(x: x, y: rect.y, width: Text.width(of: word), height: 1), .help(key))
      }
      x += Text.width(of: word) + 1
    }
  }
}
