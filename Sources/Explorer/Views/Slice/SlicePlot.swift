import Canvas
import Experiments
import Landscapes

/// The picture of a slice: the loss and its model as curves, the step as marks, and the axes.
struct SlicePlot {
  let picture: SlicePicture
  let entry: Int
  /// The colour of the entry.
  let colour: Colour
  /// That of the entry to whose run the line leads.
  var otherColour: Colour?

  func paint(on canvas: inout Canvas, _ parts: SliceLayout, _ look: Look) {
    paintMinimum(on: &canvas, parts.plot, look)
    paintCurves(on: &canvas, parts.plot, look)
    paintMarks(on: &canvas, parts.plot, look)
    paintAxes(on: &canvas, parts, look)
    if let bar = parts.bar { paintBar(on: &canvas, bar, look) }
  }

  /// Where the model is lowest, and what lies beyond.
  private func paintMinimum(on canvas: inout Canvas, _ plot: Rect, _ look: Look) {
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
      let x = plot.x + Int(clamped: picture.x(minimum, plot))
      for y in plot.y..<plot.bottom where x < plot.right { put("┊", x, y, look.faint.foreground, &canvas) }
    }
  }

  private func paintCurves(on canvas: inout Canvas, _ plot: Rect, _ look: Look) {
    let slice = picture.slice
    var model = DotGrid(look.glyphs, palette: look.palette, width: plot.width, height: plot.height)
    let places = picture.places
    // Dashes, so that it is told apart without colours.
    for i in places.indices.dropLast() where i % 6 < 3 {
      model.line(
        from: picture.place(places[i], slice.model(at: places[i]), plot),
        to: picture.place(places[i + 1], slice.model(at: places[i + 1]), plot), look.palette.ghost)
    }
    model.paint(
      on: &canvas, x: plot.x, y: plot.y, attributes: look.palette.depth == .none ? .dim : [])
    var grid = DotGrid(look.glyphs, palette: look.palette, width: plot.width, height: plot.height)
    grid.polyline(zip(places, picture.losses).map { picture.place($0, $1, plot) }, colour)
    grid.paint(on: &canvas, x: plot.x, y: plot.y)
  }

  private func paintMarks(on canvas: inout Canvas, _ plot: Rect, _ look: Look) {
    let slice = picture.slice
    func mark(_ glyph: Glyph, _ place: Double, _ value: Double, _ style: Style) {
      let at = picture.place(place, value, plot)
      guard at.x >= 0, at.x < Double(plot.width), at.y >= 0, at.y < Double(plot.height) else { return }
      let (x, y) = (plot.x + Int(clamped: at.x), plot.y + Int(clamped: at.y))
      let ground = style.background == .terminal ? canvas[x, y].style.background : style.background
      canvas[x, y] = Cell(glyph, style.on(ground))
    }
    let strong = look.strong.on(.terminal)
    for trial in slice.trials { mark("×", trial, slice.loss(at: trial), strong) }
    if let minimum = slice.modelMinimum { mark("◇", minimum, slice.model(at: minimum), strong) }
    mark(
      slice.other == nil ? "○" : .digit(ofEntry: entry), 0, slice.value,
      slice.other == nil ? strong : look.palette.head(colour))
    if let other = slice.other, let length = slice.length {
      mark(.digit(ofEntry: other), length, slice.loss(at: length), look.palette.head(otherColour ?? colour))
    } else if let length = slice.length {
      mark(
        .digit(ofEntry: entry), length, slice.loss(at: length),
        look.palette.head(colour))
    }
  }

  private func put(_ glyph: Glyph, _ x: Int, _ y: Int, _ colour: Colour, _ canvas: inout Canvas) {
    let style = canvas[x, y].style
    canvas[x, y] = Cell(glyph, style.with(colour))
  }

  private func paintAxes(on canvas: inout Canvas, _ parts: SliceLayout, _ look: Look) {
    let plot = parts.plot
    if let axis = parts.yAxis, !picture.isBlank {
      let ticks = Ticks.round(in: picture.low...picture.high, atMost: max(3, axis.height / 3))
      Axes.paintVertical(
        ticks.values.map { Axes.Tick(at: picture.y($0, plot), Ticks.label($0, step: ticks.step)) },
        on: &canvas, axis, look)
    }
    guard let axis = parts.xAxis else { return }
    let ticks = Ticks.round(in: picture.range, atMost: max(2, axis.width / 10))
    Axes.paintHorizontal(
      ticks.values.map { Axes.Tick(at: picture.x($0, plot), Ticks.label($0, step: ticks.step)) },
      on: &canvas, axis, Axes.Labels(hangSigns: true), look)
  }

  /// The step as a bar on the axis: the way to the minimum, and what went beyond it.
  private func paintBar(on canvas: inout Canvas, _ bar: Rect, _ look: Look) {
    guard let length = picture.slice.length, length != 0 else { return }
    let way = picture.columns(0, length, in: bar)
    canvas.rule(x: way.lowerBound, y: bar.y, width: way.count, glyph: "━", style: look.text.with(colour))
    if let (from, to) = picture.beyond {
      let rest = picture.columns(from, to, in: bar)
      canvas.rule(x: rest.lowerBound, y: bar.y, width: rest.count, glyph: "▒", style: look.warning)
    }
    let end = bar.x + Int(clamped: picture.x(length, bar))
    guard end >= bar.x, end < bar.right else {
      canvas.text(
        length > 0 ? "▶" : "◀", x: length > 0 ? bar.right - 1 : bar.x, y: bar.y, style: look.warning)
      return
    }
    canvas.text(length > 0 ? "▶" : "◀", x: end, y: bar.y, style: look.text.with(colour))
  }
}
