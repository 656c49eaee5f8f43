import Canvas
import Experiments
import Landscapes

/// A list to choose from, narrowed by typing.
struct PickList: Dialog {
  struct Item {
    var title: String
    var detail: String
    /// What choosing it asks for.
    var answer: DialogAnswer
    /// More words by which it is found.
    var keywords = ""
    /// Why it cannot be chosen, if so.
    var obstacle: String?
    /// Whether it stands back behind the others.
    var isFaint = false
    /// What is shown small while it is selected.
    var landscape: String?
  }

  let title: String
  let items: [Item]
  var line = TextLine()
  /// Whether an optimizer with settings, or a wrapper, may be typed in place of a word to look for.
  var takesSpecs = false
  /// What is said where there is nothing to choose from.
  let emptyWords: String
  /// What Enter asks for where no item is chosen, given what is typed.
  let otherwise: (String) -> DialogAnswer
  private(set) var selected = 0
  /// The first row shown, once the mouse has chosen from the rows as they stand; nil keeps the choice in the middle.
  private var firstRow: Int?
  /// The landscape of the selected item, small.
  private var preview: LandscapePreview?
  /// What is wrong with what was chosen last.
  private var warning: String?

  init(
    title: String, items: [Item], selected: Int = 0, takesSpecs: Bool = false,
    emptyWords: String = "nothing matches",
    otherwise: @escaping (String) -> DialogAnswer
  ) {
    self.title = title
    self.items = items
    self.takesSpecs = takesSpecs
    self.emptyWords = emptyWords
    self.otherwise = otherwise
    select(selected)
  }

