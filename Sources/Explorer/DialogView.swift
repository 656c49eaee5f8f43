import Canvas

extension Explorer {
  /// A dialog stands over the picture, in the middle. A click beside it leaves it.
  func paintDialog(on canvas: inout Canvas, _ layout: ScreenLayout, _ look: Look) -> [HitRegion] {
    var hits = [HitRegion(layout.screen, .key(.escape))]
    switch dialog {
    case .help(let help): paintHelp(help, on: &canvas, layout, look, &hits)
    case .landscapes(let list), .optimizers(let list), .log(let list), .jump(let list):
      paint(list, on: &canvas, layout, look, &hits)
    case .formula(let prompt): paintFormula(prompt, on: &canvas, layout, look, &hits)
    case .export(let prompt): paintExport(prompt, on: &canvas, layout, look, &hits)
    case .command(let command): paint(command, on: &canvas, layout, look, &hits)
    case nil: break
    }
    return hits
  }

  /// An empty box with a title; returns the inside. The wheel goes up and down in it.
  private func paintBox(
    _ title: String, _ rect: Rect, on canvas: inout Canvas, _ look: Look, _ hits: inout [HitRegion]
  )
    -> Rect
  {
    canvas.fill(rect, .space, look.text)
    canvas.frame(rect, style: look.accent)
    canvas.text(
      Text.truncated(" \(title) ", to: max(0, rect.width - 4)), x: rect.x + 2, y: rect.y, style: look.strong)
    hits.append(HitRegion(rect, .dialog(.box)))
    return rect.inset(left: 2, top: 1, right: 2, bottom: 1)
  }

  /// A line being edited: the cursor is a reversed cell, and the part around it is shown. A click moves the cursor.
  private func paint(
    _ prompt: Prompt, on canvas: inout Canvas, x: Int, y: Int, width: Int, _ look: Look,
    _ hits: inout [HitRegion]
  ) -> Int {
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
    let part = DialogPart.line(first: first, x: x, widths: texts.map(Text.width))
    hits.append(HitRegion(Rect(x: x, y: y, width: width, height: 1), .dialog(part), holding: true))
    return first
  }

  /// What can be done, in the last row of a dialog: a click on it does it.
  private func paintActions(
    _ actions: [(text: String, key: Key?)], on canvas: inout Canvas, _ inside: Rect, _ look: Look,
    _ hits: inout [HitRegion]
  ) {
    var x = inside.x
    for (index, action) in actions.enumerated() where x < inside.right {
      let gap = index > 0 ? "   " : ""
      x += canvas.text(gap, x: x, y: inside.bottom - 1, style: look.muted, width: inside.right - x)
      let text = Text.truncated(action.text, to: max(0, inside.right - x))
      let used = canvas.text(text, x: x, y: inside.bottom - 1, style: look.muted)
      if let key = action.key {
        hits.append(HitRegion(Rect(x: x, y: inside.bottom - 1, width: used, height: 1), .key(key)))
      }
      x += used
    }
  }

  // MARK: Lists

