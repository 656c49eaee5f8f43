import Canvas
import Experiments
import OptimizerCore

/// Numbers under several seeds, a strip for each of several things: a mark for every seed, a bar where most of them lie, and the
/// middle in words.
struct SeedStrips {
  /// The numbers of one thing.
  struct Strip {
    let label: String
    let digit: Int
    let colour: Int
    let isSelected: Bool
    /// By seed, the one that is seen elsewhere first; NaN where there is none.
    let values: [Double]
    /// For how many seeds it is ahead of the selected one, and of how many; nil for that one itself.
    let ahead: (wins: Int, of: Int)?
  }

  let strips: [Strip]
  let scale: CurveScale
  /// Whether the numbers are shares, told in percent.
  let isShare: Bool

  /// The ends of the axis, as the scale counts; nil where there is no number.
  var ends: (low: Double, high: Double)? {
    let places = strips.flatMap(\.values).map(scale.position).filter(\.isFinite)
    guard let low = places.min(), let high = places.max() else { return nil }
    // One run on its way to infinity must not send all others to the edge.
    guard isShare else {
      return scale.ends(low, scale == .linear ? high : min(high, low.rounded(.down) + CurveScale.decades))
    }
    let room = max(0.01, 0.06 * (high - low))
    return (max(0, low - room), min(1, high + room))
  }

  /// The words of a number.
  private func words(_ value: Double, decimals: Int = 1) -> String {
    guard value.isFinite else { return "ended" }
    return isShare ? NumberText.fixed(100 * value, decimals: decimals) : NumberText.brief(value)
  }

  /// The middle and how far apart the seeds are, the longest wording first.
  private func words(_ strip: Strip) -> [String] {
    guard let summary = SeedSummary(strip.values, isShare: isShare) else {
      let words = strip.values.isEmpty ? "…" : "none of \(strip.values.count)"
      return [words, words]
    }
    let middle = words(summary.middle)
    guard isShare else {
      return ["\(middle) (\(words(summary.range.lowerBound)) to \(words(summary.range.upperBound)))", middle]
    }
    return [
      "\(middle) ± \(words((summary.range.upperBound - summary.range.lowerBound) / 2)) %", "\(middle) %",
    ]
  }

  /// The columns of a screen so wide: labels, the strips, the middle in words, the seeds in which a strip is ahead.
  private struct Columns {
    let label: Int
    let wording: Int
    let words: Int
    let ahead: Int

    var beside: Int { (words > 0 ? words + 2 : 0) + (ahead > 0 ? ahead + 2 : 0) }
  }

  private func columns(_ width: Int, _ head: (middle: [String], ahead: String)) -> Columns {
    // A digit, the name, and a blank beside each.
    let label = min((strips.map { Text.width(of: $0.label) }.max() ?? 0) + 5, max(4, width / 3))
    let wordings = strips.map(words)
    let ahead = Text.width(of: head.ahead)
    let needed = (0..<2).map { wording in
      max(
        Text.width(of: head.middle[wording]), wordings.map { Text.width(of: $0[wording]) }.max() ?? 0)
    }
    let all = [
      Columns(label: label, wording: 0, words: needed[0], ahead: ahead),
      Columns(label: label, wording: 0, words: needed[0], ahead: 0),
      Columns(label: label, wording: 1, words: needed[1], ahead: 0),
    ]
    return all.first { width - $0.label - $0.beside >= 20 && (ahead > 0 || $0.ahead == 0) }
      ?? Columns(label: label, wording: 1, words: 0, ahead: 0)
  }

  /// Paints the strips and the axis under them.
  ///
  /// - Parameter head: what stands over the middle, the longest wording first, and over the seeds ahead; empty leaves it out.
  /// - Returns: the rows of each strip that has room.
  func paint(
    on canvas: inout Canvas, _ rect: Rect, head: (middle: [String], ahead: String), _ look: Look
  ) -> [Rect] {
    guard rect.height >= 4, rect.width >= 24, !strips.isEmpty else { return [] }
    let (top, below) = rect.splitTop(1)
    let rows = max(1, min(4, (below.height - 2) / strips.count))
    let (body, rest) = below.splitTop(min(rows * strips.count, below.height - 2))
    let axis = rest.splitTop(2).top
    let columns = columns(rect.width, head)
    let plot = Rect(
      x: rect.x + columns.label, y: axis.y, width: rect.width - columns.label - columns.beside,
      height: axis.height)
    var x = plot.right
    if columns.words > 0 {
      x += columns.words + 2
      canvas.text(rightAligned: head.middle[columns.wording], right: x, y: top.y, style: look.muted)
    }
    if columns.ahead > 0 {
      canvas.text(rightAligned: head.ahead, right: x + columns.ahead + 2, y: top.y, style: look.muted)
    }
    let shown = strips.prefix(max(1, body.height / rows))
    let parts = shown.indices.map {
      Rect(x: rect.x, y: body.y + $0 * rows, width: rect.width, height: rows)
    }
    guard let ends else { return parts }
    for (strip, part) in zip(shown, parts) { paint(strip, on: &canvas, part, plot, ends, columns, look) }
    paintAxis(ends, on: &canvas, plot, look)
    return parts
  }

  private func column(_ value: Double, _ plot: Rect, _ ends: (low: Double, high: Double)) -> Int {
    let share = (scale.position(of: value) - ends.low) / (ends.high - ends.low)
    return plot.x + Int(clamped: (min(max(share, 0), 1) * Double(plot.width - 1)).rounded())
  }

