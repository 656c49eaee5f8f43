package import Canvas
package import Experiments
package import Landscapes
import OptimizerCore

/// A race as a vector figure for a paper or a slide: contour lines with their levels, axes, trajectories, a legend, and
/// the line that reproduces it.
///
/// Contours are computed by marching squares on a grid of one sample per 1.5 pixels. Lines are simplified by less than half
/// a pixel; nothing else is left out: what lies outside the window is there and clipped.
package struct Figure {
  /// The race at its playhead.
  let race: Race
  let title: String
  let caption: String
  let palette: Palette
  /// The landscape in force at the playhead.
  let landscape: Landscape
  /// What the figure shows.
  package let window: Window
  /// Where the picture is, in pixels.
  let plot: PixelPath.Box
  /// Pixels across the whole figure.
  static let width = 900.0
  /// The farthest by which a simplified trajectory is beside the true one, in pixels.
  package static let tolerance = 0.5

  private static let legendLeft = 656.0
  static let sans = "Helvetica, Arial, sans-serif"
  static let mono = "'DejaVu Sans Mono', Menlo, Consolas, monospace"

  /// A figure of a race at its playhead.
  package init(race: Race, title: String, caption: String, window: Window, theme: Theme) {
    self.race = race
    self.title = title
    self.caption = caption
    self.window = window
    palette = Palette(theme: theme, depth: .direct)
    landscape = race.landscape
    // One scale for both axes, so that a gradient stands on its contour, unless the sides differ by more than twice.
    let ratio = window.width / window.height
    let size =
      Figure.isToScale(window) ? (min(560, 560 * ratio), min(560 / ratio, 560)) : (560, ratio > 2 ? 360 : 500)
    plot = PixelPath.Box(
      left: 66 + (560 - size.0) / 2, top: title.isEmpty ? 52 : 78, width: size.0, height: size.1)
  }

  private static func isToScale(_ window: Window) -> Bool {
    (0.5...2).contains(window.width / window.height)
  }

  /// Where a point of the landscape is drawn, in pixels from the left and from the top.
  package func place(_ point: Point) -> SIMD2<Double> {
    SIMD2(
      plot.left + (point.x - window.x.lowerBound) / window.width * plot.width,
      plot.top + (window.y.upperBound - point.y) / window.height * plot.height)
  }

  /// The SVG document.
  package var document: String {
    let legend = legend(left: Figure.legendLeft, top: plot.top)
    let below = words(top: max(plot.bottom + 52, legend.bottom + 16))
    let height = below.bottom + 12
    var svg = """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(SVGText.decimal(Figure.width))" \
      height="\(SVGText.decimal(height))" \
      viewBox="0 0 \(SVGText.decimal(Figure.width)) \(SVGText.decimal(height))" role="img" \
      font-family="\(Figure.sans)">
      <title>\(SVGText.escaped(title.isEmpty ? landscape.title : title))</title>
      <desc>\(SVGText.escaped(description))</desc>
      <defs><clipPath id="plot">\(rectangle("")) </clipPath></defs>
      <rect width="100%" height="100%" fill="\(SVGText.colour(palette.ground))"/>

      """
    svg += heading
    svg += "<g clip-path=\"url(#plot)\">\n" + contours + trajectories + "</g>\n"
    svg += heads
    svg += axes
    svg += legend.text + below.text
    return svg + "</svg>\n"
  }

  /// The frame of the picture as an element with more attributes.
  func rectangle(_ attributes: String) -> String {
    "<rect x=\"\(SVGText.decimal(plot.left))\" y=\"\(SVGText.decimal(plot.top))\" "
      + "width=\"\(SVGText.decimal(plot.width))\" height=\"\(SVGText.decimal(plot.height))\"\(attributes)/>"
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
  private var heading: String {
    var text = ""
    if !title.isEmpty {
      text += Figure.text(
        title, x: 66, y: 32, size: fitted(20, title, into: Figure.width - 86), colour: palette.strong,
        weight: "bold")
    }
    let loss = "f(\(landscape.axes.x), \(landscape.axes.y)) = \(landscape.display)"
    let constants = landscape.constants.map { constant in
      "\(constant.symbol) = \(constant.text(of: constant.value) { NumberText.brief($0, digits: 4) })"
    }
    let formula = ([landscape.plane == nil ? loss : landscape.display] + constants).joined(separator: ",  ")
    text += Figure.text(
      formula, x: 66, y: title.isEmpty ? 34 : 58, size: fitted(13, formula, into: Figure.width - 86),
      colour: palette.muted)
    return text
  }

  /// A size of type at which a text surely fits into a width.
  private func fitted(_ size: Double, _ text: String, into width: Double) -> Double {
    min(size, width / max(1, Figure.width(of: text, size: 1)))
  }

  /// Caption and replay line, below everything.
  private func words(top: Double) -> (text: String, bottom: Double) {
    var (text, y) = ("", top)
    let room = Figure.width - 86
    for line in Text.wrapped(caption, to: Int(clamped: room / Figure.width(of: "n", size: 13)))
    where !line.isEmpty {
      text += Figure.text(line, x: 66, y: y, size: 13, colour: palette.caption)
      y += 18
    }
    for line in Text.wrapped(
      race.experiment.replayLine(steps: race.step), to: Int(clamped: room / (9.5 * 0.61)))
    {
      text += Figure.text(line, x: 66, y: y, size: 9.5, colour: palette.muted, font: Figure.mono)
      y += 12
    }
    return (text, y)
  }

  /// The width that a text surely does not exceed in common fonts, in pixels.
  static func width(of text: String, size: Double) -> Double { Double(Text.width(of: text)) * size * 0.62 }

  /// A line of text.
  ///
  /// - Parameters:
  ///   - anchor: `start`, `middle` or `end`: which part of the text stands at `x`.
  ///   - more: more attributes, each with a blank before it.
  static func text(
    _ text: String, x: Double, y: Double, size: Double, colour: Colour, anchor: String = "start",
    weight: String? = nil, font: String? = nil, more: String = ""
  ) -> String {
    var attributes = "x=\"\(SVGText.decimal(x))\" y=\"\(SVGText.decimal(y))\""
    attributes += " font-size=\"\(SVGText.decimal(size))\" fill=\"\(SVGText.colour(colour))\""
    if anchor != "start" { attributes += " text-anchor=\"\(anchor)\"" }
    if let weight { attributes += " font-weight=\"\(weight)\"" }
    if let font { attributes += " font-family=\"\(font)\"" }
    return "<text \(attributes)\(more)>\(SVGText.escaped(text))</text>\n"
  }

  // MARK: Axes

  private var axes: String {
    let ink = SVGText.colour(palette.faint)
    var marks = ""
    var text = ""
    let across = Ticks.round(in: window.x, atMost: max(3, Int(clamped: plot.width / 70)))
    for value in across.values {
      let x = place(Point(x: value, y: window.y.lowerBound)).x
      marks += "M\(SVGText.decimal(x)) \(SVGText.decimal(plot.bottom))v5"
      text += Figure.text(
        Ticks.label(value, step: across.step), x: x, y: plot.bottom + 18, size: 11, colour: palette.text,
        anchor: "middle")
    }
    let up = Ticks.round(in: window.y, atMost: max(3, Int(clamped: plot.height / 50)))
    for value in up.values {
      let y = place(Point(x: window.x.lowerBound, y: value)).y
      marks += "M\(SVGText.decimal(plot.left)) \(SVGText.decimal(y))h-5"
      text += Figure.text(
        Ticks.label(value, step: up.step), x: plot.left - 9, y: y + 4, size: 11, colour: palette.text,
        anchor: "end")
    }
    let names = landscape.axes
    let italic = " font-style=\"italic\" class=\"axis\""
    text += Figure.text(
      names.x, x: plot.left + plot.width / 2, y: plot.bottom + 36, size: 14, colour: palette.strong,
      anchor: "middle", more: italic)
    let (x, y) = (plot.left - 46, plot.top + plot.height / 2)
    let turn = " transform=\"rotate(-90 \(SVGText.decimal(x)) \(SVGText.decimal(y)))\""
    text += Figure.text(
      names.y, x: x, y: y, size: 14, colour: palette.strong, anchor: "middle",
      more: names.y.utf8.count > 2 ? italic + turn : italic)
    if let remark = stretchRemark {
      text += Figure.text(
        remark, x: plot.right, y: plot.bottom + 36, size: 10.5, colour: palette.muted, anchor: "end")
    }
    return rectangle(" fill=\"none\" stroke=\"\(ink)\" class=\"frame\"") + "\n"
      + "<path d=\"\(marks)\" stroke=\"\(ink)\" fill=\"none\" class=\"ticks\"/>\n" + text
  }

  /// Said where angles and slopes in the picture are not those of the landscape.
  private var stretchRemark: String? {
    guard !Figure.isToScale(window) else { return nil }
    let ratio = (plot.width / window.width) / (plot.height / window.height)
    return ratio >= 1
      ? "x stretched \(NumberText.brief(ratio, digits: 2)):1"
      : "y stretched \(NumberText.brief(1 / ratio, digits: 2)):1"
  }
}
