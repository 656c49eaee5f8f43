import Canvas
import Experiments
import Landscapes

extension Figure {
  /// The number of contour levels asked for, as on the screen.
  private static let levels = 10
  /// Samples beyond each edge of the window, so that lines and grounds go on past it.
  private static let beyond = 3

  /// The grounds between levels, the contour lines, and their labels.
  var contours: String {
    let step = landscape.usesStep ? race.step : 0
    let (columns, rows) = (max(16, Int(clamped: plot.width / 1.5)), max(16, Int(clamped: plot.height / 1.5)))
    let pixel = (x: window.width / Double(columns), y: window.height / Double(rows))
    let wider = window.grown(x: Double(Figure.beyond) * pixel.x, y: Double(Figure.beyond) * pixel.y)
    let field = landscape.field(
      columns: columns + 2 * Figure.beyond, rows: rows + 2 * Figure.beyond, window: wider, step: step)
    // Chosen from the same samples as on the screen, so that both show the same levels.
    let sample = landscape.field(columns: 96, rows: 72, window: window, step: step)
    let levels = Levels(field: sample, spacing: landscape.spacing, count: Figure.levels).values
    return grounds(field, levels) + lines(field, levels)
  }

  // MARK: Grounds

  /// The ground between each level and the next, in a tone of its own; where the loss is no number, the page.
  private func grounds(_ field: Field, _ levels: [Double]) -> String {
    func tone(_ band: Int) -> Colour {
      palette.shade(levels.isEmpty ? 0 : Double(band) / Double(levels.count))
    }
    var text =
      rectangle(" fill=\"\(SVGText.colour(tone(0)))\"") + "\n<g fill-rule=\"evenodd\" class=\"grounds\">\n"
    for (index, level) in levels.enumerated() {
      let area = area(of: field, above: level)
      if !area.isEmpty { text += "<path d=\"\(area)\" fill=\"\(SVGText.colour(tone(index + 1)))\"/>\n" }
    }
    if field.values.contains(where: \.isNaN) {
      let hole = holes(in: field)
      text += "<path d=\"\(hole)\" fill=\"\(SVGText.colour(palette.ground))\" class=\"undefined\"/>\n"
    }
    return text + "</g>\n"
  }

  /// The closed outline of where the field is at or above a level.
  private func area(of field: Field, above level: Double) -> String {
    guard let lowest = field.minimum, let highest = field.maximum else { return "" }
    // Below the level by as much as the field is, so that the outline closes beyond the window.
    let outside = min(lowest, level) - max(highest - lowest, level.magnitude * 1e-9, 1e-300)
    let values = field.values.map { value in
      value.isNaN || value == -.infinity ? outside : value == .infinity ? max(highest, level) : value
    }
    return outline(of: field, values, level: level, outside: outside)
  }

  /// The closed outline of where the field is no number.
  private func holes(in field: Field) -> String {
    outline(of: field, field.values.map { $0.isNaN ? 1.0 : 0 }, level: 0.5, outside: 0)
  }

  /// The outline of a level in values on the grid of a field, closed by a ring of samples outside.
  private func outline(of field: Field, _ values: [Double], level: Double, outside: Double) -> String {
    let (columns, rows) = (field.columns + 2, field.rows + 2)
    var ringed = [Double](repeating: outside, count: columns * rows)
    for row in 0..<field.rows {
      for column in 0..<field.columns {
        ringed[(row + 1) * columns + column + 1] = values[row * field.columns + column]
      }
    }
    let pixel = (
      x: field.window.width / Double(field.columns), y: field.window.height / Double(field.rows)
    )
    let around = field.window.grown(x: pixel.x, y: pixel.y)
    let whole = Field(columns: columns, rows: rows, window: around, values: ringed)
    return ContourTracer.contours(of: whole, level: level).map { line in
      let places = line.points.map(place)
      return PixelPath.data(
        PixelPath.simplified(places + places.prefix(1), tolerance: 0.2).dropLast(), isClosed: true)
    }.joined()
  }

  // MARK: Lines

  private struct Line {
    var level: Double
    var thing: Int32
    var places: [SIMD2<Double>]
    var isClosed: Bool
  }

