/// Adam with an average of the changes of the gradient: Nesterov's look ahead without a second evaluation.
///
///     d ← g − g_prev (0 at first)
///     m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) d
///     n ← β₃ n + (1 − β₃)(g + w d)²
///     u ← (m̂ + w v̂) / (√(n̂ + ε_root) + ε)
///     optax:  w = 1 − β₂;  θ ← θ − η (u + λθ)
///     paper:  w = β₂;      θ ← (θ − η u)/(1 + ηλ)
///
/// The two peers disagree about the weight w; `paper` equals pytorch-optimizer's and the authors' own code.
///
/// Watch: the look ahead damps the overshooting that m alone would have.
///
/// Xie et al. 2022, arXiv:2208.06677.
struct Adan<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.001)
  var beta1 = Scalar(repeating: 0.98)
  var beta2 = Scalar(repeating: 0.92)
  var beta3 = Scalar(repeating: 0.99)
  var eps = Scalar(repeating: 1e-8)
  var epsRoot = Scalar.zero
  var decay = Scalar.zero
  var form = 0
  var vectors = State<Scalar>()
  var power1 = Scalar.one
  var power2 = Scalar.one
  var power3 = Scalar.one
  var isFirst = true

  static var about: About {
    About(
      id: "adan", name: "Adan", group: .adaptive, rate: .length,
      summary: "Adam with an average of the changes of the gradient",
      watch: "the look ahead damps the overshooting that m alone would have",
      citation: "Xie et al. 2022, arXiv:2208.06677")
  }

  static var phrases: [Phrase] {
    [
      .optax(
        "adan",
        [.optaxRate] + Phrase.optaxBetas + [
          .init("b3", .knob("beta3")), .optaxEpsilon, .init("eps_root", .knob("eps_root")),
          .init("weight_decay", .knob("weight_decay")),
        ], fixed: ["form": "optax"])
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.001, \.rate),
      .decayRate("beta1", "β₁", "decay of the mean", role: .memory, default: 0.98, \.beta1),
      .decayRate("beta2", "β₂", "decay of the changes", role: .memory, default: 0.92, \.beta2),
      .decayRate("beta3", "β₃", "decay of the squares", role: .memoryOfSquares, default: 0.99, \.beta3),
      .epsilon(default: 1e-8, \.eps),
      .epsilon("eps_root", "ε_root", "added under the root", default: 0, \.epsRoot), .weightDecay(0, \.decay),
      .choice("form", "form", "form", of: ["optax", "paper"], \.form),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g }, Slot("m", "average gradient", .average) { $0.m },
      Slot("v", "average change", .average) { $0.v },
      Slot("n", "average of squares ahead", .squares) { $0.n },
    ]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      m := 0
      v := 0
      n := 0
      p1 := 1
      p2 := 1
      p3 := 1
      p1 = p1*beta1
      p2 = p2*beta2
      p3 = p3*beta3
      w = if(form == paper, beta2, 1 - beta2)
      d = if(t == 1, 0, g - previous(g))
      m = beta1*m + (1 - beta1)*g
      v = beta2*v + (1 - beta2)*d
      n = beta3*n + (1 - beta3)*(g + w*d)*(g + w*d)
      a = 1/(1 - p1)*m + w*(1/(1 - p2)*v)
      u = a/(sqrt(1/(1 - p3)*n + eps_root) + eps)
      x = if(form == paper, (x - lr*u)*(1/(1 + lr*weight_decay)), x - lr*(u + weight_decay*x))
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient,
      RecipeLine("d ← g − g_prev  (first: 0·g)", "d", "change of the gradient", .gradient) { owner, _ in
        owner.change
      },
      .slot("m ← β₁m + (1−β₁)g"), .slot("v ← β₂v + (1−β₂)d"),
      .slot("n ← β₃n + (1−β₃)(g + (1−β₂)d)²  (paper: β₃n + (1−β₃)(g + β₂d)²)"),
      RecipeLine("m̂ ← m/(1−β₁ᵗ)", "m̂", "corrected average", .average) { owner, _ in
        owner.m.map { $0 / (1.0 - owner.power1) }
      },
      RecipeLine("v̂ ← v/(1−β₂ᵗ)", "v̂", "corrected average change", .average) { owner, _ in
        owner.v.map { $0 / (1.0 - owner.power2) }
      },
      RecipeLine("n̂ ← n/(1−β₃ᵗ)", "n̂", "corrected squares", .squares) { owner, _ in
        owner.n.map { $0 / (1.0 - owner.power3) }
      },
      RecipeLine(
        "u ← (m̂ + (1−β₂)v̂)/(√(n̂ + ε_root) + ε)  (paper: (m̂ + β₂v̂)/(√(n̂ + ε_root) + ε))", "u", "direction",
        .direction
      ) { owner, _ in owner.direction },
      .decayTerm { $0.form == 0 ? $0.rate * $0.decay : .zero },
      .move("θ ← θ − η u + w  (paper: (θ − η u)/(1 + η wd))"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var last: [Scalar] { vectors[1] }
  var m: [Scalar] { vectors[2] }
  var v: [Scalar] { vectors[3] }
  var n: [Scalar] { vectors[4] }
  private var change: [Scalar] { vectors[5] }
  /// The weight of the change.
  private var weight: Scalar { form == 1 ? beta2 : 1.0 - beta2 }
  private var direction: [Scalar] {
    g.indices.map { i in
      let mean = m[i] / (1.0 - power1) + weight * (v[i] / (1.0 - power2))
      return quotient(mean, n[i] / (1.0 - power3) + epsRoot, eps, inside: false)
    }
  }

  var effectiveRates: [Scalar]? { quotientRates(rate, n.map { $0 / (1.0 - power3) + epsRoot }, eps) }

  var stability: Stability { .unknown("a step looks back over three gradients") }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(6, of: layout.count)
    (power1, power2, power3) = (.one, .one, .one)
    isFirst = true
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, last, m, v, n, changes) = (rows[0], rows[1], rows[2], rows[3], rows[4], rows[5])
    let (η, β1, β2, β3, ε, λ) = (rate, beta1, beta2, beta3, eps, decay)
    power1 = (power1 * β1).flushed
    power2 = (power2 * β2).flushed
    power3 = (power3 * β3).flushed
    let (c1, c2, c3) = (1.0 / (1.0 - power1), 1.0 / (1.0 - power2), 1.0 / (1.0 - power3))
    let isPaper = form == 1
    let w = isPaper ? β2 : 1.0 - β2
    let shrink = 1.0 / (1.0 + η * λ)
    oracle.gradient(at: θ, into: g)
    for i in g.indices {
      let change = isFirst ? .zero : g[i] - last[i]
      changes[i] = change
      last[i] = g[i]
      let ahead = g[i] + w * change
      m[i] = (β1 * m[i] + (1.0 - β1) * g[i]).flushed
      v[i] = (β2 * v[i] + (1.0 - β2) * change).flushed
      n[i] = (β3 * n[i] + (1.0 - β3) * ahead * ahead).flushed
      let u = quotient(c1 * m[i] + w * (c2 * v[i]), c3 * n[i] + epsRoot, ε, inside: false)
      θ[i] = isPaper ? (θ[i] - η * u) * shrink : θ[i] - η * (u + λ * θ[i])
    }
    isFirst = false
  }
}
