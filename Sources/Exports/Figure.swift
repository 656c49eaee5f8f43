package import Canvas
import Experiments
package import Landscapes
import OptimizerCore
package import Pixels
package import Scenes

/// A race as a figure for a paper or a slide: contour lines with their levels, axes, trajectories, a legend, and
/// the line that reproduces it.
///
/// Contours are computed by marching squares on a grid of one sample per 1.5 pixels. Lines are simplified by less than half
/// a pixel; nothing else is left out: what lies outside the window is there and clipped.
package struct Figure {
  /// Who is portrayed, at the playhead.
  private(set) var subject: Portrait.Subject
  /// What is shown of it: with all recorded steps.
  private(set) var portrait: Portrait
  /// What the overlays show of the selected entry's step.
  private(set) var shown: Portrait.Instruments
  private var steps = StepMemory()
  private var ground: Portrait.Ground?
  let title: String
  let caption: String
  let palette: Palette
  /// What the figure shows.
  package var window: Window { subject.window }
  /// Where the picture is, in pixels.
  let plot: Box
  /// Pixels across the whole figure.
  static let width = 900.0
  /// The farthest by which a simplified trajectory is beside the true one, in pixels.
  package static let tolerance = 0.5

  private static let legendLeft = 656.0

  var race: Race { subject.race }
  /// The landscape in force at the playhead.
  var landscape: Landscape { subject.landscape }

  /// A figure of a race at its playhead.
  package init(of subject: Portrait.Subject, title: String, caption: String, window: Window, theme: Theme) {
    self.subject = subject
    self.subject.window = window
    portrait = Portrait(of: self.subject, recent: .max, keeping: &ground)
    shown = subject.instruments(next: subject.race.nextLandscape, keeping: &steps)
    self.title = title
    self.caption = caption
    palette = Palette(theme: theme, depth: .direct)
    // One scale for both axes, so that a gradient stands on its contour, unless the sides differ by more than twice.
    let ratio = window.width / window.height
    let size =
      window.isToScale ? (min(560, 560 * ratio), min(560 / ratio, 560)) : (560, ratio > 2 ? 360 : 500)
    plot = Box(
      left: 66 + (560 - size.0) / 2, top: title.isEmpty ? 52 : 78, width: size.0, height: size.1)
  }

  /// Where a point of the landscape is drawn, in pixels from the left and from the top.
  package func place(_ point: Point) -> SIMD2<Double> {
    SIMD2(
      plot.left + (point.x - window.x.lowerBound) / window.width * plot.width,
      plot.top + (window.y.upperBound - point.y) / window.height * plot.height)
  }

  /// The SVG document.
  package var document: String { drawing.svg }

  /// The figure as shapes.
  package var drawing: Picture {
    let (moving, bottom) = moving
    return Picture(
      width: Figure.width, height: bottom + Figure.margin, page: palette.ground,
      title: title.isEmpty ? landscape.title : title, words: description, items: still + moving)
  }

  /// What does not move while the race does, unless the landscape moves: words, grounds and lines, axes.
  var still: [Picture.Item] {
    heading + [Picture.Item(.group(contours, clip: plot))] + axes
  }

  /// What moves with the race, and where it ends below.
  var moving: (items: [Picture.Item], bottom: Double) {
    let legend = legend(left: Figure.legendLeft, top: plot.top)
    let words = words(top: wordsTop(below: legend.bottom))
    let trails = Picture.Item(.group(trajectories + instruments + remarked, clip: plot))
    return ([trails, heads, legend.item] + words.items, words.bottom)
  }

  /// How far down the legend goes: that of another moment may go further.
  var legendBottom = 0.0

  private func wordsTop(below legend: Double) -> Double {
    max(plot.bottom + 72, max(legend, legendBottom) + 16)
  }

  /// How far down all of it goes, and the legend alone.
  var extent: (all: Double, legend: Double) {
    let legend = legend(left: Figure.legendLeft, top: plot.top).bottom
    return (words(top: wordsTop(below: legend)).bottom + Figure.margin, legend)
  }

  /// What is left free below, in pixels.
  private static let margin = 12.0

  /// Goes to another step of the race.
  mutating func seek(to step: Int) {
    subject.seek(to: step)
    portrait = Portrait(of: subject, recent: .max, keeping: &ground)
    shown = subject.instruments(next: race.nextLandscape, keeping: &steps)
  }

  /// What a reader who cannot see the figure is told.
  private var description: String {
    var parts = ["\(landscape.display), after \(race.step) steps."]
    for (index, entry) in race.experiment.entries.enumerated() where entry.isOn {
      let run = race.run(entry: index)
      parts.append("\(entry.label): \(run.outcome(on: landscape, in: race.experiment.window).words).")
    }
    parts.append("Trajectories are simplified by less than half a pixel.")
    if race.runs.contains(where: { $0.history.count <= $0.lastStep }) {
      parts.append(
        "Of runs of more than \(race.runs.map(\.history.limit).max() ?? 0) steps, old ones are thinned.")
    }
    parts.append("Reproduce it with: \(race.experiment.replayLine(steps: race.step))")
    return parts.joined(separator: " ")
  }

  // MARK: Words

  /// Title and formula above the picture.
  private var heading: [Picture.Item] {
    var items: [Picture.Item] = []
    if !title.isEmpty {
      items.append(
        Figure.text(
          title, x: 66, y: 32, size: fitted(20, title, into: Figure.width - 86), colour: palette.strong,
          isBold: true))
    }
    let loss = "f(\(landscape.axes.x), \(landscape.axes.y)) = \(landscape.display)"
    let constants = landscape.constants.map { constant in
      "\(constant.symbol) = \(constant.text(of: constant.value) { NumberText.brief($0, digits: 4) })"
    }
    let formula = ([landscape.plane == nil ? loss : landscape.display] + constants).joined(separator: ",  ")
    items.append(
      Figure.text(
        formula, x: 66, y: title.isEmpty ? 34 : 58, size: fitted(13, formula, into: Figure.width - 86),
        colour: palette.muted))
    return items
  }

  /// A size of type at which a text surely fits into a width.
  private func fitted(_ size: Double, _ text: String, into width: Double) -> Double {
    min(size, width / max(1, Figure.width(of: text, size: 1)))
  }

  /// Caption and replay line, below everything.
  private func words(top: Double) -> (items: [Picture.Item], bottom: Double) {
    var (items, y): ([Picture.Item], Double) = ([], top)
    let room = Figure.width - 86
    for line in Text.wrapped(caption, to: Int(clamped: room / Figure.width(of: "n", size: 13)))
    where !line.isEmpty {
      items.append(Figure.text(line, x: 66, y: y, size: 13, colour: palette.caption))
      y += 18
    }
    for line in Text.wrapped(
      race.experiment.replayLine(steps: race.step), to: Int(clamped: room / (9.5 * 0.61)))
    {
      items.append(Figure.text(line, x: 66, y: y, size: 9.5, colour: palette.muted, face: .mono))
      y += 12
    }
    return (items, y)
  }

  /// The width that a text surely does not exceed in common fonts, in pixels.
  static func width(of text: String, size: Double) -> Double { Double(Text.width(of: text)) * size * 0.62 }

  /// A line of text.
  ///
  /// - Parameter anchor: which part of the text stands at `x`.
  static func text(
    _ text: String, x: Double, y: Double, size: Double, colour: Colour,
    anchor: Picture.Label.Anchor = .start, face: Picture.Label.Face = .sans, isBold: Bool = false
  ) -> Picture.Item {
    var label = Picture.Label(text, at: SIMD2(x, y), size: size)
    (label.anchor, label.face, label.isBold) = (anchor, face, isBold)
    return Picture.Item(.text(label), pen: Picture.Pen(fill: colour))
  }

  // MARK: Axes

  private var axes: [Picture.Item] {
    var marks: [Picture.Line] = []
    let ruler = portrait.ground.ruler
    let across = ruler.across(window.x, atMost: Int(clamped: plot.width / 70)).map { tick in
      let x = place(Point(x: tick.value, y: window.y.lowerBound)).x
      marks.append(Picture.Line([SIMD2(x, plot.bottom), SIMD2(x, plot.bottom + 5)]))
      return Figure.text(
        tick.label, x: x, y: plot.bottom + 18, size: 11, colour: palette.text, anchor: .middle)
    }
    let up = ruler.up(window.y, atMost: Int(clamped: plot.height / 50)).map { tick in
      let y = place(Point(x: window.x.lowerBound, y: tick.value)).y
      marks.append(Picture.Line([SIMD2(plot.left, y), SIMD2(plot.left - 5, y)]))
      return Figure.text(
        tick.label, x: plot.left - 9, y: y + 4, size: 11, colour: palette.text, anchor: .end)
    }
    var items = [
      Picture.Item(.group(across, clip: nil), name: "across"),
      Picture.Item(.group(up, clip: nil), name: "up"),
    ]
    let remark = remarks.joined(separator: ", ")
    if !remark.isEmpty {
      items.append(
        Figure.text(
          remark, x: plot.right, y: plot.bottom + 53, size: fitted(10.5, remark, into: plot.width),
          colour: palette.muted, anchor: .end))
    }
    let pen = Picture.Pen(stroke: palette.faint)
    return [
      Picture.Item(.box(plot), pen: pen, name: "frame"),
      Picture.Item(.lines(marks), pen: pen, name: "ticks"),
    ] + items + axisNames
  }

  private var axisNames: [Picture.Item] {
    func name(_ text: String, _ place: SIMD2<Double>, isTurned: Bool) -> Picture.Item {
      var label = Picture.Label(text, at: place, size: 14)
      (label.anchor, label.isItalic) = (.middle, true)
      if isTurned { label.turn = (-90, place) }
      return Picture.Item(.text(label), pen: Picture.Pen(fill: palette.strong), name: "axis")
    }
    let names = landscape.axes
    return [
      name(names.x, SIMD2(plot.left + plot.width / 2, plot.bottom + 36), isTurned: false),
      name(
        names.y, SIMD2(plot.left - 46, plot.top + plot.height / 2), isTurned: names.y.utf8.count > 2),
    ]
  }
}
