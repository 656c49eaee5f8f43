import Experiments
package import Landscapes
import OptimizerCore

/// What a plot shows of a race at its playhead, in points of the landscape: made once, and drawn by each surface in its own
/// way, in cells, in pixels, on a relief, as a figure.
///
/// Whatever is a matter of what is shown is decided here: who takes part, who lies over whom, which way each has come, which
/// points are marked, what is said beside them. How it looks is decided by those who draw it; what depends on how far two
/// places are apart to the eye takes their measure as an argument.
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
  /// Whether there are words about the runs beside them.
  private let hasWords: Bool
  /// At a minimum a rest is no news.
  private let minima: [Point]

  /// The most entries whose names have room beside their heads.
  private static let mostNames = 5

  /// The portrait of a subject.
  ///
  /// - Parameter recent: of so many recent steps all are shown, of the older ones every so many.
  package init(of subject: Subject, recent: Int = Portrait.recent) {
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
    minima = landscape.minima
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

  /// Every tenth iterate of the selected run, but the last, at which its head stands.
  package var numbers: [Number] {
    guard hasWords, let runner = runners.first(where: { $0.isSelected && $0.start == 0 }), runner.way.isWhole
    else { return [] }
    return stride(from: 10, to: runner.way.points.count - 1, by: 10).map {
      Number(runner: runner, step: $0, point: runner.way.points[$0])
    }
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
