import Canvas
import Experiments

/// A map on screen: a grid of half cells, each a run, with the axes of the map around it.
struct GridPicture {
  /// Where it stands.
  let area: PlotArea

  /// Runs across.
  var columns: Int { max(1, area.plot.width) }
  /// Runs upwards: two to a cell.
  var rows: Int { max(1, area.plot.height * 2) }

  /// The place of a run, or of anything between runs, in cells of the plot. Row 0 is the lowest.
  func place(column: Double, row: Double) -> SIMD2<Double> {
    SIMD2(column + 0.5, (Double(rows) - 0.5 - row) / 2)
  }

  /// The run at a cell of the screen: of its two the upper one.
  func run(atColumn x: Int, row y: Int) -> (column: Int, row: Int)? {
    guard area.plot.contains(x: x, y: y) else { return nil }
    return (x - area.plot.x, rows - 1 - 2 * (y - area.plot.y))
  }

  /// An empty plot for the grid. Without colours its tones are told apart by signs, which are ASCII.
  func plot(_ appearance: Appearance, _ palette: Palette) -> Plot {
    Plot(
      columns: area.plot.width, rows: area.plot.height,
      rung: appearance.depth == .none ? .ascii : appearance.glyphs, palette: palette)
  }

  /// The axes, with ticks at round values.
  func paintAxes(x: Axis, y: Axis, on canvas: inout Canvas, _ look: Look) {
    if let rect = area.yAxis {
      var used = Set<Int>()
      for tick in y.ticks(of: rows, atMost: max(2, rect.height / 3)) {
        let row = Int(place(column: 0, row: tick.position).y)
        guard row >= 0, row < rect.height, used.insert(row).inserted else { continue }
        canvas.text(
          rightAligned: Text.truncated(tick.label, to: rect.width - 1), right: rect.right - 1,
          y: rect.y + row,
          style: look.muted)
        canvas.text("┤", x: rect.right - 1, y: rect.y + row, style: look.faint)
      }
    }
    guard let rect = area.xAxis else { return }
    let labels = rect.height >= 2 ? rect.y + 1 : rect.y
    if rect.height >= 2 { canvas.rule(x: rect.x, y: rect.y, width: rect.width, style: look.faint) }
    let long = "→ \(x.name)   ↑ \(y.name)"
    let name = Text.width(of: long) * 3 <= rect.width ? long : "→ \(x.symbol)  ↑ \(y.symbol)"
    let end = rect.right
    var free = rect.x - 4
    var gap = (start: rect.x, end: rect.x)
    for tick in x.ticks(of: columns, atMost: max(2, rect.width / 9)) {
      let column = Int(place(column: tick.position, row: 0).x)
      guard column >= 0, column < rect.width else { continue }
      if rect.height >= 2 { canvas.text("┬", x: rect.x + column, y: rect.y, style: look.faint) }
      let width = Text.width(of: tick.label)
      let start = max(rect.x, min(rect.x + column - (width - 1) / 2, rect.right - width))
      guard start > free, start + width <= end else { continue }
      canvas.text(tick.label, x: start, y: labels, style: look.muted)
      if start - free > gap.end - gap.start { gap = (max(rect.x, free), start) }
      free = start + width
    }
    // The names stand where the ticks leave most room, the right end before others.
    if end - free >= min(gap.end - gap.start, Text.width(of: name) + 2) { gap = (free, end) }
    guard gap.end - gap.start >= Text.width(of: name) + 2 else { return }
    let x = gap.end == end ? end - Text.width(of: name) : (gap.start + gap.end - Text.width(of: name)) / 2
    canvas.text(name, x: x, y: labels, style: look.text)
  }
}

extension Axis {
  /// The letter, with the words where there are some: `η learning rate`.
  var name: String { symbol == label || label.isEmpty ? symbol : "\(symbol) \(label)" }

  /// A value as it is shown: four digits tell neighbours apart.
  func brief(_ value: Double) -> String {
    isWhole || !words.isEmpty ? text(of: value) : NumberText.brief(value, digits: 4)
  }

  /// Round values along the axis, and where they stand in cells.
  func ticks(of count: Int, atMost most: Int) -> [(position: Double, label: String)] {
    var ticks: [(Double, String)] = []
    func add(_ value: Double, _ label: String) {
      guard let position = position(of: value, of: count), position > -0.5, position < Double(count) - 0.5
      else { return }
      ticks.append((position, label))
    }
    let (least, greatest) = (Swift.min(low, high), Swift.max(low, high))
    if !words.isEmpty || isWhole && greatest - least < Double(most) {
      for value in Int(least.rounded(.up))...Swift.max(Int(least.rounded(.up)), Int(greatest)) {
        add(Double(value), text(of: Double(value)))
      }
      return ticks
    }
    switch scale {
    case .linear:
      let round = Ticks.round(in: least...greatest, atMost: most)
      for value in round.values { add(value, Ticks.label(value, step: round.step)) }
    case .log:
      var powers: [Double] = []
      for exponent in -320...308 {
        guard let power = Double("1e\(exponent)"), power >= least * 0.999999, power <= greatest * 1.000001
        else { continue }
        powers.append(power)
      }
      if powers.count >= 2 {
        let stride = (powers.count + most - 1) / most
        for (index, power) in powers.enumerated() where index % stride == 0 {
          add(power, NumberText.brief(power, digits: 2))
        }
      } else {
        for value in Ticks.round(in: least...greatest, atMost: most).values {
          add(value, NumberText.brief(value, digits: 3))
        }
      }
    case .logOneMinus:
      // 0, 0.9, 0.99 … and the halves between where there is room.
      var distance = 1.0
      while 1 - distance <= greatest, distance > 1e-12 {
        add(1 - distance, NumberText.brief(1 - distance, digits: 6))
        if most > 4 { add(1 - distance / 2, NumberText.brief(1 - distance / 2, digits: 6)) }
        distance /= 10
      }
    }
    return ticks
  }
}
