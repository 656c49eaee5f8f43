import Canvas
import Experiments

/// The curvature at an iterate against what its rule can bear, and on a quadratic the regimes along the eigenvectors.
struct GaugeStrip {
  /// The rows that it takes: the curvature against the limit, and what a quadratic does.
  static let rows = 2

  let moment: Moment
  /// The entry whose next step is looked at.
  let entry: Int

  func paint(on canvas: inout Canvas, _ rect: Rect, _ look: Look) {
    guard rect.height > 0 else { return }
    let gauge = moment.gauge(entry: entry)
    let saysFormula = paintBar(gauge, on: &canvas, rect.splitTop(1).top, look)
    guard rect.height > 1 else { return }
    let y = rect.y + 1
    let regimes = moment.regimes(entry: entry)
    if gauge.smallest < 0 {
      canvas.text(
        Text.truncated(
          "λmin \(NumberText.brief(gauge.smallest, digits: 3)): bends down, a way to leave by", to: rect.width
        ),
        x: rect.x, y: y, style: look.warning)
    } else if !regimes.isEmpty {
      let texts = [
        regimes.map { "λ \(NumberText.brief($0.curvature, digits: 3)) \($0.words)" }.joined(separator: "; "),
        regimes.map {
          "λ \(NumberText.brief($0.curvature)) \($0.kind.rawValue) ×\(NumberText.brief($0.contraction))"
        }.joined(separator: "  "),
        regimes.map {
          let kind = $0.kind == .monotone ? "" : " \($0.kind.rawValue)"
          return "λ \(NumberText.brief($0.curvature)) ×\(NumberText.brief($0.contraction))\(kind)"
        }.joined(separator: "  "),
        regimes.map(\.kind.rawValue).joined(separator: ", "),
      ].map(look.spelled)
      let text = texts.first { Text.width(of: $0) <= rect.width } ?? texts[texts.count - 1]
      canvas.text(
        Text.truncated(text, to: rect.width), x: rect.x, y: y,
        style: regimes.contains { $0.kind == .diverging } ? look.warning : look.muted)
    } else if gauge.largest.isFinite {
      let smallest =
        gauge.smallest.isNaN ? "is not looked for now" : NumberText.brief(gauge.smallest, digits: 3)
      canvas.text(
        Text.truncated(
          "λmin \(smallest)"
            + (saysFormula || gauge.formula.isEmpty ? "" : ", limit \(gauge.formula)"), to: rect.width),
        x: rect.x, y: y, style: look.muted)
    }
  }

  /// One row: the largest eigenvalue, a bar up to one and a half times the limit with a tick at it, and the limit, with its
  /// formula if there is room. Returns whether there was.
  private func paintBar(_ gauge: Gauge, on canvas: inout Canvas, _ rect: Rect, _ look: Look) -> Bool {
    let value = look.spelled("\(gauge.symbol) \(NumberText.brief(gauge.largest, digits: 3))")
    guard let limit = gauge.limit, let share = gauge.share, share.isFinite else {
      let known = gauge.largest.isNaN ? gauge.reason : nil
      let texts = [known ?? "\(value)\(gauge.reason.map { ": \($0)" } ?? "")", gauge.reason ?? value]
      let text = texts.first { Text.width(of: $0) <= rect.width } ?? texts[1]
      canvas.text(text, x: rect.x, y: rect.y, style: look.muted, width: rect.width)
      return false
    }
    // From nine tenths of the limit on it warns, before the run does.
    let isClose = share >= 0.9
    let style = isClose ? look.warning : look.text
    var right = look.spelled(
      "\(share >= 1 ? "≥" : "<") \(NumberText.brief(limit, digits: 3)) = \(gauge.formula)")
    let used = Text.width(of: value) + 1
    let hasRoom = used + 8 + Text.width(of: right) + 1 <= rect.width
    if !hasRoom {
      right = "\(share >= 1 ? "≥" : "<") \(NumberText.brief(limit, digits: 3))"
    }
    canvas.text(value, x: rect.x, y: rect.y, style: style, width: rect.width)
    canvas.text(rightAligned: right, right: rect.right, y: rect.y, style: isClose ? look.warning : look.muted)
    let bar = Rect(
      x: rect.x + used, y: rect.y, width: rect.width - used - Text.width(of: right) - 1, height: 1)
    guard bar.width >= 4 else { return hasRoom }
    let tick = min(bar.width - 2, Int(clamped: (Double(bar.width) * 2 / 3).rounded()))
    // The tick stands between what is below the limit and what is not.
    let filled =
      share >= 1
      ? min(bar.width, tick + 1 + Int(clamped: ((min(share, 2) - 1) * Double(tick)).rounded()))
      : max(0, min(tick, Int(clamped: (max(0, min(share, 1)) * Double(tick)).rounded())))
    canvas.rule(x: bar.x, y: bar.y, width: bar.width, style: look.faint)
    canvas.rule(x: bar.x, y: bar.y, width: filled, glyph: "━", style: isClose ? look.warning : look.accent)
    canvas.text("┃", x: bar.x + tick, y: bar.y, style: look.warning)
    return hasRoom
  }
}
