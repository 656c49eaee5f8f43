/// Newton's method with a Hessian that is guessed from the last steps.
///
///     s = θ − θ_prev, y = g − g_prev, kept where sᵀy > 1e-10; γ = sᵀy/yᵀy
///     d ← −H g by the two loops over the last `history` pairs, from H₀ = γI
///     θ ← θ + α d, α by a strong Wolfe search that tries `lr` first, or `lr` itself
///
/// The first step tries lr · min(1, 1/‖g‖₁). Equals torch's LBFGS with one iteration a step (c₁ = 1e-4, c₂ = 0.9). It rests
/// where no slope is above 1e-9 or the direction promises less than 1e-12.
///
/// Watch: after as many steps as there are dimensions it knows the curvature, and leaps.
///
/// Liu & Nocedal 1989, doi:10.1007/BF01589116.
struct LBFGS: RatedOptimizer {
  var rate = 1.0
  var history = 10
  var method = 0
  var g = Vector<Double>()
  var direction = Vector<Double>()
  private var lastPoint = Vector<Double>()
  private var lastGradient = Vector<Double>()
  // Pairs in a ring of rows; the newest is at `newest`.
  private var steps = Vector<Double>()
  private var changes = Vector<Double>()
  private var shares = Vector<Double>()
  private var capacity = 0
  private var newest = 0
  private var pairs = 0
  private var scale = 1.0
  private var wolfe = StrongWolfe()
  private var used: Double?
  private var hasStarted = false

  init() {}

  static var about: About {
    About(
      id: "lbfgs", name: "L-BFGS", group: .preconditioned, rate: .none,
      summary: "Newton's method with a Hessian that is guessed from the last steps",
      watch: "after as many steps as there are dimensions it knows the curvature, and leaps",
      citation: "Liu & Nocedal 1989, doi:10.1007/BF01589116",
      memory: "2 k d numbers (the last k steps, and what each changed of the gradient)",
      aliases: [
        .keys("history_size", "history"), .keys("line_search_fn", "line_search"),
        .advice("max_iter", "a step is one iteration here, and --steps and --evaluations are the budget"),
        .advice("max_eval", "a step is one iteration here, and --steps and --evaluations are the budget"),
        .advice("tolerance_grad", "a run goes on until its budget is spent, however small its steps are"),
        .advice("tolerance_change", "a run goes on until its budget is spent, however small its steps are"),
      ])
  }

