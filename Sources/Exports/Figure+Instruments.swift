import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Pixels
import Scenes

/// What the overlays show of the selected entry's step, in the figure.
extension Figure {
  /// The picture measured in lines of text, as the screen has some thirty of them.
  private static let line = 16.0
  private var measure: Portrait.Measure {
    Portrait.Measure(window, size: SIMD2(plot.width, plot.height) / Figure.line)
  }

  /// The colour of what a letter of a rule stands for.
  private func colour(of quantity: Quantity) -> Colour { palette.letter(quantity.rawValue) }

  /// The arrows, the ball and the axes, under the heads.
  var instruments: [Picture.Item] {
    var items = field
    if let ball = shown.ball { items += self.items(of: ball) }
    if let noise = shown.noise { items += self.items(of: noise) }
    if let axes = shown.axes { items += self.items(of: axes) }
    for arrows in [shown.terms, shown.arrows].compactMap(\.self) {
      items += arrows.arrows(on: measure).flatMap(self.items)
    }
    return items
  }

  /// What labels are to keep clear of.
  var instrumentLines: [[SIMD2<Double>]] {
    var lines: [[SIMD2<Double>]] = []
    for arrow in [shown.terms, shown.arrows].compactMap(\.self).flatMap({ $0.arrows(on: measure) }) {
      let (begin, end) = (place(arrow.begin), place(arrow.end ?? arrow.begin))
      let length = max(1, PixelPath.length(end - begin))
      // To beyond the letter.
      lines.append([begin, end + (end - begin) * (20 / length)])
    }
    if let ball = shown.ball { lines.append(ball.outline(on: measure).map(place)) }
    for (_, way, _) in shown.axes?.halves(on: measure) ?? [] {
      let (middle, half) = (place(shown.axes?.place ?? way), measure.way(way) * Figure.line)
      lines.append([middle - half * 1.2, middle + half * 1.2])
    }
    return lines.filter { line in line.allSatisfy { max($0.x.magnitude, $0.y.magnitude) < 1e4 } }
  }

  /// A line with the page around it, so that it is seen on any ground.
  private func line(
    _ lines: [Picture.Line], _ colour: Colour, width: Double = 2, name: String
  ) -> [Picture.Item] {
    [
      Picture.Item(
        .lines(lines),
        pen: Picture.Pen(stroke: palette.ground, width: width + 2.2, opacity: 0.55, isRound: true)),
      Picture.Item(.lines(lines), pen: Picture.Pen(stroke: colour, width: width, isRound: true), name: name),
    ]
  }

  // MARK: Arrows

  private func items(of arrow: StepArrows.Arrow) -> [Picture.Item] {
    let colour = colour(of: arrow.quantity)
    let letter = String(Quantity.letter(of: arrow.symbol))
    let begin = place(arrow.begin)
    guard arrow.size != .place else { return plot.contains(begin) ? tag(letter, at: begin, colour) : [] }
    // A tip that is far outside is cut off with what leads to it.
    guard let tip = arrow.end,
      let part = window.grown(x: window.width, y: window.height).part(from: arrow.begin, to: tip)
    else { return [] }
    let (from, to, end) = (place(part.from), place(part.to), place(tip))
    let length = PixelPath.length(end - begin)
    guard length > 0, length.isFinite else { return [] }
    let along = (end - begin) / length
    let across = SIMD2(-along.y, along.x)
    let dashes =
      arrow.size == .tooSmall
      ? Figure.dashes(from: begin, to: end - 6 * along, every: 4) : [Picture.Line([from, to])]
    var items = line(dashes, colour, name: "arrow")
    guard part.to == tip else { return items }
    let head = [end + 2 * along, end - 8 * along + 4.5 * across, end - 8 * along - 4.5 * across]
    items.append(
      Picture.Item(
        .lines([Picture.Line(head, isClosed: true)]),
        pen: Picture.Pen(fill: colour, stroke: palette.ground, width: 0.8)))
    // Before the head that stands at the tip.
    let isAtHead = headPlaces.contains { PixelPath.length($0 - end) < 14 }
    return items + tag(letter, at: end + (isAtHead ? 19 : 13) * along, colour)
  }

