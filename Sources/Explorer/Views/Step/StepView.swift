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
          (.character("n"), { $0.walk(1, in: &$1) }), (.character("p"), { $0.walk(-1, in: &$1) }),
        ]),
      ViewBinding(
        "O", "the unit ball of the step and the axes of the Hessian: on, off", hint: ("O", "ball"),
        [(.character("O"), { $1.switchBall() })]),
    ]
  }

  /// The line that is looked at of the step to come after `step`. Elsewhere the step at the playhead is done.
  private var place: (step: Int, line: Int)?
  private let memory = StepMemory()

  init(_ explorer: Explorer) {}

  // MARK: Walking

  /// The step of the selected entry that comes after the playhead, if there is one.
  private func ahead(in explorer: Explorer) -> StepMoment? {
    guard explorer.selectedRun != nil else { return nil }
    return memory.ahead(of: explorer.race, entry: explorer.selectedEntry)
  }

  /// The line of the step to come that is looked at; nil where the step at the playhead is done.
  private func line(in explorer: Explorer) -> Int? {
    guard let place, place.step == explorer.race.step, let count = ahead(in: explorer)?.lines.count, count > 1
    else { return nil }
    return min(place.line, count - 2)
  }

  private mutating func walk(_ direction: Int, in explorer: inout Explorer) {
    explorer.isPlaying = false
    let line = line(in: explorer)
    if direction > 0 {
      let next = (line ?? -1) + 1
      if let count = ahead(in: explorer)?.lines.count, next < count - 1 {
        place = (explorer.race.step, next)
      } else {
        place = nil
        _ = explorer.perform(.step(1))
      }
      return
    }
    if let line {
      place = line > 0 ? (explorer.race.step, line - 1) : nil
      return
    }
    let before = explorer.race.step
    _ = explorer.perform(.step(-1))
    place = nil
    // From the end of a step to the line before its last.
    if explorer.race.step < before, let count = ahead(in: explorer)?.lines.count, count > 1 {
      place = (explorer.race.step, count - 2)
    }
  }

  /// Looks at a line of the step that is shown.
  private mutating func show(line: Int, in explorer: inout Explorer) {
    guard let moment = moment(in: explorer), moment.step > 0, moment.lines.indices.contains(line) else {
      return
    }
    explorer.isPlaying = false
    if line == moment.lines.count - 1 {
      if !moment.isDone { _ = explorer.perform(.step(1)) }
      place = nil
      return
    }
    if moment.isDone { _ = explorer.perform(.step(-1)) }
    place = (explorer.race.step, line)
  }

  /// The step that is shown, at its line: before the first step the one to come, with nothing computed.
  private func moment(in explorer: Explorer) -> StepMoment? {
    guard explorer.selectedRun != nil else { return nil }
    if let line = line(in: explorer) { return ahead(in: explorer)?.at(line: line) }
    if explorer.race.step == 0, let ahead = ahead(in: explorer) { return ahead.at(line: -1) }
    return memory.done(
      of: explorer.race, entry: explorer.selectedEntry, wantsPast: !explorer.isPlaying)
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

  mutating func paint(on canvas: inout Canvas, _ stage: Rect, in explorer: inout Explorer, _ look: Look) {
    let layout = ScreenLayout(explorer)
    let parts = Parts(stage, panel: layout.panel)
    let moment = moment(in: explorer)
    if parts.contour != nil {
      let instruments = explorer.instruments(moment, alwaysArrows: true)
      let highlighted = moment?.highlighted?.symbol
      var legend = InstrumentLegend()
      explorer.paintContour(on: &canvas, layout.area, look) { plot, scale in
        legend = instruments.draw(on: &plot, scale, highlighted: highlighted, look)
      }
      explorer.paintLegend(legend, on: &canvas, layout.plot, look)
    }
    if let text = parts.text {
      StepPage(moment: moment, explorer: explorer, look: look) { [self] line in select(line) }
        .paint(on: &canvas, text, withKnobs: false)
    }
  }

  mutating func paintPanel(on canvas: inout Canvas, _ panel: Rect, in explorer: Explorer, _ look: Look) {
    StepPage(moment: moment(in: explorer), explorer: explorer, look: look) { [self] line in select(line) }
      .paint(on: &canvas, panel, withKnobs: true)
  }

  /// What a click on a line does.
  private func select(_ line: Int) -> HitMap.Act {
    { explorer, mouse in
      guard mouse.kind == .press, var view = explorer.view as? StepView else { return }
      view.show(line: line, in: &explorer)
      explorer.view = view
    }
  }
}

extension Explorer {
  /// The run of the selected entry from the first start.
  var selectedRun: Run? {
    race.experiment.entries.indices.contains(selectedEntry) ? race.run(entry: selectedEntry) : nil
  }
}
