public import Canvas
import Experiments
import Landscapes
import OptimizerCore

extension Explorer {
  /// The frame as it is now. What it computes for the plot is kept for the next one.
  public mutating func frame() -> Canvas {
    let look = Look(appearance)
    session.followPlayhead()
    hits = HitMap()
    if lecture?.isBlack ?? false {
      hits.add(Rect(x: 0, y: 0, width: width, height: height), key: .character("b"))
      return Canvas(width: width, height: height, style: Style(.ansi(0), on: .ansi(0)))
    }
    var canvas = Canvas(width: width, height: height, style: look.text)
    let layout = ScreenLayout(self)
    guard !layout.isTooSmall else {
      let smallest = ScreenLayout.smallest
      for (row, line) in ["descent", "needs \(smallest.width)x\(smallest.height)", "has \(width)x\(height)"]
        .enumerated()
      {
        canvas.text(line, x: 0, y: row, style: look.text)
      }
      return canvas
    }
    paintHeader(on: &canvas, layout, look)
    withView { $0.paint(on: &canvas, layout.stage, in: &$1, look) }
    viewWasShown()
    if let curve = layout.curve { paintCurve(on: &canvas, curve, look) }
    if let strip = layout.strip { paintStrip(on: &canvas, strip, look) }
    if let panel = layout.panel { withView { $0.paintPanel(on: &canvas, panel, in: $1, look) } }
    if let strip = layout.knobStrip { paintKnobStrip(on: &canvas, strip, look) }
    paintFooter(on: &canvas, layout, look)
    if dialog != nil {
      hits.beginDialog()
      paintDialog(on: &canvas, layout, look)
    }
    return appearance.glyphs == .ascii ? canvas.ascii : canvas
  }

  /// A thin rule with a title, and a remark at its right end.
  func paintRule(_ title: String, remark: String = "", on canvas: inout Canvas, _ rect: Rect, _ look: Look) {
    canvas.rule(x: rect.x, y: rect.y, width: rect.width, style: look.faint)
    let used = canvas.text(
      " \(title) ", x: rect.x + 1, y: rect.y, style: look.strong, width: max(0, rect.width - 1))
    guard !remark.isEmpty, used + Text.width(of: remark) + 4 <= rect.width else { return }
    canvas.text(rightAligned: " \(remark)", right: rect.right, y: rect.y, style: look.muted)
  }

  // MARK: Header and footer

  private func paintHeader(on canvas: inout Canvas, _ layout: ScreenLayout, _ look: Look) {
    let row = layout.header
    var right = "step \(NumberText.count(race.step))"
    if row.width >= 40 { right += isPlaying ? "  ▶ \(NumberText.brief(speed))/s" : "  paused" }
    canvas.text(rightAligned: right, right: row.right, y: row.y, style: isPlaying ? look.good : look.muted)
    addHeaderHits(row, right: right)
    let room = max(0, row.width - Text.width(of: right) - 2)
    var x = row.x
    if room >= 50 {
      x += canvas.text("descent  ", x: x, y: row.y, style: look.accent, width: row.x + room - x)
    }
    let name = isBlind ? Explorer.blindTitle : Text.sanitised(title)
    let used = canvas.text(name, x: x, y: row.y, style: look.strong, width: row.x + room - x)
    hits.add(Rect(x: x, y: row.y, width: used, height: 1), key: .character("L"))
    x += used
    let landscape = race.nextLandscape
    var facts = [landscape.display]
    if let plane = landscape.planeName { facts.append("plane \(plane)") }
    facts += landscape.constants.map { "\($0.symbol) = \(NumberText.brief($0.value, digits: 4))" }
    for fact in facts where title != landscape.text || fact != facts[0] {
      let columns = Text.width(of: fact) + 2
      guard x + columns <= row.x + room else { continue }
      if fact == facts[0] {
        hits.add(Rect(x: x, y: row.y, width: columns, height: 1), key: .character("f"))
      }
      x += canvas.text("  \(fact)", x: x, y: row.y, style: look.muted)
    }
  }

