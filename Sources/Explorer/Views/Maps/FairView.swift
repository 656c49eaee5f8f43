import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// How sensitive each optimizer is to its learning rate: all with the same budget of gradient evaluations, over the same
/// learning rates, from several starts. Curves instead of one tuned path, with the best point and the width of the good
/// region of each.
struct FairView: View {
  static let name = ViewName.fair
  static let key: Character? = "S"
  static let title = "fair race: every learning rate of every optimizer, on equal budgets"

  /// What the curves show.
  private enum Measure {
    case evaluations
    case loss
  }

  private var measure = Measure.evaluations
  private var board = SweepBoard()
  private var fair: FairRace?
  private var request: Experiment?
  private var obstacle: String?

  init(_ explorer: Explorer) {}

  static func obstacle(in explorer: Explorer) -> String? {
    explorer.race.experiment.entries.isEmpty ? "a fair race needs an entry: a adds one" : nil
  }

  static var bindings: [ViewBinding<FairView>] {
    [
      ViewBinding(
        "C", "evaluations to the target, or the loss at the end", hint: ("C", "measure"),
        [(.character("C"), { view, _ in view.measure = view.measure == .loss ? .evaluations : .loss })]),
      ViewBinding(
        "Enter", "the best learning rate for every entry, and begin the race", hint: ("Enter", "adopt best"),
        [(.enter, { view, explorer in view.adopt(in: &explorer) })]),
    ]
  }

  var isWorking: Bool { board.isWorking }

  func finishWork() { board.finish() }

  private mutating func refresh(_ explorer: Explorer) {
    let experiment = explorer.mapExperiment()
    if request != experiment {
      request = experiment
      do {
        fair = try FairRace(experiment)
        obstacle = nil
      } catch {
        fair = nil
        obstacle = error.message
      }
    }
    board.look(at: fair?.sweeps ?? [])
  }

  /// The curves as far as they are known, in the order of the sweeps.
  private var curves: [SensitivityCurve] {
    guard let fair, let snapshot = board.snapshot else { return [] }
    return fair.sweeps.indices.map { fair.curve(of: $0, from: snapshot.grids[$0]) }
  }

