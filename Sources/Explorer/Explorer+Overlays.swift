import Canvas
import Experiments
import Landscapes
import Scenes

extension Explorer {
  /// What the key goes through, with what is said of it.
  static let overlayChoices: [(overlays: Set<Overlay>, words: String)] = [
    ([], "nothing over the landscape but paths and marks; O draws arrows"),
    ([.arrows, .probes], "arrows of the last step of the selected entry; O draws its unit ball"),
    (
      [.glyph, .axes],
      "the ball in which the step was measured, and the axes of the Hessian; O draws the step as a sum"
    ),
    ([.terms], "the step as the sum of its terms, laid end to end; O draws all"),
    (
      [.arrows, .probes, .glyph, .axes], "arrows, the unit ball and the axes of the Hessian; O draws nothing"
    ),
  ]

  /// The next choice of what is drawn over the landscape.
  mutating func nextOverlays() {
    guard !ScreenLayout(self).plot.isEmpty else {
      status = .note("that is drawn over the landscape seen from above: Esc goes there")
      return
    }
    let mine = overlays.intersection(Explorer.overlayChoices.reduce(into: []) { $0.formUnion($1.overlays) })
    let present = Explorer.overlayChoices.firstIndex { $0.overlays == mine } ?? 0
    let next = Explorer.overlayChoices[(present + 1) % Explorer.overlayChoices.count]
    overlays.subtract(mine)
    overlays.formUnion(next.overlays)
    status = .note(next.words)
  }

  /// The unit ball and the axes on or off, where arrows are drawn anyway.
  mutating func switchBall() {
    let ball: Set<Overlay> = [.glyph, .axes]
    if overlays.isSuperset(of: ball) {
      overlays.subtract(ball)
      status = .note("no unit ball and no axes; O draws them")
    } else {
      overlays.formUnion(ball)
      status = .note(
        "the ball in which the step was measured, and the axes of the Hessian; O takes them away")
    }
  }

  /// What the overlays show at the playhead.
  ///
  /// - Parameters:
  ///   - moment: the step that is looked at, where it is not the one that led to the playhead.
  ///   - alwaysArrows: whether its arrows are drawn whatever the overlays are.
  func instruments(_ moment: StepMoment? = nil, alwaysArrows: Bool = false) -> Instruments {
    guard let run = selectedRun, race.experiment.entries[selectedEntry].isOn else { return Instruments() }
    let hasArrows = alwaysArrows || !overlays.isDisjoint(with: [.arrows, .probes])
    let hasTerms = overlays.contains(.terms)
    let needsMoment = hasArrows || hasTerms || overlays.contains(.glyph)
    let moment =
      moment
      ?? (needsMoment
        ? overlayMemory.done(of: race, entry: selectedEntry, wantsPast: hasTerms) : nil)
    let landscape = race.nextLandscape
    // With arrows all is where the step began, without them where it led.
    let isAtBeginning = (hasArrows || hasTerms) && (moment?.step ?? 0) > 0
    let parameters = isAtBeginning ? moment?.before ?? run.parameters : run.parameters
    let place = landscape.project(parameters)
    var instruments = Instruments()
    if hasArrows { instruments.picture = moment.map { StepPicture($0) } }
    if hasTerms, let moment, moment.step > 0, moment.isDone {
      instruments.terms = StepPicture(termsOf: moment)
      instruments.hasNoTerms = instruments.terms == nil
    }
    if overlays.contains(.axes) { instruments.axes = HessianAxes(of: landscape, at: place, step: run.step) }
    if overlays.contains(.glyph), let moment, moment.step > 0 {
      instruments.ball = BallGlyph(
        of: moment.optimizer, before: moment.before, around: place, on: moment.landscape)
    }
    return instruments
  }

  /// The landscape from above with what the overlays ask for.
  mutating func paintContourWithInstruments(on canvas: inout Canvas, _ area: PlotArea, _ look: Look) {
    guard !overlays.isSubset(of: Overlay.usual) else { return paintContour(on: &canvas, area, look) }
    let instruments = instruments()
    var legend = InstrumentLegend()
    paintContour(on: &canvas, area, look) { plot, scale in
      legend = instruments.draw(on: &plot, scale, highlighted: nil, look)
    }
    paintLegend(legend, on: &canvas, area.plot, look)
  }
}
