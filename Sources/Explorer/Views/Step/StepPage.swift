import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// The lines of a step, the arithmetic of the one that is looked at, and the state, as text.
struct StepPage {
  let moment: StepMoment?
  let context: ViewContext

  private var look: Look { context.look }

  /// The columns of a number.
  private static let numberColumns = 9

  /// Returns the lines as parts of the view, and what else the mouse can hit.
  func paint(on canvas: inout Canvas, _ rect: Rect, withKnobs: Bool) -> [HitRegion] {
    guard !rect.isEmpty else { return [] }
    guard let moment, !moment.lines.isEmpty else {
      canvas.text("no entry yet: a adds one", x: rect.x, y: rect.y, style: look.muted, width: rect.width)
      return []
    }
    var rest = rect
    func take(_ rows: Int) -> Rect {
      let split = rest.splitTop(rows)
      rest = split.rest
      return split.top
    }
    let arithmetic = arithmetic(of: moment, width: rect.width)
    let slots = slots(of: moment)
    if rect.height >= 3 { paintTitle(moment, on: &canvas, take(1)) }
    if rect.height >= 14 { paintWords(moment, on: &canvas, take(1)) }
    // The arithmetic keeps the rows that the longest line needs, so that nothing jumps from line to line.
    let count = moment.lines.count
    let forArithmetic =
      rest.height >= count + 3 ? min(max(arithmetic.count, 2), max(0, rest.height - count)) : 0
    let lines = take(min(count, max(1, rest.height - (rest.height >= 4 ? min(2, arithmetic.count) : 0))))
    var hits = paintLines(moment, on: &canvas, lines)
    if forArithmetic > 0 || rest.height > 0 {
      let isRoomy = rest.height >= forArithmetic + 1 + slots.count + 2
      if isRoomy { _ = take(1) }
      let rows = take(isRoomy ? max(forArithmetic, 4) : min(rest.height, arithmetic.count))
      for (row, runs) in arithmetic.prefix(rows.height).enumerated() {
        canvas.text(runs: runs, x: rows.x, y: rows.y + row, width: rows.width)
      }
    }
    if rest.height >= 3, !slots.isEmpty {
      if rest.height >= slots.count + 3 { _ = take(1) }
      paintState(moment, slots, on: &canvas, take(min(rest.height, slots.count + 1)))
    }
    if withKnobs, rest.height >= 4 {
      _ = take(1)
      canvas.rule(titled: "Knobs", in: take(1), look)
      let split = rest.splitBottom(rest.height >= 7 ? GaugeStrip.rows : 0)
      let (below, regions) = context.knobList.paint(on: &canvas, split.rest, look)
      hits += regions
      let rows = min(split.bottom.height, rest.bottom - below)
      context.gauge?.paint(on: &canvas, Rect(x: rest.x, y: below, width: rest.width, height: rows), look)
      hits += paintCurve(on: &canvas, rest.inset(top: below + rows + 1 - rest.y))
    }
    return hits
  }

  /// The curve of the race in the rows that are left, where they are enough.
  private func paintCurve(on canvas: inout Canvas, _ rect: Rect) -> [HitRegion] {
    guard rect.height >= StepPage.curveRows else { return [] }
    return context.curvePlot(width: rect.width).paint(on: &canvas, rect, look)
  }

  /// A curve of fewer rows would take the eye off the lines.
  private static let curveRows = 12

  // MARK: The title

  private func paintTitle(_ moment: StepMoment, on canvas: inout Canvas, _ rect: Rect) {
    let entry = context.entries[moment.entry]
    let place =
      moment.highlighted == nil
      ? "at the start"
      : "step \(NumberText.count(moment.step)), line \(moment.line + 1) of \(moment.lines.count)"
    let label = Text.truncated(
      Text.sanitised(entry.label), to: max(4, rect.width - 10 - Text.width(of: place)))
    canvas.rule(titled: "    \(label)", remark: place, in: rect, look)
    canvas.text(
      " \(moment.entry + 1) ", x: rect.x + 1, y: rect.y, style: look.palette.head(entry.colour))
  }

  /// What the entry is doing, or what happened in the step beyond its rule.
  private func paintWords(_ moment: StepMoment, on canvas: inout Canvas, _ rect: Rect) {
    let entry = context.entries[moment.entry]
    let words: String
    if !entry.isOn {
      words = "off: \(moment.entry + 1) switches it on"
    } else if !moment.events.isEmpty {
      words = moment.events.joined(separator: ", ")
    } else {
      words = context.words(of: moment.entry, width: rect.width)
    }
    canvas.text(
      Text.truncated(words, to: rect.width), x: rect.x, y: rect.y,
      style: moment.events.isEmpty ? look.muted : look.warning)
  }

  // MARK: The lines

