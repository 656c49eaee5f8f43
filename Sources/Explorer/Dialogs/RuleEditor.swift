import Canvas
import Experiments
import OptimizerCore

/// The text of an optimizer's rule, to be changed and added to the race as a rule of its own.
///
/// Enter adds it, so a new line is begun by Ctrl-N; what is wrong stands under the line it is in as one types.
struct RuleEditor: Dialog {
  /// What is wrong, and where, both from 0.
  private typealias Fault = (message: String, row: Int, column: Int)

  let title: String
  /// A rule has several lines, so this one stays empty.
  var line = TextLine()
  private(set) var block: TextBlock
  /// The rule that it was.
  private let origin: TypedRule
  /// Why the race does not take it.
  private var refusal: String?

  init(_ origin: TypedRule, title: String) {
    self.origin = origin
    self.title = title
    block = TextBlock(origin.block)
  }

  /// What pasted text is here: several lines.
  let takesLines = true

  mutating func insert(_ text: String) {
    refusal = nil
    block.insert(text)
  }

  mutating func moveCursor(to index: Int) { block.moveCursor(row: block.row, column: index) }

  mutating func refuse(_ error: OptionError) { refusal = error.message }

  mutating func press(_ part: DialogPart, _ context: ViewContext) -> DialogAnswer? {
    if case .item(let row, _, _) = part { block.moveCursor(row: row, column: .max) }
    return nil
  }

  mutating func handle(_ key: Key, _ context: ViewContext) -> DialogAnswer? {
    guard key == .enter else {
      if block.edit(with: key) { refusal = nil }
      return nil
    }
    if let fault {
      // What is wrong is said; the cursor goes there, so that it can be seen.
      block.moveCursor(row: fault.row, column: fault.column)
      return nil
    }
    return .rule(block.text, origin: origin)
  }

  private var fault: Fault? {
    do throws(TypedRuleError) {
      _ = try TypedRule(block.text)
      return nil
    } catch {
      // The name stays as it is until the rule is added, when it gets one of its own.
      return (error.message, error.line - 1, error.column - 1)
    }
  }

  func paint(on canvas: inout Canvas, _ context: ViewContext) -> [HitRegion] {
    let (layout, look) = (context.layout, context.look)
    let rect = layout.screen.centred(
      width: min(layout.screen.width, max(layout.dialog.width, 76)),
      height: min(block.lines.count + 7, layout.dialog.height))
    var box = DialogBox(title, rect, on: &canvas, context)
    let inside = box.inside
    guard inside.height >= 3, inside.width >= 8 else { return box.hits }
    let fault = fault
    let rows = inside.height - 2
    // Scrolled so far that the cursor, and a fault under its line, can be seen.
    let first = max(0, min(block.row - rows + 3, block.lines.count - 1))
    var y = inside.y
    for (index, line) in block.lines.enumerated().dropFirst(first) where y < inside.bottom - 2 {
      paint(
        line, isCurrent: index == block.row, Rect(x: inside.x, y: y, width: inside.width, height: 1), look,
        on: &canvas)
      box.add(
        Rect(x: inside.x, y: y, width: inside.width, height: 1),
        .item(index, firstRow: first, isSelected: false))
      y += 1
      guard let fault, fault.row == index, y < inside.bottom - 2 else { continue }
      let hidden = index == block.row ? hiddenColumns(of: line, width: inside.width) : 0
      paint(
        fault, hidden: hidden, Rect(x: inside.x, y: y, width: inside.width, height: 1), look, on: &canvas)
      y += 1
    }
    paint(
      words: fault.map { ("line \($0.row + 1): \($0.message)", true) } ?? remark, below: inside, look,
      on: &canvas)
    box.paint(
      actions: [
        ("Enter adds", .enter), ("Ctrl-N new line", .control("n")), ("Ctrl-K cuts", .control("k")),
        ("Ctrl-U undoes", .control("u")), ("Esc leaves", .escape),
      ], on: &canvas)
    return box.hits
  }

  /// A caret under the place of a fault, with the words beside it as far as they fit; they stand below in any case.
  private func paint(_ fault: Fault, hidden: Int, _ rect: Rect, _ look: Look, on canvas: inout Canvas) {
    let column = min(max(0, fault.column - hidden), rect.width - 1)
    let width = Text.width(of: fault.message)
    canvas.text("^", x: rect.x + column, y: rect.y, style: look.warning)
    let room = rect.width - column - 2
    if room >= min(width, 16) {
      canvas.text(
        Text.truncated(fault.message, to: room), x: rect.x + column + 2, y: rect.y, style: look.warning)
    } else if width + 1 <= column {
      canvas.text(fault.message, x: rect.x + column - width - 1, y: rect.y, style: look.warning)
    }
  }

  /// How many characters of the line with the cursor are hidden to the left, so that the cursor is seen.
  private func hiddenColumns(of line: [Character], width: Int) -> Int {
    var first = 0
    var before = line[..<block.column].reduce(0) { $0 + Text.width(of: Text.sanitised(String($1))) }
    while before >= width, first < block.column {
      before -= Text.width(of: Text.sanitised(String(line[first])))
      first += 1
    }
    return first
  }

  /// Why it was refused, or what is strange about it, or what is different from the rule that it was.
  private var remark: (text: String, isWarning: Bool)? {
    if let refusal { return (refusal, true) }
    guard let rule = try? TypedRule(block.text) else { return nil }
    if let warning = rule.warnings.first { return (warning, false) }
    let difference = RuleDifference(from: origin, to: rule)
    return difference.isEmpty ? nil : (difference.words, false)
  }

  private func paint(
    words: (text: String, isWarning: Bool)?, below inside: Rect, _ look: Look, on canvas: inout Canvas
  ) {
    guard let words else { return }
    canvas.text(
      Text.truncated(Text.sanitised(words.text), to: inside.width), x: inside.x, y: inside.bottom - 2,
      style: words.isWarning ? look.warning : look.muted)
  }

  /// A line, of which the part around the cursor is shown; the cursor is a reversed cell.
  private func paint(
    _ line: [Character], isCurrent: Bool, _ rect: Rect, _ look: Look, on canvas: inout Canvas
  ) {
    let texts = line.map { Text.sanitised(String($0)) }
    let first = isCurrent ? hiddenColumns(of: line, width: rect.width) : 0
    let before = isCurrent ? texts[first..<block.column].reduce(0) { $0 + Text.width(of: $1) } : 0
    var x = rect.x
    for text in texts[first...] {
      guard x + Text.width(of: text) <= rect.right else { break }
      x += canvas.text(text, x: x, y: rect.y, style: isCurrent ? look.strong : look.text)
    }
    if isCurrent, rect.x + before < rect.right {
      canvas.restyle(Rect(x: rect.x + before, y: rect.y, width: 1, height: 1)) { $0.adding(.reverse) }
    }
  }
}
