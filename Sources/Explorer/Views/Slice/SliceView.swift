import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// The loss along one line through the last step: what the step saw, where it went, and where the minimum was.
struct SliceView: View {
  static let name = ViewName.slice
  static let key: Character? = "y"
  static let title = "the loss along the step, with the quadratic model and the trials"

  /// Which line is asked for.
  private(set) var direction = Slice.Direction.step
  /// How much closer than fitting one looks.
  private(set) var magnification = 1.0

  init(_ explorer: Explorer) {}

  static var bindings: [ViewBinding<SliceView>] {
    [
      ViewBinding(
        "Y", "the next line: the step, down the gradient, both eigenvectors", hint: ("Y", "line"),
        [
          (
            .character("Y"),
            { view, explorer in
              let all = Slice.Direction.allCases
              view.direction = all[((all.firstIndex(of: view.direction) ?? 0) + 1) % all.count]
              explorer.status = .note("the line: \(view.direction.words)")
            }
          )
        ]),
      ViewBinding(
        "+ = / - / z", "look closer, from further away, as it fits",
        [
          (.character("+"), { view, explorer in view.magnify(by: 1.25, explorer: &explorer) }),
          (.character("="), { view, explorer in view.magnify(by: 1.25, explorer: &explorer) }),
          (.character("-"), { view, explorer in view.magnify(by: 0.8, explorer: &explorer) }),
          (
            .character("z"),
            { view, explorer in
              view.magnification = 1
              explorer.status = .note("the slice as it fits")
            }
          ),
        ]),
      ViewBinding(
        "h j k l", "pan the landscape, which is not seen here",
        ["h", "j", "k", "l"].map { key in
          (
            Key.character(key),
            { _, explorer in
              explorer.status = .note("the slice stays with the step: Esc leads back to the map")
            }
          )
        }),
    ]
  }

  private mutating func magnify(by factor: Double, explorer: inout Explorer) {
    let next = magnification * factor
    guard (1e-3...1e3).contains(next) else {
      explorer.status = .note("this is as far as it goes")
      return
    }
    magnification = next
  }

  mutating func handle(_ mouse: Mouse, in explorer: inout Explorer) -> Bool {
    guard ScreenLayout(explorer).stage.contains(x: mouse.x, y: mouse.y) else { return false }
    switch mouse.kind {
    case .wheelUp: magnify(by: 1.25, explorer: &explorer)
    case .wheelDown: magnify(by: 0.8, explorer: &explorer)
    default: return false
    }
    return true
  }