  private func paintLines(_ moment: StepMoment, on canvas: inout Canvas, _ rect: Rect) -> [HitRegion] {
    var hits: [HitRegion] = []
    let first = max(0, min(moment.line - rect.height / 2, moment.lines.count - rect.height))
    let texts = moment.lines.map { line in
      // Without room for all forms the one in force.
      Text.width(of: look.spelled(line.text)) <= rect.width - 2 ? line.text : line.short
    }
    let widths = texts.map { Text.width(of: look.spelled($0)) }
    let widest = widths.max() ?? 0
    for row in 0..<min(rect.height, moment.lines.count) {
      let index = first + row
      let line = moment.lines[index]
      let y = rect.y + row
      let isHere = index == moment.line
      let region = Rect(x: rect.x, y: y, width: rect.width, height: 1)
      if isHere { canvas.fill(region, .space, look.text.on(ground(isHere))) }
      if isHere { canvas.text("▸", x: rect.x, y: y, style: onKey(look.accent).on(ground(isHere))) }
      let isAhead = !moment.isComputed(index)
      let runs = styled(texts[index], in: moment, isHere: isHere, isAhead: isAhead)
      // All lines have their numbers, or none but those that have room.
      let numbers = isAhead ? [] : numbers(of: line.values, line.drawing)
      let columns = numbers.count * StepPage.numberColumns
      let hasRoom = min(widest, widths[index]) + 2 + columns + 1 <= rect.width
      canvas.text(runs: runs, x: rect.x + 2, y: y, width: rect.width - 2 - (hasRoom ? columns : 0))
      if hasRoom {
        var right = rect.right
        for number in numbers.reversed() {
          canvas.text(
            rightAligned: number, right: right, y: y,
            style: style(line.quantity, isHere: isHere).on(ground(isHere)))
          right -= StepPage.numberColumns
        }
      }
      hits.append(HitRegion(region, .view(index)))
    }
    return hits
  }

  private func ground(_ isHere: Bool) -> Colour {
    isHere && look.palette.depth != .none ? look.palette.keyGround : look.palette.ground
  }

  private func style(_ quantity: Quantity, isHere: Bool) -> Style {
    let style = look.text.with(quantity.colour(in: look.palette))
    return isHere ? onKey(style.bold) : style
  }

  /// A style on the line that is looked at, on whose ground not every colour can be read.
  private func onKey(_ style: Style) -> Style {
    look.palette.depth != .none && style.foreground.contrast(to: look.palette.keyGround) < 4.5
      ? look.key.bold : style
  }

  /// A line in the colours of its letters.
  private func styled(_ line: String, in moment: StepMoment, isHere: Bool, isAhead: Bool) -> [(String, Style)]
  {
    let plain =
      isHere ? style(.other, isHere: true).with(look.palette.keyText) : isAhead ? look.muted : look.text
    let ground = ground(isHere)
    return RecipeToken.tokens(of: line, knowing: moment.alphabet).map { token in
      guard token.kind == .symbol, let quantity = quantity(of: token.text, in: moment), quantity != .other
      else {
        return (token.text, plain.on(ground))
      }
      return (token.text, style(quantity, isHere: isHere).on(ground))
    }
  }

  private func quantity(of symbol: String, in moment: StepMoment) -> Quantity? {
    if let quantity = moment.quantities[symbol] { return quantity }
    guard symbol.hasSuffix(RecipeExpression.prev) else { return nil }
    return moment.quantities[String(symbol.dropLast(RecipeExpression.prev.count))]
  }

  // MARK: Numbers

  /// A number in as many columns as all of them have.
  static func text(_ value: Double) -> String {
    let texts = [4, 3].map { NumberText.brief(value, digits: $0) }
    return texts.first { Text.width(of: $0) < numberColumns } ?? NumberText.brief(value)
  }

  /// A column a coordinate; of more than two parameters the length alone.
  private func numbers(of values: [Double], _ drawing: Drawing?) -> [String] {
    guard !values.isEmpty else { return [] }
    if values.count <= 2 { return values.map(StepPage.text) }
    if values.count == 4, drawing == .matrix { return [] }
    return ["‖·‖", StepPage.text(values.euclideanNorm)]
  }

  /// The line that is looked at with its numbers: what it computes, then a row for each coordinate, wrapped.
  private func arithmetic(of moment: StepMoment, width: Int) -> [[(String, Style)]] {
    guard let line = moment.highlighted else {
      return [[("n takes the first step, line by line", look.muted)]]
    }
    let style = style(line.quantity, isHere: false)
    guard !line.values.isEmpty else { return [[("\(line.label): not told by the rule", look.muted)]] }
    let axes = moment.landscape.axes
    if line.values.count == 4, moment.landscape.dimension == 2 {
      return (0..<2).map { row in
        [
          ("\(row == 0 ? axes.x : axes.y)  ", look.muted),
          ("\(StepPage.text(line.values[2 * row]))  \(StepPage.text(line.values[2 * row + 1]))", style),
        ]
      }
    }
    guard line.values.count <= 2 else {
      let length = StepPage.text(line.values.euclideanNorm)
      return [
        [
          ("‖\(line.symbol)‖ = ", look.muted), (length, style),
          (", \(line.values.count) numbers", look.muted),
        ]
      ]
    }
    return line.values.indices.flatMap { coordinate -> [[(String, Style)]] in
      let name = line.values.count == 1 ? line.symbol : coordinate == 0 ? axes.x : axes.y
      let result = (NumberText.brief(line.values[coordinate], digits: 4), style)
      guard let (expression, environment) = line.arithmetic else {
        return [[("\(name)  ", look.muted), result]]
      }
      // With as many digits as fit in a row, else in two.
      var rows: [[(String, Style)]] = []
      for digits in [4, 3] {
        let writer = RecipeWriter(
          coordinate: coordinate, digits: digits, environment: environment, quantities: moment.quantities)
        let pieces = writer.pieces(expression).map {
          ($0.text, $0.quantity.map { look.text.with($0.colour(in: look.palette)) } ?? look.text)
        }
        let sum = pieces.reduce(0) { $0 + Text.width(of: $1.0) }
        let isPlain = pieces.count == 1
        let runs: [(String, Style)] =
          [("\(name)  ", look.muted)] + (isPlain ? [] : pieces + [(" = ", look.muted)]) + [result]
        let whole = Text.width(of: name) + 2 + (isPlain ? 0 : sum + 3) + Text.width(of: result.0)
        if whole <= width { return [runs] }
        rows = [
          [("\(name)  ", look.muted)] + pieces,
          [(String(repeating: " ", count: Text.width(of: name)), look.muted), ("= ", look.muted), result],
        ]
      }
      return rows
    }
  }

