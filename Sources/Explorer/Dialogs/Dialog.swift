import Canvas
import Experiments

/// What stands over the picture and takes the keys: a value that changes itself, and answers once it closes.
protocol Dialog {
  /// What stands in its frame.
  var title: String { get }
  /// Whether pasted text keeps its lines.
  var takesLines: Bool { get }
  /// The line that takes what is typed.
  var line: TextLine { get set }

  /// Takes a key other than Esc; nil while the dialog stays.
  mutating func handle(_ key: Key, _ context: ViewContext) -> DialogAnswer?

  /// Takes text that is pasted.
  mutating func insert(_ text: String)

  /// Puts the cursor of the line before a character.
  mutating func moveCursor(to index: Int)

  /// Takes a click in a part of its own; nil while the dialog stays.
  mutating func press(_ part: DialogPart, _ context: ViewContext) -> DialogAnswer?

  /// Shows why what it answered cannot be done: it stays.
  mutating func refuse(_ error: OptionError)

  /// Paints it, and returns what the mouse can hit in it.
  func paint(on canvas: inout Canvas, _ context: ViewContext) -> [HitRegion]
}

extension Dialog {
  var takesLines: Bool { false }
  mutating func insert(_ text: String) { line.insert(text) }
  mutating func moveCursor(to index: Int) { line.moveCursor(to: index) }
  /// It has no parts of its own.
  mutating func press(_ part: DialogPart, _ context: ViewContext) -> DialogAnswer? { nil }
  /// Below the line.
  mutating func refuse(_ error: OptionError) { line.error = (error.message, error.column ?? 1) }

  /// Pasted text goes where typed text goes, as one line unless the dialog takes several.
  mutating func paste(_ text: String) {
    if takesLines {
      let lines = text.prefix(TextBlock.limit).split(
        omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      insert(lines.map { Text.sanitised(String($0.map { $0 == "\t" ? " " : $0 })) }.joined(separator: "\n"))
      return
    }
    insert(Text.sanitised(String(text.prefix(TextLine.limit).map { $0.isNewline || $0 == "\t" ? " " : $0 })))
  }

  /// Takes a mouse event in one of its parts; nil while it stays.
  mutating func handle(_ mouse: Mouse, in part: DialogPart, _ context: ViewContext) -> DialogAnswer? {
    switch (part, mouse.kind) {
    case (.box, .wheelUp), (.item, .wheelUp), (.help, .wheelUp): return handle(.up, context)
    case (.box, .wheelDown), (.item, .wheelDown), (.help, .wheelDown): return handle(.down, context)
    case (.line(let first, let x, let widths), .press), (.line(let first, let x, let widths), .drag):
      var index = first
      var right = x
      while index < widths.count {
        right += widths[index]
        if mouse.x < right { break }
        index += 1
      }
      moveCursor(to: index)
      return nil
    case (_, .press): return press(part, context)
    default: return nil
    }
  }
}
