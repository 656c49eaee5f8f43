import Canvas
import Experiments
import Landscapes

/// What a model of two inputs makes of the plane they span: the class it sees everywhere and how sure it is, or the number
/// it tells; and the rows of the data on it.
struct RegionPicture {
  let problem: any DataProblem
  let parameters: [Double]
  /// The sides of the plane: the first input across, the second upwards.
  let window: Window

  /// The window that holds the rows.
  static func window(of table: DataTable, _ inputs: [String]) -> Window? {
    func side(_ name: String) -> ClosedRange<Double>? {
      guard let column = table.column(name), let low = column.min(), let high = column.max() else {
        return nil
      }
      let margin = high > low ? 0.04 * (high - low) : 1
      let range = low - margin...high + margin
      return Window.isSide(range) ? range : nil
    }
    guard inputs.count == 2, let x = side(inputs[0]), let y = side(inputs[1]) else { return nil }
    return Window(x: x, y: y)
  }

  /// Paints it.
  func paint(on canvas: inout Canvas, _ rect: Rect, _ look: Look) {
    guard rect.width >= 2, rect.height >= 1 else { return }
    let columns = rect.width
    // Of pixels there are two across half a cell and two down; the half is like the first of them.
    let fine = look.glyphs == .pixels ? 2 : 1
    guard let samples = grounds(columns: columns * fine, rows: rect.height * 2 * fine, look) else { return }
    let grounds = (0..<rect.height * 2).flatMap { row in
      (0..<columns).map { samples[(row * columns * fine + $0) * fine] }
    }
    for row in 0..<rect.height {
      for column in 0..<columns {
        let (upper, lower) = (grounds[2 * row * columns + column], grounds[(2 * row + 1) * columns + column])
        put(upper, lower, on: &canvas, x: rect.x + column, y: rect.y + row, look)
      }
    }
    let points = points(told: grounds, rect, look)
    for point in points {
      canvas.fill(
        Rect(
          x: rect.x + Int(clamped: point.place.x), y: rect.y + Int(clamped: point.place.y), width: 1,
          height: 1),
        point.glyph, point.style)
    }
    guard look.glyphs == .pixels else { return }
    var drawing = PlotDrawing(columns: columns, rows: rect.height, palette: look.palette)
    drawing.ground = .fields(
      samples.map(\.ground), columns: columns * fine, rows: rect.height * 2 * fine)
    for point in points { drawing.add(point.glyph, at: point.place, point.style.on(.terminal)) }
    canvas.draw(drawing, at: rect)
  }

  /// What the model makes of the middles of a grid over the plane, row by row from the top; nil where it tells nothing.
  private func grounds(columns: Int, rows: Int, _ look: Look) -> [Tone]? {
    var (xs, ys): ([Double], [Double]) = ([], [])
    for row in 0..<rows {
      for column in 0..<columns {
        xs.append(window.x.lowerBound + (Double(column) + 0.5) / Double(columns) * window.width)
        ys.append(window.y.upperBound - (Double(row) + 0.5) / Double(rows) * window.height)
      }
    }
    let told = problem.predictions(at: parameters, inputs: [xs, ys])
    guard let first = told.first else { return nil }
    guard let classes = problem.roles.classes else { return first.map { tone(of: $0, look) } }
    return first.indices.map { place in
      guard let best = ToldClass.of(told, row: place) else { return tone(ofClass: 0, sureness: 0, look) }
      let sureness = (told[best][place] - 1 / Double(classes)) / (1 - 1 / Double(classes))
      return tone(ofClass: best, sureness: sureness, look)
    }
  }

  private func put(
    _ upper: Tone, _ lower: Tone, on canvas: inout Canvas, x: Int, y: Int, _ look: Look
  ) {
    guard look.palette.depth != .none else {
      canvas.fill(Rect(x: x, y: y, width: 1, height: 1), upper.sign, look.muted)
      return
    }
    let isPlain = look.glyphs == .ascii
    canvas.fill(
      Rect(x: x, y: y, width: 1, height: 1), isPlain ? .space : .upperHalf,
      isPlain ? Style(look.palette.text, on: upper.ground) : Style(upper.ground, on: lower.ground))
  }

  private static let letters: [Glyph] = ["a", "b", "c", "d", "e", "f", "g", "h"]

  private func tone(ofClass index: Int, sureness: Double, _ look: Look) -> Tone {
    Tone(
      look.palette.classGround(index, sureness: sureness),
      sign: sureness > 0.5 ? Self.letters[index % Self.letters.count] : ".")
  }

  private func tone(of value: Double, _ look: Look) -> Tone {
    let place = (value - range.lowerBound) / max(range.upperBound - range.lowerBound, .leastNonzeroMagnitude)
    let signs: [Glyph] = [".", "-", "=", "%", "#"]
    return Tone(
      look.palette.mapped(place), sign: place.isNaN ? " " : signs[min(4, max(0, Int(clamped: place * 5)))])
  }

  /// The values of a numeric target.
  private var range: ClosedRange<Double> {
    let column = problem.roles.target.flatMap(problem.training.column) ?? []
    guard let low = column.min(), let high = column.max() else { return 0...1 }
    return low...high
  }

  // MARK: The rows

  /// How many rows are drawn: about one in five cells.
  static func shownRows(of count: Int, in rect: Rect) -> Int {
    min(count, max(24, rect.width * rect.height / 5))
  }

  /// The first rows as points: a dot where the model is right, a cross where it is wrong.
  private func points(
    told grounds: [Tone], _ rect: Rect, _ look: Look
  ) -> [(place: SIMD2<Double>, glyph: Glyph, style: Style)] {
    let (table, roles) = (problem.training, problem.roles)
    guard let xs = table.column(roles.inputs[0]), let ys = table.column(roles.inputs[1]),
      let target = roles.target.flatMap(table.column)
    else { return [] }
    var points: [(place: SIMD2<Double>, glyph: Glyph, style: Style)] = []
    let count = Self.shownRows(of: table.count, in: rect)
    let shown = (Array(xs.prefix(count)), Array(ys.prefix(count)))
    let told = roles.classes == nil ? [] : problem.predictions(at: parameters, inputs: [shown.0, shown.1])
    for row in 0..<count {
      let across = (shown.0[row] - window.x.lowerBound) / window.width * Double(rect.width)
      let down = (window.y.upperBound - shown.1[row]) / window.height * Double(rect.height)
      let (column, line) = (Int(clamped: across), Int(clamped: down))
      guard column >= 0, column < rect.width, line >= 0, line < rect.height else { continue }
      // The half of the cell in which the point lies lends it its ground.
      let half = down - Double(line) < 0.5 ? 0 : 1
      let ground = grounds[(2 * line + half) * rect.width + column].ground
      let answer = Int(clamped: target[row])
      let isRight = told.isEmpty || ToldClass.of(told, row: row) == answer
      let colour = told.isEmpty ? look.palette.strong : look.palette.classPoint(answer, on: ground)
      let glyph: Glyph =
        look.palette.depth == .none
        ? (told.isEmpty ? "o" : isRight ? Self.letters[answer % 8] : "x")
        : isRight ? (look.glyphs == .ascii ? "." : "•") : (look.glyphs == .ascii ? "x" : "×")
      points.append((SIMD2(across, down), glyph, Style(colour, on: ground, isRight ? [] : .bold)))
    }
    return points
  }
}
