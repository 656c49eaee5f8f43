import Foundation
import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// A cell as bit patterns, so that NaN and signed zeros count.
struct CellBits: Equatable, CustomStringConvertible {
  let cell: SweepCell?

  static func == (a: CellBits, b: CellBits) -> Bool {
    a.cell?.outcome == b.cell?.outcome && a.cell?.steps == b.cell?.steps
      && a.cell?.evaluations == b.cell?.evaluations && a.cell?.minimum == b.cell?.minimum
      && a.cell?.loss.bitPattern == b.cell?.loss.bitPattern
  }

  var description: String { cell.map { "\($0)" } ?? "unknown" }
}

extension SweepGrid {
  var bits: [CellBits] { cells.map { CellBits(cell: $0) } }
}

/// A sweep from the texts of a command line.
func sweep(
  _ experiment: Experiment, _ x: String, _ y: String, _ columns: Int = 11, _ rows: Int = 9,
  target: Double? = nil
) throws -> Sweep {
  try Sweep(
    experiment, x: Axis(x, in: experiment), y: Axis(y, in: experiment), columns: columns, rows: rows,
    target: target)
}

struct SweepTests {
  /// A cell told from the rows of a race that runs it alone: nothing of what computes maps takes part.
  private func told(_ sweep: Sweep, _ column: Int, _ row: Int) -> SweepCell {
    let experiment = sweep.experiment(column: column, row: row)
    var race = Race(experiment)
    while race.advance() {}
    let run = race.run(entry: sweep.entry)
    let rows = (0..<run.history.count).map { run.history[$0] }
    let last = rows[rows.count - 1]
    let minimum = Run.minimum(
      near: run.parameters, of: experiment.landscape(at: run.step), in: experiment.window)
    func cell(_ outcome: SweepCell.Outcome, _ steps: Int, _ row: Row) -> SweepCell {
      SweepCell(
        outcome: outcome, steps: steps, evaluations: row.evaluations, loss: last.loss, minimum: minimum)
    }
    if let row = rows.first(where: { $0.loss < sweep.target }) { return cell(.reached, row.step, row) }
    if let step = run.divergedAt { return cell(.diverged, step, rows[min(step, rows.count - 1)]) }
    return cell(last.loss > rows[0].loss ? .growing : .notReached, last.step, last)
  }

  private func check(_ sweep: Sweep, sourceLocation: SourceLocation = #_sourceLocation) {
    let grid = sweep.grid(threads: 1)
    #expect(grid.isComplete, sourceLocation: sourceLocation)
    for row in 0..<sweep.rows {
      for column in 0..<sweep.columns {
        let expected = CellBits(cell: told(sweep, column, row))
        let cell = CellBits(cell: grid[column, row])
        #expect(cell == expected, "cell \(column), \(row)", sourceLocation: sourceLocation)
      }
    }
  }

  @Test func cellsAreTheRunsAlone() throws {
    let race = try experiment("ravine", ["momentum:lr=0.01,beta=0.9"], steps: 120)
    check(try sweep(race, "momentum.lr=1e-4:1", "momentum.beta=0:0.99"))
  }

  /// Each outcome occurs in the map above, or the comparison would say little.
  @Test func outcomesAreTold() throws {
    let race = try experiment("ravine", ["sgd"], steps: 300)
    let grid = try sweep(race, "sgd.lr=1e-4:1", "start.distance=1e-2:100", 33, 5).grid()
    for outcome in [SweepCell.Outcome.reached, .notReached, .diverged] {
      #expect(grid.count(outcome) > 0, "\(outcome)")
    }
  }
}
