import Experiments
package import Landscapes
import OptimizerCore

/// What a plot shows of a race at its playhead, in points of the landscape: made once, and drawn by each surface in its own
/// way, in cells, in pixels, on a relief, as a figure.
///
/// Whatever is a matter of what is shown is decided here: which lines the landscape has and which of them are named, who takes
/// part, who lies over whom, which way each has come, which points are marked, what is said beside them. How it looks is
/// decided by those who draw it; what depends on how far two places are apart to the eye takes their measure as an argument.
package struct Portrait {
  /// The runs of the entries that take part, in the order in which they are drawn: later entries first, and the selected one
  /// last, over the others.
  package let runners: [Runner]
  /// Runs in grey, under the others.
  package let ghosts: [Runner]
  /// Many draws of the noise for the selected entry, under all runs; nil where they are not shown.
  package let crowd: Crowd?
  /// The points that are marked, in the order in which they are drawn.
  package let marks: [Mark]
  /// The landscape under all that.
  package let ground: Ground
  /// Whether there are words about the runs beside them.
  private let hasWords: Bool
  /// At a minimum a rest is no news.
  private let minima: [Point]
  private let window: Window

  /// The most entries whose names have room beside their heads.
  private static let mostNames = 5

  /// The portrait of a subject.
  ///
  /// - Parameters:
  ///   - recent: of so many recent steps all are shown, of the older ones every so many.
  ///   - kept: the ground of the last portrait, kept while it is that of this one, too.
  package init(of subject: Subject, recent: Int = Portrait.recent, keeping kept: inout Ground?) {
    let (race, landscape) = (subject.race, subject.landscape)
    let entries = race.experiment.entries
    let hasWords = subject.hasNames && entries.count(where: \.isOn) <= Portrait.mostNames
    let hasWays = subject.overlays.contains(.trail)
    let starts = race.experiment.starts.indices
    func way(of run: Run) -> Way { hasWays ? Way(of: run, on: landscape, recent: recent) : Way() }
    runners = subject.order.flatMap { index in
      starts.map { start in
        let run = race.run(entry: index, start: start)
        var runner = Runner(sign: "\(index + 1)", start: start, way: way(of: run))
        runner.entry = index
        runner.isSelected = index == subject.selectedEntry
        runner.isDimmed = subject.isSpotlit && !runner.isSelected
        runner.colour = runner.isDimmed ? nil : entries[index].colour
        // The selected entry's way is whole wherever others cross it, then the first entry's.
        runner.rank = runner.isSelected ? 200 : runner.isDimmed ? 1 : 100 - min(index, 90)
        runner.name = hasWords && start == 0 ? entries[index].label : nil
        runner.place(at: run, on: landscape)
        return runner
      }
    }
    ghosts = subject.shownGhosts.flatMap { ghost in
      ghost.race.experiment.starts.indices.map { start in
        let run = ghost.race.run(entry: ghost.entry, start: start)
        var runner = Runner(
          sign: String(ghost.letter), start: start, way: Way(of: run, on: landscape, recent: recent))
        runner.place(at: run, on: landscape)
        return runner
      }
    }
    crowd = subject.crowd
    marks = subject.marks
    ground = kept.flatMap { $0.subject == subject.ground ? $0 : nil } ?? Ground(of: subject.ground)
    kept = ground
    minima = landscape.minima
    window = subject.window
    self.hasWords = hasWords
  }

  /// Of so many recent steps screens show all.
  package static let recent = 2048

  // MARK: Heads

  /// Those that have a head, in the order in which they take their places: where several meet, the lowest has the spot.
  package var heads: [Runner] { runners.filter { $0.head != nil }.sorted { $0.loss < $1.loss } }

  // MARK: Words

  /// An iterate whose number is told.
  package struct Number {
    /// Who was there.
    package let runner: Runner
    /// Which iterate it is.
    package let step: Int
    /// Where it is.
    package let point: Point
  }

  /// Numbers nearer to each other, or to the head, have no room, as a share of the sides of the window.
  private static let apart = 0.09

  /// Every tenth iterate of the selected run, but the last, at which its head stands, and those too near to the one before or
  /// to the head.
  package var numbers: [Number] {
    guard hasWords, let runner = runners.first(where: { $0.isSelected && $0.start == 0 }), runner.way.isWhole
    else { return [] }
    func areApart(_ a: Point, _ b: Point) -> Bool {
      let way = Point(x: (a.x - b.x) / window.width, y: (a.y - b.y) / window.height)
      return way.norm >= Portrait.apart
    }
    var numbers: [Number] = []
    for step in stride(from: 10, to: runner.way.points.count - 1, by: 10) {
      let point = runner.way.points[step]
      guard runner.head.map({ areApart(point, $0) }) ?? true,
        numbers.last.map({ areApart(point, $0.point) }) ?? true
      else { continue }
      numbers.append(Number(runner: runner, step: step, point: point))
    }
    return numbers
  }

  /// Where runs stayed for long.
  ///
  /// - Parameter measure: the place of a point on the surface, in widths of a cell: a run rests while it is nearer to where it
  ///   came to rest than that.
  package func rests(measure: (Point) -> SIMD2<Double>) -> [Rest] {
    let minima = minima.map(measure)
    return runners.compactMap { runner in
      guard let name = runner.name, !runner.isDimmed, runner.way.isWhole,
        let stay = Rest.longest(of: runner.way.points.map(measure))
      else { return nil }
      let point = runner.way.points[stay.first]
      let place = measure(point)
      guard !minima.contains(where: { abs($0.x - place.x) <= 2 && abs($0.y - place.y) <= 2 }) else {
        return nil
      }
      return Rest(runner: runner, point: point, steps: stay.steps, words: "\(name): \(stay.steps) steps here")
    }
  }
}
