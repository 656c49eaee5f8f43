package import Experiments
package import Landscapes
import OptimizerCore

extension Portrait {
  /// A run that is shown.
  package struct Runner {
    /// What is written on its head: the digit of an entry, the letter of a ghost.
    package let sign: String
    /// From which of the starts it came.
    package let start: Int
    /// Where it has been.
    package let way: Way
    /// Which entry of the race it is of; nil for a ghost.
    package internal(set) var entry: Int?
    /// The number of its colour in a palette; nil for grey.
    package internal(set) var colour: Int?
    /// Where ways cross, those of higher rank lie over the others.
    package internal(set) var rank = 0
    /// Whether it is of the entry that is looked at.
    package internal(set) var isSelected = false
    /// Whether another one is looked at alone.
    package internal(set) var isDimmed = false
    /// What stands beside its head; nil where nothing does.
    package internal(set) var name: String?
    /// Where it is; nil before its first step.
    package private(set) var head: Point?
    /// The loss there.
    package private(set) var loss = 0.0

    /// Whether its iterates are marked on its way.
    package var hasDots: Bool { entry != nil }

    init(sign: String, start: Int, way: Way) { (self.sign, self.start, self.way) = (sign, start, way) }

    mutating func place(at run: Run, on landscape: Landscape) {
      loss = run.loss
      if run.step > 0 { head = landscape.project(run.parameters) }
    }
  }

  /// Where a run has been up to its step.
  package struct Way {
    /// Oldest first.
    package let points: [Point]
    /// Whether each point is one step after the one before, the first is the start and all can be looked through.
    package let isWhole: Bool

    /// Nowhere.
    init() { (points, isWhole) = ([], false) }

    /// The way of a run: of the recent steps all, of the older ones every so many.
    package init(of run: Run, on landscape: Landscape, recent: Int = Portrait.recent) {
      let end = run.history.index(at: run.step)
      points =
        end.map { Way.rows(to: $0, recent) }.map { rows in
          rows.map { landscape.project(run.history.parameters(at: $0)) }
        } ?? []
      isWhole = end.map { $0 == run.step && $0 < Portrait.recent } ?? false
    }

    private static func rows(to end: Int, _ recent: Int) -> [Int] {
      let first = max(0, end - recent)
      return Array(stride(from: 0, to: first, by: max(1, first / recent))) + Array(first...end)
    }
  }

  /// A point that is marked.
  package struct Mark: Equatable {
    /// What it is.
    package enum Kind: CaseIterable, Sendable {
      /// A known saddle.
      case saddle
      /// A known minimum.
      case minimum
      /// Where runs begin.
      case start
    }

    package let kind: Kind
    package let point: Point
  }

  /// Many draws of the noise for one entry.
  package struct Crowd {
    /// The runs.
    package let fan: Fan
    /// The digit of the entry.
    package let sign: String
    /// The number of the entry's colour in a palette.
    package let colour: Int
    /// To where the runs are shown: as far as all have come, and not beyond the playhead.
    package let step: Int
    private let landscape: Landscape

    init(_ fan: Fan, sign: String, colour: Int, until limit: Int, on landscape: Landscape) {
      (self.fan, self.sign, self.colour, self.landscape) = (fan, sign, colour, landscape)
      step = min(limit, fan.completeStep)
    }

    /// The most rows of a run's past that a way has.
    private static let rows = 1024

    /// The ways of the runs from one step to where they are shown.
    package func ways(from first: Int) -> [[Point]] {
      fan.runs.compactMap { run in
        let history = run.history
        guard let from = history.index(at: first), let to = history.index(at: step), to > from else {
          return nil
        }
        let rows = Array(stride(from: from, to: to, by: max(1, (to - from) / Crowd.rows))) + [to]
        return rows.map { landscape.project(history.parameters(at: $0)) }
      }
    }
  }

  /// A stretch of a run that stayed within a cell: where it seems to rest.
  package struct Rest {
    /// Who stayed.
    package let runner: Runner
    /// Where it came to rest.
    package let point: Point
    /// How many steps it stayed.
    package let steps: Int
    /// What is said of it.
    package let words: String

    /// The fewest steps that are worth a word.
    package static let least = 10

    /// The longest stay of a path, of `least` steps at least, by the index of its first place; nil if it has none.
    ///
    /// - Parameter places: the places of the iterates, in widths of a cell, oldest first; each is one step from the one before.
    static func longest(of places: [SIMD2<Double>]) -> (first: Int, steps: Int)? {
      var longest: (first: Int, steps: Int)?
      var first = 0
      for index in places.indices {
        let way = places[index] - places[first]
        // A place that is none is near to nothing.
        if !((way * way).sum() <= 1) { first = index }
        let steps = index - first
        if steps >= least, steps > longest?.steps ?? 0 { longest = (first, steps) }
      }
      return longest
    }
  }
}
