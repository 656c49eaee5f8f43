/// Descent along the gradient with a step chosen each time.
///
///     armijo:           η ← twice the last one, halved until f(θ − ηg) ≤ f − c₁ η ‖g‖²
///     exact-quadratic:  η ← ‖g‖²/(gᵀHg), with Hg from a second gradient at θ − η g
///
/// The exact step is exact where the loss is quadratic; where the curvature along g is not positive the last η is kept.
/// The first trial is `lr`, which from then on shows the step chosen.
///
/// Watch: the lr knob moves by itself; with exact steps the path turns at right angles.
///
/// Armijo 1966, doi:10.2140/pjm.1966.16.1; Cauchy 1847.
struct LineSearch: RatedOptimizer {
  var rate = 1.0
  var method = 0
  var c1 = 1e-4
  var g = Vector<Double>()
  private var trial = Vector<Double>()
  private var other = Vector<Double>()
  private var trials: [Double] = []
  private var isFirst = true

  init() {}

  static var about: About {
    About(
      id: "line-search", name: "Line search", group: .firstOrder, rate: .none,
      summary: "descent along the gradient with a step chosen each time",
      watch: "the lr knob moves by itself; with exact steps the path turns at right angles",
      citation: "Armijo 1966, doi:10.2140/pjm.1966.16.1")
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .choice("method", "method", "method", of: ["armijo", "exact-quadratic"], \.method),
      .real(
        "lr", "η", "step size", role: .rate, default: 1, in: 1e-8...100, scale: .log,
        \.rate),
      .real(
        "c1", "c₁", "sufficient decrease", role: .other, default: 1e-4, in: 1e-8...0.5, scale: .log,
        \.c1),
    ]
  }

  static var slots: [Slot<Self>] { [.gradient { $0.g.values }, Slot("η", "step", .number) { [$0.rate] }] }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("η ← 2 η, halved until f(θ − η g) ≤ f(θ) − c₁ η ‖g‖²  (exact-quadratic: ‖g‖²/(gᵀHg))"),
      .move("θ ← θ − η g"),
    ]
  }

  var effectiveRates: [Double]? { known(g.values.map { _ in rate }) }

  var search: SearchRecord? {
    trials.isEmpty ? nil : SearchRecord(direction: g.values.map { -$0 }, trials: trials, chosen: rate)
  }

  var stability: Stability { .searched }

  mutating func prepare(for layout: ParameterLayout) {
    let d = layout.count
    (g, trial, other) = (Vector(d), Vector(d), Vector(d))
    trials = []
    trials.reserveCapacity(Self.trialsKept)
    isFirst = true
  }

  /// Most searches try fewer.
  private static let trialsKept = 64

  mutating func step(_ θ: inout MutableSpan<Double>, oracle: Oracle<Double>) {
    let (g, trial) = (self.g.writable(), self.trial.writable())
    let value = oracle.gradient(at: θ, into: g)
    var square = 0.0
    for slope in g { square += slope * slope }
    trials.removeAll(keepingCapacity: true)
    // ‖g‖² may over- or underflow although the gradient does not; then everything is measured in its length.
    let unit =
      square >= 0x1p-900 && square <= 0x1p900 ? 1 : Norm.of(squares: square, count: g.count) { g[$0] }
    guard unit != 0 else { return }
    if unit != 1 { square = 1 }
    if method == 0 {
      var η = isFirst ? rate : 2 * rate
      // A thousand halvings reach 0, where the step changes nothing.
      for _ in 0..<1100 {
        if trials.count < Self.trialsKept { trials.append(η) }
        for i in g.indices { trial[i] = θ[i] - η * g[i] }
        let reached = oracle.value(at: trial.span)
        if reached <= value - c1 * (η * unit) * (square * unit) || reached.isNaN && value.isNaN { break }
        η /= 2
      }
      rate = η
    } else {
      chooseExactly(θ, square, unit, oracle)
    }
    isFirst = false
    for i in g.indices { θ[i] -= rate * g[i] }
  }

  /// Makes `rate` the step to the minimum of the quadratic along g, or leaves it where there is none.
  private mutating func chooseExactly(
    _ θ: borrowing MutableSpan<Double>, _ square: Double, _ unit: Double, _ oracle: Oracle<Double>
  ) {
    let (g, trial, other) = (self.g.writable(), self.trial.writable(), self.other.writable())
    // A trial outside the domain says nothing: half of it may be inside.
    for _ in 0..<1100 {
      for i in g.indices { trial[i] = θ[i] - rate * g[i] }
      oracle.gradient(at: trial, into: other)
      if trials.count < Self.trialsKept { trials.append(rate) }
      if other.allSatisfy(\.isFinite) || !g.allSatisfy(\.isFinite) { break }
      rate /= 2
    }
    var curvature = 0.0
    for i in g.indices { curvature += (g[i] / unit) * ((g[i] - other[i]) / unit) / rate }
    let η = square / curvature
    guard curvature > 0, η.isFinite, η > 0 else { return }
    let known = rate
    rate = η
    // Beyond the trial nothing is known; between the point and the trial the domain has no gap worth a question.
    while rate > known {
      for i in g.indices { trial[i] = θ[i] - rate * g[i] }
      if oracle.value(at: trial.span).isFinite { return }
      rate = max(rate / 2, known)
    }
  }
}
