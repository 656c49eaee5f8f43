import CBaseline
import Experiments
import Glibc
import Landscapes
import OptimizerCore

/// Maps and rain: thousands of runs.
struct SweepBenchmark {
  private static let (columns, rows, steps) = (120, 64, 300)

  /// Times the pieces whose names pass the filter.
  func time(where isWanted: (String) -> Bool) -> (results: [PictureResult], timings: [Timing]) {
    var results: [PictureResult] = []
    var all: [Timing] = []
    func add(
      _ name: String, target: Double? = nil, clock: Timing.Clock = .processor, c: ((Int) -> Void)? = nil,
      _ work: @escaping (Int) -> Void
    ) {
      guard isWanted(name) else { return }
      let timing = Timing.measure([work], clock: clock)[0]
      let baseline = c.map { Timing.measure([$0])[0] }
      results.append(
        PictureResult(
          name: name, milliseconds: timing.best / 1e6, c: baseline.map { $0.best / 1e6 }, target: target))
      all += [timing] + (baseline.map { [$0] } ?? [])
    }
    let map = Self.map()
    let (rates, betas) = (map.x.values(Self.columns), map.y.values(Self.rows))
    let start = map.experiment.starts[0]
    var sum: Int32 = 0
    func mapInC() {
      sum = baseline_map(
        rates, Int32(Self.columns), betas, Int32(Self.rows), Int32(Self.steps), 100, start.x, start.y,
        map.target)
    }
    mapInC()
    let cells = map.grid().cells
    precondition(
      cells.reduce(0) { $0 + ($1?.outcome == .reached ? $1?.steps ?? 0 : -1) } == Int(sum),
      "the C baseline must compute the same map")
    let name = "map \(Self.columns)x\(Self.rows), momentum, \(Self.steps) steps"
    add("\(name), processor time", clock: .program, c: { for _ in 0..<$0 { mapInC() } }) { count in
      for _ in 0..<count { keep(map.grid(threads: 1).known) }
    }
    add("\(name), 2 cores", target: 40, clock: .wall) { count in
      for _ in 0..<count { keep(map.grid(threads: 2).known) }
    }
    let basins = Self.basins()
    add(
      "basins \(Self.columns)x\(Self.rows), Himmelblau, adam, \(Self.steps) steps, processor time",
      clock: .program
    ) { count in
      for _ in 0..<count { keep(basins.grid(threads: 1).known) }
    }
    for optimizer in ["momentum:lr=0.0005", "adam:lr=0.02", "sgd:lr=0.001", "lion:lr=0.01"] {
      let id = optimizer.split(separator: ":")[0]
      add("rain of 10000, \(id), one step", target: 1) { count in
        // Anew now and then, so that the points are on their way.
        var rain = Self.rain(optimizer)
        for done in 0..<count {
          if done % 400 == 399 { rain = Self.rain(optimizer) }
          rain.advance()
        }
        keep(rain.counts.moving)
      }
    }
    return (results, all)
  }

  private static func map() -> Sweep {
    guard
      let landscape = try? Landscape(
        formula: "0.5*(kappa*x^2+y^2)", constants: [Constant(name: "kappa", value: 100, range: 1...1000)],
        minima: [Point(0, 0)], start: Point(1, 10)),
      let spec = try? OptimizerSpec("momentum")
    else { preconditionFailure("the ravine is a formula") }
    let experiment = Experiment(
      landscape: landscape, entries: Entry.entries([spec]), budget: Budget(steps: steps))
    do {
      return try Sweep(
        experiment, x: Axis("momentum.lr=1e-4:0.1", in: experiment),
        y: Axis("momentum.beta=0:0.99", in: experiment), columns: columns, rows: rows)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  private static func basins() -> Sweep {
    guard let landscape = LandscapeCatalog.named("himmelblau"), let spec = try? OptimizerSpec("adam:lr=0.1"),
      let sweep = try? Sweep.basins(
        of: Experiment(landscape: landscape, entries: Entry.entries([spec]), budget: Budget(steps: steps)),
        entry: 0, columns: columns, rows: rows)
    else { preconditionFailure("the catalog has Himmelblau's function") }
    return sweep
  }

  private static func rain(_ optimizer: String) -> Rain {
    guard let landscape = LandscapeCatalog.named("rosenbrock"), let spec = try? OptimizerSpec(optimizer)
    else {
      preconditionFailure("the catalog has Rosenbrock's valley")
    }
    return Rain(
      Experiment(landscape: landscape, entries: Entry.entries([spec])), entry: 0, starts: .grid, count: 10_000
    )
  }
}

/// Takes a result, so that the optimizer cannot leave out what made it.
@inline(never)
private func keep<Value>(_ value: Value) {}
