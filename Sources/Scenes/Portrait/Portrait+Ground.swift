package import Experiments
package import Landscapes

extension Portrait {
  /// What is shown of the landscape under the race: its shades, its contour lines and their names, the numbers of the axes.
  ///
  /// All of it is decided by the window that is asked for, from the same few samples whatever the surface, so that pictures of
  /// a window, large or small, in cells or in pixels, have the same lines and the same names. The lines themselves are as fine
  /// as what a surface samples.
  package struct Ground {
    /// What it is of.
    package struct Subject: Equatable {
      /// The landscape.
      package let landscape: Landscape
      /// The step of the race, where the landscape changes with it.
      package let step: Int
      /// The part of the landscape that is asked for. A surface may show more, where both axes are to have one scale.
      package let window: Window
      /// About how many levels there are.
      package let count: Int
      /// Whether the lines of the expected loss are shown, too.
      package let hasExpected: Bool

      /// The ground of a landscape in a window.
      package init(landscape: Landscape, step: Int, window: Window, count: Int, hasExpected: Bool = false) {
        (self.landscape, self.step, self.window, self.count) = (landscape, step, window, count)
        self.hasExpected = hasExpected
      }
    }

    /// A contour line, by its level.
    package struct Level {
      /// The loss on it.
      package let value: Double
      /// What it is called.
      package let name: String
      /// Whether the name is written into it.
      package let isNamed: Bool
    }

    /// What it is of.
    package let subject: Subject
    /// The levels, the lowest first.
    package let levels: [Level]
    /// What a line means: how the levels follow each other; nil where there are too few to tell.
    package var words: String? { scale.words }
    /// What these lines are; nil where there are none.
    package var expectedWords: String? { hasExpected ? "in colour: the expected loss" : nil }
    /// The numbers of the axes.
    package var ruler: Ruler { Ruler(subject.window) }
    private let scale: Levels

    /// The most levels that are named.
    private static let mostNames = 4
    /// A line as long as that has room for its name wherever the runs are, as a share of the sides of the window.
    private static let long = 0.8
    /// A shorter one has no room for it.
    private static let shortest = 0.3

    /// The ground of a subject.
    package init(of subject: Subject) {
      self.subject = subject
      let (landscape, window) = (subject.landscape, subject.window)
      let field = landscape.overview(of: window, step: subject.step)
      let scale = Levels(field: field, spacing: landscape.spacing, count: subject.count)
      self.scale = scale
      let lengths = scale.values.map { level in
        ContourTracer.contours(of: field, level: level).map { Ground.length(of: $0, in: window) }.max() ?? 0
      }
      // Where few are long, the longest.
      let least = min(Ground.long, lengths.sorted(by: >).prefix(Ground.mostNames).last ?? 0)
      let long = lengths.indices.filter { lengths[$0] >= max(least, Ground.shortest) }
      // Evenly through the levels. Around the lowest the heads gather, and the highest are in the corners.
      let count = min(Ground.mostNames, long.count)
      let named = Set((0..<count).map { long[(2 * $0 + 1) * long.count / (2 * count)] })
      levels = zip(scale.values, scale.names).enumerated().map { index, level in
        Level(value: level.0, name: level.1, isNamed: named.contains(index))
      }
    }

    private static func length(of line: Polyline, in window: Window) -> Double {
      zip(line.points, line.points.dropFirst()).reduce(0) { length, ends in
        let (a, b) = ends
        return length + Point(x: (b.x - a.x) / window.width, y: (b.y - a.y) / window.height).norm
      }
    }

    // MARK: The expected loss

    /// Along each side of a surface: every loss is a mean over thousands of rows, and as smooth as that.
    private static let expectedSamples = 33

    /// Whether there is an expected loss to be shown: the loss is a mean over rows of which there might be more.
    private var hasExpected: Bool { subject.hasExpected && subject.landscape.data?.hasExpectedLoss ?? false }

    /// The contour lines of the expected loss on a surface that shows a window, at the same levels; none where it is not to be
    /// shown.
    package func expectedLines(in window: Window) -> [Polyline] {
      guard hasExpected, let data = subject.landscape.data else { return [] }
      let side = Ground.expectedSamples
      // Samples stand in the middle of what they are for: one more on each side, and lines reach the edges.
      let window = window.grown(x: window.width / Double(side), y: window.height / Double(side))
      let places = Field(
        columns: side, rows: side, window: window, values: Array(repeating: 0, count: side * side))
      let values = (0..<side * side).map { place in
        data.expectedLoss(at: subject.landscape.lift(places.point(place % side, place / side))) ?? .nan
      }
      let field = Field(columns: side, rows: side, window: window, values: values)
      return levels.flatMap { ContourTracer.contours(of: field, level: $0.value) }
    }

    // MARK: On a surface

    /// How a height is spaced.
    package var spacing: Spacing { scale.spacing }

    /// Between the lowest (0) and the highest (1), the shade of a loss; nil where it is no number.
    package func shade(of loss: Double) -> Double? { scale.shade(of: loss) }

    /// How many grounds there are between lines.
    package var bands: Int { levels.count + 1 }

    /// Between which lines a loss lies, 0 below the lowest; nil where it is no number.
    package func band(of loss: Double) -> Int? { scale.band(of: loss) }

    /// The shade of a ground between lines where it has one alone.
    package func shade(ofBand band: Int) -> Double {
      levels.isEmpty ? 0 : Double(band) / Double(levels.count)
    }

    /// The losses of a window on a grid.
    package func field(columns: Int, rows: Int, in window: Window) -> Field {
      subject.landscape.sketch(columns: columns, rows: rows, window: window, step: subject.step)
    }

    /// The lines in samples of the landscape, level by level.
    package func lines(in field: Field) -> [(level: Level, lines: [Polyline])] {
      levels.map { ($0, ContourTracer.contours(of: field, level: $0.value)) }
    }
  }

  /// The numbers of the axes of a window: the same on every surface that has room for them.
  package struct Ruler {
    /// A number at an axis.
    package struct Tick {
      /// Where it stands.
      package let value: Double
      /// How it is written.
      package let label: String
    }

    private let window: Window

    /// The most numbers along an axis of what is asked for.
    private static let most = 6

    /// The numbers of the axes of a window that is asked for.
    package init(_ window: Window) { self.window = window }

    /// The numbers below a surface that shows a range and has room for so many.
    package func across(_ shown: ClosedRange<Double>, atMost room: Int) -> [Tick] {
      ticks(window.x, shown, room)
    }

    /// The numbers beside a surface that shows a range and has room for so many.
    package func up(_ shown: ClosedRange<Double>, atMost room: Int) -> [Tick] {
      ticks(window.y, shown, room)
    }

    private func ticks(_ asked: ClosedRange<Double>, _ shown: ClosedRange<Double>, _ room: Int) -> [Tick] {
      let step = max(
        Ticks.round(in: asked, atMost: Ruler.most).step, Ticks.round(in: shown, atMost: max(2, room)).step)
      return Ticks.multiples(of: step, in: shown).map { Tick(value: $0, label: Ticks.label($0, step: step)) }
    }
  }
}

extension Portrait.Subject {
  /// What is shown of the landscape.
  package var ground: Portrait.Ground.Subject {
    Portrait.Ground.Subject(
      landscape: landscape, step: landscape.usesStep ? race.step : 0, window: window, count: levelCount,
      hasExpected: overlays.contains(.expected))
  }
}
