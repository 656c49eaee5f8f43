import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// A step line by line: the update rule of the selected entry with its numbers, and on the landscape what they are.
///
/// The playhead counts steps that are done. Between two of them the view walks through the lines of the step to come: what
/// a line computes appears, on the landscape and in the table of the state, and the rest is as it was. The last line takes
/// the step.
///
/// Where room is short, what goes first is the table of the state, then the arithmetic, then the landscape, then the lines
/// far from the one that is looked at.
struct StepView: View {
  static let name = ViewName.step
  static let key: Character? = "e"
  static let title = "a step line by line, with its numbers"

  static var bindings: [ViewBinding<Self>] {
    [
      ViewBinding(
        "n / p", "one line of the step forward, back; after the last, the next step", hint: ("n p", "line"),
        [
          (.character("n"), { $0.walk(1, $1) }), (.character("p"), { $0.walk(-1, $1) }),
        ]),
      ViewBinding(
        "O", "the unit ball of the step and the axes of the Hessian: on, off", hint: ("O", "ball"),
        [(.character("O"), { _, _ in [.switchBall] })]),
    ]
  }

  /// The line that is looked at of the step to come after `step`. Elsewhere the step at the playhead is done.
  private var place: (step: Int, line: Int)?
  private var memory = StepMemory()
  private var picture = PictureCache()

  init(_ context: ViewContext) {}

  // MARK: Walking

  /// The step of the selected entry that comes after the playhead, if there is one.
  private mutating func ahead(_ context: ViewContext) -> StepMoment? {
    guard context.selectedRun != nil else { return nil }
    return memory.ahead(of: context.race, entry: context.selectedEntry)
  }

  /// The line of the step to come that is looked at; nil where the step at the playhead is done.
  private mutating func line(_ context: ViewContext) -> Int? {
    guard let place, place.step == context.race.step, let count = ahead(context)?.lines.count, count > 1
    else { return nil }
    return min(place.line, count - 2)
  }

  private mutating func walk(_ direction: Int, _ context: ViewContext) -> [ViewRequest] {
    let line = line(context)
    let step = context.race.step
    if direction > 0 {
      let next = (line ?? -1) + 1
      if let count = ahead(context)?.lines.count, next < count - 1 {
        place = (step, next)
        return [.pause]
      }
      place = nil
      return [.pause, .perform(.step(1))]
    }
    if let line {
      place = line > 0 ? (step, line - 1) : nil
      return [.pause]
    }
    // From the end of a step to the line before its last.
    place = (step - 1, .max)
    return [.pause, .perform(.step(-1))]
  }

  /// Looks at a line of the step that is shown: the lines are the parts that the mouse can hit.
  mutating func handle(_ mouse: Mouse, inPart line: Int, _ context: ViewContext) -> [ViewRequest] {
    guard mouse.kind == .press, let moment = moment(context), moment.step > 0,
      moment.lines.indices.contains(line)
    else { return [] }
    if line == moment.lines.count - 1 {
      place = nil
      return moment.isDone ? [.pause] : [.pause, .perform(.step(1))]
    }
    place = (moment.isDone ? context.race.step - 1 : context.race.step, line)
    return moment.isDone ? [.pause, .perform(.step(-1))] : [.pause]
  }

  /// The step that is shown, at its line: before the first step the one to come, with nothing computed.
  private mutating func moment(_ context: ViewContext) -> StepMoment? {
    guard context.selectedRun != nil else { return nil }
    if let line = line(context) { return ahead(context)?.at(line: line) }
    if context.race.step == 0, let ahead = ahead(context) { return ahead.at(line: -1) }
    return memory.done(
      of: context.race, entry: context.selectedEntry, wantsPast: !context.isPlaying)
  }

  // MARK: Painting

  private struct Parts {
    var contour: Rect?
    var text: Rect?

    /// Beside each other where there is room, else one above the other, else the lines alone.
    init(_ stage: Rect, panel: Rect?) {
      if panel != nil {
        contour = stage
      } else if stage.width >= 64, stage.height >= 7 {
        let split = stage.splitRight(min(48, max(stage.width >= 76 ? 40 : 36, stage.width * 9 / 20)))
        text = split.right
        contour = split.rest.inset(right: 2)
      } else if stage.height >= 15 {
        let split = stage.splitBottom(max(7, stage.height * 9 / 20))
        text = split.bottom
        contour = split.rest
      } else {
        text = stage
      }
    }
  }

  func contour(in stage: Rect, panel: Rect?) -> Rect? { Parts(stage, panel: panel).contour }

  /// The last step, and as much room for the next one on the same way, where it would be lost in the window or lies outside.
  func frame(of run: Run, on landscape: Landscape, within window: PlotWindow) -> PlotWindow? {
    guard run.step > 0 else { return nil }
    let record = run.lastStepRecord
    let (before, after) = (landscape.project(record.before), landscape.project(record.after))
    let next = Point(x: 2 * after.x - before.x, y: 2 * after.y - before.y)
    let places = [before, after, next]
    let isSeen =
      window.contains(before) && window.contains(after)
      && max(
        (after.x - before.x).magnitude / window.width, (after.y - before.y).magnitude / window.height)
        >= StepView.seenShare
    guard !isSeen else { return nil }
    // Not narrower than half its length, so that the picture is to scale.
    let half = 0.3 * max((next.x - before.x).magnitude, (next.y - before.y).magnitude)
    return PlotWindow(
      framing: places + [
        Point(x: after.x - half, y: after.y - half), Point(x: after.x + half, y: after.y + half),
      ])
  }

  /// A step that takes this share of the window's width or height is seen well.
  private static let seenShare = 0.15

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, _ context: ViewContext) -> [HitRegion] {
    let (layout, look) = (context.layout, context.look)
    let parts = Parts(stage, panel: layout.panel)
    let moment = moment(context)
    if parts.contour != nil {
      let instruments = context.instruments(moment, alwaysArrows: true, keeping: &memory)
      let highlighted = moment?.highlighted?.symbol
      var legend = InstrumentLegend()
      context.contourPlot.paint(on: &canvas, layout.area, look, keeping: &picture) { plot, scale in
        legend = instruments.draw(on: &plot, scale, highlighted: highlighted, look)
      }
      legend.paint(on: &canvas, layout.plot, look)
    }
    guard let text = parts.text else { return [] }
    return StepPage(moment: moment, context: context).paint(on: &canvas, text, withKnobs: false)
  }

  mutating func paintPanel(on canvas: inout Canvas, _ panel: Rect, _ context: ViewContext) -> [HitRegion] {
    StepPage(moment: moment(context), context: context).paint(on: &canvas, panel, withKnobs: true)
  }
}
