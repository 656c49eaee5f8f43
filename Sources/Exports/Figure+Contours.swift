import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Pixels

extension Figure {
  /// Samples beyond each edge of the window, so that lines and grounds go on past it.
  private static let beyond = 3

  /// The grounds between levels, the contour lines, and their labels.
  var contours: [Picture.Item] {
    let step = landscape.usesStep ? race.step : 0
    let (columns, rows) = samples
    let pixel = (x: window.width / Double(columns), y: window.height / Double(rows))
    let wider = window.grown(x: Double(Figure.beyond) * pixel.x, y: Double(Figure.beyond) * pixel.y)
    let field = landscape.sketch(
      columns: columns + 2 * Figure.beyond, rows: rows + 2 * Figure.beyond, window: wider, step: step)
    return [ground(field, levels)] + lines(field, levels)
  }

  /// One sample per 1.5 pixels of the window.
  private var samples: (columns: Int, rows: Int) {
    (max(16, Int(clamped: plot.width / 1.5)), max(16, Int(clamped: plot.height / 1.5)))
  }

  private var levels: Levels { landscape.levels(in: window, step: landscape.usesStep ? race.step : 0) }

  /// What a contour line means, and where the picture is not what one expects.
  var remarks: [String] {
    let (columns, rows) = samples
    return [
      levels.words, landscape.sketchWords(columns: columns, rows: rows),
      window.stretchWords(width: plot.width, height: plot.height),
    ].compactMap(\.self)
  }

  // MARK: Grounds

  /// The ground between each level and the next, in a tone of its own; where the loss is no number, the page. And the shades
  /// of the same field, of which pixels show more than the levels.
  private func ground(_ field: Field, _ levels: Levels) -> Picture.Item {
    let values = levels.values
    func tone(_ band: Int) -> Colour {
      palette.shade(values.isEmpty ? 0 : Double(band) / Double(values.count))
    }
    var bands: [Picture.Ground.Band] = []
    for (index, level) in values.enumerated() {
      let area = area(of: field, above: level)
      if !area.isEmpty { bands.append(Picture.Ground.Band(area, colour: tone(index + 1))) }
    }
    if field.values.contains(where: \.isNaN) {
      bands.append(Picture.Ground.Band(holes(in: field), colour: palette.ground, name: "undefined"))
    }
    return Picture.Item(
      .ground(
        Picture.Ground(
          box: plot, lowest: tone(0), bands: bands, shades: shades(of: field, levels),
          ramp: ColourRamp(palette))))
  }

  /// The shades of what of a field lies in the picture.
  private func shades(of field: Field, _ levels: Levels) -> ShadeField {
    let (columns, rows) = (field.columns - 2 * Figure.beyond, field.rows - 2 * Figure.beyond)
    let shades = (0..<columns * rows).map { index in
      let value = field[index % columns + Figure.beyond, index / columns + Figure.beyond]
      return levels.shade(of: value).map { Float($0) } ?? .nan
    }
    return ShadeField(columns: columns, rows: rows, shades: shades)
  }

  /// The closed outline of where the field is at or above a level.
  private func area(of field: Field, above level: Double) -> [Picture.Line] {
    guard let lowest = field.minimum, let highest = field.maximum else { return [] }
    // Below the level by as much as the field is, so that the outline closes beyond the window.
    let outside = min(lowest, level) - max(highest - lowest, level.magnitude * 1e-9, 1e-300)
    let values = field.values.map { value in
      value.isNaN || value == -.infinity ? outside : value == .infinity ? max(highest, level) : value
    }
    return outline(of: field, values, level: level, outside: outside)
  }

  /// The closed outline of where the field is no number.
  private func holes(in field: Field) -> [Picture.Line] {
    outline(of: field, field.values.map { $0.isNaN ? 1.0 : 0 }, level: 0.5, outside: 0)
  }

