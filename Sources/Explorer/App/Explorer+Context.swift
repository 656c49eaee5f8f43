import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

extension Explorer {
  /// Where everything stands.
  var layout: ScreenLayout {
    if let lecture, !lecture.showsAll,
      let layout = ScreenLayout(
        lecture: width, height: height, window: shownWindow, contour: { view.contour(in: $0, panel: $1) })
    {
      return layout
    }
    let captionRows = lecture.map { max(1, LectureCaption($0).lines(width: width - 4).count) } ?? 1
    return ScreenLayout(
      width: width, height: height, hidesPanels: hidesPanels,
      allowsNarrowPanel: type(of: view).allowsNarrowPanel, captionRows: captionRows, showsCurve: showsCurve,
      window: shownWindow
    ) { stage, panel in view.contour(in: stage, panel: panel) }
  }

  /// What views and pieces may see of the moment.
  var context: ViewContext {
    let moment = Moment(of: race, isMoving: isPlaying)
    return ViewContext(
      race: race, moment: moment, window: shownWindow, home: session.home, selectedEntry: selectedEntry,
      isSpotlit: isSpotlit, isBlind: isBlind, isPlaying: isPlaying,
      overlays: overlays, ghosts: ghosts, fan: shownFan,
      curve: CurveChoice(
        curveQuantity, axes: curveAxes, against: curveByEvaluations ? .evaluations : .steps,
        point: regretPoint),
      dataPicture: session.dataPicture,
      rates: rateSamples, samples: curveSamples, expected: expectedSamples,
      knobs: knobs.map { KnobList.Row(knob: $0, isLive: isLive($0), limit: limit(of: $0, at: moment)) },
      selectedKnob: selectedKnob, mapAxes: scene.map, sceneBudget: scene.experiment.budget,
      look: Look(appearance), layout: layout)
  }

  /// Where the theory ends a knob's stable range, if it says so.
  private func limit(of knob: PanelKnob, at moment: Moment) -> KnobList.Limit? {
    guard case .entry(let index) = knob.owner, knob.knob.key == "lr" else { return nil }
    let theory = moment.theory(entry: index)
    guard case .known(let value, let formula) = theory.limit(of: "lr"), value.isFinite else { return nil }
    return KnobList.Limit(value: value, formula: formula, isExact: theory.isExact)
  }

  /// Reads what stands in no history as far as the entries have been run, if the curves show it: how well models do on their
  /// data, what was lost to a fixed point.
  mutating func followSamples() {
    (curveSamples, expectedSamples) = ([], [])
    guard let width = (layout.panel ?? layout.curve)?.width else { return }
    let limit = max(2, ViewContext.curveColumns(width: width))
    if curveQuantity.isOfData {
      let quantity = curveQuantity
      curveSamples = reports.samples(of: race, atMost: limit) { $0.report(at: $1) }.map { entry in
        entry.map { CurveSample(step: $0.step, value: quantity.value(of: $0.report)) }
      }
    } else if curveQuantity == .regret,
      let point = CurveQuantity.regretPoint(regretPoint, on: race.landscape)
    {
      curveSamples = regrets.samples(of: race, against: point, atMost: limit)
    } else if curveQuantity == .loss, race.experiment.noise.isFresh {
      expectedSamples = expectations.samples(of: race, atMost: limit) { $0.expectedLoss(at: $1) }.map {
        entry in
        entry.map { CurveSample(step: $0.step, value: $0.report) }
      }
    }
  }

  /// Reads the effective rates of the selected entry as far as it has been run, if the curves show them.
  mutating func followRates() {
    rateSamples = []
    guard curveQuantity == .effectiveRates, race.experiment.entries.indices.contains(selectedEntry),
      race.run(entry: selectedEntry).lastStep > 0, let width = (layout.panel ?? layout.curve)?.width
    else { return }
    rateSamples = rates.samples(
      of: selectedEntry, in: race, atMost: max(2, ViewContext.curveColumns(width: width) * 2))
  }

  /// Lets the view do something, and carries out what it asks for.
  ///
  /// - Returns: whether it took the event, which is what `body` returns other than nil.
  mutating func ask(_ body: (inout any View, ViewContext) -> [ViewRequest]?) -> Bool {
    guard let requests = answer(body) else { return false }
    for request in requests { carryOut(request) }
    return true
  }

  /// The context is gone before anything is carried out: it holds the race, which would be copied by a change.
  private mutating func answer(_ body: (inout any View, ViewContext) -> [ViewRequest]?) -> [ViewRequest]? {
    let context = context
    return body(&view, context)
  }

  private mutating func carryOut(_ request: ViewRequest) {
    switch request {
    case .perform(let action): pressed = perform(action)
    case .note(let text): status = .note(text)
    case .clearStatus: status = nil
    case .breakUndo: undo.breakRow()
    case .pause: isPlaying = false
    case .setStart(let point): setStart(point)
    case .beginAt(let point):
      isPlaying = false
      setStart(point)
      let words = status?.text ?? ""
      open(.contour)
      status = .note("\(words); u goes back")
    case .zoom(let direction): zoom(direction)
    case .switchBall: switchBall()
    case .showData(let picture): session.dataPicture = picture
    case .adopt(let experiment, let words): adopt(experiment, saying: words)
    }
  }
}
