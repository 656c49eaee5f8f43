import CBaseline
import Experiments
import Landscapes
import OptimizerCore

/// Steps of networks on the points of peaks.
struct NetworkBenchmark {
  private static let rate = 0.1
  private static let damping = 0.01
  private static let sgd = "sgd:lr=0.1"
  private static let batch = 32

  private var results: [NetworkResult] = []
  private var timings: [Timing] = []
  private let isWanted: (String) -> Bool

  private init(where isWanted: @escaping (String) -> Bool) { self.isWanted = isWanted }

  /// Times the pieces whose names pass the filter.
  static func time(
    where isWanted: @escaping (String) -> Bool
  ) -> (results: [NetworkResult], timings: [Timing]) {
    var benchmark = NetworkBenchmark(where: isWanted)
    benchmark.timeSteps()
    benchmark.timeRaces()
    benchmark.timeGauges()
    return (benchmark.results, benchmark.timings)
  }

  private mutating func add(
    _ name: String, target: Double? = nil, clock: Timing.Clock = .processor, allocations: Double? = nil,
    c: ((Int) -> Void)? = nil, _ work: @escaping (Int) -> Void
  ) {
    let measured = Timing.measure([work] + (c.map { [$0] } ?? []), clock: clock)
    results.append(
      NetworkResult(
        name: name, milliseconds: measured[0].best / 1e6, c: c == nil ? nil : measured[1].best / 1e6,
        target: target, allocations: allocations))
    timings += measured
  }

  // MARK: The core alone

  private mutating func timeSteps() {
    let small = "network 2-32-5, full batch"
    if isWanted(small) { time(small, width: 32, size: 1000, target: 1000 / 9000) }
    let few = "network 2-32-5, minibatch of \(Self.batch)"
    if isWanted(few) {
      time(
        few, width: 32, size: Self.batch, noise: "minibatch(size=\(Self.batch),sampling=cyclic)", target: 0.01
      )
    }
    let wide = "network 2-8192-5, full batch"
    if isWanted(wide) {
      time("\(wide), processor time", width: 8192, size: 1000, clock: .program)
      time("\(wide), as time passes", width: 8192, size: 1000, target: 1000 / 66, clock: .wall)
    }
    let newton = "network 2-32-5, Gauss-Newton"
    if isWanted(newton) {
      let trial = NetworkTrial(width: 32, "gauss-newton:damping=\(Self.damping)")
      func inC(_ steps: Int) -> [Double] {
        trial.inC { baseline_gauss_newton($0, $1, Int32(steps), Self.damping) }
      }
      precondition(trial.agrees(after: 2, with: inC(2)), "the C baseline must come to the same parameters")
      add(newton, target: 25, allocations: trial.allocations, c: { _ = inC($0) }, trial.run)
    }
  }

  /// Times gradient descent over batches of a size.
  private mutating func time(
    _ name: String, width: Int, size: Int, noise: String = "none", target: Double? = nil,
    clock: Timing.Clock = .processor
  ) {
    let trial = NetworkTrial(width: width, Self.sgd, noise: noise)
    func inC(_ steps: Int) -> [Double] {
      trial.inC { baseline_train($0, $1, Int32(steps), Int32(size), Self.rate) }
    }
    precondition(trial.agrees(after: 5, with: inC(5)), "the C baseline must come to the same parameters")
    let allocations = trial.allocations
    add(name, target: target, clock: clock, allocations: allocations, c: { _ = inC($0) }, trial.run)
  }

  // MARK: What the program does

  private mutating func timeRaces() {
    let one = "race of one, 2-32-5, full batch"
    if isWanted(one) { time(one, [Self.sgd], target: 1000 / 9000) }
    for losses in [1000, 1] {
      let name = "race of one, 2-32-5, minibatch of \(Self.batch), all losses every \(losses)"
      guard isWanted(name) else { continue }
      time(
        name, [Self.sgd], noise: "minibatch(size=\(Self.batch),losses=\(losses))",
        target: losses == 1 ? nil : 0.01)
    }
    let six = "race of six, 2-32-5, full batch"
    if isWanted(six) { time(six, ["sgd", "momentum", "nesterov", "rmsprop", "adam", "lion"]) }
  }

  private mutating func time(
    _ name: String, _ optimizers: [String], noise text: String = "none", target: Double? = nil
  ) {
    let landscape = NetworkTrial(width: 32, Self.sgd).landscape
    guard let noise = try? Noise(text) else { preconditionFailure("'\(text)' is a noise") }
    let entries = Entry.entries(
      optimizers.map { text in
        guard let spec = try? OptimizerSpec(text) else { preconditionFailure("'\(text)' is a spec") }
        return spec
      })
    let fresh = Race(Experiment(landscape: landscape, entries: entries, noise: noise))
    var race = fresh
    add(name, target: target) { count in
      // Now and then from the start again, so that the record does not grow with the patience of the measurement.
      for _ in 0..<count {
        if race.step == 4096 { race = fresh }
        race.advance()
      }
    }
  }

  /// What the gauge asks for in a frame: the extreme eigenvalues of the Hessian where the run stands.
  private mutating func timeGauges() {
    let name = "extreme curvatures, 2-32-5"
    guard isWanted(name) else { return }
    let trial = NetworkTrial(width: 32, Self.sgd)
    add(name, target: 4) { count in
      for done in 0..<count {
        if done % 1000 == 0 { trial.reset() }
        // As many steps as there are between two frames.
        trial.run(1)
        Self.keep(trial.landscape.curvatures(at: trial.x).larger)
      }
    }
  }

  @inline(never)
  private static func keep<Value>(_ value: Value) {}
}
