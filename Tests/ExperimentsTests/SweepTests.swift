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
    let minimum = StandingThresholds(in: experiment.window).minimum(
      near: run.parameters, of: experiment.landscape(at: run.step))
    // From which step on the gradient stayed small, where the sweep asks and the run has not left.
    let rested = sweep.restSlope.flatMap { slope -> Int? in
      let unrest = rows.last { $0.step > 0 && $0.gradientNorm > slope }?.step ?? 0
      return run.divergedAt == nil && unrest < last.step ? unrest + 1 : nil
    }
    func cell(_ outcome: SweepCell.Outcome, _ steps: Int, _ row: Row) -> SweepCell {
      SweepCell(
        outcome: outcome, steps: steps, evaluations: row.evaluations, loss: last.loss, minimum: minimum,
        restedAt: rested)
    }
    // What is not finite at its start is nothing but diverged.
    if run.divergedAt == 0, run.isOver { return cell(.diverged, 0, last) }
    if let row = rows.first(where: { $0.loss < sweep.target }) { return cell(.reached, row.step, row) }
    if let step = run.divergedAt { return cell(.diverged, step, rows[min(step, rows.count - 1)]) }
    return cell(last.loss > rows[0].loss ? .growing : .notReached, last.step, last)
  }

  private func check(_ sweep: Sweep, sourceLocation: SourceLocation = #_sourceLocation) {
    let grid = sweep.grid(threads: 1)
    #expect(grid.known == grid.cells.count, sourceLocation: sourceLocation)
    for row in 0..<sweep.rows {
      for column in 0..<sweep.columns {
        let expected = CellBits(cell: told(sweep, column, row))
        let cell = CellBits(cell: grid[column, row])
        #expect(cell == expected, "cell \(column), \(row)", sourceLocation: sourceLocation)
      }
    }
  }

  @Test func cellsAreTheRunsAlone() throws {
    let race = try experiment("ravine", ["momentum:lr=0.01,beta=0.9"], steps: 90)
    let map = try sweep(race, "momentum.lr=1e-4:1", "momentum.beta=0:0.99", 10, 5)
    #expect(map.grouping == .any)
    check(map)
  }

  /// Every optimizer, wrapped ones too: its first real knob against the start, or the start alone.
  @Test(arguments: OptimizerRegistry.all.map(\.about.id))
  func everyOptimizerAgrees(_ id: String) throws {
    let isWrapper = OptimizerRegistry.entry(id)?.isWrapper ?? false
    let text = isWrapper ? "\(id)(adam:lr=0.05)" : id
    let name = try ["rosenbrock", "matrix-2x2"].first {
      try LandscapeCatalog.named($0)?.obstacle(to: OptimizerSpec(text)) == nil
    }
    let race = try experiment(try #require(name), [text], steps: 25)
    let spec = race.entries[0].spec
    let knob = spec.knobs.first { $0.kind == .real && $0.key.hasSuffix("lr") }
    let x = knob.map { "\(id).\($0.key)=1e-4:3" } ?? "start.x=-2:2"
    let map = try sweep(race, x, "start.y=-1:3", 5, 3)
    #expect((map.grouping == .alone) == (spec.makeLanes() == nil))
    check(map)
  }

  /// Gradients whose squares over- or underflow, and starts at which they are infinite.
  @Test(arguments: ["1e200*(x^2 + y^2)", "1e-200*(x^2 + y^2)", "exp(x^2)*1e290 + y^2", "x^300 + y^2"])
  func extremesAgree(_ formula: String) throws {
    for text in ["signsgd:lr=0.01", "sam(signsgd:lr=0.1):rho=0.1", "clip(signsgd:lr=0.1):norm=1", "newton"] {
      let race = try experiment(formula, [text], steps: 12)
      check(try sweep(race, "start.x=-8:8", "start.y=-1:3", 5, 2))
    }
  }

  @Test func noiseIsTheSameInEveryCell() throws {
    for noise in ["gaussian(sigma=0.5)", "levy(alpha=1.5)", "gaussian(sigma=0.5,independent=on)"] {
      var race = try experiment("ravine", ["sgd", "adam:lr=0.1"], steps: 30)
      race.noise = try Noise(noise)
      race.seed = 7
      check(try sweep(race, "adam.lr=1e-3:1", "adam.beta1=0:0.99", 4, 4))
    }
  }

  @Test func rulesThatDrawThemselvesAgree() throws {
    var race = try experiment("himmelblau", ["langevin:lr=0.01"], steps: 30)
    race.seed = 3
    check(try sweep(race, "langevin.lr=1e-4:0.1", "langevin.temperature=0.01:1:log", 4, 4))
  }

  @Test func constantsVaryByLane() throws {
    let race = try experiment("ravine", ["momentum:lr=0.02"], steps: 60)
    check(try sweep(race, "momentum.lr=1e-3:0.3", "landscape.kappa=1:1000", 5, 6))
    check(try sweep(race, "landscape.kappa=2:200:linear", "start.distance=0.1:100", 6, 3))
  }

  /// A knob that all lanes share, along either side.
  @Test func sharedKnobsVaryByBlock() throws {
    let race = try experiment("rosenbrock", ["nesterov:lr=0.001"], steps: 30)
    let columns = try sweep(race, "nesterov.form", "nesterov.lr=1e-4:1e-2", 2, 5)
    #expect(columns.grouping == .columns)
    check(columns)
    let rows = try sweep(race, "nesterov.lr=1e-4:1e-2", "nesterov.form", 5, 2)
    #expect(rows.grouping == .rows)
    check(rows)
    let both = try experiment("rosenbrock", ["nesterov:lr=0.001", "muon"], steps: 30)
    let alone = try sweep(both, "muon.nesterov", "muon.orthogonalise", 2, 2)
    #expect(alone.grouping == .alone)
    check(alone)
  }

  @Test func changesAndSchedulesHappenInCellsToo() throws {
    var race = try experiment("ravine", ["momentum:lr=0.01,schedule=cosine(40)"], steps: 50)
    race.changes = [Change(10, "momentum.beta", 0.5), Change(20, "momentum.lr", 0.005)]
    check(try sweep(race, "momentum.lr=1e-3:0.1", "momentum.beta=0:0.99", 4, 4))
    // Other knobs too, some of them beyond where they are held.
    let other = try experiment(
      "ravine", ["momentum:lr=0.01,beta=0.3,schedule.beta=exponential(factor=1.001),schedule=cosine(40)"],
      steps: 50)
    check(try sweep(other, "momentum.lr=1e-3:0.1", "momentum.beta=0:0.999", 4, 4))
    race.changes = [Change(10, "landscape.kappa", 50)]
    let map = try sweep(race, "momentum.lr=1e-3:0.1", "landscape.kappa=1:1000", 4, 4)
    #expect(map.grouping == .alone)
    check(map)
  }

  @Test func budgetsInEvaluationsCount() throws {
    let race = try experiment("rosenbrock", ["sam(sgd:lr=0.001)"], evaluations: 33)
    check(try sweep(race, "sam.rho=1e-3:1:log", "sam.base.lr=1e-4:1e-1", 4, 4))
  }

  @Test func lossesThatChangeWithTheStepAgree() throws {
    let race = try experiment("(x - sin(0.1*t))^2 + 3*y^2", ["adam:lr=0.1"], steps: 40)
    check(try sweep(race, "adam.lr=1e-3:1", "start.x=-2:2", 4, 4))
  }

  @Test func moreThanTwoParametersAgree() throws {
    for id in LandscapeCatalog.all.filter({ $0.dimension > 2 }).prefix(2).map(\.id) {
      let race = try experiment(id, ["muon:lr=0.05"], steps: 20)
      check(try sweep(race, "muon.lr=1e-3:1", "start.y", 3, 3))
      if let constant = race.landscape.constants.first?.name {
        check(try sweep(race, "muon.lr=1e-3:1", "landscape.\(constant)", 3, 3))
      }
    }
  }

  /// Points, losses and slopes that are not finite, from the start or later, and infinite places with finite losses.
  @Test func brokenRunsEndAlike() throws {
    let losses = [
      "log(x) + y^2", "1/(x - 1) + y^2", "exp(x^2) + y^4", "tanh(x) - 1e300*y", "sqrt(x)*1e200*y",
    ]
    for loss in losses {
      for optimizer in ["sgd:lr=1", "momentum:lr=1", "adam:lr=10"] {
        let race = try experiment(loss, [optimizer], starts: [Point(0.5, 0.5)], steps: 20)
        let name = race.entries[0].name
        check(try sweep(race, "\(name).lr=1e-2:100", "start.x=-1:3", 3, 5))
      }
    }
  }

  /// Each outcome occurs, or comparing outcomes would say little.
  @Test func outcomesAreTold() throws {
    let race = try experiment("ravine", ["momentum"], steps: 60)
    let grid = try sweep(race, "momentum.lr=1e-3:0.3", "momentum.beta=0:0.99", 65, 17).grid()
    for outcome in SweepCell.Outcome.allCases { #expect(grid.count(outcome) > 0, "\(outcome)") }
    let best = try #require(grid.best)
    let fewest = grid.cells.compactMap { $0?.outcome == .reached ? $0?.evaluations : nil }.min()
    #expect(grid[best.column, best.row]?.evaluations == fewest)
  }

  // MARK: Threads

  @Test func theNumberOfThreadsChangesNothing() throws {
    let race = try experiment("himmelblau", ["adam:lr=0.3"], steps: 40)
    let map = try sweep(race, "adam.lr=1e-3:3", "start.y", 21, 19)
    let one = map.grid(threads: 1).bits
    for threads in [2, 5] { #expect(map.grid(threads: threads).bits == one) }
  }

  @Test func partsMakeTheWhole() throws {
    let race = try experiment("himmelblau", ["adam:lr=0.3"], steps: 20)
    let map = try sweep(race, "start.x", "start.y", 13, 11)
    let whole = map.grid(threads: 2).bits
    for range in [0..<50, 50..<51, 51..<143] {
      let part = SweepJob(map, threads: 2, cells: range).wait()
      #expect(part.isFinished && part.known == range.count && part.progress == 1)
      #expect(Array(part.grid.bits[range]) == Array(whole[range]))
      #expect(part.grid.cells.count { $0 != nil } == range.count)
    }
  }

  @Test func severalMapsInOneJob() throws {
    let race = try experiment("himmelblau", ["adam:lr=0.3", "line-search"], steps: 12)
    let maps = try (0..<2).map { try Sweep.basins(of: race, entry: $0, columns: 9, rows: 7) }
    let done = SweepJob(maps, threads: 3).wait()
    #expect(done.isFinished && !done.isCancelled)
    for (map, grid) in zip(maps, done.grids) { #expect(grid.bits == map.grid(threads: 1).bits) }
  }

  /// Called off in the middle it stops soon, and what is known stays right.
  @Test(.timeLimit(.minutes(1))) func cancelling() throws {
    let race = try experiment("rosenbrock", ["adam:lr=0.01"], steps: 1_000_000_000)
    for optimizer in ["adam", "line-search"] {
      var race = race
      race.entries = Entry.entries(try specs([optimizer]))
      let job = SweepJob(try sweep(race, "start.x", "start.y", 16, 16), threads: 2)
      #expect(!job.snapshot.isFinished)
      job.cancel()
      // Were the flag not read within a run, this would not return.
      let end = job.wait()
      #expect(end.isCancelled && end.isFinished && end.known == 0)
    }
    // One that nobody holds is called off by itself; its threads would go on for hours.
    var held: SweepJob? = SweepJob(try sweep(race, "start.x", "start.y", 16, 16), threads: 2)
    #expect(held?.snapshot.known == 0)
    held = nil
  }

  @Test func coarseCellsStandForFineOnes() throws {
    let race = try experiment("himmelblau", ["sgd:lr=0.01"], steps: 10)
    let map = try sweep(race, "start.x", "start.y", 20, 20)
    var grid = SweepGrid(columns: 20, rows: 20)
    let whole = map.grid(threads: 1)
    let coarse = SweepOrder.cells(of: 0, columns: 20, rows: 20, within: 0..<400)
    #expect(coarse.count == 9)
    for index in coarse { grid.set(try #require(whole.cells[index]), at: index) }
    #expect(grid.shown(15, 7) == whole[8, 0] && grid.shown(16, 16) == whole[16, 16] && grid[15, 7] == nil)
    let all = SweepOrder.strides.indices.flatMap {
      SweepOrder.cells(of: $0, columns: 20, rows: 20, within: 0..<400)
    }
    #expect(all.sorted() == Array(0..<400))
  }

  /// Cells are telling where the coarse ones around them differ, and nowhere else.
  @Test func edgesComeFirst() throws {
    var grid = SweepGrid(columns: 17, rows: 17)
    func end(_ minimum: Int) -> SweepCell {
      SweepCell(outcome: .reached, steps: 1, evaluations: 1, loss: 0, minimum: minimum)
    }
    for index in SweepOrder.cells(of: 0, columns: 17, rows: 17, within: 0..<289) {
      grid.set(end(index % 17 == 16 ? 2 : 1), at: index)
    }
    for index in SweepOrder.cells(of: 1, columns: 17, rows: 17, within: 0..<289) {
      #expect(SweepOrder.isAtEdge(index, in: 1, of: grid) == (8..<16).contains(index % 17))
    }
    #expect(!SweepOrder.isAtEdge(0, in: 0, of: grid))
  }
}