  private func paint(
    _ list: PickList, on canvas: inout Canvas, _ layout: ScreenLayout, _ look: Look, _ hits: inout [HitRegion]
  ) {
    let inside = paintBox(list.title, layout.dialog, on: &canvas, look, &hits)
    guard inside.height >= 2 else { return }
    canvas.text("find ", x: inside.x, y: inside.y, style: look.muted)
    _ = paint(list.query, on: &canvas, x: inside.x + 5, y: inside.y, width: inside.width - 5, look, &hits)
    let matches = list.matches
    let area = inside.inset(top: inside.height >= 5 ? 2 : 1, bottom: inside.height >= 8 ? 1 : 0)
    defer { paintWarning(on: &canvas, inside, look) }
    guard !matches.isEmpty else {
      let text = list.queryIsSpec ? "Enter adds what is typed; Esc leaves" : "nothing matches; Esc leaves"
      canvas.text(text, x: area.x, y: area.y, style: look.muted, width: area.width)
      return
    }
    let names = min(
      area.width < 40 ? area.width - 2 : area.width / 2,
      (matches.map { Text.width(of: $0.title) }.max() ?? 0) + 2)
    let first = list.firstRow(among: matches.count, room: area.height)
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
      // The first click selects, a second one on the same row takes it.
      let part = DialogPart.item(first + row, firstRow: first, isSelected: isSelected)
      hits.append(HitRegion(Rect(x: inside.x, y: y, width: inside.width, height: 1), .dialog(part)))
    }
    if inside.height >= 8 {
      paintActions(
        [
          ("\(list.selected + 1) of \(matches.count)", nil), ("↑ ↓ choose", nil), ("Enter takes it", .enter),
          ("Esc leaves", .escape),
        ], on: &canvas, inside, look, &hits)
    }
  }

  /// What is wrong with a choice, in the last row of the dialog.
  private func paintWarning(on canvas: inout Canvas, _ inside: Rect, _ look: Look) {
    guard let status, status.kind == .warning else { return }
    canvas.fill(Rect(x: inside.x, y: inside.bottom - 1, width: inside.width, height: 1), .space, look.text)
    canvas.text(
      Text.truncated(status.text, to: inside.width), x: inside.x, y: inside.bottom - 1, style: look.warning)
  }

  // MARK: Lines to type

  /// Where a fault is, below the line it is in, and what it is.
  private func paint(
    _ error: (message: String, column: Int), on canvas: inout Canvas, _ inside: Rect, left: Int, first: Int,
    _ look: Look
  ) {
    let column = left + error.column - 1 - first
    if column >= left, column < inside.right, inside.height >= 3 {
      canvas.text("^", x: column, y: inside.y + 1, style: look.warning)
    }
    let top = inside.height >= 3 ? inside.y + 2 : inside.y + 1
    for (row, line) in Text.wrapped(error.message, to: inside.width)
      .prefix(max(1, inside.height - (inside.height >= 5 ? 3 : 1))).enumerated()
    where top + row < inside.bottom {
      canvas.text(line, x: inside.x, y: top + row, style: look.warning)
    }
  }

  private func paintFormula(
    _ prompt: Prompt, on canvas: inout Canvas, _ layout: ScreenLayout, _ look: Look, _ hits: inout [HitRegion]
  ) {
    let rect = layout.screen.centred(width: layout.dialog.width, height: min(8, layout.dialog.height))
    let inside = paintBox("A formula in x and y", rect, on: &canvas, look, &hits)
    guard inside.height >= 1 else { return }
    let name = inside.width >= 30 ? "f(x, y) = " : "f = "
    let used = canvas.text(name, x: inside.x, y: inside.y, style: look.muted, width: inside.width)
    let first = paint(
      prompt, on: &canvas, x: inside.x + used, y: inside.y, width: inside.width - used, look, &hits)
    if let error = prompt.error {
      paint(error, on: &canvas, inside, left: inside.x + used, first: first, look)
    } else {
      let help = "+ - * / ^  sin cos exp log sqrt abs min max …   if(c, a, b)   where u = x + y"
      canvas.text(Text.truncated(help, to: inside.width), x: inside.x, y: inside.y + 2, style: look.muted)
    }
    if prompt.error == nil || inside.height >= 5 {
      paintActions(
        [("Enter draws it", .enter), ("Ctrl-U clears", .control("u")), ("Esc leaves", .escape)], on: &canvas,
        inside, look, &hits)
    }
  }

  /// The name of a file, with the kinds there are.
  private func paintExport(
    _ prompt: Prompt, on canvas: inout Canvas, _ layout: ScreenLayout, _ look: Look, _ hits: inout [HitRegion]
  ) {
    let rect = layout.screen.centred(width: layout.dialog.width, height: min(9, layout.dialog.height))
    let inside = paintBox("Export, or save as a scene", rect, on: &canvas, look, &hits)
    guard inside.height >= 1 else { return }
    let used = canvas.text("file ", x: inside.x, y: inside.y, style: look.muted, width: inside.width)
    _ = paint(prompt, on: &canvas, x: inside.x + used, y: inside.y, width: inside.width - used, look, &hits)
    let kinds =
      ".svg figure   .screen.svg .txt .ansi this screen   .cast animation   .csv .json every step   .yaml scene"
    for (row, line) in Text.wrapped(kinds, to: inside.width).prefix(max(0, inside.height - 3)).enumerated() {
      canvas.text(line, x: inside.x, y: inside.y + 2 + row, style: look.muted)
    }
    paintActions(
      [
        ("Enter writes it", .enter), ("! behind the name overwrites", .character("!")),
        ("Esc leaves", .escape),
      ],
      on: &canvas, inside, look, &hits)
  }

  /// The command line, with what it may go on with below it.
  private func paint(
    _ command: CommandPrompt, on canvas: inout Canvas, _ layout: ScreenLayout, _ look: Look,
    _ hits: inout [HitRegion]
  ) {
    let inside = paintBox("Command", layout.dialog, on: &canvas, look, &hits)
    guard inside.height >= 1 else { return }
    let used = canvas.text(": ", x: inside.x, y: inside.y, style: look.accent)
    let first = paint(
      command.prompt, on: &canvas, x: inside.x + used, y: inside.y, width: inside.width - used, look, &hits)
    let hasActions = inside.height >= 5
    defer {
      if hasActions {
        paintActions(
          [
            ("Enter does it", .enter), ("Tab completes", .tab), ("↑ ↓ earlier lines", .up),
            ("Esc leaves", .escape),
          ], on: &canvas, inside, look, &hits)
      }
    }
    if let error = command.prompt.error {
      paint(error, on: &canvas, inside, left: inside.x + used, first: first, look)
      return
    }
    let completion = command.completion(in: self)
    let area = inside.inset(top: inside.height >= 5 ? 2 : 1, bottom: hasActions ? 1 : 0)
    guard area.height > 0 else { return }
    let count = completion.candidates.count
    let names = min(
      area.width < 24 ? area.width - 2 : area.width / 2,
      (completion.candidates.map { Text.width(of: $0.text) }.max() ?? 0) + 2)
    let place = command.chosen?.index
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
      hits.append(
        HitRegion(Rect(x: inside.x, y: y, width: inside.width, height: 1), .dialog(.completion(index))))
    }
    if count > area.height {
      let left = count - room
      canvas.text(
        Text.truncated("and \(left) more: type on", to: area.width), x: area.x + 2, y: area.bottom - 1,
        style: look.faint)
    }
  }

  // MARK: Help

  private func paintHelp(
    _ help: HelpScreen, on canvas: inout Canvas, _ layout: ScreenLayout, _ look: Look,
    _ hits: inout [HitRegion]
  ) {
    let inside = paintBox("Keys", layout.dialog, on: &canvas, look, &hits)
    guard inside.height >= 2 else { return }
    canvas.text("find ", x: inside.x, y: inside.y, style: look.muted)
    _ = paint(help.query, on: &canvas, x: inside.x + 5, y: inside.y, width: inside.width - 5, look, &hits)
    let lines = help.lines(width: inside.width)
    let area = inside.inset(top: inside.height >= 5 ? 2 : 1, bottom: inside.height >= 4 ? 1 : 0)
    guard !lines.isEmpty else {
      canvas.text("no key matches; Esc leaves", x: area.x, y: area.y, style: look.muted, width: area.width)
      return
    }
    let first = max(0, min(help.scroll, lines.count - area.height))
    for (row, line) in lines[first..<min(lines.count, first + area.height)].enumerated() {
      let y = area.y + row
      switch line {
      case .blank: break
      case .group(let title): canvas.text(title, x: area.x, y: y, style: look.accent)
      case .keys(let binding, let isFirst, let does, let isOff):
        paintKeys(
          of: binding, isFirst: isFirst, does: does, isOff: isOff, on: &canvas,
          Rect(x: area.x, y: y, width: area.width, height: 1), look, &hits)
      }
    }
    if inside.height >= 4 {
      let more = lines.count > area.height ? [("↑ ↓ scroll", Key.down as Key?)] : []
      paintActions(
        more.map { (text: $0.0, key: $0.1) } + [("type to search", nil), ("Esc leaves", .escape)],
        on: &canvas,
        inside, look, &hits)
    }
  }

  /// A line of the help. A click on a key does what the key does, one on the text what the first of them does.
  private func paintKeys(
    of binding: Binding, isFirst: Bool, does: String, isOff: Bool, on canvas: inout Canvas, _ row: Rect,
    _ look: Look, _ hits: inout [HitRegion]
  ) {
    let keys = isFirst ? binding.shown : ""
    canvas.text(
      runs: [
        (Text.padded(keys, to: HelpScreen.keyColumns), isOff ? look.faint : look.strong),
        (does, isOff ? look.faint : look.text),
      ], x: row.x, y: row.y, width: row.width)
    guard let key = binding.keys.first else { return }
    hits.append(HitRegion(row, .dialog(.help(key))))
    var x = row.x
    for word in keys.split(separator: " ", omittingEmptySubsequences: false) {
      if let key = binding.key(named: word) {
        hits.append(
          HitRegion(Rect(x: x, y: row.y, width: Text.width(of: word), height: 1), .dialog(.help(key))))
      }
      x += Text.width(of: word) + 1
    }
  }

  // MARK: The mouse

  /// Does what the mouse does in a part of the dialog.
  mutating func act(_ part: DialogPart, _ mouse: Mouse) {
    switch (part, mouse.kind) {
    case (.box, .wheelUp), (.item, .wheelUp), (.help, .wheelUp): pressed = handleInDialog(.up)
    case (.box, .wheelDown), (.item, .wheelDown), (.help, .wheelDown): pressed = handleInDialog(.down)
    // The first click selects, a second one on the same row takes it.
    case (.item(_, _, isSelected: true), .press): pressed = handle(.key(.enter))
    case (.item(let index, let firstRow, _), .press): dialog?.select(index, keeping: firstRow)
    case (.line(let first, let x, let widths), .press), (.line(let first, let x, let widths), .drag):
      var index = first
      var right = x
      while index < widths.count {
        right += widths[index]
        if mouse.x < right { break }
        index += 1
      }
      dialog?.moveCursor(to: index)
    case (.completion(let index), .press):
      guard case .command(var command) = dialog else { return }
      command.take(index, of: command.completion(in: self))
      dialog = .command(command)
    case (.help(let key), .press):
      dialog = nil
      pressed = handle(.key(key))
    default: break
    }
  }
}