  private func lines(_ field: Field, _ levels: [Double]) -> String {
    var placer = LabelPlacer(box: plot)
    var lines: [Line] = []
    for level in levels {
      for line in ContourTracer.contours(of: field, level: level) {
        let places = line.points.map(place)
        let thing = Int32(lines.count + 1)
        placer.occupy(line.isClosed ? places + places.prefix(1) : places, thing: thing)
        lines.append(Line(level: level, thing: thing, places: places, isClosed: line.isClosed))
      }
    }
    occupy(&placer)
    var paths = ""
    var labels = ""
    var labelled: [Double: Int] = [:]
    let names = Dictionary(uniqueKeysWithValues: zip(levels, Figure.names(of: levels)))
    // Longest first: a label does most good on a line that is far to follow.
    let order = lines.indices.map {
      ($0, LabelPlacer.Walk(lines[$0].places, isClosed: lines[$0].isClosed).length)
    }
    .sorted { ($0.1, $1.0) > ($1.1, $0.0) }
    for (index, length) in order {
      let line = lines[index]
      let text = names[line.level] ?? NumberText.exact(line.level)
      var found: [LabelPlacer.Label] = []
      let width = Figure.width(of: text, size: LabelPlacer.height)
      // A long line may have two, a level no more than four.
      for _ in 0..<(length > 1400 ? 2 : 1) where labelled[line.level, default: 0] < 4 {
        guard
          let label = placer.place(width: width, on: line.places, isClosed: line.isClosed, thing: line.thing)
        else { break }
        found.append(label)
        labelled[line.level, default: 0] += 1
      }
      paths += path(of: line, leaving: found)
      for label in found { labels += self.label(text, label) }
    }
    let ink = palette.ground.mixed(with: palette.text, amount: palette.theme == .dark ? 0.62 : 0.55)
    return
      "<g fill=\"none\" stroke=\"\(SVGText.colour(ink))\" stroke-width=\"0.9\" class=\"contours\">\n\(paths)</g>\n"
      + "<g class=\"levels\">\n\(labels)</g>\n"
  }

  /// What each level is called: three digits, and more where rounding would move it by more than a twentieth of the way to
  /// its neighbours.
  static func names(of levels: [Double]) -> [String] {
    levels.indices.map { index in
      let level = levels[index]
      let below = index > 0 ? level - levels[index - 1] : .infinity
      let above = index + 1 < levels.count ? levels[index + 1] - level : .infinity
      let digits = (3..<17).first { digits in
        let shown = NumberText.brief(level.magnitude, digits: digits).replacing("−", with: "-")
        return abs((Double(shown) ?? .infinity) - level.magnitude) <= min(below, above) / 20
      }
      return NumberText.brief(level, digits: digits ?? 17)
    }
  }

  /// The line but for the gaps in which its labels stand.
  private func path(of line: Line, leaving labels: [LabelPlacer.Label]) -> String {
    func simple(_ places: [SIMD2<Double>]) -> [SIMD2<Double>] { PixelPath.simplified(places, tolerance: 0.2) }
    let level = " data-level=\"\(NumberText.exact(line.level))\""
    guard !labels.isEmpty else {
      if line.isClosed {
        let corners = simple(line.places + line.places.prefix(1)).dropLast()
        return "<path d=\"\(PixelPath.data(Array(corners), isClosed: true))\"\(level)/>\n"
      }
      return "<path d=\"\(PixelPath.data(simple(line.places)))\"\(level)/>\n"
    }
    let walk = LabelPlacer.Walk(line.places, isClosed: line.isClosed)
    var data = ""
    var from = 0.0
    for gap in labels.map(\.gap).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if gap.lowerBound > from { data += PixelPath.data(simple(walk.part(from: from, to: gap.lowerBound))) }
      from = gap.upperBound
    }
    data += PixelPath.data(simple(walk.part(from: from, to: walk.length)))
    return "<path d=\"\(data)\"\(level)/>\n"
  }

  private func label(_ text: String, _ label: LabelPlacer.Label) -> String {
    let (x, y) = (SVGText.decimal(label.place.x), SVGText.decimal(label.place.y))
    return Figure.text(
      text, x: label.place.x, y: label.place.y + 0.36 * LabelPlacer.height, size: LabelPlacer.height,
      colour: palette.strong, anchor: "middle",
      more: " transform=\"rotate(\(SVGText.decimal(label.degrees)) \(x) \(y))\"")
  }
}
