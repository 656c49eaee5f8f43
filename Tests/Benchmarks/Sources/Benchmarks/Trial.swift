import AllocationCounter
import CBaseline
import OptimizerCore

/// The run that every optimizer is timed on: so many steps down Rosenbrock's valley, again and again from one start.
enum Course {
  /// Far from the minimum even after a thousand steps, but for line searches.
  static let start = (x: -1.5, y: 2.0)
  /// Steps of a run that is under way so long.
  static let steps = 1000
  /// A rate at which all of them are still under way at the end.
  static let rate = 1e-4
  /// The valley as text.
  static let formula = "(1-x)^2+100*(y-x^2)^2"

  /// An optimizer of the registry with the rate of the course; a wrapper goes around Adam.
  static func spec(_ entry: OptimizerEntry) -> OptimizerSpec {
    let text = entry.isWrapper ? "\(entry.about.id)(adam)" : entry.about.id
    guard var spec = try? OptimizerSpec(text) else { preconditionFailure("'\(text)' is registered") }
    let key = entry.isWrapper ? "base.lr" : "lr"
    if let knob = spec.knobs.first(where: { $0.key == key }) { spec.set(key, to: knob.clamped(rate)) }
    return spec
  }
}

extension Course {
  /// Rules as a person types them, to be read against the compiled ones.
  static let typed: [(id: String, compiled: String, spec: OptimizerSpec)] = [
    (
      "typed-momentum", "momentum", "momentum(lr=1e-4, beta=0.9): v := 0; v = beta*v + g; x = x - lr*v"
    ),
    (
      "typed-adam", "adam",
      """
      adam(lr=1e-4, beta1=0.9, beta2=0.999, eps=1e-8):
        m := 0; v := 0; p1 := 1; p2 := 1
        p1 = p1*beta1; p2 = p2*beta2
        m = beta1*m + (1 - beta1)*g
        v = beta2*v + (1 - beta2)*g*g
        x = x - lr/(1 - p1)*(m/(sqrt(v*(1/(1 - p2))) + eps))
      """
    ),
    // With every knob of the compiled one, as `describe` prints it.
    (
      "typed-whole-adam", "adam",
      """
      whole-adam(lr=1e-4, beta1=0.9, beta2=0.999, eps=1e-8, bias_correction=on, eps_inside=off, l2=0):
        m := 0; v := 0; p1 := 1; p2 := 1
        g = g + l2*x
        m = beta1*m + (1 - beta1)*g
        v = beta2*v + (1 - beta2)*g*g
        p1 = p1*beta1; p2 = p2*beta2
        rate = if(bias_correction, lr/(1 - p1), lr)
        v_hat = v*if(bias_correction, 1/(1 - p2), 1)
        x = x - rate*(m/if(eps_inside, sqrt(v_hat + eps), sqrt(v_hat) + eps))
      """
    ),
  ].map { id, compiled, text in
    guard let rule = try? TypedRule("typed-" + text), let spec = try? OptimizerSpec(rule.name, rules: [rule])
    else { preconditionFailure("'\(id)' is a rule") }
    return (id, compiled, spec)
  }
}

/// An optimizer on the course, for one run or eight.
final class Trial<Scalar: Lane> {
  private var optimizer: any Optimizer<Scalar>
  private let oracle: ObjectiveOracle<Scalar>
  private let start: [Scalar]
  private(set) var x: [Scalar]
  /// Steps of a run.
  var length = Course.steps

  /// Lanes start a little apart, so that they are eight different runs.
  init(_ optimizer: any Optimizer<Scalar>, on oracle: ObjectiveOracle<Scalar>) {
    self.optimizer = optimizer
    self.oracle = oracle
    var start = [Scalar(repeating: Course.start.x), Scalar(repeating: Course.start.y)]
    for lane in 0..<Scalar.laneCount { start[0][lane: lane] += 0.01 * Double(lane) }
    self.start = start
    x = start
  }

  /// Goes back to the start with a clear state.
  func reset() {
    optimizer.prepare(for: oracle.layout)
    oracle.forget()
    for i in x.indices { x[i] = start[i] }
  }

  /// Takes the steps `first` to `last`.
  private func step(_ first: Int, through last: Int) {
    Self.step(&optimizer, &x, oracle, first, last)
  }

  /// Opens the box of the optimizer and begins the access to the point once for all steps.
  @inline(never)
  private static func step<Rule: Optimizer<Scalar>>(
    _ optimizer: inout Rule, _ x: inout [Scalar], _ oracle: ObjectiveOracle<Scalar>, _ first: Int,
    _ last: Int
  ) {
    var span = x.mutableSpan
    for t in first...last {
      oracle.beginStep(t)
      optimizer.step(&span, oracle: oracle)
    }
  }

  /// The whole course, so many times.
  func run(_ times: Int) {
    for _ in 0..<times {
      reset()
      step(1, through: length)
    }
  }

  /// The steps of the course that are finite and move every lane; a step that stays put computes nothing.
  var stepsUnderWay: Int {
    reset()
    for t in 1...Course.steps {
      let before = x
      step(t, through: t)
      let moves = (0..<Scalar.laneCount).allSatisfy { lane in
        x.allSatisfy { $0[lane: lane].isFinite }
          && x.indices.contains { x[$0][lane: lane] != before[$0][lane: lane] }
      }
      if !moves { return t - 1 }
    }
    return Course.steps
  }

  /// Allocations during the course, but for its first step, which is the first after a snapshot.
  var allocations: Int {
    reset()
    step(1, through: 1)
    allocation_counter_start()
    step(2, through: Course.steps)
    return allocation_counter_stop()
  }
}

/// The same in C.
final class BaselineTrial {
  private let optimizer: OpaquePointer
  private var x = [Course.start.x, Course.start.y]
  /// Steps of a run.
  var length = Course.steps

  /// Nil if there is no baseline of that id.
  init?(_ id: String) {
    guard let made = baseline_make(id, 2, Course.rate) else { return nil }
    optimizer = made
  }

  deinit { baseline_free(optimizer) }

  /// The whole course, so many times.
  func run(_ times: Int) {
    for _ in 0..<times {
      baseline_reset(optimizer)
      (x[0], x[1]) = (Course.start.x, Course.start.y)
      baseline_run(optimizer, &x, Int32(length), baseline_rosenbrock, nil)
    }
  }

  /// The bits of the end of the last course.
  var end: [UInt64] { x.map(\.bitPattern) }
}

/// The same in C as one loop.
final class FusedTrial {
  private let id: String
  private var x = [Course.start.x, Course.start.y]
  /// Steps of a run.
  var length = Course.steps

  /// Nil if there is no loop of that id.
  init?(_ id: String) {
    self.id = id
    guard baseline_fused(id, &x, 0, Course.rate) else { return nil }
  }

  /// The whole course, so many times.
  func run(_ times: Int) {
    for _ in 0..<times {
      (x[0], x[1]) = (Course.start.x, Course.start.y)
      _ = baseline_fused(id, &x, Int32(length), Course.rate)
    }
  }

  /// The bits of the end of the last course.
  var end: [UInt64] { x.map(\.bitPattern) }
}