  // MARK: The picture

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, in explorer: inout Explorer, _ look: Look) {
    let race = explorer.race
    guard race.experiment.entries.indices.contains(explorer.selectedEntry) else {
      canvas.text(
        Text.truncated("no entry yet: a adds one", to: stage.width), x: stage.x, y: stage.y, style: look.muted
      )
      return
    }
    let entry = race.experiment.entries[explorer.selectedEntry]
    let slice = Slice(
      race.run(entry: explorer.selectedEntry), in: race.experiment, along: direction)
    let parts = SliceLayout(stage)
    if let tabs = parts.tabs { paintTabs(slice, on: &canvas, tabs, in: explorer, look) }
    let remark = entry.isOn ? "" : "off; \(explorer.selectedEntry + 1) switches it on: "
    paintWords(slice, remark: remark, entry: explorer.selectedEntry, on: &canvas, parts.words, explorer, look)
    guard parts.plot.width >= 8, parts.plot.height >= 3 else { return }
    let range = slice.range(magnification: magnification)
    let picture = SlicePicture(slice, range: range, columns: parts.plot.width * 2)
    let colour = look.palette.entry(entry.colour)
    paintPlot(picture, colour, on: &canvas, parts.plot, in: explorer, look)
    paintAxes(picture, on: &canvas, parts, look)
    if let bar = parts.bar { paintBar(picture, colour, on: &canvas, bar, in: explorer, look) }
    if let legend = parts.legend { paintLegend(picture, colour, on: &canvas, legend, explorer, look) }
  }

  /// The lines to choose from, in the rule above the picture; each can be clicked.
  private func paintTabs(
    _ slice: Slice, on canvas: inout Canvas, _ row: Rect, in explorer: Explorer, _ look: Look
  ) {
    canvas.rule(x: row.x, y: row.y, width: row.width, style: look.faint)
    var x = row.x + 1
    x += canvas.text(" Slice ", x: x, y: row.y, style: look.strong, width: row.right - x)
    for choice in Slice.Direction.allCases {
      let text = " \(choice.label) "
      let width = Text.width(of: text)
      guard x + width <= row.right else { return }
      canvas.text(text, x: x, y: row.y, style: choice == slice.shown ? look.key : look.muted)
      explorer.hits.add(Rect(x: x, y: row.y, width: width, height: 1)) { explorer, mouse in
        guard mouse.kind == .press, var view = explorer.view as? SliceView else { return }
        view.direction = choice
        explorer.view = view
      }
      x += width
    }
    let step = race(of: explorer).step
    let text = " \(slice.shown.words), step \(step) "
    guard x + Text.width(of: text) + 2 <= row.right else { return }
    canvas.text(rightAligned: text, right: row.right, y: row.y, style: look.muted)
  }

  private func race(of explorer: Explorer) -> Run { explorer.race.run(entry: explorer.selectedEntry) }

  /// What the step did, and the numbers, as many rows as there are.
  private func paintWords(
    _ slice: Slice, remark: String, entry: Int, on canvas: inout Canvas, _ rect: Rect, _ explorer: Explorer,
    _ look: Look
  ) {
    guard rect.height > 0 else { return }
    let head = look.palette.head(explorer.race.experiment.entries[entry].colour)
    var x = rect.x + canvas.text("\(entry + 1)", x: rect.x, y: rect.y, style: head) + 1
    if rect.width < 30 { x = rect.x + 2 }
    let verdict = slice.verdict
    let room = rect.right - x
    let words =
      [remark + verdict.long, verdict.long, verdict.short].first { Text.width(of: $0) <= room }
      ?? verdict.short
    let isBad = (slice.overshoot ?? 0) > 2 || (slice.overshoot ?? 0) < 0
    canvas.text(
      Text.truncated(words, to: room), x: x, y: rect.y, style: isBad ? look.warning : look.strong)
    for (row, line) in numbers(slice, rect.width - 2, arrow: look.arrow).enumerated()
    where row + 1 < rect.height {
      canvas.text(
        Text.truncated(line, to: rect.width - 2), x: rect.x + 2, y: rect.y + 1 + row, style: look.muted)
    }
  }

  /// The numbers of the step and of the model, a line each.
  private func numbers(_ slice: Slice, _ width: Int, arrow: String) -> [String] {
    func brief(_ value: Double) -> String { NumberText.brief(value, digits: 4) }
    var lines: [String] = []
    if let length = slice.length {
      let reached = slice.loss(at: length)
      let what = slice.endsOnLine ? "loss" : "loss on this line"
      let texts = [
        "step \(brief(length)), \(what) \(brief(slice.value)) \(arrow) \(brief(reached)), model \(brief(slice.model(at: length)))",
        "step \(brief(length)), \(brief(slice.value)) \(arrow) \(brief(reached))", "step \(brief(length))",
      ]
      lines.append(texts.first { Text.width(of: $0) <= width } ?? texts[2])
    } else {
      lines.append("loss \(brief(slice.value))")
    }
    lines.append("slope \(brief(slice.slope)), curvature \(brief(slice.curvature))" + trialWords(slice))
    return lines
  }

  private func trialWords(_ slice: Slice) -> String {
    switch slice.trials.count {
    case 0: ""
    case 1: ", asked once on this line"
    default: ", \(slice.trials.count) lengths tried"
    }
  }

  private func paintPlot(
    _ picture: SlicePicture, _ colour: Colour, on canvas: inout Canvas, _ plot: Rect, in explorer: Explorer,
    _ look: Look
  ) {
    let slice = picture.slice
    // What lies beyond the minimum is tinted, where colours are many enough for a tint.
    if let (from, to) = picture.beyond, look.palette.depth == .direct || look.palette.depth == .indexed256 {
      let columns = picture.columns(from, to, in: plot)
      let tint = look.palette.ground.mixed(with: look.palette.warning, amount: 0.16)
        .quantised(to: look.palette.depth)
      canvas.restyle(
        Rect(x: columns.lowerBound, y: plot.y, width: columns.count, height: plot.height)
      ) { $0.on(tint) }
    }
    // The slope's foot: where the line is lowest by the model.
    if let minimum = slice.modelMinimum, picture.range.contains(minimum) {
      let x = plot.x + Int(picture.x(minimum, plot))
      for y in plot.y..<plot.bottom where x < plot.right { put("┊", x, y, look.faint.foreground, &canvas) }
    }
    var model = DotGrid(explorer.appearance.glyphs.lineDots, width: plot.width, height: plot.height)
    let places = picture.places
    // Dashes, so that it is told apart without colours.
    for i in places.indices.dropLast() where i % 6 < 3 {
      model.line(
        from: picture.place(places[i], slice.model(at: places[i]), plot),
        to: picture.place(places[i + 1], slice.model(at: places[i + 1]), plot), look.palette.ghost)
    }
    model.paint(
      on: &canvas, x: plot.x, y: plot.y, attributes: look.palette.depth == .none ? .dim : [])
    var grid = DotGrid(explorer.appearance.glyphs.lineDots, width: plot.width, height: plot.height)
    grid.polyline(zip(places, picture.losses).map { picture.place($0, $1, plot) }, colour)
    grid.paint(on: &canvas, x: plot.x, y: plot.y)

    func mark(_ glyph: Glyph, _ place: Double, _ value: Double, _ style: Style) {
      let at = picture.place(place, value, plot)
      guard at.x >= 0, at.x < Double(plot.width), at.y >= 0, at.y < Double(plot.height) else { return }
      let (x, y) = (plot.x + Int(at.x), plot.y + Int(at.y))
      let ground = style.background == .terminal ? canvas[x, y].style.background : style.background
      canvas[x, y] = Cell(glyph, style.on(ground))
    }
    let strong = look.strong.on(.terminal)
    for trial in slice.trials { mark("×", trial, slice.loss(at: trial), strong) }
    if let minimum = slice.modelMinimum { mark("◇", minimum, slice.model(at: minimum), strong) }
    mark("○", 0, slice.value, strong)
    if let length = slice.length {
      mark(
        Explorer.sign(ofEntry: explorer.selectedEntry), length, slice.loss(at: length),
        look.palette.head(colour))
    }
  }

  private func put(_ glyph: Glyph, _ x: Int, _ y: Int, _ colour: Colour, _ canvas: inout Canvas) {
    let style = canvas[x, y].style
    canvas[x, y] = Cell(glyph, style.with(colour))
  }

  private func paintAxes(_ picture: SlicePicture, on canvas: inout Canvas, _ parts: SliceLayout, _ look: Look)
  {
    let plot = parts.plot
    if let axis = parts.yAxis {
      let ticks = Ticks.round(in: picture.low...picture.high, atMost: max(3, axis.height / 3))
      for value in ticks.values {
        let row = Int(picture.y(value, plot))
        guard row >= 0, row < axis.height else { continue }
        canvas.text(
          rightAligned: Text.truncated(Ticks.label(value, step: ticks.step), to: axis.width - 1),
          right: axis.right - 1, y: axis.y + row, style: look.muted)
        canvas.text("┤", x: axis.right - 1, y: axis.y + row, style: look.faint)
      }
    }
    guard let axis = parts.xAxis else { return }
    let labels = axis.bottom - 1
    if axis.height >= 2 { canvas.rule(x: axis.x, y: axis.y, width: axis.width, style: look.faint) }
    var free = axis.x - 1
    let ticks = Ticks.round(in: picture.range, atMost: max(2, axis.width / 10))
    for value in ticks.values {
      let column = Int(picture.x(value, plot))
      guard column >= 0, column < axis.width else { continue }
      if axis.height >= 2 { canvas.text("┬", x: axis.x + column, y: axis.y, style: look.faint) }
      let label = Ticks.label(value, step: ticks.step)
      let width = Text.width(of: label)
      let x = min(
        max(axis.x, axis.x + column - (label.hasPrefix("−") ? 1 : 0) - (width - 1) / 2), axis.right - width)
      guard x > free else { continue }
      canvas.text(label, x: x, y: labels, style: look.muted)
      free = x + width
    }
  }

  /// The step as a bar on the axis: the way to the minimum, and what went beyond it.
  private func paintBar(
    _ picture: SlicePicture, _ colour: Colour, on canvas: inout Canvas, _ bar: Rect, in explorer: Explorer,
    _ look: Look
  ) {
    guard let length = picture.slice.length, length != 0 else { return }
    let way = picture.columns(0, length, in: bar)
    canvas.rule(x: way.lowerBound, y: bar.y, width: way.count, glyph: "━", style: look.text.with(colour))
    if let (from, to) = picture.beyond {
      let rest = picture.columns(from, to, in: bar)
      canvas.rule(x: rest.lowerBound, y: bar.y, width: rest.count, glyph: "▒", style: look.warning)
    }
    let end = bar.x + Int(picture.x(length, bar))
    guard end >= bar.x, end < bar.right else {
      canvas.text(
        length > 0 ? "▶" : "◀", x: length > 0 ? bar.right - 1 : bar.x, y: bar.y, style: look.warning)
      return
    }
    canvas.text(length > 0 ? "▶" : "◀", x: end, y: bar.y, style: look.text.with(colour))
  }

  private func paintLegend(
    _ picture: SlicePicture, _ colour: Colour, on canvas: inout Canvas, _ row: Rect, _ explorer: Explorer,
    _ look: Look
  ) {
    let slice = picture.slice
    var parts: [(String, Style, String)] = [
      ("──", look.text.with(colour), "loss"), ("╌ ╌", look.text.with(look.palette.ghost), "quadratic model"),
      ("○", look.strong, "before"),
    ]
    if slice.length != nil {
      parts.append(
        (
          "\(explorer.selectedEntry + 1)", look.palette.head(colour),
          slice.endsOnLine ? "after" : "its part on this line"
        ))
    }
    if slice.modelMinimum != nil { parts.append(("◇", look.strong, "model's minimum")) }
    if !slice.trials.isEmpty { parts.append(("×", look.strong, "tried")) }
    var x = row.x
    for (sign, style, word) in parts {
      guard x + Text.width(of: sign) + Text.width(of: word) + 1 <= row.right else { return }
      x += canvas.text(sign, x: x, y: row.y, style: style)
      x += canvas.text(" \(word)", x: x, y: row.y, style: look.muted) + 3
    }
  }
}
