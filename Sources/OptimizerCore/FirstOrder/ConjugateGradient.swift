/// Directions that do not undo each other's work, each followed by a line search.
///
///     pr:  β ← max(0, gᵀ(g − g_prev)/‖g_prev‖²)      fr:  β ← ‖g‖²/‖g_prev‖²
///     d ← −g + β d, or −g where that is no descent, and every d steps with fr
///     θ ← θ + α d, α by a strong Wolfe search
///
/// Watch: on a quadratic in two dimensions it arrives in two steps, exact but for the search's tolerance.
///
/// Fletcher & Reeves 1964, doi:10.1093/comjnl/7.2.149; Polak & Ribière 1969.
struct ConjugateGradient: Optimizer {
  var variant = 0
  var c1 = 1e-4
  var c2 = 0.1
  var g = Vector<Double>()
  var direction = Vector<Double>()
  private var last = Vector<Double>()
  private var wolfe = StrongWolfe()
  private var lastSquare = 0.0
  private var lastSlope = 0.0
  private var length = 0.0
  private var beta = 0.0
  private var sinceRestart = 0
  private var hasStarted = false
  private var hasRestarted = false

  init() {}

  static var about: About {
    About(
      id: "conjugate-gradient", name: "Conjugate gradient", group: .firstOrder, rate: .none,
      summary: "directions that do not undo each other's work, each followed by a line search",
      watch: "on a quadratic in two dimensions it arrives in two steps",
      citation: "Fletcher & Reeves 1964, doi:10.1093/comjnl/7.2.149; Polak & Ribière 1969",
      memory: "d numbers (the last gradient)")
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .choice("variant", "β", "formula of β", of: ["pr", "fr"], \.variant),
      .real(
        "c1", "c₁", "sufficient decrease", role: .other, default: 1e-4, in: 1e-8...0.5, scale: .log,
        \.c1),
      .real(
        "c2", "c₂", "share of the slope left", role: .other, default: 0.1, in: 1e-6...0.999, scale: .log, \.c2
      ),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g.values }, Slot("d", "direction", .direction, isKept: true) { $0.direction.values },
      Slot("α", "step", .number) { [$0.length] },
      Slot("β", "share of the last direction", .number) { [$0.beta] },
    ]
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient,
      .slot("β ← max(0, gᵀ(g−g')/‖g'‖²)  (fr: ‖g‖²/‖g'‖²)"),
      .slot("d ← −g + β d"),
      .slot("α ← strong Wolfe search"), .move("θ ← θ + α d"),
    ]
  }

  var search: SearchRecord? {
    wolfe.trials.isEmpty
      ? nil : SearchRecord(direction: direction.values, trials: wolfe.trials, chosen: length)
  }

  var ball: UnitBall {
    beta == 0
      ? .ellipse(halfAxes: g.values.map { _ in 1 })
      : .undefined("a conjugate direction is not steepest descent in a ball")
  }

  var events: [String] { hasRestarted ? [StepEvent.restarted] : [] }

  var stability: Stability { .searched }

  mutating func prepare(for layout: ParameterLayout) {
    let d = layout.count
    (g, direction, last) = (Vector(d), Vector(d), Vector(d))
    wolfe = StrongWolfe(dimension: d)
    (lastSquare, lastSlope, length, beta) = (0, 0, 0, 0)
    sinceRestart = 0
    (hasStarted, hasRestarted) = (false, false)
  }

  mutating func step(_ θ: inout MutableSpan<Double>, oracle: Oracle<Double>) {
    let (g, direction, last) = (self.g.writable(), self.direction.writable(), self.last.writable())
    let value = oracle.gradient(at: θ, into: g)
    var square = 0.0
    var change = 0.0
    for i in g.indices {
      square += g[i] * g[i]
      change += g[i] * (g[i] - last[i])
    }
    let hadStarted = hasStarted
    hasRestarted = false
    wolfe.forget()
    guard square != 0 else { return }
    beta = 0
    if hasStarted, lastSquare > 0 {
      beta = variant == 0 ? max(0, change / lastSquare) : square / lastSquare
      if variant == 1, sinceRestart >= g.count { beta = 0 }
    }
    var slope = 0.0
    for i in g.indices { slope += g[i] * (-g[i] + beta * direction[i]) }
    if !(slope < 0) {
      beta = 0
      slope = -square
    }
    hasRestarted = beta == 0 && hadStarted
    sinceRestart = beta == 0 ? 1 : sinceRestart + 1
    for i in g.indices { direction[i] = -g[i] + beta * direction[i] }
    // The first length moves the point by 1 at most; later ones promise the same descent as the last step did.
    let first = hasStarted ? length * (lastSlope / slope) : min(1, 1 / square.squareRoot())
    length = wolfe.search(
      from: θ, along: direction, first: first > 0 && first.isFinite ? first : 1, value: value, slope: slope,
      c1: c1,
      c2: c2, least: 1e-14, oracle: oracle)
    for i in g.indices {
      θ[i] += length * direction[i]
      last[i] = g[i]
    }
    (lastSquare, lastSlope, hasStarted) = (square, slope, true)
    if length == 0 {
      // The search found nothing better along this direction: begin anew with the gradient.
      hasStarted = false
    }
  }
}
