import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Pixels
import Scenes

extension Figure {
  /// Samples beyond each edge of the window, so that lines and grounds go on past it.
  private static let beyond = 3

  /// The grounds between levels, the contour lines, and their labels.
  var contours: [Picture.Item] {
    let (columns, rows) = samples
    let pixel = (x: window.width / Double(columns), y: window.height / Double(rows))
    let wider = window.grown(x: Double(Figure.beyond) * pixel.x, y: Double(Figure.beyond) * pixel.y)
    let field = portrait.ground.field(
      columns: columns + 2 * Figure.beyond, rows: rows + 2 * Figure.beyond, in: wider)
    return [ground(field)] + lines(field)
  }

  /// One sample per 1.5 pixels of the window.
  private var samples: (columns: Int, rows: Int) {
    (max(16, Int(clamped: plot.width / 1.5)), max(16, Int(clamped: plot.height / 1.5)))
  }

  /// What a contour line means, and where the picture is not what one expects.
  var remarks: [String] {
    let (columns, rows) = samples
    return [
      portrait.ground.words, portrait.ground.expectedWords,
      landscape.sketchWords(columns: columns, rows: rows),
      window.stretchWords(width: plot.width, height: plot.height),
    ].compactMap(\.self)
  }

  // MARK: Grounds

  /// The ground between each level and the next, in a tone of its own; where the loss is no number, the page. And the shades
  /// of the same field, of which pixels show more than the levels.
  private func ground(_ field: Field) -> Picture.Item {
    let ground = portrait.ground
    func tone(_ band: Int) -> Colour { palette.shade(ground.shade(ofBand: band)) }
    var bands: [Picture.Ground.Band] = []
    for (index, level) in ground.levels.enumerated() {
      let area = area(of: field, above: level.value)
      if !area.isEmpty { bands.append(Picture.Ground.Band(area, colour: tone(index + 1))) }
    }
    if field.values.contains(where: \.isNaN) {
      bands.append(Picture.Ground.Band(holes(in: field), colour: palette.ground, name: "undefined"))
    }
    return Picture.Item(
      .ground(
        Picture.Ground(
          box: plot, lowest: tone(0), bands: bands, shades: shades(of: field),
          ramp: ColourRamp(palette))))
  }

  /// The shades of what of a field lies in the picture.
  private func shades(of field: Field) -> ShadeField {
    let (columns, rows) = (field.columns - 2 * Figure.beyond, field.rows - 2 * Figure.beyond)
    let shades = (0..<columns * rows).map { index in
      let value = field[index % columns + Figure.beyond, index / columns + Figure.beyond]
      return portrait.ground.shade(of: value).map { Float($0) } ?? .nan
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
    var level: Portrait.Ground.Level
    var thing: Int32
    var places: [SIMD2<Double>]
    var isClosed: Bool
  }

  private func lines(_ field: Field) -> [Picture.Item] {
    var placer = LabelPlacer(box: plot)
    var lines: [Line] = []
    for (level, outlines) in portrait.ground.lines(in: field) {
      for line in outlines {
        let places = line.points.map(place)
        let thing = Int32(lines.count + 1)
        placer.occupy(line.isClosed ? places + places.prefix(1) : places, thing: thing)
        lines.append(Line(level: level, thing: thing, places: places, isClosed: line.isClosed))
      }
    }
    occupy(&placer)
    let labels = labels(on: lines, &placer)
    let paths = lines.indices.map { path(of: lines[$0], leaving: labels[$0]) }
    let names = lines.indices.flatMap { index in
      labels[index].flatMap { name(lines[index].level.name, $0) }
    }
    let ink = palette.ground.mixed(with: palette.text, amount: palette.theme == .dark ? 0.62 : 0.55)
    let expected = portrait.ground.expectedLines(in: window).map { line in
      let places = line.points.map(place)
      return Picture.Item(
        .lines([Picture.Line(PixelPath.simplified(places, tolerance: 0.2), isClosed: line.isClosed)]))
    }
    return [
      Picture.Item(
        .group(paths, clip: nil), pen: Picture.Pen(stroke: ink, width: 0.9), name: "contours"),
      Picture.Item(
        .group(expected, clip: nil), pen: Picture.Pen(stroke: palette.pale(palette.caption), width: 1.4),
        name: "expected"),
      Picture.Item(.group(names, clip: nil), name: "levels"),
    ]
  }

  /// Where the names of the levels that have one stand, line by line.
  private func labels(on lines: [Line], _ placer: inout LabelPlacer) -> [[LabelPlacer.Label]] {
    var labels = [[LabelPlacer.Label]](repeating: [], count: lines.count)
    var count: [Double: Int] = [:]
    // Longest first: a label does most good on a line that is far to follow.
    let order = lines.indices.filter { lines[$0].level.isNamed }.map {
      ($0, LabelPlacer.Walk(lines[$0].places, isClosed: lines[$0].isClosed).length)
    }
    .sorted { ($0.1, $1.0) > ($1.1, $0.0) }
    func add(to index: Int, _ fit: LabelPlacer.Fit, _ placer: inout LabelPlacer) -> Bool {
      let line = lines[index]
      let width = Figure.width(of: line.level.name, size: LabelPlacer.height)
      guard
        let label = placer.place(
          width: width, on: line.places, isClosed: line.isClosed, thing: line.thing, fit)
      else { return false }
      labels[index].append(label)
      count[line.level.value, default: 0] += 1
      return true
    }
    for (index, length) in order {
      // A long line may have two, a level no more than four.
      for _ in 0..<(length > 1400 ? 2 : 1) where count[lines[index].level.value, default: 0] < 4 {
        guard add(to: index, .good, &placer) else { break }
      }
    }
    // A level that is named has its name, if need be over other lines, but over nothing else.
    var shapes = LabelPlacer(box: plot)
    occupy(&shapes, room: 1)
    for label in labels.joined() { shapes.occupyDisc(label.place, radius: 12, thing: -2) }
    for (index, _) in order where count[lines[index].level.value] == nil {
      _ = add(to: index, .over, &shapes)
    }
    return labels
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
    return Picture.Item(.lines(parts), data: [Picture.Datum("level", NumberText.exact(line.level.value))])
  }

  /// A name in a line; what it lies over ends before it.
  private func name(_ text: String, _ label: LabelPlacer.Label) -> [Picture.Item] {
    var words = Picture.Label(
      text, at: label.place + SIMD2(0, 0.36 * LabelPlacer.height), size: LabelPlacer.height)
    words.anchor = .middle
    words.turn = (label.degrees, label.place)
    let item = Picture.Item(.text(words), pen: Picture.Pen(fill: palette.strong))
    guard label.isOver else { return [item] }
    let angle = label.degrees * .pi / 180
    let half = Figure.width(of: text, size: LabelPlacer.height) / 2 - 4
    let way = SIMD2(Elementary.cos(angle), Elementary.sin(angle)) * half
    let under = Picture.Item(
      .lines([Picture.Line([label.place - way, label.place + way])]),
      pen: Picture.Pen(stroke: palette.ground, width: 12, opacity: 0.7, isRound: true))
    return [under, item]
  }
}
