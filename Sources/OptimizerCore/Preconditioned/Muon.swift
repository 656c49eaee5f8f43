/// Momentum whose matrices are orthogonalised: every direction in them gets the same length.
///
///     M ← β M + G         average on, corrected: β M + (1 − β) G
///     W ← W − η (s · msign(M) + λ W),  msign(U Σ Vᵀ) = U Vᵀ
///
/// `newton-schulz` approximates msign by `ns_steps` rounds of X ← a X + (b A + c A²) X, A = X Xᵀ, from X = M/‖M‖_F:
/// `quintic` (3.4445, −4.7750, 2.0315) lifts small singular values fast and leaves all between about 0.7 and 1.2;
/// `classic` (15/8, −5/4, 3/8) converges to 1, slowly from below. `svd` is exact. The scale s: `torch` √max(1, rows/columns),
/// `optax` √max(1, columns/rows), `match-rms` 0.2 √max(rows, columns). `average=on` equals torch's Muon; `corrected`
/// divides by 1 − βᵗ and adds ε to ‖M‖ instead of clamping, as Optax does.
///
/// Watch: on a vector msign(m) = m/‖m‖, so on a 2-D landscape it is normalised momentum: every step is η long.
///
/// Jordan et al. 2024, kellerjordan.github.io/posts/muon; Bernstein & Newhouse 2024, arXiv:2409.20325.
struct Muon<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.02)
  var beta = Scalar(repeating: 0.95)
  var isNesterov = false
  var method = 0
  var coefficients = 0
  var rounds = 5
  var averaging = 0
  var scaling = 0
  var eps = Scalar(repeating: 1e-7)
  var decay = Scalar.zero
  var g = Vector<Scalar>()
  var m = Vector<Scalar>()
  var sign = Vector<Scalar>()
  private var shapes: [BlockShape] = []
  private var x = Vector<Scalar>()
  private var next = Vector<Scalar>()
  private var gram = Vector<Scalar>()
  private var polynomial = Vector<Scalar>()
  private var columns = Vector<Double>()
  private var turns = Vector<Double>()
  private var power = Scalar.one

  init() {}

  static var about: About {
    About(
      id: "muon", name: "Muon", group: .preconditioned, rate: .length,
      summary: "momentum whose matrices are orthogonalised (on a vector: normalised momentum)",
      watch: "on a 2-D landscape msign(m) = m/‖m‖: normalised momentum, every step is η long",
      citation: "Jordan et al. 2024; Bernstein & Newhouse 2024, arXiv:2409.20325",
      onVectors: "on a vector: m/‖m‖, normalised momentum",
      aliases: [
        .keys("momentum", "beta"), .advice("ns_coefficients", "the usual ones are coefficients=quintic"),
        .advice("adjust_lr_fn", "original is scale=torch, match_rms_adamw scale=match-rms"),
        .advice("use_addmm", "it says how PyTorch computes, and not what: leave it out"),
      ])
  }

  /// PyTorch's rounds are in numbers of sixteen bits. Optax's are of matrices; it gives other parameters to AdamW.
  static var phrases: [Phrase] {
    let own = ["beta", "nesterov", "eps", "weight_decay", "ns_steps"].map {
      Phrase.Argument($0, .knob($0))
    }
    let coefficients: [(String, [Phrase.Argument])] = [
      ("quintic", []), ("classic", [.init("ns_coeffs", .literal("(1.875, -1.25, 0.375)"))]),
    ]
    let scales: [(String, [Phrase.Argument])] = [
      ("optax", []), ("match-rms", [.init("consistent_rms", .literal("0.2"))]),
    ]
    let optax = coefficients.flatMap { coefficients, rounds in
      scales.map { scale, lengths in
        Phrase.optax(
          "contrib.muon", [.optaxRate] + own + rounds + lengths,
          fixed: [
            "orthogonalise": "newton-schulz", "coefficients": coefficients, "average": "corrected",
            "scale": scale,
          ])
      }
    }
    let torch = Phrase(
      framework: .torch, call: "torch.optim.Muon",
      idle: Set(Self.hyperparameters.map(\.knob.key)),
      flaw: "orthogonalises in numbers of sixteen bits, so that two digits are the same")
    return optax + [torch]
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.02, \.rate), .decayRate("beta", "β", "momentum", role: .memory, default: 0.95, \.beta),
      .toggle("nesterov", "G+βM", "look ahead", default: false, \.isNesterov),
      .choice("orthogonalise", "msign", "how msign is found", of: ["newton-schulz", "svd"], \.method),
      .choice("coefficients", "abc", "coefficients of a round", of: ["quintic", "classic"], \.coefficients),
      .integer(
        "ns_steps", "rounds", "rounds of Newton-Schulz", role: .other, default: 5, in: 1...100, \.rounds),
      .choice("average", "1−β", "momentum as an average", of: ["off", "on", "corrected"], \.averaging),
      .choice("scale", "s", "scale by the shape", of: ["none", "torch", "optax", "match-rms"], \.scaling),
      .epsilon(default: 1e-7, \.eps), .weightDecay(0, \.decay),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g.values }, Slot("M", "momentum", .average) { $0.m.values },
      Slot("msign M", "orthogonalised momentum", .average, isKept: false) { $0.sign.values },
    ]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      m := 0
      m = beta*m + g
      x = x - lr*(msign(if(nesterov, beta*m + g, m)) + weight_decay*x)
      """,
      with: "orthogonalise=svd", without: ["coefficients", "ns_steps", "average", "scale", "eps"])
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient, .slot("M ← β M + G"),
      RecipeLine("O ← msign(M), msign(UΣVᵀ) = UVᵀ", "O", "orthogonalised momentum", .average) { owner, _ in
        owner.sign.values
      },
      .decayTerm { $0.rate * $0.decay }, .move("θ ← θ − η s O + w"),
    ]
  }

  /// The recipe; where there are only vectors it says what msign is on them.
  func lines(after step: StepRecord<Scalar>) -> [RecipeText<Scalar>] {
    let isVectorOnly = shapes.allSatisfy(\.isVector)
    return ownLines(after: step).map { line in
      guard isVectorOnly, line.symbol == "O" else { return line }
      return RecipeText(
        text: "O ← M/‖M‖  (a vector: normalised momentum)", symbol: line.symbol, label: line.label,
        role: line.role, values: line.values)
    }
  }

  /// On a single vector the circle.
  var ball: UnitBall {
    if shapes.count == 1, shapes[0].isVector { return .ellipse(halfAxes: g.values.map { _ in 1 }) }
    return .spectral(blocks: shapes.map { UnitBall.Block(rows: $0.rows, columns: $0.columns) })
  }

  var stability: Stability { .none("every step is η long: it has no stability limit") }

  func matrixNumbers(for layout: ParameterLayout) -> Double {
    let short = layout.blocks.filter { !$0.isVector }.map { Double(min($0.rows, $0.columns)) }.max() ?? 0
    return 3 * short * short
  }

  mutating func prepare(for layout: ParameterLayout) {
    shapes = layout.blocks.map(BlockShape.init)
    let d = layout.count
    (g, m, sign) = (Vector(d), Vector(d), Vector(d))
    let matrices = shapes.filter { !$0.isVector }
    let largest = matrices.reduce(0) { max($0, $1.count) }
    let short = matrices.reduce(0) { max($0, min($1.rows, $1.columns)) }
    (x, next) = (Vector(largest), Vector(largest))
    (gram, polynomial) = (Vector(short * short), Vector(short * short))
    (columns, turns) = (Vector(largest), Vector(short * short))
    power = .one
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let (g, m, sign) = (self.g.writable(), self.m.writable(), self.sign.writable())
    let (η, β, λ) = (rate, beta, decay)
    oracle.gradient(at: θ, into: g)
    let gain = averaging == 0 ? .one : 1.0 - β
    power = (power * β).flushed
    var (weightM, weightG) = (isNesterov ? β : Scalar.one, isNesterov ? gain : Scalar.zero)
    if averaging == 2 {
      weightM /= isNesterov ? 1.0 - power * β : 1.0 - power
      weightG /= 1.0 - power
    }
    for i in g.indices {
      m[i] = (β * m[i] + gain * g[i]).flushed
      sign[i] = weightM * m[i] + weightG * g[i]
    }
    for index in shapes.indices {
      let shape = shapes[index]
      orthogonalise(sign, shape)
      let (rows, columns) = (Double(shape.rows), Double(shape.columns))
      var s = 1.0
      switch scaling {
      case 1: s = max(1, rows / columns).squareRoot()
      case 2: s = max(1, columns / rows).squareRoot()
      case 3: s = 0.2 * max(rows, columns).squareRoot()
      default: break
      }
      for i in shape.range { θ[i] -= η * (s * sign[i] + λ * θ[i]) }
    }
  }

  /// Replaces a block by its msign.
  private mutating func orthogonalise(_ matrix: UnsafeMutableBufferPointer<Scalar>, _ shape: BlockShape) {
    var sum = Scalar.zero
    for i in shape.range { sum += matrix[i] * matrix[i] }
    let length = sum.squareRoot()
    if shape.isVector {
      // Exact, and the same by every method; a zero stays a zero.
      let divisor = Scalar.larger(length, eps)
      for i in shape.range {
        matrix[i] = Scalar.select(matrix[i] .== Scalar.zero, .zero, matrix[i] / divisor)
      }
    } else if method == 1 {
      for lane in 0..<Scalar.laneCount { exactSign(matrix, shape, lane) }
    } else {
      let divisor = averaging == 2 ? length + eps : Scalar.larger(length, eps)
      iterate(matrix, shape, divisor)
    }
  }

  /// Newton and Schulz's iteration, on the wide one of the matrix and its transpose.
  private mutating func iterate(
    _ matrix: UnsafeMutableBufferPointer<Scalar>, _ shape: BlockShape, _ divisor: Scalar
  ) {
    let (x, next) = (self.x.writable(), self.next.writable())
    let (gram, polynomial) = (self.gram.writable(), self.polynomial.writable())
    let isTall = shape.rows > shape.columns
    let (n, k) = isTall ? (shape.columns, shape.rows) : (shape.rows, shape.columns)
    for i in 0..<n {
      for j in 0..<k {
        let entry = matrix[shape.offset + (isTall ? j * shape.columns + i : i * shape.columns + j)]
        x[i * k + j] = Scalar.select(entry .== Scalar.zero, .zero, entry / divisor)
      }
    }
    let (a, b, c) = coefficients == 0 ? (3.4445, -4.7750, 2.0315) : (1.875, -1.25, 0.375)
    for _ in 0..<rounds {
      for i in 0..<n {
        for j in 0..<n {
          var sum = Scalar.zero
          for l in 0..<k { sum += x[i * k + l] * x[j * k + l] }
          gram[i * n + j] = sum
        }
      }
      for i in 0..<n {
        for j in 0..<n {
          var sum = Scalar.zero
          for l in 0..<n { sum += gram[i * n + l] * gram[l * n + j] }
          polynomial[i * n + j] = b * gram[i * n + j] + c * sum
        }
      }
      for i in 0..<n {
        for j in 0..<k {
          var sum = Scalar.zero
          for l in 0..<n { sum += polynomial[i * n + l] * x[l * k + j] }
          next[i * k + j] = a * x[i * k + j] + sum
        }
      }
      for i in 0..<n * k { x[i] = next[i] }
    }
    for i in 0..<n {
      for j in 0..<k {
        matrix[shape.offset + (isTall ? j * shape.columns + i : i * shape.columns + j)] = x[i * k + j]
      }
    }
  }

  /// The exact U Vᵀ of one lane. Directions without a singular value stay zero.
  private mutating func exactSign(
    _ matrix: UnsafeMutableBufferPointer<Scalar>, _ shape: BlockShape, _ lane: Int
  ) {
    let (columns, turns) = (self.columns.writable(), self.turns.writable())
    let isTall = shape.rows >= shape.columns
    let (n, k) = isTall ? (shape.rows, shape.columns) : (shape.columns, shape.rows)
    for i in 0..<n {
      for j in 0..<k {
        columns[i * k + j] =
          matrix[shape.offset + (isTall ? i * shape.columns + j : j * shape.columns + i)][lane: lane]
      }
    }
    DenseMatrix.polar(columns, turns, n, k)
    for i in 0..<n {
      for j in 0..<k {
        matrix[shape.offset + (isTall ? i * shape.columns + j : j * shape.columns + i)][lane: lane] =
          columns[i * k + j]
      }
    }
  }
}