  static var phrases: [Phrase] {
    [
      .torch([
        .init("max_iter", .literal("1")), .init("tolerance_grad", .literal("1e-9")),
        .init("tolerance_change", .literal("1e-12")),
      ])
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(1, \.rate),
      .integer("history", "h", "pairs kept", role: .other, default: 10, in: 1...100, \.history),
      .choice("line_search", "α", "line search", of: ["strong-wolfe", "none"], \.method),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g.values }, Slot("d", "direction", .direction) { $0.direction.values },
      Slot("α", "step", .number) { [$0.used ?? 0] },
    ]
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("d ← −H g"),
      .slot("α ← strong Wolfe search"),
      .move("θ ← θ + α d"),
    ]
  }

  var learningRate: Double? {
    get { used ?? rate }
    set { if let newValue { use(learningRate: newValue) } }
  }

  mutating func use(learningRate: Double) {
    rate = learningRate
    used = nil
  }

  /// H, the guess of the inverse Hessian.
  private var inverse: [Double] {
    var copy = self
    let d = g.count
    var column = Vector<Double>(d)
    let q = column.writable()
    var matrix = [Double](repeating: 0, count: d * d)
    for j in 0..<d {
      for i in 0..<d { q[i] = i == j ? 1 : 0 }
      if copy.pairs > 0 { copy.multiplyByInverse(q) }
      for i in 0..<d { matrix[i * d + j] = q[i] }
    }
    // Rounding must not tell one half from the other.
    return (0..<d * d).map { (matrix[$0] + matrix[$0 % d * d + $0 / d]) / 2 }
  }

  var ball: UnitBall {
    pairs == 0
      ? .ellipse(halfAxes: g.values.map { _ in 1 })
      : .preconditioner(of: g.count, "the guess of H⁻¹") { inverse }
  }

  var search: SearchRecord? {
    guard method == 0, !wolfe.trials.isEmpty else { return nil }
    return SearchRecord(direction: direction.values, trials: wolfe.trials, chosen: used ?? 0)
  }

  var stability: Stability { .searched }

  func matrixNumbers(for layout: ParameterLayout) -> Double { 2 * Double(history) * Double(layout.count) }

  mutating func prepare(for layout: ParameterLayout) {
    let d = layout.count
    (g, direction, lastPoint, lastGradient) = (Vector(d), Vector(d), Vector(d), Vector(d))
    wolfe = StrongWolfe(dimension: d)
    capacity = history
    (steps, changes, shares) = (Vector(capacity * d), Vector(capacity * d), Vector(capacity))
    (newest, pairs, scale) = (0, 0, 1)
    used = nil
    hasStarted = false
  }

  mutating func step(_ θ: inout MutableSpan<Double>, oracle: Oracle<Double>) {
    let (g, direction) = (self.g.writable(), self.direction.writable())
    let (lastPoint, lastGradient) = (self.lastPoint.writable(), self.lastGradient.writable())
    let value = oracle.gradient(at: θ, into: g)
    var (largest, sum) = (0.0, 0.0)
    for slope in g {
      largest = max(largest, slope.magnitude)
      sum += slope.magnitude
    }
    used = 0
    wolfe.forget()
    guard !(largest <= 1e-9) else { return }
    var first = rate
    if hasStarted {
      if history != capacity { resize() }
      remember(θ)
      guess()
    } else {
      for i in g.indices { direction[i] = -g[i] }
      first = rate * min(1, 1 / sum)
      hasStarted = true
    }
    var slope = 0.0
    for i in g.indices {
      lastPoint[i] = θ[i]
      lastGradient[i] = g[i]
      slope += g[i] * direction[i]
    }
    guard !(slope > -1e-12) else { return }
    let length =
      method == 1
      ? first
      : wolfe.search(
        from: θ, along: direction, first: first, value: value, slope: slope, c1: 1e-4, c2: 0.9, least: 1e-9,
        oracle: oracle)
    used = length
    for i in g.indices { θ[i] += length * direction[i] }
  }

  /// Keeps the pair of the last step, if the curvature along it was positive.
  private mutating func remember(_ θ: borrowing MutableSpan<Double>) {
    let (g, lastPoint, lastGradient) = (
      self.g.writable(), self.lastPoint.writable(), self.lastGradient.writable()
    )
    var (sy, yy) = (0.0, 0.0)
    for i in g.indices {
      let y = g[i] - lastGradient[i]
      sy += (θ[i] - lastPoint[i]) * y
      yy += y * y
    }
    guard sy > 1e-10 else { return }
    newest = pairs == 0 ? 0 : (newest + 1) % capacity
    pairs = min(pairs + 1, capacity)
    let (steps, changes, d) = (self.steps.writable(), self.changes.writable(), g.count)
    for i in 0..<d {
      steps[newest * d + i] = θ[i] - lastPoint[i]
      changes[newest * d + i] = g[i] - lastGradient[i]
    }
    scale = sy / yy
  }

  /// The direction −H g by the two loops.
  private mutating func guess() {
    let (g, q) = (self.g.writable(), self.direction.writable())
    for i in g.indices { q[i] = -g[i] }
    multiplyByInverse(q)
  }

  /// Replaces q by H q, by the two loops.
  private mutating func multiplyByInverse(_ q: UnsafeMutableBufferPointer<Double>) {
    let (shares, steps) = (self.shares.writable(), self.steps.writable())
    let (changes, d) = (self.changes.writable(), q.count)
    for age in 0..<pairs {
      let row = (newest - age + capacity) % capacity * d
      var (sq, sy) = (0.0, 0.0)
      for i in 0..<d {
        sq += steps[row + i] * q[i]
        sy += steps[row + i] * changes[row + i]
      }
      shares[age] = sq / sy
      for i in 0..<d { q[i] -= shares[age] * changes[row + i] }
    }
    for i in 0..<d { q[i] *= scale }
    for age in stride(from: pairs - 1, through: 0, by: -1) {
      let row = (newest - age + capacity) % capacity * d
      var (yq, sy) = (0.0, 0.0)
      for i in 0..<d {
        yq += changes[row + i] * q[i]
        sy += steps[row + i] * changes[row + i]
      }
      let share = shares[age] - yq / sy
      for i in 0..<d { q[i] += steps[row + i] * share }
    }
  }

  /// Makes room for another number of pairs and keeps the newest that fit; allocates.
  private mutating func resize() {
    let d = g.count
    let (oldSteps, oldChanges, oldCapacity) = (steps.values, changes.values, capacity)
    capacity = history
    (steps, changes, shares) = (Vector(capacity * d), Vector(capacity * d), Vector(capacity))
    let kept = min(pairs, capacity)
    let (newSteps, newChanges) = (steps.writable(), changes.writable())
    for age in 0..<kept {
      let from = (newest - age + oldCapacity) % oldCapacity * d
      let to = (kept - 1 - age) * d
      for i in 0..<d {
        newSteps[to + i] = oldSteps[from + i]
        newChanges[to + i] = oldChanges[from + i]
      }
    }
    (pairs, newest) = (kept, max(kept - 1, 0))
  }
}
