import Canvas

/// An optimizer: its name and source, its rule, its knobs with those of the landscape, and the gauge of its curvature.
struct OptimizerPanel {
  /// The rule above it: what it is called, and where it comes from; nil without an entry.
  var title: (text: String, remark: String)?
  /// The colour of its numbers.
  var colour: Int?
  var recipe: RecipeList
  let knobs: KnobList
  let gauge: GaugeStrip?

  /// - Parameter gaugeRows: the rows kept for the gauge.
  func paint(on canvas: inout Canvas, _ rect: Rect, gaugeRows: Int, _ look: Look) -> [HitRegion] {
    guard rect.height > 0 else { return [] }
    var y = rect.y
    if let title {
      canvas.rule(
        titled: title.text, remark: title.remark, in: Rect(x: rect.x, y: y, width: rect.width, height: 1),
        look)
      y += 1
      let rest = Rect(x: rect.x, y: y, width: rect.width, height: rect.bottom - y)
      y = recipe.paint(on: &canvas, rest, colour.map(look.entry) ?? look.text, look)
    }
    let room = Rect(x: rect.x, y: y, width: rect.width, height: rect.bottom - y - gaugeRows)
    let (below, hits) = knobs.paint(on: &canvas, room, look)
    let rows = min(gaugeRows, rect.bottom - below)
    gauge?.paint(on: &canvas, Rect(x: rect.x, y: below, width: rect.width, height: rows), look)
    return hits
  }
}