  /// The step goes back and forth with the wheel and takes a number after a click; the speed turns with the wheel, and a
  /// click plays or pauses.
  private func addHeaderHits(_ row: Rect, right: String) {
    let step = "step \(NumberText.count(race.step))"
    let left = row.right - Text.width(of: right)
    hits.add(Rect(x: left, y: row.y, width: Text.width(of: step), height: 1)) { explorer, mouse in
      switch mouse.kind {
      case .press: explorer.openCommandLine("step ")
      case .wheelUp: explorer.pressed = explorer.perform(.step(-1))
      case .wheelDown: explorer.pressed = explorer.perform(.step(1))
      default: break
      }
    }
    let rest = Text.width(of: right) - Text.width(of: step)
    hits.add(Rect(x: row.right - rest, y: row.y, width: rest, height: 1)) { explorer, mouse in
      switch mouse.kind {
      case .press: explorer.pressed = explorer.perform(.playPause)
      case .wheelUp: explorer.pressed = explorer.perform(.faster)
      case .wheelDown: explorer.pressed = explorer.perform(.slower)
      default: break
      }
    }
  }

  private func paintFooter(on canvas: inout Canvas, _ layout: ScreenLayout, _ look: Look) {
    let row = layout.caption
    if lecture != nil {
      paintLecture(on: &canvas, layout, look)
    } else if let status {
      canvas.text(
        Text.truncated(status.text, to: row.width), x: row.x, y: row.y,
        style: status.kind == .warning ? look.warning : look.accent)
    } else if isMovingStart {
      canvas.text(
        Text.truncated("arrows move the start, Enter ends, Esc takes it back", to: row.width), x: row.x,
        y: row.y,
        style: look.accent)
    } else if !isBlind, !ghosts.isEmpty, !ghostsHaveWords(layout), let text = ghostCaption(width: row.width) {
      canvas.text(Text.truncated(text, to: row.width), x: row.x, y: row.y, style: look.muted)
    } else {
      let caption = isBlind ? Explorer.blindCaption : Text.sanitised(caption)
      canvas.text(Text.truncated(caption, to: row.width), x: row.x, y: row.y, style: look.caption)
    }
    if isBlind {
      hits.add(row, key: .character("B"))
    } else if status != nil {
      // What was read can go.
      hits.add(row) { explorer, mouse in if mouse.kind == .press { explorer.status = nil } }
    }
    if let row = layout.replay, !isBlind, lecture == nil || status == nil {
      let used = canvas.text("replay ", x: row.x, y: row.y, style: look.faint)
      canvas.text(
        Text.truncated(Text.sanitised(replayLine), to: row.width - used), x: row.x + used, y: row.y,
        style: look.muted)
    }
    if let row = layout.hints { paintHints(on: &canvas, row, look) }
  }

  /// The keys that matter most, as many as fit; those that fit least are left out, and `?` never is. A click on a key does
  /// what the key does, one on its word what the first of its keys does.
  private func paintHints(on canvas: inout Canvas, _ row: Rect, _ look: Look) {
    let own = ownBindings.filter { $0.hint != nil }
    // A key that means something of its own here has that meaning alone.
    let others = KeyMap.bindings.filter { binding in
      binding.hint != nil && Set(binding.keys).isDisjoint(with: own.flatMap(\.keys))
    }
    var hints = (own + others).compactMap { binding in binding.hint.map { (binding: binding, hint: $0) } }
      .sorted { $0.hint.place < $1.hint.place }
    if isPlaying, let play = hints.firstIndex(where: { $0.hint.keys == "space" }) {
      hints[play].hint.word = "pause"
    }
    guard let last = hints.firstIndex(where: { $0.hint.keys == "?" }) else { return }
    let help = hints.remove(at: last)
    // Their likenesses in ASCII are keys of their own.
    let names =
      appearance.glyphs == .ascii ? ["←": "left", "→": "right", "↑": "up", "↓": "down"] : [String: String]()
    func words(_ keys: String) -> [String] {
      keys.split(separator: " ").map { names[String($0)] ?? String($0) }
    }
    func columns(_ hint: (place: Int, keys: String, word: String)) -> Int {
      Text.width(of: words(hint.keys).joined(separator: " ")) + Text.width(of: hint.word) + 5
    }
    var room = row.width - columns(help.hint) - paintLecturePlace(on: &canvas, row, look)
    let shown = hints.prefix {
      room -= columns($0.hint)
      return room >= 0
    }
    var x = row.x
    for (binding, hint) in Array(shown) + [help] {
      let start = x
      x += canvas.text(" \(words(hint.keys).joined(separator: " ")) ", x: x, y: row.y, style: look.key)
      x += canvas.text(" \(hint.word)  ", x: x, y: row.y, style: look.muted)
      if let key = binding.keys.first {
        hits.add(Rect(x: start, y: row.y, width: x - start - 1, height: 1), key: key)
      }
      var left = start
      for (word, key) in zip(words(hint.keys), binding.keys) {
        // The blank on either side of a key belongs to it.
        hits.add(Rect(x: left, y: row.y, width: Text.width(of: word) + 2, height: 1), key: key)
        left += Text.width(of: word) + 1
      }
    }
  }

