import Foundation
import Landscapes
import OptimizerCore

@testable import Experiments

/// A row as bit patterns, so that NaN and signed zeros count.
struct RowBits: Equatable, CustomStringConvertible {
  let row: Row

  init(_ row: Row) { self.row = row }

  static func == (a: RowBits, b: RowBits) -> Bool {
    a.row.step == b.row.step && a.row.evaluations == b.row.evaluations && a.row.values == b.row.values
      && a.row.point.map(\.bitPattern) == b.row.point.map(\.bitPattern)
      && a.row.loss.bitPattern == b.row.loss.bitPattern
      && a.row.gradientNorm.bitPattern == b.row.gradientNorm.bitPattern
      && a.row.learningRate?.bitPattern == b.row.learningRate?.bitPattern
  }

  var description: String {
    "\(row.step): \(row.point) \(row.loss) \(row.gradientNorm) \(row.learningRate ?? .nan) \(row.evaluations)"
  }
}

/// All that is to be seen of a race at its playhead.
struct Sight: Equatable {
  let step: Int
  let rows: [RowBits]
  let outcomes: [Outcome]
  let lastMoves: [[UInt64]]
  let knobs: [[UInt64]]

  init(_ race: Race, withOutcomes: Bool = true) {
    step = race.step
    rows = race.runs.map { RowBits($0.row) }
    outcomes =
      withOutcomes ? race.runs.map { $0.outcome(on: race.landscape, in: race.experiment.window) } : []
    lastMoves = race.runs.map { run in
      let record = run.lastStepRecord
      return (record.before + record.after + record.gradient).map(\.bitPattern)
    }
    knobs = race.runs.map { run in
      run.entry.spec.knobs.map { (run.optimizer.value(of: $0.key) ?? .nan).bitPattern }
    }
  }
}

func specs(_ texts: [String]) throws -> [OptimizerSpec] { try texts.map { try OptimizerSpec($0) } }

/// An experiment on a landscape of the catalog or, if there is none of that name, on a formula.
func experiment(
  _ landscape: String, _ optimizers: [String], starts: [Point]? = nil, steps: Int? = nil,
  evaluations: Int? = nil, window: Window? = nil, changes: [Change] = []
) throws -> Experiment {
  let found = try LandscapeCatalog.named(landscape) ?? Landscape(formula: landscape)
  return Experiment(
    landscape: found, window: window, entries: Entry.entries(try specs(optimizers)), starts: starts,
    budget: Budget(steps: steps, evaluations: evaluations), changes: changes)
}

/// What a single run does after so many steps.
func outcome(
  _ landscape: String, _ optimizer: String, from start: Point, steps: Int, window: Window? = nil
) throws -> Outcome {
  var race = Race(
    try experiment(landscape, [optimizer], starts: [start], steps: steps, window: window))
  race.seek(to: steps)
  return race.run(entry: 0).outcome(on: race.landscape, in: race.experiment.window)
}

extension Change {
  /// `Change(40, "sgd.lr", 0.1)`, `Change(60, "landscape.kappa", 20)`.
  init(_ step: Int, _ path: String, _ value: Double) {
    guard let knob = KnobPath(path) else { preconditionFailure("a change is of NAME.KEY") }
    self.init(step: step, target: knob, value: value)
  }
}
