package import Experiments
package import Landscapes
package import OptimizerCore

extension Portrait {
  /// What is shown of the selected entry's step, at its head.
  package struct Instruments {
    /// The step, and what the rule computed for it.
    package internal(set) var arrows: StepArrows?
    /// The step as a sum.
    package internal(set) var terms: StepArrows?
    /// Whether a sum was asked for and the step is none, or of one term alone.
    package internal(set) var hasNoTerms = false
    /// The eigen-axes of the Hessian.
    package internal(set) var axes: Axes?
    /// The ball in which the step was measured.
    package internal(set) var ball: Ball?
    /// How the gradients of batches scatter.
    package internal(set) var noise: Scatter?
    /// The run whose next steps from anywhere are shown, and the landscape that they will see.
    package internal(set) var field: (run: Run, landscape: Landscape)?

    /// Nothing.
    package init() {}
  }

  /// How the gradients of batches scatter around a place.
  package struct Scatter {
    /// As measured and by the law; nil where there are too many samples.
    package let scatter: NoiseScatter?
    /// Around where.
    package let place: Point
    /// How many samples a batch has; nil without batches.
    package let batch: Int?

    /// The longest half axis, as a share of the surface's smaller side.
    private static let share = 0.22

    /// The ellipses of one standard deviation on a surface, as measured and by the law, both by the same factor, closed; empty
    /// where there are none.
    package func ellipses(on surface: Measure) -> (measured: [Point], predicted: [Point]) {
      guard let scatter, place.isFinite else { return ([], []) }
      let (measured, predicted) = (
        Scatter.outline(of: scatter.measured), Scatter.outline(of: scatter.predicted)
      )
      let reach = (measured + predicted).map(surface.length).max() ?? 0
      guard reach > 0, reach.isFinite else { return ([], []) }
      let factor = Scatter.share * surface.size.min() / reach
      func around(_ point: Point) -> Point {
        Point(x: place.x + factor * point.x, y: place.y + factor * point.y)
      }
      return (measured.map(around), predicted.map(around))
    }

    /// The closed line of one standard deviation around (0, 0).
    package static func outline(of covariance: SymmetricMatrix2) -> [Point] {
      let (values, vectors) = (covariance.eigenvalues, covariance.eigenvectors)
      let (a, b) = (max(values.larger, 0).squareRoot(), max(values.smaller, 0).squareRoot())
      return (0...64).map { turn in
        let angle = 2 * Double.pi * Double(turn) / 64
        let (c, s) = (a * Elementary.cos(angle), b * Elementary.sin(angle))
        return Point(
          x: c * vectors.larger.x + s * vectors.smaller.x, y: c * vectors.larger.y + s * vectors.smaller.y)
      }
    }
  }

  /// The true eigen-axes of the Hessian at an iterate, each with its eigenvalue. Their lengths are in proportion to 1/√|λ|,
  /// as those of the contour ellipse around a minimum are.
  package struct Axes {
    /// The middle of both.
    package let place: Point
    /// The sharper one first.
    package let axes: [(value: Double, direction: Point)]

    /// The axes at a place; nil where there are none that are finite.
    init?(of landscape: Landscape, at place: Point, step: Int) {
      self.place = place
      let hessian = landscape.hessian(at: place, step: step)
      let (values, vectors) = (hessian.eigenvalues, hessian.eigenvectors)
      axes = [(values.larger, vectors.larger), (values.smaller, vectors.smaller)]
      guard place.isFinite, axes.allSatisfy({ $0.value.isFinite && $0.direction.isFinite }) else {
        return nil
      }
    }

    /// The half of the longer axis, as a share of the surface's smaller side.
    private static let share = 0.4

    /// The axes on a surface: the half of each as a way, and how long it is there; nothing where the landscape is flat.
    package func halves(on surface: Measure) -> [(value: Double, way: Point, length: Double)] {
      let flattest = axes.map(\.value.magnitude).min() ?? 0
      let sharpest = axes.map(\.value.magnitude).max() ?? 0
      guard sharpest > 0 else { return [] }
      return axes.compactMap { value, direction in
        let unit = surface.length(of: direction)
        guard unit > 0, unit.isFinite else { return nil }
        let relative =
          flattest == sharpest
          ? 1 : (max(flattest, 1e-6 * sharpest) / max(value.magnitude, 1e-6 * sharpest)).squareRoot()
        // What is shorter is no axis to be seen.
        let length = max(Axes.share * surface.size.min() * relative, 0.6)
        return (value, Point(x: direction.x * length / unit, y: direction.y * length / unit), length)
      }
    }
  }