  // MARK: The strips of a narrow screen

  /// The entries in one row: digit, name, loss.
  private func paintStrip(on canvas: inout Canvas, _ row: Rect, _ look: Look) {
    let entries = race.experiment.entries
    guard !entries.isEmpty else {
      canvas.text("no entry yet: a adds one", x: row.x, y: row.y, style: look.muted, width: row.width)
      return
    }
    // With the loss where that fits, else the names, else the digits.
    let losses = entries.indices.map { NumberText.scientific(race.run(entry: $0).loss) }
    func columns(_ name: Bool, _ loss: Bool) -> Int {
      var sum = 0
      for i in entries.indices {
        let label = label(ofEntry: i)
        sum += 3 + (name ? Text.width(of: label) + 1 : 0) + (loss ? Text.width(of: losses[i]) + 1 : 0)
      }
      return sum
    }
    let showsLoss = columns(true, true) <= row.width
    let showsName = showsLoss || columns(true, false) <= row.width
    var x = row.x
    for (i, entry) in entries.enumerated() {
      let isSelected = i == selectedEntry
      let start = x
      x += canvas.text(
        "\(i + 1)", x: x, y: row.y, style: entry.isOn ? look.palette.head(entry.colour) : look.faint)
      x += 1
      if showsName {
        let style = !entry.isOn ? look.faint : isSelected ? look.strong.adding(.underline) : look.muted
        x += canvas.text(Text.sanitised(label(ofEntry: i)), x: x, y: row.y, style: style) + 1
      }
      if showsLoss {
        x += canvas.text(losses[i], x: x, y: row.y, style: entry.isOn ? look.text : look.faint) + 1
      }
      addHits(
        ofEntry: i, row: Rect(x: start, y: row.y, width: x - start, height: 1),
        digit: Rect(x: start, y: row.y, width: 1, height: 1))
      x += 1
      if x >= row.right { break }
    }
    guard !showsName, entries.indices.contains(selectedEntry), row.right - x > 4 else { return }
    let text = "\(Text.sanitised(label(ofEntry: selectedEntry))) \(losses[selectedEntry])"
    canvas.text(Text.truncated(text, to: row.right - x), x: x, y: row.y, style: look.strong)
  }

  /// The selected knob and what the selected entry is doing, in one row.
  private func paintKnobStrip(on canvas: inout Canvas, _ row: Rect, _ look: Look) {
    let knobs = knobs
    var x = row.x
    if knobs.indices.contains(selectedKnob) {
      let knob = knobs[selectedKnob]
      if case .entry(let index) = knob.owner {
        let entry = race.experiment.entries[index]
        x += canvas.text("\(index + 1)", x: x, y: row.y, style: look.palette.head(entry.colour)) + 1
      }
      x += canvas.text(
        "\(knob.knob.symbol) \(knob.knob.label) ", x: x, y: row.y, style: look.text,
        width: max(0, row.right - x))
      x += canvas.text(
        "\(value(of: knob)) ", x: x, y: row.y, style: look.strong, width: max(0, row.right - x))
      let slider = min(14, row.right - x)
      let start = Rect(x: row.x, y: row.y, width: x - row.x, height: 1)
      var sliderRect = Rect(x: x, y: row.y, width: 0, height: 1)
      if slider >= 6 {
        paintSlider(of: knob, on: &canvas, x: x, y: row.y, width: slider, isSelected: true, look)
        sliderRect.width = slider
        x += slider + 2
      }
      addHits(ofKnob: selectedKnob, row: start, slider: sliderRect)
      // There is one row: a click on the name goes on to the next knob.
      hits.add(start) { explorer, mouse in
        switch mouse.kind {
        case .press: explorer.pressed = explorer.perform(.selectKnob(1))
        case .wheelUp: explorer.pressed = explorer.perform(.turn(1, fine: false))
        case .wheelDown: explorer.pressed = explorer.perform(.turn(-1, fine: false))
        default: break
        }
      }
    }
    guard race.experiment.entries.indices.contains(selectedEntry), row.right - x > 8 else { return }
    let words = words(of: selectedEntry, outcome(of: selectedEntry), width: row.right - x)
    canvas.text(Text.truncated(words, to: row.right - x), x: x, y: row.y, style: look.muted)
  }

