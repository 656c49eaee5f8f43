import Canvas

extension Explorer {
  /// A dialog stands over the picture, in the middle.
  func paintDialog(on canvas: inout Canvas, _ layout: Layout, _ look: Look) {
    switch dialog {
    case .help(let help): paintHelp(help, on: &canvas, layout, look)
    case .landscapes(let list), .optimizers(let list), .log(let list): paint(list, on: &canvas, layout, look)
    case .formula(let prompt): paintFormula(prompt, on: &canvas, layout, look)
    case nil: break
    }
  }

  /// An empty box with a title; returns the inside.
  private func paintBox(_ title: String, _ rect: Rect, on canvas: inout Canvas, _ look: Look) -> Rect {
    canvas.fill(rect, .space, look.text)
    canvas.frame(rect, style: look.accent)
    canvas.text(
      Text.truncated(" \(title) ", to: max(0, rect.width - 4)), x: rect.x + 2, y: rect.y, style: look.strong)
    return rect.inset(left: 2, top: 1, right: 2, bottom: 1)
  }

  /// A line being edited: the cursor is a reversed cell, and the part around it is shown.
  private func paint(_ prompt: Prompt, on canvas: inout Canvas, x: Int, y: Int, width: Int, _ look: Look)
    -> Int
  {
    guard width > 1 else { return 0 }
    let texts = prompt.characters.map { Text.sanitised(String($0)) }
    // Scrolls so far that the cursor is inside.
    var first = 0
    var before = texts[0..<prompt.cursor].reduce(0) { $0 + Text.width(of: $1) }
    while before >= width, first < prompt.cursor {
      before -= Text.width(of: texts[first])
      first += 1
    }
    var column = x
    for text in texts[first...] {
      guard column + Text.width(of: text) <= x + width else { break }
      column += canvas.text(text, x: column, y: y, style: look.strong)
    }
    let cursor = x + before
    if cursor < x + width {
      canvas.restyle(Rect(x: cursor, y: y, width: 1, height: 1)) { $0.adding(.reverse) }
    }
    return first
  }

  // MARK: Lists

  private func paint(_ list: PickList, on canvas: inout Canvas, _ layout: Layout, _ look: Look) {
    let inside = paintBox(list.title, layout.dialog, on: &canvas, look)
    guard inside.height >= 2 else { return }
    canvas.text("find ", x: inside.x, y: inside.y, style: look.muted)
    _ = paint(list.query, on: &canvas, x: inside.x + 5, y: inside.y, width: inside.width - 5, look)
    let matches = list.matches
    let area = inside.inset(top: 2, bottom: inside.height >= 8 ? 1 : 0)
    defer { paintWarning(on: &canvas, inside, look) }
    guard !matches.isEmpty else {
      let text = list.queryIsSpec ? "Enter adds what is typed; Esc leaves" : "nothing matches; Esc leaves"
      canvas.text(text, x: area.x, y: area.y, style: look.muted, width: area.width)
      return
    }
    let names = min(area.width / 2, (matches.map { Text.width(of: $0.title) }.max() ?? 0) + 2)
    let first = max(0, min(list.selected - area.height / 2, matches.count - area.height))
    for (row, item) in matches[first..<min(matches.count, first + area.height)].enumerated() {
      let isSelected = first + row == list.selected
      let y = area.y + row
      let name = item.obstacle != nil ? look.faint : isSelected ? look.strong : look.text
      canvas.text(isSelected ? "▸" : " ", x: area.x, y: y, style: look.accent)
      canvas.text(Text.truncated(item.title, to: max(0, names)), x: area.x + 2, y: y, style: name)
      let room = max(0, area.width - names - 3)
      canvas.text(
        Text.truncated(item.obstacle ?? item.detail, to: room), x: area.x + 3 + names, y: y,
        style: item.obstacle != nil ? look.faint : look.muted)
    }
    if inside.height >= 8 {
      canvas.text(
        Text.truncated(
          "\(list.selected + 1) of \(matches.count)   ↑ ↓ choose   Enter takes it   Esc leaves",
          to: inside.width),
        x: inside.x, y: inside.bottom - 1, style: look.muted)
    }
  }

  /// What is wrong with a choice, in the last row of the dialog.
  private func paintWarning(on canvas: inout Canvas, _ inside: Rect, _ look: Look) {
    guard let status, status.kind == .warning else { return }
    canvas.fill(Rect(x: inside.x, y: inside.bottom - 1, width: inside.width, height: 1), .space, look.text)
    canvas.text(
      Text.truncated(status.text, to: inside.width), x: inside.x, y: inside.bottom - 1, style: look.warning)
  }

  // MARK: The formula

  private func paintFormula(_ prompt: Prompt, on canvas: inout Canvas, _ layout: Layout, _ look: Look) {
    let rect = layout.screen.centred(width: layout.dialog.width, height: 8)
    let inside = paintBox("A formula in x and y", rect, on: &canvas, look)
    guard inside.height >= 1 else { return }
    let used = canvas.text("f(x, y) = ", x: inside.x, y: inside.y, style: look.muted, width: inside.width)
    let first = paint(prompt, on: &canvas, x: inside.x + used, y: inside.y, width: inside.width - used, look)
    if let error = prompt.error {
      let column = inside.x + used + error.column - 1 - first
      if column >= inside.x + used, column < inside.right, inside.height >= 2 {
        canvas.text("^", x: column, y: inside.y + 1, style: look.warning)
      }
      for (row, line) in Text.wrapped(error.message, to: inside.width).prefix(max(0, inside.height - 3))
        .enumerated()
      {
        canvas.text(line, x: inside.x, y: inside.y + 2 + row, style: look.warning)
      }
    } else {
      let help = "+ - * / ^  sin cos exp log sqrt abs min max …   if(c, a, b)   where u = x + y"
      canvas.text(Text.truncated(help, to: inside.width), x: inside.x, y: inside.y + 2, style: look.muted)
    }
    canvas.text(
      Text.truncated("Enter draws it   Ctrl-U clears   Esc leaves", to: inside.width), x: inside.x,
      y: inside.bottom - 1, style: look.muted)
  }

  // MARK: Help

  private func paintHelp(_ help: HelpScreen, on canvas: inout Canvas, _ layout: Layout, _ look: Look) {
    let inside = paintBox("Keys", layout.dialog, on: &canvas, look)
    guard inside.height >= 2 else { return }
    canvas.text("find ", x: inside.x, y: inside.y, style: look.muted)
    _ = paint(help.query, on: &canvas, x: inside.x + 5, y: inside.y, width: inside.width - 5, look)
    let lines = help.lines(width: inside.width)
    let area = inside.inset(top: 2, bottom: 1)
    guard !lines.isEmpty else {
      canvas.text("no key matches; Esc leaves", x: area.x, y: area.y, style: look.muted, width: area.width)
      return
    }
    let first = max(0, min(help.scroll, lines.count - area.height))
    for (row, line) in lines[first..<min(lines.count, first + area.height)].enumerated() {
      switch line {
      case .blank: break
      case .group(let title): canvas.text(title, x: area.x, y: area.y + row, style: look.accent)
      case .keys(let keys, let does):
        let runs = [(Text.padded(keys, to: HelpScreen.keyColumns), look.strong), (does, look.text)]
        canvas.text(runs: runs, x: area.x, y: area.y + row, width: area.width)
      }
    }
    let more = lines.count > area.height ? "↑ ↓ scroll   " : ""
    canvas.text(
      Text.truncated("\(more)type to search   Esc leaves", to: inside.width), x: inside.x,
      y: inside.bottom - 1,
      style: look.muted)
  }
}
