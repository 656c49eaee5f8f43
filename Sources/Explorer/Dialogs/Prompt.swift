import Canvas
import OptimizerCore

/// A line to type and to enter.
struct Prompt: Dialog {
  let title: String
  var line: TextLine
  /// What stands before the line, and what does on a narrow screen.
  let label: (wide: String, narrow: String)
  /// The rows of the box, where the screen has them.
  let rows: Int
  /// What may be typed.
  let hint: String
  /// Whether the hint goes on in the next rows where it is too long for one.
  let wrapsHint: Bool
  let actions: [(text: String, key: Key?)]
  /// A character that belongs behind the text wherever it is typed.
  var mark: Character?
  /// What a line that is entered asks for.
  let answer: (String) -> DialogAnswer

  mutating func handle(_ key: Key, _ context: ViewContext) -> DialogAnswer? {
    if key == .enter { return answer(line.text) }
    if let mark, key == .character(mark) { line.edit(with: .end) }
    line.edit(with: key)
    return nil
  }

  func paint(on canvas: inout Canvas, _ context: ViewContext) -> [HitRegion] {
    let (layout, look) = (context.layout, context.look)
    let rect = layout.screen.centred(width: layout.dialog.width, height: min(rows, layout.dialog.height))
    var box = DialogBox(title, rect, on: &canvas, context)
    let inside = box.inside
    guard inside.height >= 1 else { return box.hits }
    let name = inside.width >= 30 ? label.wide : label.narrow
    let used = canvas.text(name, x: inside.x, y: inside.y, style: look.muted, width: inside.width)
    let first = box.paint(line, after: used, on: &canvas)
    if let error = line.error {
      box.paint(error, left: inside.x + used, first: first, on: &canvas)
    } else {
      let lines = wrapsHint ? Text.wrapped(hint, to: inside.width) : [Text.truncated(hint, to: inside.width)]
      for (row, line) in lines.prefix(wrapsHint ? max(0, inside.height - 3) : 1).enumerated() {
        canvas.text(line, x: inside.x, y: inside.y + 2 + row, style: look.muted)
      }
    }
    if line.error == nil || inside.height >= 5 { box.paint(actions: actions, on: &canvas) }
    return box.hits
  }
}

extension Prompt {
  /// A formula to type.
  static func formula(_ text: String) -> Prompt {
    Prompt(
      title: "A formula in x and y", line: TextLine(selected: text), label: ("f(x, y) = ", "f = "), rows: 8,
      hint: "+ - * / ^; sin exp log sqrt abs max and more; if(c, a, b); where u = x + y",
      wrapsHint: true,
      actions: [("Enter draws it", .enter), ("Ctrl-U clears", .control("u")), ("Esc leaves", .escape)],
      answer: { .formula($0) })
  }

  /// The value of a knob to type, in the words of a spec.
  static func value(of knob: PanelKnob, owner: String) -> Prompt {
    let declared = knob.knob
    var hint = "\(Completion.detail(of: declared)), default \(declared.format(declared.defaultValue))"
    if knob.moved != nil { hint += "; a schedule or a search goes on from it" }
    return Prompt(
      title: "\(declared.label) of \(owner)", line: TextLine(selected: declared.format(knob.value)),
      label: ("\(declared.key) = ", "= "), rows: 8, hint: hint, wrapsHint: true,
      actions: [("Enter sets it", .enter), ("Ctrl-U clears", .control("u")), ("Esc leaves", .escape)],
      answer: { .value(knob, $0) })
  }

  /// The name of a file to write. An exclamation mark behind it stands for the word yes.
  static func export(_ name: String) -> Prompt {
    Prompt(
      title: "Export, or save as a scene", line: TextLine(selected: name), label: ("file ", "file "), rows: 9,
      hint:
        "figure .svg .png; this screen .screen.svg .screen.png .txt .ansi; animation .cast .apng .moving.svg; every step .csv .json; scene .yaml",
      wrapsHint: true,
      actions: [
        ("Enter writes it", .enter), ("! behind the name overwrites", .character("!")),
        ("Esc leaves", .escape),
      ],
      mark: "!",
      answer: { text in
        let isForced = text.hasSuffix("!")
        let path = String(isForced ? text.dropLast() : text[...])
        return path.isEmpty
          ? .note("nothing was written: the file had no name") : .export(path: path, overwriting: isForced)
      })
  }
}
