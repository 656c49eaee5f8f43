import Landscapes
import OptimizerCore

/// Nanoseconds a step of one optimizer, and what it allocates.
struct StepResult: Encodable {
  /// The id.
  let optimizer: String
  /// Scalar C, the gradient through a function pointer; nil where there is no baseline.
  var c: Double?
  /// Scalar C with rule and gradient written into one loop; nil where there is none.
  var fused: Double?
  /// Scalar, with a native gradient.
  var native: Double?
  /// Scalar, with the typed formula.
  var formula: Double?
  /// In lanes, with the typed formula, for each of the eight runs; nil where the rule exists for single runs alone.
  var lanes: Double?
  /// Allocations in the course, all paths together.
  var allocations: Int
  /// Steps of the run that was timed: fewer than the course has where the rule is at the minimum before.
  var length: Int

  /// A typed rule against the compiled one of the same steps, one run and eight; nil where that was not measured.
  var typed: Typed?

  /// How many times as long as the compiled rule a typed one takes.
  struct Typed: Encodable {
    /// By the formula, scalar.
    var formula: Double?
    /// By the formula, in lanes.
    var lanes: Double?
  }

  /// Compares a typed rule with the compiled one.
  mutating func read(against compiled: StepResult?) {
    guard let compiled else { return }
    func ratio(_ a: Double?, _ b: Double?) -> Double? { a.flatMap { a in b.map { a / $0 } } }
    typed = Typed(formula: ratio(formula, compiled.formula), lanes: ratio(lanes, compiled.lanes))
  }

  /// Native against C.
  var ratio: Double? { c.flatMap { c in native.map { $0 / c } } }
  /// How many times faster than C a run in lanes is.
  var gain: Double? { c.flatMap { c in lanes.map { c / $0 } } }
  /// How many times faster than the fused loop in C a run in lanes is.
  var fusedGain: Double? { fused.flatMap { fused in lanes.map { fused / $0 } } }
}

/// Steps on Rosenbrock's valley, for every optimizer in the registry.
struct StepBenchmark {
  private let formula: Formula

  init() {
    guard let formula = try? Formula(Course.formula) else { preconditionFailure("the course is a formula") }
    self.formula = formula
  }

  /// Times one optimizer on every path that it has.
  func time(_ entry: OptimizerEntry) -> (result: StepResult, timings: [Timing]) {
    time(entry.about.id, Course.spec(entry))
  }

  /// Times an optimizer as a spec says it.
  func time(_ id: String, _ spec: OptimizerSpec) -> (result: StepResult, timings: [Timing]) {
    let typed = Trial(spec.makeScalar(), on: FormulaOracle(formula))
    let native = Trial(spec.makeScalar(), on: RosenbrockOracle())
    let lanes = spec.makeLanes().map { Trial($0, on: FormulaLanesOracle(formula)) }
    let c = BaselineTrial(id)
    let allocations = typed.allocations + native.allocations + (lanes?.allocations ?? 0)
    let length = max(1, min(typed.stepsUnderWay, native.stepsUnderWay, lanes?.stepsUnderWay ?? .max))
    (typed.length, native.length) = (length, length)
    lanes?.length = length
    c?.length = length
    if let c {
      native.run(1)
      c.run(1)
      precondition(
        c.end == native.x.map(\.bitPattern),
        "the C baseline of '\(id)' must end at the same bits, or it is another rule")
    }

    var works: [(Int) -> Void] = [native.run, typed.run]
    if let lanes { works.append(lanes.run) }
    if let c { works.append(c.run) }
    let fused = FusedTrial(id)
    fused?.length = length
    if let fused {
      fused.run(1)
      c?.run(1)
      precondition(fused.end == c?.end, "the fused loop of '\(id)' must end at the same bits")
      works.append(fused.run)
    }
    let timings = Timing.measure(works)
    let perStep = timings.map { $0.best / Double(length) }
    return (
      StepResult(
        optimizer: id, c: c == nil ? nil : perStep[lanes == nil ? 2 : 3],
        fused: fused == nil ? nil : perStep.last, native: perStep[0], formula: perStep[1],
        lanes: lanes == nil ? nil : perStep[2] / Double(Lanes.laneCount), allocations: allocations,
        length: length),
      timings
    )
  }

  /// Allocations in the steps of one optimizer, scalar and in lanes.
  func allocations(of entry: OptimizerEntry) -> Int {
    let spec = Course.spec(entry)
    let lanes = spec.makeLanes().map { Trial($0, on: FormulaLanesOracle(formula)) }
    return Trial(spec.makeScalar(), on: FormulaOracle(formula)).allocations + (lanes?.allocations ?? 0)
  }
}
