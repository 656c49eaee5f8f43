/// Momentum over gradients that are normalised layer by layer.
///
///     v ← ‖g‖² at first, then β₂ v + (1 − β₂) ‖g‖²,  one number a block
///     m ← β₁ m + g/(√(v + ε_root) + ε) + λθ
///     θ ← θ − η m
///
/// Equals Optax's NovoGrad: no (1 − β₁) and no correction; the decay is inside m.
///
/// Watch: the direction is momentum's, the length hardly depends on the slope.
///
/// Ginsburg et al. 2019, arXiv:1905.11286.
struct NovoGrad<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.001)
  var beta1 = Scalar(repeating: 0.9)
  var beta2 = Scalar(repeating: 0.25)
  var eps = Scalar(repeating: 1e-6)
  var epsRoot = Scalar.zero
  var decay = Scalar.zero
  var vectors = State<Scalar>()
  var v = Vector<Scalar>()
  private var shapes: [BlockShape] = []
  private var isFirst = true

  init() {}

  static var about: About {
    About(
      id: "novograd", name: "NovoGrad", group: .adaptive, rate: .length,
      summary: "momentum over gradients that are normalised layer by layer",
      watch: "the direction is momentum's, the length hardly depends on the slope",
      citation: "Ginsburg et al. 2019, arXiv:1905.11286")
  }

  static var phrases: [Phrase] {
    [
      .optax(
        "novograd",
        [.optaxRate] + Phrase.optaxBetas + [
          .optaxEpsilon, .init("eps_root", .knob("eps_root")), .init("weight_decay", .knob("weight_decay")),
        ])
    ]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.001, \.rate),
      .decayRate("beta1", "β₁", "decay of the mean", role: .memory, default: 0.9, \.beta1),
      .decayRate("beta2", "β₂", "decay of the squares", role: .memoryOfSquares, default: 0.25, \.beta2),
      .epsilon(default: 1e-6, \.eps),
      .epsilon("eps_root", "ε_root", "added under the root", default: 0, \.epsRoot), .weightDecay(0, \.decay),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g },
      Slot("v", "average of ‖g‖²", .number, isKept: true, storedCount: { $0.v.values.count }) {
        $0.isFirst ? [] : $0.v.values
      },
      Slot("m", "momentum", .average) { $0.m },
    ]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      m := 0
      v := 0
      v = if(t == 1, dot(g, g), beta2*v + (1 - beta2)*dot(g, g))
      m = beta1*m + g/(sqrt(v + eps_root) + eps) + weight_decay*x
      x = x - lr*m
      """, ofOneBlock: true)
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("v ← β₂v + (1−β₂)‖g‖²  (first: ‖g‖²)"),
      .slot("m ← β₁m + g/(√(v + ε_root) + ε) + wd θ"), .move("θ ← θ − η m"),
    ]
  }

  var g: [Scalar] { vectors[0] }
  var m: [Scalar] { vectors[1] }

  var effectiveRates: [Scalar]? {
    guard !isFirst, let blocks = quotientRates(rate, v.values.map { $0 + epsRoot }, eps) else { return nil }
    return zip(shapes, blocks).flatMap { Array(repeating: $1, count: $0.count) }
  }

  var stability: Stability {
    Scalar.all(decay .== Scalar.zero)
      ? .heavyBall(rate, beta: beta1, symbol: "β₁").preconditioned
      : .unknown("its decay is part of the momentum")
  }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(2, of: layout.count)
    v = Vector(layout.blocks.count)
    shapes = layout.blocks.map(BlockShape.init)
    isFirst = true
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, m) = (rows[0], rows[1])
    let v = self.v.writable()
    let (η, β1, β2, ε, λ) = (rate, beta1, beta2, eps, decay)
    oracle.gradient(at: θ, into: g)
    for block in shapes.indices {
      let range = shapes[block].range
      var square = Scalar.zero
      for i in range { square += g[i] * g[i] }
      v[block] = isFirst ? square : (β2 * v[block] + (1.0 - β2) * square).flushed
      for i in range {
        m[i] = (β1 * m[i] + quotient(g[i], v[block] + epsRoot, ε, inside: false) + λ * θ[i]).flushed
        θ[i] -= η * m[i]
      }
    }
    isFirst = false
  }
}