  /// The items that hold every word typed.
  var matches: [Item] {
    let words = line.text.lowercased().split(separator: " ")
    guard !words.isEmpty else { return items }
    return items.filter { item in
      let text = "\(item.title) \(item.detail) \(item.keywords)".lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }

  /// Whether what is typed is an optimizer with settings or a wrapper, rather than a word to look for.
  private var isSpec: Bool { takesSpecs && (line.text.contains(":") || line.text.contains("(")) }

  /// The item under the cursor.
  var choice: Item? {
    let matches = matches
    return matches.indices.contains(selected) ? matches[selected] : nil
  }

  mutating func select(_ index: Int) {
    selected = min(max(0, index), max(0, matches.count - 1))
    followPreview()
  }

  /// Computes the small picture of another choice: once, since a loss of much data takes a while.
  private mutating func followPreview() {
    guard let id = choice?.landscape else { return preview = nil }
    if preview?.landscape.id != id { preview = LandscapeCatalog.named(id).map(LandscapePreview.init) }
  }

  mutating func insert(_ text: String) {
    line.insert(text)
    select(0)
    firstRow = nil
  }

  mutating func handle(_ key: Key, _ context: ViewContext) -> DialogAnswer? {
    warning = nil
    if key == .enter { return taken() }
    firstRow = nil
    switch key {
    case .up: select(selected - 1)
    case .down: select(selected + 1)
    case .pageUp: select(selected - 10)
    case .pageDown: select(selected + 10)
    case .home: select(0)
    case .end: select(matches.count - 1)
    default:
      let before = line.text
      line.edit(with: key)
      if line.text != before { select(0) }
    }
    return nil
  }

  /// What Enter asks for; nil where the choice cannot be made.
  private mutating func taken() -> DialogAnswer? {
    guard !isSpec, let choice else { return otherwise(line.text) }
    warning = choice.obstacle
    return choice.obstacle == nil ? choice.answer : nil
  }

  /// The first click selects, a second one on the same row takes it.
  mutating func press(_ part: DialogPart, _ context: ViewContext) -> DialogAnswer? {
    guard case .item(let index, let firstRow, let isSelected) = part else { return nil }
    if isSelected { return handle(.enter, context) }
    select(index)
    self.firstRow = firstRow
    return nil
  }

  mutating func refuse(_ error: OptionError) { warning = error.message }

  func paint(on canvas: inout Canvas, _ context: ViewContext) -> [HitRegion] {
    let look = context.look
    var box = DialogBox(title, fitted(context.layout.dialog, on: context.layout.screen), on: &canvas, context)
    let inside = box.inside
    guard inside.height >= 2 else { return box.hits }
    let label = canvas.text("find ", x: inside.x, y: inside.y, style: look.muted)
    box.paint(line, after: label, on: &canvas)
    let matches = matches
    var area = inside.inset(top: inside.height >= 5 ? 2 : 1, bottom: inside.height >= 8 ? 1 : 0)
    if inside.height >= PickList.tall, let choice {
      let split = area.splitBottom(PickList.wordRows)
      area = split.rest
      paint(wordsOf: choice, on: &canvas, split.bottom.inset(top: 1), look)
    }
    if let preview, area.width >= PickList.wide, area.height >= LandscapePreview.rows {
      let split = area.splitRight(LandscapePreview.columns + 2)
      area = split.rest
      preview.paint(on: &canvas, split.right.inset(left: 2), look)
    }
    if matches.isEmpty {
      let text =
        isSpec
        ? "Enter adds what is typed; Esc leaves"
        : "\(items.isEmpty ? emptyWords : "nothing matches"); Esc leaves"
      canvas.text(text, x: area.x, y: area.y, style: look.muted, width: area.width)
    } else {
      paint(matches, in: area, of: &box, on: &canvas)
      if inside.height >= 8 {
        box.paint(
          actions: [
            ("\(selected + 1) of \(matches.count)", nil), ("↑ ↓ choose", nil), ("Enter takes it", .enter),
            ("Esc leaves", .escape),
          ], on: &canvas)
      }
    }
    if let warning { box.paint(warning: warning, on: &canvas) }
    return box.hits
  }

  /// From this height on all that is said of the choice stands below the list, in so many rows with a blank one.
  private static let tall = 14
  private static let wordRows = 3
  /// From this width on a preview stands beside it.
  private static let wide = 72

  /// As high as the list needs to be, and as wide.
  private func fitted(_ rect: Rect, on screen: Rect) -> Rect {
    // The frame, the line and a blank, the actions, and the words of the choice.
    let wanted = items.count + 5
    let height = wanted + PickList.wordRows + 2 >= rect.height ? rect.height : max(8, wanted)
    let names = items.map { Text.width(of: $0.title) }.max() ?? 0
    let widest = names + (items.map { Text.width(of: $0.obstacle ?? $0.detail) }.max() ?? 0) + 9
    let small = items.contains { $0.landscape != nil } ? LandscapePreview.columns + 2 : 0
    // What is behind it stays in sight.
    let width = min(
      max(rect.width, screen.width * 3 / 5), max(widest + small, Text.width(of: title) + 8, 60))
    return Rect(
      x: rect.x + (rect.width - width) / 2, y: rect.y, width: width, height: min(height, rect.height))
  }

  /// All that is said of an item, where the list has cut it off.
  private func paint(wordsOf item: Item, on canvas: inout Canvas, _ rect: Rect, _ look: Look) {
    for (row, line) in Text.wrapped(item.obstacle ?? item.detail, to: rect.width).enumerated()
    where row < rect.height {
      canvas.text(line, x: rect.x, y: rect.y + row, style: item.obstacle == nil ? look.text : look.warning)
    }
  }

  private func paint(_ matches: [Item], in area: Rect, of box: inout DialogBox, on canvas: inout Canvas) {
    let look = box.look
    let names = min(
      area.width < 40 ? area.width - 2 : area.width / 2,
      (matches.map { Text.width(of: $0.title) }.max() ?? 0) + 2)
    let first = max(0, min(firstRow ?? selected - area.height / 2, matches.count - area.height))
    for (row, item) in matches[first..<min(matches.count, first + area.height)].enumerated() {
      let isSelected = first + row == selected
      let y = area.y + row
      let isFaint = item.isFaint || item.obstacle != nil
      let name = isFaint ? look.faint : isSelected ? look.strong : look.text
      canvas.text(isSelected ? "▸" : " ", x: area.x, y: y, style: look.accent)
      canvas.text(Text.truncated(item.title, to: max(0, names)), x: area.x + 2, y: y, style: name)
      let room = max(0, area.width - names - 3)
      canvas.text(
        Text.truncated(item.obstacle ?? item.detail, to: room), x: area.x + 3 + names, y: y,
        style: isFaint ? look.faint : look.muted)
      box.add(
        Rect(x: box.inside.x, y: y, width: box.inside.width, height: 1),
        .item(first + row, firstRow: first, isSelected: isSelected))
    }
  }
}