  /// The outline of a level in values on the grid of a field, closed by a ring of samples outside.
  private func outline(of field: Field, _ values: [Double], level: Double, outside: Double)
    -> [Picture.Line]
  {
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
      return Picture.Line(
        PixelPath.simplified(places + places.prefix(1), tolerance: 0.2).dropLast(), isClosed: true)
    }
  }

  // MARK: Lines

  private struct Line {
    var level: Double
    var name: String
    var thing: Int32
    var places: [SIMD2<Double>]
    var isClosed: Bool
  }

  private func lines(_ field: Field, _ levels: Levels) -> [Picture.Item] {
    var placer = LabelPlacer(box: plot)
    var lines: [Line] = []
    for (level, name) in zip(levels.values, levels.names) {
      for line in ContourTracer.contours(of: field, level: level) {
        let places = line.points.map(place)
        let thing = Int32(lines.count + 1)
        placer.occupy(line.isClosed ? places + places.prefix(1) : places, thing: thing)
        lines.append(
          Line(level: level, name: name, thing: thing, places: places, isClosed: line.isClosed))
      }
    }
    occupy(&placer)
    var paths: [Picture.Item] = []
    var labels: [Picture.Item] = []
    var labelled: [Double: Int] = [:]
    // Longest first: a label does most good on a line that is far to follow.
    let order = lines.indices.map {
      ($0, LabelPlacer.Walk(lines[$0].places, isClosed: lines[$0].isClosed).length)
    }
    .sorted { ($0.1, $1.0) > ($1.1, $0.0) }
    for (index, length) in order {
      let line = lines[index]
      var found: [LabelPlacer.Label] = []
      let width = Figure.width(of: line.name, size: LabelPlacer.height)
      // A long line may have two, a level no more than four.
      for _ in 0..<(length > 1400 ? 2 : 1) where labelled[line.level, default: 0] < 4 {
        guard
          let label = placer.place(width: width, on: line.places, isClosed: line.isClosed, thing: line.thing)
        else { break }
        found.append(label)
        labelled[line.level, default: 0] += 1
      }
      paths.append(path(of: line, leaving: found))
      for label in found { labels.append(self.label(line.name, label)) }
    }
    let ink = palette.ground.mixed(with: palette.text, amount: palette.theme == .dark ? 0.62 : 0.55)
    return [
      Picture.Item(
        .group(paths, clip: nil), pen: Picture.Pen(stroke: ink, width: 0.9), name: "contours"),
      Picture.Item(.group(labels, clip: nil), name: "levels"),
    ]
  }

  /// The line but for the gaps in which its labels stand.
  private func path(of line: Line, leaving labels: [LabelPlacer.Label]) -> Picture.Item {
    func simple(_ places: [SIMD2<Double>]) -> Picture.Line {
      Picture.Line(PixelPath.simplified(places, tolerance: 0.2))
    }
    var parts: [Picture.Line] = []
    if labels.isEmpty {
      var whole = simple(line.isClosed ? line.places + line.places.prefix(1) : line.places)
      if line.isClosed {
        whole.places.removeLast()
        whole.isClosed = true
      }
      parts.append(whole)
    } else {
      let walk = LabelPlacer.Walk(line.places, isClosed: line.isClosed)
      var from = 0.0
      for gap in labels.map(\.gap).sorted(by: { $0.lowerBound < $1.lowerBound }) {
        if gap.lowerBound > from { parts.append(simple(walk.part(from: from, to: gap.lowerBound))) }
        from = gap.upperBound
      }
      parts.append(simple(walk.part(from: from, to: walk.length)))
    }
    return Picture.Item(.lines(parts), data: [Picture.Datum("level", NumberText.exact(line.level))])
  }

  private func label(_ text: String, _ label: LabelPlacer.Label) -> Picture.Item {
    var words = Picture.Label(
      text, at: label.place + SIMD2(0, 0.36 * LabelPlacer.height), size: LabelPlacer.height)
    words.anchor = .middle
    words.turn = (label.degrees, label.place)
    return Picture.Item(.text(words), pen: Picture.Pen(fill: palette.strong))
  }
}
