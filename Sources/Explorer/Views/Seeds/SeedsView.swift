import Canvas
import Experiments
import Landscapes
import Scenes

/// What the curves show, for every entry under ten seeds at once: how much of a difference is the optimizer's, and how much
/// luck.
struct SeedsView: View {
  static let name = ViewName.seeds
  static let key: Character? = "I"
  static let title = "every entry under ten seeds: how much of a difference is luck"
  static let allowsNarrowPanel = true

  private var runs = SeedRuns()
  private(set) var progress = 1.0

  init(_ context: ViewContext) {}

  static func obstacle(in context: ViewContext) -> String? {
    if context.entries.isEmpty { return "no entry yet: a adds one" }
    if !context.entries.contains(where: \.isOn) { return "every entry is off: its digit switches one on" }
    guard !context.race.experiment.dependsOnSeed else { return nil }
    return "nothing here is random, so every seed gives the same run: the knob σ, or --noise, changes that"
  }

  /// The quantity of the curves where a run has one number of it, else the loss.
  private static func quantity(_ context: ViewContext) -> CurveQuantity {
    let quantity = context.curve.quantity
    let isKnown = quantity.obstacle(in: context.race, on: context.landscape, selected: 0) == nil
    return isKnown && quantity.isOfOneRun ? quantity : .loss
  }

  mutating func work(_ context: ViewContext, while goesOn: () -> Bool) {
    runs.follow(context.race.experiment)
    while goesOn(), runs.advance(to: context.race.step) {}
  }

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, _ context: ViewContext) -> [HitRegion] {
    let look = context.look
    if let obstacle = Self.obstacle(in: context) {
      progress = 1
      canvas.text(Text.truncated(obstacle, to: stage.width), x: stage.x, y: stage.y, style: look.muted)
      return []
    }
    runs.follow(context.race.experiment)
    progress = runs.progress(to: context.race.step)
    let quantity = Self.quantity(context)
    let step = runs.step(upTo: context.race.step)
    let strips = strips(quantity, at: step, context)
    let (title, rest) = stage.splitTop(1)
    let (legend, body) = rest.splitBottom(rest.height >= 8 ? 1 : 0)
    paintTitle(quantity, at: step, on: &canvas, title, context)
    let rival = strips.entries.count > 1 ? "ahead of \(context.selectedEntry + 1)" : ""
    let parts = strips.picture.paint(
      on: &canvas, body,
      head: strips.picture.isShare
        ? (["mean ± sd", "mean"], rival) : (["median (quartiles)", "median"], rival),
      look)
    if legend.height > 0 { paintLegend(strips.picture, on: &canvas, legend, look) }
    let missing = strips.entries.count - parts.count
    if missing > 0 {
      let words = parts.isEmpty ? "the window is too small for strips" : "\(missing) more below"
      canvas.text(rightAligned: words, right: stage.right, y: stage.bottom - 1, style: look.muted)
    }
    return zip(parts, strips.entries).map { HitRegion($0, .entry($1)) }
  }

  private mutating func strips(
    _ quantity: CurveQuantity, at step: Int, _ context: ViewContext
  ) -> (picture: SeedStrips, entries: [Int]) {
    let on = context.entries.indices.filter { context.entries[$0].isOn }
    let distances = Distances(context.race.experiment)
    let values = on.map { runs.values(of: $0, quantity, at: step, in: context.race, distances) }
    let rival = on.firstIndex(of: context.selectedEntry).map { values[$0] }
    let isShare = quantity.isShare
    let isPositive = values.allSatisfy { $0.allSatisfy { !($0 <= 0) } }
    let strips = zip(on, values).map { entry, values in
      SeedStrips.Strip(
        label: Text.sanitised(context.label(ofEntry: entry)), digit: entry + 1,
        colour: context.entries[entry].colour, isSelected: entry == context.selectedEntry, values: values,
        ahead: rival.flatMap { rival in
          entry == context.selectedEntry ? nil : Self.ahead(values, of: rival, more: isShare)
        })
    }
    let picture = SeedStrips(
      strips: strips, scale: !isShare && isPositive ? .logarithmic : .linear, isShare: isShare)
    return (picture, on)
  }

  /// In how many seeds one is ahead of another, of those in which both have a number: by more, or by less.
  private static func ahead(_ values: [Double], of rival: [Double], more: Bool) -> (wins: Int, of: Int) {
    // A run that has ended is behind one that has not.
    let pairs = zip(values, rival).filter { $0.isFinite || $1.isFinite }
    return (pairs.count { $0.isFinite && (!$1.isFinite || (more ? $0 > $1 : $0 < $1)) }, pairs.count)
  }

  private func paintTitle(
    _ quantity: CurveQuantity, at step: Int, on canvas: inout Canvas, _ row: Rect, _ context: ViewContext
  ) {
    let look = context.look
    let barWidth = progress < 1 && row.width >= 40 ? 12 : 0
    let words = "at step \(NumberText.count(step)), \(SeedRuns.count) seeds"
    let wordings = ["\(quantity.title) \(words)", quantity.title]
    let title = wordings.first { Text.width(of: $0) <= row.width - barWidth - 1 } ?? quantity.title
    canvas.text(
      Text.truncated(title, to: max(0, row.width - barWidth - 1)), x: row.x, y: row.y, style: look.strong)
    canvas.progress(progress, x: row.right - barWidth, y: row.y, width: barWidth, look)
  }

  /// What the marks mean, as far as there is room.
  private func paintLegend(_ picture: SeedStrips, on canvas: inout Canvas, _ row: Rect, _ look: Look) {
    let isASCII = look.glyphs == .ascii
    let bar = isASCII ? "-|-" : "━┃━"
    let lost = picture.hasLost ? ["\(isASCII ? "x" : "×")3: three diverged"] : []
    let parts =
      ["\(isASCII ? "o" : "●") a seed, 3: three of them"] + lost + [
        "in a box: the run of the other views",
        "\(bar) \(picture.isShare ? "mean and deviation" : "median and quartiles")",
      ]
    var text = ""
    for part in parts {
      let longer = text.isEmpty ? part : text + "   " + part
      if Text.width(of: longer) <= row.width { text = longer }
    }
    canvas.text(text, x: row.x, y: row.y, style: look.muted)
  }
}
