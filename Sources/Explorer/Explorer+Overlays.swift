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
    guard !Layout(self).plot.isEmpty else {
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

/// What is drawn over the landscape of the selected entry's step.
struct Instruments {
  var picture: StepPicture?
  /// The step as a sum.
  var terms: StepPicture?
  /// Whether a sum was asked for and the step is none, or of one term alone.
  var hasNoTerms = false
  var axes: HessianAxes?
  var ball: BallGlyph?

  /// Draws all of it and returns what is to be said about it.
  func draw(on plot: inout Plot, _ scale: PlotScale, highlighted: String?, _ look: Look) -> InstrumentLegend {
    var legend = InstrumentLegend()
    if let ball { legend.remarks += ball.draw(on: &plot, scale, look) }
    if let axes { legend.remarks += axes.draw(on: &plot, scale, look) }
    if let terms { legend.arrows += terms.draw(on: &plot, scale, highlighted: nil) }
    if hasNoTerms { legend.remarks.append([("the step is one term, or no sum of terms", look.muted)]) }
    if let picture { legend.arrows += picture.draw(on: &plot, scale, highlighted: highlighted) }
    return legend
  }
}

/// What the corner of the plot says about what is drawn over it.
struct InstrumentLegend {
  var arrows: [StepPicture.Legend] = []
  var remarks: [[(String, Style)]] = []
}

/// The true eigen-axes of the Hessian at an iterate, each with its eigenvalue. Their lengths are in proportion to 1/√|λ|,
/// as those of the contour ellipse around a minimum are.
struct HessianAxes {
  let place: Point
  let axes: [(value: Double, direction: Point)]

  init?(of landscape: Landscape, at place: Point, step: Int) {
    self.place = place
    let hessian = landscape.hessian(at: place, step: step)
    let (values, vectors) = (hessian.eigenvalues, hessian.eigenvectors)
    axes = [(values.larger, vectors.larger), (values.smaller, vectors.smaller)]
    guard place.isFinite, axes.allSatisfy({ $0.value.isFinite && $0.direction.isFinite }) else { return nil }
  }

  /// The half of the longer axis, as a share of the plot's smaller side.
  private static let share = 0.4

  func draw(on plot: inout Plot, _ scale: PlotScale, _ look: Look) -> [[(String, Style)]] {
    guard scale.columns > 0, scale.rows > 0 else { return [] }
    let room = HessianAxes.share * min(scale.columns / 2, scale.rows)
    let flattest = axes.map(\.value.magnitude).min() ?? 0
    let sharpest = axes.map(\.value.magnitude).max() ?? 0
    guard sharpest > 0 else { return [[("λ = 0: no axes here", look.muted)]] }
    let middle = scale.place(place)
    for (value, direction) in axes {
      // The way on the screen of a unit along the axis, in rows.
      let unit = SIMD2(
        direction.x / scale.window.width * scale.columns, -direction.y / scale.window.height * scale.rows)
      let rows = Point(x: unit.x / 2, y: unit.y).norm
      guard rows > 0, rows.isFinite else { continue }
      let relative =
        flattest == sharpest
        ? 1 : (max(flattest, 1e-6 * sharpest) / max(value.magnitude, 1e-6 * sharpest)).squareRoot()
      let half = unit / rows * max(room * relative, 0.6)
      let style = look.text.with(value < 0 ? look.palette.bad : look.palette.caption)
      plot.dashes(from: middle - half, to: middle + half, colour: style.foreground)
      // The value stands at the end that has room for it.
      let text = "λ \(NumberText.brief(value, digits: 3))"
      let beyond = unit / rows * (room * relative + 1.2)
      let ends = [middle + beyond, middle - beyond]
      let width = Double(Text.width(of: text))
      func hasRoom(_ end: SIMD2<Double>) -> Bool {
        end.x - width / 2 >= 0 && end.x + width / 2 <= scale.columns && end.y >= 0 && end.y < scale.rows
      }
      guard let end = ends.first(where: hasRoom) else { continue }
      plot.label(text, centredAt: end, style: style.on(look.palette.ground))
    }
    return [[("axes ", look.text.with(look.palette.caption)), ("1/√|λ|", look.muted)]]
  }
}

extension Plot {
  /// A broken line, as broad as a trail.
  mutating func dashes(from a: SIMD2<Double>, to b: SIMD2<Double>, colour: Colour) {
    let way = b - a
    let rows = Point(x: way.x / 2, y: way.y).norm
    guard rows > 0, rows.isFinite else { return }
    // A dash a row and a gap a row, from both ends alike; longer ones where most of it lies beyond the picture.
    let count = max(1, Int((min(rows, 500) + 1) / 2)) * 2 - 1
    for dash in stride(from: 0, to: count, by: 2) {
      trail(
        [a + way * Double(dash) / Double(count), a + way * Double(dash + 1) / Double(count)], colour: colour,
        fade: 1, sign: rung == .ascii ? "*" : "╌")
    }
  }

  /// A text over everything else, its middle at a place.
  mutating func label(_ text: String, centredAt place: SIMD2<Double>, style: Style) {
    var x = place.x - Double(Text.width(of: text)) / 2
    for character in text {
      marker(Glyph(character), at: SIMD2(x + 0.5, place.y), style: style)
      x += 1
    }
  }
}
