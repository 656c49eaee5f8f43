/// Adam that waits until it knows the spread of the gradients.
///
///     m, v as Adam;  ρ_∞ = 2/(1 − β₂) − 1,  ρ = ρ_∞ − 2tβ₂ᵗ/(1 − β₂ᵗ)
///     where ρ is large enough:  θ ← θ − η r m̂ / √v̂,  r² = (ρ−4)(ρ−2)ρ_∞ / ((ρ_∞−4)(ρ_∞−2)ρ)
///     otherwise:                θ ← θ − η m̂
///
/// torch asks for ρ > 5 and adds ε to √v before the correction; Optax asks for ρ ≥ 5 and adds it after. `weight_decay` is
/// decoupled.
///
/// Watch: the first steps are plain momentum, long where the slope is steep; then it becomes Adam.
///
/// Liu et al. 2020, arXiv:1908.03265.
struct RAdam<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.001)
  var beta1 = Scalar(repeating: 0.9)
  var beta2 = Scalar(repeating: 0.999)
  var eps = Scalar(repeating: 1e-8)
  var decay = Scalar.zero
  var form = 0
  var l2 = Scalar.zero
  var vectors = State<Scalar>()
  var power1 = Scalar.one
  var power2 = Scalar.one
  var t = 0.0

  init() {}

  static var about: About {
    About(
      id: "radam", name: "RAdam", group: .adaptive, rate: .length,
      summary: "Adam that waits until it knows the spread of the gradients",
      watch: "the first steps are plain momentum, long where the slope is steep; then it becomes Adam",
      citation: "Liu et al. 2020, arXiv:1908.03265",
      aliases: [
        .keys("betas", "beta1", "beta2"),
        .advice(
          "decoupled_weight_decay", "decay beside the gradient is weight_decay, a part of the gradient l2"),
      ])
  }

  static var phrases: [Phrase] {
    [
      .optax(
        "radam", [.optaxRate] + Phrase.optaxBetas + [.optaxEpsilon],
        fixed: ["form": "optax", "weight_decay": "0", "l2": "0"])
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.001, \.rate),
      .decayRate("beta1", "β₁", "decay of the mean", role: .memory, default: 0.9, \.beta1),
      .decayRate("beta2", "β₂", "decay of the squares", role: .memoryOfSquares, default: 0.999, \.beta2),
      .epsilon(default: 1e-8, \.eps),
      .weightDecay(0, \.decay), .choice("form", "form", "form", of: ["torch", "optax"], \.form), .l2(\.l2),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g }, Slot("m", "average gradient", .average) { $0.m },
      Slot("v", "average of squares", .averageOfSquares) { $0.v },
    ]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      m := 0
      v := 0
      p1 := 1
      p2 := 1
      g = g + l2*x
      m = beta1*m + (1 - beta1)*g
      v = beta2*v + (1 - beta2)*g*g
      p1 = p1*beta1
      p2 = p2*beta2
      limit = 2/(1 - beta2) - 1
      rho = limit - 2*t*p2/(1 - p2)
      r = sqrt((rho - 4)*(rho - 2)*limit/((limit - 4)*(limit - 2)*rho))
      root = sqrt(1 - p2)
      s = if(form == torch, (sqrt(v) + eps)/root, sqrt(v)/root + eps)
      known = if(form == torch, rho > 5, rho >= 5)
      x = (1 - lr*weight_decay)*x - lr/(1 - p1)*if(known, r*m/s, m)
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .slot("g ← ∇f(θ) + wd θ"), .slot("m ← β₁m + (1−β₁)g"), .slot("v ← β₂v + (1−β₂)g²"),
      RecipeLine("m̂ ← m/(1−β₁ᵗ)", "m̂", "corrected average", .average) { owner, _ in owner.correctedMean },
      RecipeLine("ρ∞ ← 2/(1−β₂) − 1", "ρ∞", "gradients that v knows at last", .number) { owner, _ in
        [2.0 / (1.0 - owner.beta2) - 1.0]
      },
      RecipeLine("ρ ← ρ∞ − 2tβ₂ᵗ/(1−β₂ᵗ)", "ρ", "gradients that v knows now", .number) { owner, _ in
        [2.0 / (1.0 - owner.beta2) - 1.0 - 2.0 * owner.t * owner.power2 / (1.0 - owner.power2)]
      },
      RecipeLine("r ← √((ρ−4)(ρ−2)ρ∞/((ρ∞−4)(ρ∞−2)ρ))", "r", "rectifier", .number) {
        owner, _ in
        let (factor, isKnown) = owner.rectification
        return Scalar.any(isKnown) ? [factor] : []
      },
      RecipeLine(
        "s ← (√v + ε)/√(1−β₂ᵗ)  (optax: √v/√(1−β₂ᵗ) + ε)", "s", "root of the squares", .direction
      ) { owner, _ in Scalar.any(owner.rectification.isKnown) ? owner.v.map(owner.spread) : [] },
      RecipeLine("u ← r m̂/s  (ρ too small: m̂)", "u", "direction", .direction) { owner, _ in
        let (factor, isKnown) = owner.rectification
        return zip(owner.correctedMean, owner.v).map { m, v in
          Scalar.select(
            isKnown, Scalar.select(m .== Scalar.zero, .zero, factor * m / owner.spread(v)), m)
        }
      },
      .decayTerm { $0.rate * $0.decay }, .move("θ ← θ − η u + w"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var m: [Scalar] { vectors[1] }
  var v: [Scalar] { vectors[2] }

  private var correctedMean: [Scalar] { m.map { $0 / (1.0 - power1) } }

  /// The corrected root of a square, with ε.
  private func spread(_ v: Scalar) -> Scalar {
    let root = (1.0 - power2).squareRoot()
    return form == 0 ? (v.squareRoot() + eps) / root : v.squareRoot() / root + eps
  }

  /// The factor r for the spread being known from few gradients only, and whether it is known at all.
  @inline(__always)
  private var rectification: (factor: Scalar, isKnown: Scalar.Mask) {
    let limit = 2.0 / (1.0 - beta2) - 1.0
    let ρ = limit - 2.0 * t * power2 / (1.0 - power2)
    let squared = (ρ - 4.0) * (ρ - 2.0) * limit / ((limit - 4.0) * (limit - 2.0) * ρ)
    let five = Scalar(repeating: 5)
    return (squared.squareRoot(), form == 0 ? five .< ρ : five .<= ρ)
  }

  /// η before the spread is known.
  var effectiveRates: [Scalar]? {
    let (rectifier, isRectified) = rectification
    let root = (1.0 - power2).squareRoot()
    return known(
      v.map { v in
        let spread = form == 0 ? (v.squareRoot() + eps) / root : v.squareRoot() / root + eps
        return Scalar.select(isRectified, rate * rectifier / spread, rate)
      })
  }

  var stability: Stability { .averaging(rate, beta: beta1, symbol: "β₁").decaying(by: decay).preconditioned }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(3, of: layout.count)
    (power1, power2) = (.one, .one)
    t = 0
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, m, v) = (rows[0], rows[1], rows[2])
    let (η, β1, β2, ε, λ) = (rate, beta1, beta2, eps, l2)
    t += 1
    power1 = (power1 * β1).flushed
    power2 = (power2 * β2).flushed
    let (rectifier, isRectified) = rectification
    let isTorch = form == 0
    let η̂ = η / (1.0 - power1)
    let root = (1.0 - power2).squareRoot()
    let kept = 1.0 - η * decay
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      g[i] += λ * θ[i]
      m[i] = (β1 * m[i] + (1.0 - β1) * g[i]).flushed
      v[i] = (β2 * v[i] + (1.0 - β2) * g[i] * g[i]).flushed
      let spread = isTorch ? (v[i].squareRoot() + ε) / root : v[i].squareRoot() / root + ε
      let rectified = Scalar.select(m[i] .== Scalar.zero, .zero, rectifier * m[i] / spread)
      θ[i] = kept * θ[i] - η̂ * Scalar.select(isRectified, rectified, m[i])
    }
  }
}