  /// A letter on a colour.
  private func tag(_ letter: String, at place: SIMD2<Double>, _ colour: Colour) -> [Picture.Item] {
    let box = Box(left: place.x - 6.5, top: place.y - 7, width: 13, height: 14)
    return [
      Picture.Item(.box(box), pen: Picture.Pen(fill: colour, stroke: palette.ground, width: 0.8)),
      Picture.Item(
        .text(
          Figure.label(
            letter, at: place + SIMD2(0, 3.8), size: 10.5)),
        pen: Picture.Pen(fill: palette.onEntry.standingOut(from: colour, by: 4.5)), name: "letter"),
    ]
  }

  private static func label(_ text: String, at place: SIMD2<Double>, size: Double) -> Picture.Label {
    var label = Picture.Label(text, at: place, size: size)
    (label.anchor, label.isBold) = (.middle, true)
    return label
  }

  /// A line of dashes, of an odd number, so that both ends have one.
  private static func dashes(
    from a: SIMD2<Double>, to b: SIMD2<Double>, every length: Double
  ) -> [Picture.Line] {
    let whole = PixelPath.length(b - a)
    guard whole > 0, whole.isFinite else { return [] }
    let count = min(401, max(1, Int(clamped: whole / length / 2) * 2 + 1))
    return stride(from: 0, to: count, by: 2).map { dash in
      Picture.Line([
        a + (b - a) * (Double(dash) / Double(count)), a + (b - a) * (Double(dash + 1) / Double(count)),
      ])
    }
  }

  // MARK: Ball and axes

  private func items(of ball: Portrait.Ball) -> [Picture.Item] {
    var items: [Picture.Item] = []
    let outline = ball.outline(on: measure).map(place)
    if !outline.isEmpty {
      items += line([Picture.Line(outline.dropLast(), isClosed: true)], palette.accent, name: "ball")
    }
    guard let last = ball.trials.last else { return items }
    if let part = window.grown(x: window.width, y: window.height).part(from: ball.place, to: last) {
      let dashes = Figure.dashes(from: place(part.from), to: place(part.to), every: 5)
      items += line(dashes, palette.accent, width: 1.4, name: "search")
    }
    for trial in ball.trials.map(place) where plot.contains(trial) {
      items.append(
        Picture.Item(.circle(trial, radius: 2.4), pen: Picture.Pen(fill: palette.accent), name: "trial"))
    }
    if let chosen = ball.chosen.map(place), plot.contains(chosen) {
      items.append(
        Picture.Item(
          .circle(chosen, radius: 5), pen: Picture.Pen(stroke: palette.accent, width: 1.8), name: "chosen"))
    }
    return items
  }

  private func items(of axes: Portrait.Axes) -> [Picture.Item] {
    let middle = place(axes.place)
    return axes.halves(on: measure).flatMap { value, way, _ in
      let half = measure.way(way) * Figure.line
      let colour = value < 0 ? palette.bad : palette.caption
      let axis = line(
        Figure.dashes(from: middle - half, to: middle + half, every: 6), colour, width: 1.6, name: "axis-line"
      )
      // The value stands at the end that has room for it.
      let beyond = half * (1 + 14 / max(1, PixelPath.length(half)))
      guard let end = [middle + beyond, middle - beyond].first(where: { plot.contains($0, margin: 24) })
      else { return axis }
      return axis + tinted("λ \(NumberText.brief(value))", at: end, colour)
    }
  }

  private func tinted(_ text: String, at place: SIMD2<Double>, _ colour: Colour) -> [Picture.Item] {
    let half = Figure.width(of: text, size: 10.5) / 2
    return [
      Picture.Item(
        .lines([Picture.Line([place - SIMD2(half, 0), place + SIMD2(half, 0)])]),
        pen: Picture.Pen(stroke: palette.ground, width: 13, opacity: 0.7, isRound: true)),
      Picture.Item(
        .text(Figure.label(text, at: place + SIMD2(0, 3.8), size: 10.5)),
        pen: Picture.Pen(fill: colour.standingOut(from: palette.ground, by: 4.5)), name: "value"),
    ]
  }