  /// The unit ball in which a step was measured, around the iterate; of a line search, the segment that it searched.
  ///
  /// Its shape says everything and its size nothing, so it is drawn as large as can be seen, and that is said.
  package struct Ball {
    /// Its middle.
    package let place: Point
    /// The closed line around (0, 0), its furthest point at the distance 1; nil where there is no ball.
    private let shape: [Point]?
    /// What it is, or why there is none.
    package let words: String
    /// The places that a line search tried, the last of them the end of its segment.
    package let trials: [Point]
    /// The one that it took.
    package let chosen: Point?

    /// The ball of the optimizer's last step, drawn around a place.
    package init?(
      of optimizer: any Optimizer<Double>, before: [Double], around place: Point, on landscape: Landscape
    ) {
      guard place.isFinite else { return nil }
      self.place = place
      let ball = optimizer.ball
      shape = ball.outline(on: landscape)
      words = ball.reason ?? ball.name
      guard let search = optimizer.search, !search.trials.isEmpty else {
        (trials, chosen) = ([], nil)
        return
      }
      func point(_ length: Double) -> Point {
        landscape.project(zip(before, search.direction).map { $0 + length * $1 })
      }
      trials = search.trials.sorted().map(point)
      chosen = point(search.chosen)
    }

    /// Whether there is one.
    package var isThere: Bool { shape != nil }

    /// The distance of the furthest point from the middle, as a share of the surface's smaller side.
    private static let share = 0.22

    /// Its line on a surface, the first point again at the end; empty where there is no ball, or none that can be drawn.
    package func outline(on surface: Measure) -> [Point] {
      guard let shape else { return [] }
      let reach = shape.map(surface.length).max() ?? 0
      guard reach > 0, reach.isFinite else { return [] }
      let factor = Ball.share * surface.size.min() / reach
      return (shape + shape.prefix(1)).map {
        Point(x: place.x + factor * $0.x, y: place.y + factor * $0.y)
      }
    }
  }
}

extension Portrait.Subject {
  /// What the overlays show of the selected entry's step at the playhead.
  ///
  /// - Parameters:
  ///   - moment: the step that is looked at, where it is not the one that led to the playhead.
  ///   - next: the landscape that the next step will see.
  ///   - alwaysArrows: whether its arrows are drawn whatever the overlays are.
  ///   - steps: the steps looked at last.
  package func instruments(
    _ moment: StepMoment? = nil, next landscape: Landscape, alwaysArrows: Bool = false,
    keeping steps: inout StepMemory
  ) -> Portrait.Instruments {
    let entries = race.experiment.entries
    var instruments = Portrait.Instruments()
    guard entries.indices.contains(selectedEntry), entries[selectedEntry].isOn else { return instruments }
    let run = race.run(entry: selectedEntry)
    let hasArrows = alwaysArrows || !overlays.isDisjoint(with: [.arrows, .probes])
    let hasTerms = overlays.contains(.terms)
    let needsMoment = hasArrows || hasTerms || overlays.contains(.ball)
    let moment =
      moment
      ?? (needsMoment ? steps.done(of: race, entry: selectedEntry, wantsPast: hasTerms) : nil)
    // With arrows all is where the step began, without them where it led.
    let isAtBeginning = (hasArrows || hasTerms) && (moment?.step ?? 0) > 0
    let parameters = isAtBeginning ? moment?.before ?? run.parameters : run.parameters
    let place = landscape.project(parameters)
    if hasArrows { instruments.arrows = moment.map { StepArrows($0) } }
    if hasTerms, let moment, moment.step > 0, moment.isDone {
      instruments.terms = StepArrows(termsOf: moment)
      instruments.hasNoTerms = instruments.terms == nil
    }
    // A field is one of two parameters; a picture may be one plane among many.
    if overlays.contains(.field), landscape.dimension == 2 { instruments.field = (run, landscape) }
    if overlays.contains(.noise) {
      instruments.noise = Portrait.Scatter(
        scatter: NoiseScatter(
          of: race.experiment.noise, at: parameters, on: landscape, seed: race.experiment.seed),
        place: place, batch: race.experiment.noise.batchSize)
    }
    if overlays.contains(.axes) {
      instruments.axes = Portrait.Axes(of: landscape, at: place, step: run.step)
    }
    if overlays.contains(.ball), let moment, moment.step > 0 {
      instruments.ball = Portrait.Ball(
        of: moment.optimizer, before: moment.before, around: place, on: moment.landscape)
    }
    return instruments
  }
}
