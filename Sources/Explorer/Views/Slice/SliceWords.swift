import Canvas
import Experiments

/// What a slice says in words, and the legend of its picture.
struct SliceWords {
  let slice: Slice
  let entry: Int
  /// The colour of the entry.
  let colour: Colour

  /// What the step did, and the numbers, as many rows as there are.
  func paint(remark: String, on canvas: inout Canvas, _ rect: Rect, _ look: Look) {
    guard rect.height > 0 else { return }
    let head = look.palette.head(colour)
    var x = rect.x + canvas.text("\(entry + 1)", x: rect.x, y: rect.y, style: head) + 1
    if rect.width < 30 { x = rect.x + 2 }
    let verdict = slice.verdict
    let room = rect.right - x
    let words =
      [remark + verdict.long, verdict.long, verdict.short].first { Text.width(of: $0) <= room }
      ?? verdict.short
    let isBad = slice.other == nil && ((slice.overshoot ?? 0) > 2 || (slice.overshoot ?? 0) < 0)
    canvas.text(
      Text.truncated(words, to: room), x: x, y: rect.y, style: isBad ? look.warning : look.strong)
    for (row, line) in numbers(rect.width - 2, arrow: look.arrow).enumerated()
    where row + 1 < rect.height {
      canvas.text(
        Text.truncated(line, to: rect.width - 2), x: rect.x + 2, y: rect.y + 1 + row, style: look.muted)
    }
  }

  /// The numbers of the step and of the model, a line each.
  private func numbers(_ width: Int, arrow: String) -> [String] {
    func brief(_ value: Double) -> String { NumberText.brief(value, digits: 4) }
    var lines: [String] = []
    if let length = slice.length {
      let reached = slice.loss(at: length)
      let what = slice.endsOnLine ? "loss" : "loss on this line"
      let way = slice.other == nil ? "step" : "distance"
      let texts = [
        "\(way) \(brief(length)), \(what) \(brief(slice.value)) \(arrow) \(brief(reached)), model \(brief(slice.model(at: length)))",
        "\(way) \(brief(length)), \(brief(slice.value)) \(arrow) \(brief(reached))",
        "\(way) \(brief(length))",
      ]
      lines.append(texts.first { Text.width(of: $0) <= width } ?? texts[2])
    } else {
      lines.append("loss \(brief(slice.value))")
    }
    lines.append("slope \(brief(slice.slope)), curvature \(brief(slice.curvature))" + trialWords)
    return lines
  }

  private var trialWords: String {
    switch slice.trials.count {
    case 0: ""
    case 1: ", asked once on this line"
    default: ", \(slice.trials.count) lengths tried"
    }
  }

  /// The signs of the picture.
  func paintLegend(on canvas: inout Canvas, _ row: Rect, _ look: Look) {
    var parts: [(String, Style, String)] = [
      ("──", look.text.with(colour), "loss"), ("╌ ╌", look.text.with(look.palette.ghost), "quadratic model"),
    ]
    if slice.other == nil { parts.append(("○", look.strong, "before")) }
    if let other = slice.other {
      parts.append(("\(entry + 1)", look.palette.head(colour), "here"))
      parts.append(("\(other + 1)", look.strong, "the other run"))
    } else if slice.length != nil {
      parts.append(
        (
          "\(entry + 1)", look.palette.head(colour),
          slice.endsOnLine ? "after" : "its part on this line"
        ))
    }
    if slice.modelMinimum != nil { parts.append(("◇", look.strong, "model's minimum")) }
    if !slice.trials.isEmpty { parts.append(("×", look.strong, "tried")) }
    var x = row.x
    for (sign, style, word) in parts {
      guard x + Text.width(of: sign) + Text.width(of: word) + 1 <= row.right else { return }
      x += canvas.text(sign, x: x, y: row.y, style: style)
      x += canvas.text(" \(word)", x: x, y: row.y, style: look.muted) + 3
    }
  }
}