  private func paint(
    _ strip: Strip, on canvas: inout Canvas, _ part: Rect, _ plot: Rect, _ ends: (low: Double, high: Double),
    _ columns: Columns, _ look: Look
  ) {
    let style = look.entry(strip.colour)
    // The marks stand above the bar where there are rows for both.
    let y = part.y + (part.height >= 4 ? 1 : 0)
    let barY = part.height >= 2 ? y + 1 : y
    canvas.text(" \(strip.digit) ", x: part.x, y: y, style: look.palette.head(strip.colour))
    canvas.text(
      Text.truncated(" " + strip.label, to: columns.label - 4), x: part.x + 3, y: y,
      style: strip.isSelected ? look.strong.bold : look.text)
    canvas.rule(
      x: plot.x, y: barY, width: plot.width, glyph: look.glyphs == .ascii ? "." : "·", style: look.faint)
    if let summary = SeedSummary(strip.values, isShare: isShare) {
      paintBar(summary, on: &canvas, barY, plot, ends, style, isAlone: part.height >= 2, look)
    }
    paintMarks(strip, on: &canvas, y, plot, ends, look)
    var x = plot.right
    if columns.words > 0 {
      x += columns.words + 2
      canvas.text(
        rightAligned: words(strip)[columns.wording], right: x, y: y,
        style: strip.isSelected ? look.strong : look.text)
    }
    if columns.ahead > 0, let ahead = strip.ahead {
      canvas.text(
        rightAligned: "\(ahead.wins) of \(ahead.of)", right: x + columns.ahead + 2, y: y, style: look.text)
    }
  }

  /// From one end of where most seeds lie to the other, with the middle.
  private func paintBar(
    _ summary: SeedSummary, on canvas: inout Canvas, _ y: Int, _ plot: Rect,
    _ ends: (low: Double, high: Double), _ style: Style, isAlone: Bool, _ look: Look
  ) {
    guard summary.range.lowerBound.isFinite else { return }
    let (low, high) = (
      column(summary.range.lowerBound, plot, ends), column(summary.range.upperBound, plot, ends)
    )
    let isASCII = look.glyphs == .ascii
    canvas.rule(x: low, y: y, width: high - low + 1, glyph: isASCII ? "-" : "━", style: style)
    if isAlone, summary.middle.isFinite {
      canvas.text(isASCII ? "|" : "┃", x: column(summary.middle, plot, ends), y: y, style: look.strong.bold)
    }
  }

  /// A mark for each seed; where several fall into a cell, their number. The one that is seen elsewhere stands out.
  private func paintMarks(
    _ strip: Strip, on canvas: inout Canvas, _ y: Int, _ plot: Rect, _ ends: (low: Double, high: Double),
    _ look: Look
  ) {
    let mark = look.glyphs == .ascii ? "o" : "●"
    let own = strip.values.first.flatMap { $0.isFinite ? column($0, plot, ends) : nil }
    let counts = Dictionary(
      strip.values.filter(\.isFinite).map { (column($0, plot, ends), 1) }, uniquingKeysWith: +)
    // What lies beyond an end stands at it and says so.
    let beyond = Set(strip.values.filter { self.isBeyond($0, ends) }.map { column($0, plot, ends) })
    let arrow = look.glyphs == .ascii ? ">" : "≥"
    for (x, count) in counts {
      let words = beyond.contains(x) ? arrow : count == 1 ? mark : "\(count)"
      // All of them in one cell take two.
      canvas.text(
        words, x: min(x, plot.right - Text.width(of: words)), y: y,
        style: x == own ? look.palette.head(strip.colour) : look.entry(strip.colour).bold)
    }
    let lost = strip.values.count { !$0.isFinite }
    guard lost > 0 else { return }
    canvas.text(
      rightAligned: "\(look.glyphs == .ascii ? "x" : "×")\(lost)", right: plot.right, y: y,
      style: look.entry(strip.colour).bold)
  }

  private func isBeyond(_ value: Double, _ ends: (low: Double, high: Double)) -> Bool {
    value.isFinite && !(ends.low - 1e-9...ends.high + 1e-9).contains(scale.position(of: value))
  }

  /// Whether a run of any has ended before.
  var hasLost: Bool { strips.contains { $0.values.contains { !$0.isFinite } } }

  private func paintAxis(
    _ ends: (low: Double, high: Double), on canvas: inout Canvas, _ rect: Rect, _ look: Look
  ) {
    let ticks = ticks(ends, atMost: max(3, rect.width / 8)).map { place, label in
      Axes.Tick(at: (place - ends.low) / (ends.high - ends.low) * Double(rect.width - 1) + 0.5, label)
    }
    Axes.paintHorizontal(ticks, on: &canvas, rect, Axes.Labels(dropTicks: true), look)
  }

  /// Round numbers of the axis, as the scale counts.
  private func ticks(
    _ ends: (low: Double, high: Double), atMost most: Int
  ) -> [(place: Double, label: String)] {
    if scale != .linear {
      let powers =
        Int(
          clamped: ends.low.rounded(.up))...max(
          Int(clamped: ends.low.rounded(.up)), Int(clamped: ends.high.rounded(.down)))
      let stride = max(1, powers.count / most)
      return powers.filter { $0.isMultiple(of: stride) }.map { (Double($0), scale.label(at: Double($0))) }
    }
    let unit = isShare ? 100.0 : 1
    let ticks = Ticks.round(in: (ends.low * unit)...(ends.high * unit), atMost: most)
    return ticks.values.map {
      ($0 / unit, Ticks.label($0, step: ticks.step) + (isShare ? " %" : ""))
    }
  }
}