  private func adopt(in explorer: inout Explorer) {
    guard let fair else { return }
    var experiment = explorer.mapExperiment()
    for curve in curves {
      guard let best = curve.best else { continue }
      guard let key = FairRace.rateKey(of: experiment.entries[curve.entry].spec) else { continue }
      experiment.entries[curve.entry].spec.set(key, to: fair.rates[best])
    }
    explorer.adopt(experiment, saying: "every entry has the best learning rate of the fair race")
  }

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, in explorer: inout Explorer, _ look: Look) {
    refresh(explorer)
    guard let fair, let snapshot = board.snapshot else {
      canvas.text(
        Text.truncated(obstacle ?? "", to: stage.width), x: stage.x, y: stage.y, style: look.warning)
      return
    }
    let curves = curves
    let hasPanel = ScreenLayout(explorer).panel != nil
    let tableRows = hasPanel ? 0 : min(curves.count + 1, max(0, stage.height - 8))
    let parts = stage.splitBottom(tableRows)
    let body = parts.rest
    let title =
      measure == .evaluations
      ? "evaluations to loss < \(NumberText.brief(fair.target, digits: 3))"
      : "loss after \(NumberText.count(fair.experiment.budget.evaluations ?? 0)) evaluations"
    let right = "median of \(fair.experiment.starts.count) starts, grey the selected's quartiles"
    canvas.text(Text.truncated(title, to: stage.width), x: stage.x, y: stage.y, style: look.strong)
    if Text.width(of: title) + Text.width(of: right) + 16 <= stage.width {
      canvas.text(rightAligned: right, right: stage.right - 14, y: stage.y, style: look.muted)
    }
    if !snapshot.isFinished, stage.width >= 40 {
      paintProgress(snapshot.progress, on: &canvas, x: stage.right - 12, y: stage.y, width: 12, look)
    }
    if body.height >= 4 {
      paintCurves(curves, fair, on: &canvas, body.splitTop(1).rest, in: explorer, look)
    }
    if tableRows >= 2 { paintTable(curves, fair, on: &canvas, parts.bottom, explorer, look) }
  }

  private func value(_ place: SensitivityCurve.Place) -> SensitivityCurve.Quartiles? {
    measure == .evaluations ? place.evaluations : place.losses
  }

  private func paintCurves(
    _ curves: [SensitivityCurve], _ fair: FairRace, on canvas: inout Canvas, _ rect: Rect,
    in explorer: Explorer, _ look: Look
  ) {
    let area = PlotArea(rect, isShort: explorer.height < 20)
    let plot = area.plot
    guard plot.width > 2, plot.height > 1, let first = fair.rates.first, let last = fair.rates.last else {
      return
    }
    var (low, high) = (Double.infinity, -Double.infinity)
    for curve in curves {
      for place in curve.places {
        guard let value = value(place)?.median, value.isFinite, value > 0 else { continue }
        low = min(low, Elementary.log10(value))
        high = max(high, Elementary.log10(value))
      }
    }
    if measure == .evaluations, let budget = curves.first?.budget {
      high = Elementary.log10(Double(max(2, budget)))
    }
    guard low.isFinite, high.isFinite else {
      canvas.text(
        Text.truncated("no run has got anywhere yet", to: plot.width), x: plot.x, y: plot.y, style: look.muted
      )
      return
    }
    // Losses beyond this are the same to anyone.
    if measure == .loss { low = max(low, high - 16) }
    if high - low < 0.3 { (low, high) = (low - 0.15, high + 0.15) }
    let (x0, x1) = (Elementary.log10(first), Elementary.log10(last))
    let height = Double(plot.height)
    func place(_ rate: Double, _ value: Double) -> SIMD2<Double> {
      SIMD2(
        (Elementary.log10(rate) - x0) / (x1 - x0) * (Double(plot.width) - 0.51),
        value > 0 && value.isFinite
          ? max(0, min(1, (high - max(Elementary.log10(value), low)) / (high - low))) * (height - 0.26)
            + 0.125 : .nan)
    }
    // The band first, so that no band hides a line.
    var bands = DotGrid(explorer.appearance.glyphs.lineDots, width: plot.width, height: plot.height)
    let selected = curves.sorted {
      ($0.entry == explorer.selectedEntry ? 1 : 0) < ($1.entry == explorer.selectedEntry ? 1 : 0)
    }
    for curve in selected {
      let colour = look.palette.entry(explorer.race.experiment.entries[curve.entry].colour)
      if curve.entry == explorer.selectedEntry {
        for edge in [\SensitivityCurve.Quartiles.lower, \.upper] {
          bands.polyline(
            curve.places.map { place($0.rate, value($0)?[keyPath: edge] ?? .nan) }, look.palette.ghost)
        }
      }
      bands.polyline(curve.places.map { place($0.rate, value($0)?.median ?? .nan) }, colour)
    }
    bands.paint(on: &canvas, x: plot.x, y: plot.y, background: look.palette.ground)
    for curve in selected {
      let entry = explorer.race.experiment.entries[curve.entry]
      guard let best = curve.best, let value = value(curve.places[best])?.median else { continue }
      let spot = place(curve.places[best].rate, value)
      guard spot.y.isFinite else { continue }
      canvas.text(
        "\(curve.entry + 1)", x: plot.x + Int(spot.x), y: plot.y + min(plot.height - 1, max(0, Int(spot.y))),
        style: look.palette.head(entry.colour))
    }
    paintAxes(area, (low, high), (x0, x1), on: &canvas, look)
  }

  private func paintAxes(
    _ area: PlotArea, _ y: (low: Double, high: Double), _ x: (low: Double, high: Double),
    on canvas: inout Canvas, _ look: Look
  ) {
    if let rect = area.yAxis {
      for exponent in Int(y.low.rounded(.up))...max(Int(y.low.rounded(.up)), Int(y.high.rounded(.down))) {
        let row = Int((y.high - Double(exponent)) / (y.high - y.low) * (Double(rect.height) - 0.26))
        guard row >= 0, row < rect.height else { continue }
        let label =
          measure == .loss ? "1e\(exponent)" : NumberText.brief(Elementary.pow(10, Double(exponent)))
        canvas.text(
          rightAligned: Text.truncated(label, to: rect.width - 1), right: rect.right - 1, y: rect.y + row,
          style: look.muted)
        canvas.text("┤", x: rect.right - 1, y: rect.y + row, style: look.faint)
      }
    }
    guard let rect = area.xAxis else { return }
    let labels = rect.height >= 2 ? rect.y + 1 : rect.y
    if rect.height >= 2 { canvas.rule(x: rect.x, y: rect.y, width: rect.width, style: look.faint) }
    canvas.text(rightAligned: "η", right: rect.right, y: labels, style: look.text)
    var free = rect.x - 1
    for exponent in Int(x.low.rounded(.up))...Int(x.high.rounded(.down)) {
      let column = Int((Double(exponent) - x.low) / (x.high - x.low) * (Double(rect.width) - 0.51))
      let label = NumberText.brief(Elementary.pow(10, Double(exponent)))
      let start = max(rect.x, rect.x + column - Text.width(of: label) / 2)
      guard start > free, start + Text.width(of: label) + 2 <= rect.right else { continue }
      if rect.height >= 2 { canvas.text("┬", x: rect.x + column, y: rect.y, style: look.faint) }
      canvas.text(label, x: start, y: labels, style: look.muted)
      free = start + Text.width(of: label)
    }
  }

  /// A row an entry: its best learning rate, what that costs, and how wide the good region is.
  private func paintTable(
    _ curves: [SensitivityCurve], _ fair: FairRace, on canvas: inout Canvas, _ rect: Rect,
    _ explorer: Explorer,
    _ look: Look
  ) {
    let columns = (best: rect.right - 24, cost: rect.right - 12, width: rect.right)
    canvas.text(rightAligned: "best η", right: columns.best, y: rect.y, style: look.muted)
    canvas.text(rightAligned: "evals", right: columns.cost, y: rect.y, style: look.muted)
    canvas.text(rightAligned: "good over", right: columns.width, y: rect.y, style: look.muted)
    for (row, curve) in curves.enumerated() where rect.y + 1 + row < rect.bottom {
      let y = rect.y + 1 + row
      let entry = explorer.race.experiment.entries[curve.entry]
      canvas.text("\(curve.entry + 1)", x: rect.x, y: y, style: look.palette.head(entry.colour))
      canvas.text(
        Text.truncated(Text.sanitised(entry.label), to: max(0, columns.best - 9 - rect.x - 2)), x: rect.x + 2,
        y: y, style: curve.entry == explorer.selectedEntry ? look.strong : look.text)
      guard let best = curve.best else {
        canvas.text(rightAligned: "nowhere", right: columns.width, y: y, style: look.warning)
        continue
      }
      canvas.text(
        rightAligned: NumberText.brief(curve.places[best].rate), right: columns.best, y: y, style: look.strong
      )
      let cost = curve.places[best].evaluations?.median ?? .infinity
      canvas.text(
        rightAligned: cost.isFinite ? NumberText.count(Int(cost)) : "not", right: columns.cost, y: y,
        style: look.text)
      canvas.text(
        rightAligned: curve.good == nil ? "–" : "\(NumberText.fixed(curve.width, decimals: 1)) dec",
        right: columns.width, y: y, style: look.good)
    }
  }

  mutating func paintPanel(on canvas: inout Canvas, _ panel: Rect, in explorer: Explorer, _ look: Look) {
    guard let fair else {
      explorer.paintPanel(on: &canvas, panel, look)
      return
    }
    let curves = curves
    explorer.paintRule("Fair race", on: &canvas, panel.splitTop(1).top, look)
    var y = panel.y + 1
    paintTable(
      curves, fair, on: &canvas, Rect(x: panel.x, y: y, width: panel.width, height: curves.count + 1),
      explorer,
      look)
    y += curves.count + 2
    let words = [
      "each has \(NumberText.count(fair.experiment.budget.evaluations ?? 0)) gradient evaluations a run, \(fair.rates.count) learning rates, \(fair.experiment.starts.count) starts",
      "good: at most twice the evaluations of the best, in decades of η",
      explorer.race.experiment.starts.count == 1
        ? "starts: the race's, and \(FairRace.usualStarts - 1) more over the window by the seed"
        : "starts: the race's",
      fair.withoutRate.isEmpty
        ? ""
        : "without a learning rate: "
          + fair.withoutRate.map { Text.sanitised(explorer.race.experiment.entries[$0].label) }
          .joined(separator: ", "),
    ]
    for text in words where !text.isEmpty {
      for line in Text.wrapped(text, to: panel.width) where y < panel.bottom {
        canvas.text(line, x: panel.x, y: y, style: look.muted)
        y += 1
      }
    }
    y += 1
    guard panel.bottom - y >= 10 else { return }
    explorer.paintPanel(
      on: &canvas, Rect(x: panel.x, y: y, width: panel.width, height: panel.bottom - y), look)
  }
}