  // MARK: Noise and field

  private func items(of noise: Portrait.Scatter) -> [Picture.Item] {
    let (measured, predicted) = noise.ellipses(on: measure)
    guard !measured.isEmpty else { return [] }
    // Every other piece, as a broken line.
    let places = predicted.map(place)
    let dashes = stride(from: 0, to: places.count - 1, by: 2).map {
      Picture.Line([places[$0], places[$0 + 1]])
    }
    return line(dashes, palette.caption, width: 1.6, name: "law")
      + line([Picture.Line(measured.map(place))], palette.accent, name: "scatter")
  }

  /// Where the next step would lead from places all over the picture: directions alone.
  private var field: [Picture.Item] {
    guard let field = shown.field else { return [] }
    let spacing = 36.0
    let places = stride(from: plot.top + spacing / 2, to: plot.bottom, by: spacing).flatMap { y in
      stride(from: plot.left + spacing / 2, to: plot.right, by: spacing).map { SIMD2($0, y) }
    }
    let points = places.map {
      Point(
        x: window.x.lowerBound + ($0.x - plot.left) / plot.width * window.width,
        y: window.y.upperBound - ($0.y - plot.top) / plot.height * window.height)
    }
    let steps = field.run.nextSteps(from: points, on: field.landscape)
    let lines = zip(places, steps).flatMap { place, step -> [Picture.Line] in
      let length = measure.length(of: step)
      guard length > 0, length.isFinite else { return [] }
      let along = measure.way(step) / length
      let (tip, across) = (place + 7 * along, SIMD2(-along.y, along.x))
      return [
        Picture.Line([place - 7 * along, tip]),
        Picture.Line([tip - 4 * along + 3 * across, tip, tip - 4 * along - 3 * across]),
      ]
    }
    return [
      Picture.Item(
        .lines(lines), pen: Picture.Pen(stroke: palette.caption, width: 1.1, opacity: 0.75, isRound: true),
        name: "field")
    ]
  }

  // MARK: Words

  /// What the legend says of them, each with its letters and their colours.
  var instrumentWords: [(letters: [(text: String, colour: Colour)], words: String)] {
    var groups: [(size: StepArrows.Size, arrows: [StepArrows.Arrow])] = []
    let arrows = [shown.terms, shown.arrows].compactMap(\.self).flatMap { $0.arrows(on: measure) }
    for arrow in arrows {
      if let index = groups.firstIndex(where: { $0.size == arrow.size }) {
        if !groups[index].arrows.contains(where: { $0.name == arrow.name }) {
          groups[index].arrows.append(arrow)
        }
      } else {
        groups.append((arrow.size, [arrow]))
      }
    }
    var words = groups.map { group in
      (
        group.arrows.map { (text: $0.name, colour: colour(of: $0.quantity)) },
        group.size == .place ? "where it looks" : group.size.words
      )
    }
    if let ball = shown.ball {
      let text = ball.isThere ? "\(ball.words), shape only" : ball.trials.isEmpty ? ball.words : nil
      if let text { words.append(([(ball.isThere ? "ball" : "no ball", palette.accent)], text)) }
      if !ball.trials.isEmpty { words.append(([("search", palette.accent)], "\(ball.trials.count) trials")) }
    }
    if let noise = shown.noise {
      if let batch = noise.batch, let scatter = noise.scatter {
        let (measured, predicted) = (
          NumberText.brief(scatter.measuredTrace, digits: 3),
          NumberText.brief(scatter.predictedTrace, digits: 3)
        )
        words.append(([("σ²", palette.accent)], "\(measured) measured, batch of \(batch)"))
        words.append(([("σ²", palette.caption)], "\(scatter.formula) \(predicted)"))
      } else {
        let reason = noise.batch == nil ? "no batches" : "too many samples and parameters to tell"
        words.append(([("noise", palette.accent)], reason))
      }
    }
    if shown.field != nil { words.append(([("→", palette.caption)], "the next step, direction only")) }
    if shown.axes != nil { words.append(([("axes", palette.caption)], "1/√|λ|")) }
    return words.map { (letters: $0.0, words: $0.1) }
  }
}