  // MARK: The state

  private struct Row {
    let symbol: String
    let label: String
    let quantity: Quantity
    let isSigned: Bool
    let values: [Double]
    let count: Int
  }

  /// The point and all pieces of the state.
  private func slots(of moment: StepMoment) -> [Row] {
    var rows = [
      Row(
        symbol: "θ", label: "point", quantity: .step, isSigned: true, values: moment.parameters,
        count: moment.parameters.count)
    ]
    for slot in moment.slots {
      rows.append(
        Row(
          symbol: slot.symbol, label: slot.label, quantity: slot.quantity, isSigned: slot.drawing != .squares,
          values: slot.values, count: slot.values.count))
    }
    return rows
  }

  private func paintState(_ moment: StepMoment, _ rows: [Row], on canvas: inout Canvas, _ rect: Rect) {
    canvas.rule(titled: "State", in: rect.splitTop(1).top, look)
    let symbolColumns = max(3, rows.map { Text.width(of: look.spelled($0.symbol)) }.max() ?? 3) + 1
    let labelColumns = rect.width >= 50 ? 16 : 0
    let left = rect.x + symbolColumns + labelColumns
    let half = (rect.right - left) / 2
    let bar = max(0, min(24, half - StepPage.numberColumns - 1))
    let axes = moment.landscape.axes
    if moment.landscape.dimension == 2, rect.width >= 24 {
      for (place, axis) in [axes.x, axes.y].enumerated() {
        canvas.text(
          rightAligned: " \(axis)", right: left + place * half + StepPage.numberColumns, y: rect.y,
          style: look.muted)
      }
    }
    for (row, slot) in rows.prefix(rect.height - 1).enumerated() {
      let y = rect.y + 1 + row
      let style = style(slot.quantity, isHere: false)
      canvas.text(slot.symbol, x: rect.x, y: y, style: style)
      if labelColumns > 0 {
        canvas.text(
          Text.truncated(slot.label, to: labelColumns - 1), x: rect.x + symbolColumns, y: y, style: look.muted
        )
      }
      guard !slot.values.isEmpty else {
        canvas.text("not yet", x: left, y: y, style: look.faint, width: rect.right - left)
        continue
      }
      guard slot.values.count <= 2 else {
        let numbers =
          slot.values.count == 4
          ? slot.values.map { NumberText.brief($0) }.joined(separator: "  ")
          : "‖·‖ \(StepPage.text(slot.values.euclideanNorm)), \(slot.count) numbers"
        canvas.text(Text.truncated(numbers, to: rect.right - left), x: left, y: y, style: style)
        continue
      }
      let largest = slot.values.map(\.magnitude).max() ?? 0
      for (place, value) in slot.values.enumerated() {
        let x = left + place * half
        canvas.text(
          rightAligned: StepPage.text(value), right: x + StepPage.numberColumns, y: y, style: style)
        paintBar(
          value / largest, isSigned: slot.isSigned, on: &canvas, x: x + StepPage.numberColumns + 1, y: y,
          width: bar, style)
      }
    }
  }

  /// A bar for a share of the largest: to the right, and for what is below 0 to the left of the middle.
  private func paintBar(
    _ share: Double, isSigned: Bool, on canvas: inout Canvas, x: Int, y: Int, width: Int, _ style: Style
  ) {
    guard width >= 3, share.isFinite else { return }
    guard isSigned else {
      canvas.rule(
        x: x, y: y, width: share == 0 ? 0 : max(1, Int(clamped: (share * Double(width)).rounded())),
        glyph: "━",
        style: style)
      return
    }
    let half = (width - 1) / 2
    let cells = share == 0 ? 0 : max(1, Int(clamped: (share.magnitude * Double(half)).rounded()))
    canvas.text("│", x: x + half, y: y, style: look.faint)
    canvas.rule(x: share < 0 ? x + half - cells : x + half + 1, y: y, width: cells, glyph: "━", style: style)
  }
}
