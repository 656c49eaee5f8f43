import Canvas
import Experiments

/// The line on which the options' words are typed, with its past and what may come next.
struct CommandPrompt: Dialog {
  let title = "Command"
  var line: TextLine
  /// The lines entered before, the latest last.
  let past: [String]
  /// Which of them is shown; nil for the line being typed.
  private var place: Int?
  private var draft = ""
  /// The candidates that Tab goes through, and which of them the line holds.
  private(set) var chosen: (completion: Completion, index: Int)?

  /// The most lines remembered.
  static let longestPast = 100

  init(text: String = "", past: [String]) {
    line = TextLine(text: text)
    self.past = past
  }

  /// What is offered: while Tab goes through candidates these, else what the cursor stands after.
  func completion(_ context: ViewContext) -> Completion {
    chosen?.completion ?? Completion(of: line, context)
  }

  mutating func insert(_ text: String) {
    chosen = nil
    line.insert(text)
  }

  /// Puts the cursor at a character.
  mutating func moveCursor(to index: Int) {
    chosen = nil
    line.moveCursor(to: index)
  }

  /// Takes a candidate; the line then goes on behind it.
  mutating func take(_ index: Int, of completion: Completion) {
    guard completion.candidates.indices.contains(index) else { return }
    let end =
      completion.range.lowerBound
      + (chosen.map { $0.completion.candidates[$0.index].text.count } ?? completion.range.count)
    line.replace(completion.range.lowerBound..<end, with: completion.candidates[index].text)
    chosen = nil
  }

  /// As much as all candidates have in common; then one after the other.
  mutating func complete(_ context: ViewContext, backward: Bool) {
    if let (completion, index) = chosen {
      let count = completion.candidates.count
      let next = (index + (backward ? count - 1 : 1)) % count
      take(next, of: completion)
      chosen = (completion, next)
      return
    }
    let completion = Completion(of: line, context)
    guard !completion.candidates.isEmpty else {
      line.error = ("nothing is known to go on with here", line.cursor + 1)
      return
    }
    let common = completion.common
    if completion.candidates.count == 1 || common.count > completion.range.count {
      line.replace(completion.range, with: common)
    } else {
      let index = backward ? completion.candidates.count - 1 : 0
      take(index, of: completion)
      chosen = (completion, index)
    }
  }

  /// A line further back in the past, or further on to the one being typed.
  mutating func recall(_ step: Int) {
    guard !past.isEmpty else { return }
    chosen = nil
    if place == nil { draft = line.text }
    let next = (place ?? past.count) + step
    if next >= past.count {
      place = nil
      line = TextLine(text: draft)
    } else {
      place = max(0, next)
      line = TextLine(text: past[max(0, next)])
    }
  }

  mutating func handle(_ key: Key, _ context: ViewContext) -> DialogAnswer? {
    switch key {
    case .enter: return .command(line.text)
    // Backspace on an empty line leaves it, as in other programs with such a line.
    case .backspace where line.text.isEmpty: return .close
    case .tab: complete(context, backward: false)
    case .backTab: complete(context, backward: true)
    case .up: recall(-1)
    case .down: recall(1)
    default:
      let before = line.text
      if line.edit(with: key) {
        chosen = nil
        if line.text != before { place = nil }
      }
    }
    return nil
  }

  /// A click takes a candidate.
  mutating func press(_ part: DialogPart, _ context: ViewContext) -> DialogAnswer? {
    if case .completion(let index) = part { take(index, of: completion(context)) }
    return nil
  }

  /// The line, with what it may go on with below it.
  func paint(on canvas: inout Canvas, _ context: ViewContext) -> [HitRegion] {
    let look = context.look
    var box = DialogBox(title, context.layout.dialog, on: &canvas, context)
    let inside = box.inside
    guard inside.height >= 1 else { return box.hits }
    let label = canvas.text(": ", x: inside.x, y: inside.y, style: look.accent)
    let first = box.paint(line, after: label, on: &canvas)
    let hasActions = inside.height >= 5
    if let error = line.error {
      box.paint(error, left: inside.x + label, first: first, on: &canvas)
    } else {
      let area = inside.inset(top: inside.height >= 5 ? 2 : 1, bottom: hasActions ? 1 : 0)
      if area.height > 0 { paint(completion(context), in: area, of: &box, on: &canvas) }
    }
    if hasActions {
      box.paint(
        actions: [
          ("Enter does it", .enter), ("Tab completes", .tab), ("↑ ↓ earlier lines", .up),
          ("Esc leaves", .escape),
        ], on: &canvas)
    }
    return box.hits
  }

  private func paint(
    _ completion: Completion, in area: Rect, of box: inout DialogBox, on canvas: inout Canvas
  ) {
    let look = box.look
    let count = completion.candidates.count
    let names = min(
      area.width < 24 ? area.width - 2 : area.width / 2,
      (completion.candidates.map { Text.width(of: $0.text) }.max() ?? 0) + 2)
    let place = chosen?.index
    // One row tells how many are left out.
    let room = count > area.height ? area.height - 1 : area.height
    let top = max(0, min((place ?? 0) - room / 2, count - room))
    for (row, candidate) in completion.candidates.dropFirst(top).prefix(max(0, room)).enumerated() {
      let (y, index) = (area.y + row, top + row)
      if index == place { canvas.text("▸", x: area.x, y: y, style: look.accent) }
      canvas.text(
        Text.truncated(candidate.text, to: names), x: area.x + 2, y: y,
        style: index == place ? look.strong : look.text)
      canvas.text(
        Text.truncated(candidate.detail, to: max(0, area.width - names - 3)), x: area.x + 3 + names, y: y,
        style: look.muted)
      box.add(Rect(x: box.inside.x, y: y, width: box.inside.width, height: 1), .completion(index))
    }
    if count > area.height {
      canvas.text(
        Text.truncated("and \(count - room) more: type on", to: area.width), x: area.x + 2,
        y: area.bottom - 1, style: look.faint)
    }
  }
}
