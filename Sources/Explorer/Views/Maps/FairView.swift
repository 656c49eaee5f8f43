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

  private var measure = FairCurves.Measure.evaluations
  private var board = SweepBoard()
  private var fair: FairRace?
  private var request: Experiment?
  private var obstacle: String?

  init(_ context: ViewContext) {}

  static func obstacle(in context: ViewContext) -> String? {
    context.entries.isEmpty ? "a fair race needs an entry: a adds one" : nil
  }

  static var bindings: [ViewBinding<FairView>] {
    [
      ViewBinding(
        "C", "evaluations to the target, or the loss at the end", hint: ("C", "measure"),
        [(.character("C"), { view, _ in view.turnMeasure() })]),
      ViewBinding(
        "Enter", "the best learning rate for every entry, and begin the race", hint: ("Enter", "adopt best"),
        [(.enter, { $0.adopt($1) })]),
    ]
  }

  var progress: Double { board.progress }

  func finishWork(while goesOn: (() -> Bool)?) { board.finish(while: goesOn) }

  mutating func stopWork() { board.stop() }

  private mutating func turnMeasure() -> [ViewRequest] {
    measure = measure == .loss ? .evaluations : .loss
    return []
  }

  private mutating func refresh(_ context: ViewContext) {
    let experiment = context.mapExperiment()
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

  private func adopt(_ context: ViewContext) -> [ViewRequest] {
    guard let fair else { return [] }
    var experiment = context.mapExperiment()
    for curve in curves {
      guard let best = curve.best else { continue }
      guard let key = FairRace.rateKey(of: experiment.entries[curve.entry].spec) else { continue }
      experiment.entries[curve.entry].spec.set(key, to: fair.rates[best])
    }
    return [.adopt(experiment, saying: "every entry has the best learning rate of the fair race")]
  }

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, _ context: ViewContext) -> [HitRegion] {
    refresh(context)
    let look = context.look
    guard let fair, let snapshot = board.snapshot else {
      canvas.text(
        Text.truncated(obstacle ?? "", to: stage.width), x: stage.x, y: stage.y, style: look.warning)
      return []
    }
    let curves = curves
    let tableRows = context.layout.panel != nil ? 0 : min(curves.count + 1, max(0, stage.height - 8))
    let parts = stage.splitBottom(tableRows)
    let title =
      measure == .evaluations
      ? "evaluations to loss < \(NumberText.brief(fair.target, digits: 3))"
      : "loss after \(NumberText.count(fair.experiment.budget.evaluations ?? 0)) evaluations"
    canvas.text(Text.truncated(title, to: stage.width), x: stage.x, y: stage.y, style: look.strong)
    let digit = context.selectedEntry + 1
    let name = Text.sanitised(context.label(ofEntry: context.selectedEntry))
    let room = stage.width - Text.width(of: title) - 2 - (snapshot.isFinished ? 0 : 14)
    let colour = context.colours.indices.contains(digit - 1) ? context.colours[digit - 1] : 0
    let band = FairCurves.tint(colour, look) == nil ? "grey" : "band"
    let legends = [
      "median of \(fair.experiment.starts.count) starts, \(band): quartiles of \(name)",
      "median of \(fair.experiment.starts.count) starts, \(band): quartiles of \(digit)",
      "\(band): quartiles of \(digit)",
    ]
    if let legend = legends.first(where: { Text.width(of: $0) <= room }) {
      canvas.text(
        rightAligned: legend, right: stage.right - (snapshot.isFinished ? 0 : 14), y: stage.y,
        style: look.muted)
    }
    if !snapshot.isFinished, stage.width >= 40 {
      canvas.progress(snapshot.progress, x: stage.right - 12, y: stage.y, width: 12, look)
    }
    if parts.rest.height >= 4, let first = fair.rates.first, let last = fair.rates.last {
      let picture = FairCurves(
        curves: curves, measure: measure, rates: first...last, colours: context.colours,
        selectedEntry: context.selectedEntry)
      let area = PlotArea(parts.rest.splitTop(1).rest, isShort: context.layout.isShort) { _ in
        picture.yTicks.map(\.label)
      }
      picture.paint(on: &canvas, area, look)
    }
    if tableRows >= 2 { paintTable(curves, on: &canvas, parts.bottom, context) }
    return []
  }

  /// A row an entry: its best learning rate, what that costs, and how wide the good region is.
  private func paintTable(
    _ curves: [SensitivityCurve], on canvas: inout Canvas, _ rect: Rect, _ context: ViewContext
  ) {
    let look = context.look
    let columns = (best: rect.right - 24, cost: rect.right - 17, width: rect.right)
    canvas.text(rightAligned: "best η", right: columns.best, y: rect.y, style: look.muted)
    canvas.text(rightAligned: "evals", right: columns.cost, y: rect.y, style: look.muted)
    canvas.text(rightAligned: "good from", right: columns.width, y: rect.y, style: look.muted)
    let labels = Text.shortened(
      curves.map { Text.sanitised(context.entries[$0.entry].label) },
      to: max(0, columns.best - 9 - rect.x - 2))
    for (row, curve) in curves.enumerated() where rect.y + 1 + row < rect.bottom {
      let y = rect.y + 1 + row
      let entry = context.entries[curve.entry]
      canvas.text("\(curve.entry + 1)", x: rect.x, y: y, style: look.palette.head(entry.colour))
      canvas.text(
        labels[row], x: rect.x + 2, y: y,
        style: curve.entry == context.selectedEntry ? look.strong : look.text)
      guard let best = curve.best else {
        canvas.text(rightAligned: "nowhere", right: columns.width, y: y, style: look.warning)
        continue
      }
      canvas.text(
        rightAligned: NumberText.brief(curve.places[best].rate), right: columns.best, y: y, style: look.strong
      )
      let cost = curve.places[best].evaluations?.median ?? .infinity
      canvas.text(
        rightAligned: cost.isFinite ? NumberText.count(Int(clamped: cost)) : "not", right: columns.cost, y: y,
        style: look.text)
      canvas.text(
        rightAligned: curve.good.map { goodWords($0, of: curve) } ?? "–",
        right: columns.width, y: y, style: look.good)
    }
  }

  /// The good learning rates, from the lowest to the highest.
  private func goodWords(_ good: ClosedRange<Int>, of curve: SensitivityCurve) -> String {
    let (low, high) = (
      NumberText.brief(curve.places[good.lowerBound].rate),
      NumberText.brief(curve.places[good.upperBound].rate)
    )
    return low == high ? "\(low) alone" : "\(low) to \(high)"
  }

  mutating func paintPanel(on canvas: inout Canvas, _ panel: Rect, _ context: ViewContext) -> [HitRegion] {
    let race = RacePanel(context: context)
    guard let fair else { return race.paint(on: &canvas, panel) }
    let curves = curves
    canvas.rule(titled: "Fair race", in: panel.splitTop(1).top, context.look)
    var y = panel.y + 1
    paintTable(
      curves, on: &canvas, Rect(x: panel.x, y: y, width: panel.width, height: curves.count + 1), context)
    y += curves.count + 2
    for text in words(fair, context.entries) {
      for line in Text.wrapped(text, to: panel.width) where y < panel.bottom {
        canvas.text(line, x: panel.x, y: y, style: context.look.muted)
        y += 1
      }
    }
    y += 1
    guard panel.bottom - y >= 10 else { return [] }
    return race.paint(
      on: &canvas, Rect(x: panel.x, y: y, width: panel.width, height: panel.bottom - y))
  }

  /// What the race is, a paragraph each.
  private func words(_ fair: FairRace, _ entries: [Entry]) -> [String] {
    let isOneStart = request?.starts.count == 1
    var words = [
      "each has \(NumberText.count(fair.experiment.budget.evaluations ?? 0)) gradient evaluations a run, \(fair.rates.count) learning rates, \(fair.experiment.starts.count) starts",
      "good: at most twice the evaluations of the best",
      isOneStart
        ? "starts: the race's, and \(FairRace.usualStarts - 1) more over the window by the seed"
        : "starts: the race's",
    ]
    if !fair.withoutRate.isEmpty {
      let labels = fair.withoutRate.map { Text.sanitised(entries[$0].label) }
      words.append("without a learning rate: " + labels.joined(separator: ", "))
    }
    return words
  }
}