  /// What an entry's run is doing, and how far it is from the plane that is shown, in about so many columns.
  func words(of entry: Int, _ outcome: Outcome, width: Int) -> String {
    // How it behaves may tell which one it is.
    if isBlind { return String(outcome.name.map { $0 == "-" ? " " : $0 }) }
    let distance = race.run(entry: entry).distanceFromPlane
    guard race.landscape.plane != nil, distance > Explorer.planeRounding * window.diagonal else {
      return outcome.words
    }
    let off = "\(NumberText.brief(distance, digits: 2)) off the plane"
    let all = "\(outcome.words), \(off)"
    return Text.width(of: all) <= width ? all : "\(outcome.name), \(off)"
  }

  /// What an entry's run from the first start is doing.
  func outcome(of entry: Int) -> Outcome {
    race.run(entry: entry).outcome(on: race.landscape, in: race.experiment.window)
  }

  /// A knob's value as its slider shows it.
  func value(of knob: PanelKnob) -> String {
    if knob.knob.isDiscrete { return knob.knob.format(knob.value) }
    // A decay rate near 1 is told by its distance from 1.
    var digits = 4
    if knob.knob.scale == .logOneMinus, knob.shown < 1 {
      var distance = 1 - knob.shown
      while distance < 0.01, digits < 9 {
        distance *= 10
        digits += 1
      }
    }
    return NumberText.brief(knob.shown, digits: digits)
  }

  /// A rule with a ball on it, and a tick where the stable range ends.
  func paintSlider(
    of knob: PanelKnob, on canvas: inout Canvas, x: Int, y: Int, width: Int, isSelected: Bool, _ look: Look
  ) {
    guard width >= 3 else { return }
    let last = Double(width - 1)
    let ball = Int((knob.knob.fraction(of: knob.shown) * last).rounded())
    var isBeyond = false
    canvas.rule(x: x, y: y, width: width, style: look.faint)
    canvas.rule(x: x, y: y, width: ball, glyph: "━", style: isSelected ? look.accent : look.muted)
    if let limit = stabilityLimit(of: knob), knob.knob.range.contains(limit.value) {
      var tick = Int((knob.knob.fraction(of: limit.value) * last).rounded())
      isBeyond = knob.shown >= limit.value
      // A tick in the cell of the ball stands beside it, on the side where it belongs.
      if tick == ball { tick += isBeyond ? -1 : 1 }
      if tick >= 0, tick < width { canvas.text("┃", x: x + tick, y: y, style: look.warning) }
    }
    if knob.moved != nil {
      // Where the schedule's own multiplier is 1.
      let full = Int((knob.knob.fraction(of: knob.value) * last).rounded())
      canvas.text("○", x: x + full, y: y, style: look.muted)
    }
    canvas.text(
      "●", x: x + ball, y: y, style: isBeyond ? look.warning : isSelected ? look.strong : look.muted)
  }

  /// Where the theory ends a knob's stable range, if it says so.
  func stabilityLimit(of knob: PanelKnob) -> (value: Double, formula: String, isExact: Bool)? {
    guard case .entry(let index) = knob.owner, knob.knob.key == "lr" else { return nil }
    let theory = theory(of: index)
    guard case .known(let value, let formula) = theory.limit(of: "lr"), value.isFinite else { return nil }
    return (value, formula, theory.isExact)
  }

  /// The theory for an entry with the knobs that the next step will use.
  func theory(of index: Int) -> Theory {
    Theory(
      of: race.experiment.spec(of: race.experiment.entries[index], at: race.step + 1), on: race.nextLandscape,
      at: race.run(entry: index).parameters)
  }
}
