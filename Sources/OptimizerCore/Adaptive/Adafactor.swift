/// Adam's denominator kept as row and column means, with steps relative to the size of the weights.
///
///     w = t^beta2_decay;  matrices: r ← r + w (row means of g² − r), c alike, V = r cᵀ/mean r;  vectors: V ← V + w (g² − V)
///     U = g/√max(V, ε₁²),  U ← U/max(1, RMS(U)/d)
///     θ ← θ (1 − ηλ) − max(ε₂, RMS θ) · min(η, 1/√t) · U
///
/// Equals torch's Adafactor: no momentum; the estimate is clamped at ε₁² where the paper adds ε₁ to g². `eps1=auto` is the
/// spacing of doubles at 1. A vector is not factored.
///
/// Watch: steps are proportional to the distance from the origin; on a 2-D landscape nothing is factored.
///
/// Shazeer & Stern 2018, arXiv:1804.04235.
struct Adafactor<Scalar: Lane>: RatedOptimizer {
  var rate = Scalar(repeating: 0.01)
  var decayPower = Scalar(repeating: -0.8)
  var eps1 = Scalar.zero
  var eps2 = Scalar(repeating: 1e-3)
  var clip = Scalar.one
  var decay = Scalar.zero
  var vectors = State<Scalar>()
  // A vector's V, a matrix's row means and then its column means, block after block.
  var estimate = Vector<Scalar>()
  private var shapes: [BlockShape] = []
  private var t = 0.0

  init() {}

  static var about: About {
    About(
      id: "adafactor", name: "Adafactor", group: .adaptive, rate: .none,
      summary:
        "Adam's denominator kept as row and column means, with steps relative to the size of the weights",
      watch: "steps are proportional to the distance from the origin; on a 2-D landscape nothing is factored",
      citation: "Shazeer & Stern 2018, arXiv:1804.04235",
      aliases: [.keys("eps", "eps1", "eps2")])
  }

  static var phrases: [Phrase] { [.torch(demands: [.init("d>=1") { $0("d") >= 1 }])] }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.01, \.rate),
      .real(
        "beta2_decay", "γ", "exponent of the decay", role: .other, default: -0.8,
        in: -4...0, \.decayPower
      ),
      .real(
        "eps1", "ε₁", "least root of estimate", role: .other, default: 0, in: 0...1, scale: .log,
        floor: 1e-20,
        zeroWord: "auto", \.eps1),
      .real(
        "eps2", "ε₂", "least weight size", role: .other, default: 1e-3, in: 0...10, scale: .log,
        \.eps2),
      .real(
        "d", "d", "largest RMS of an update", role: .other, default: 1, in: 0.001...1000, scale: .log, \.clip),
      .weightDecay(0, \.decay),
    ]
  }

  static var slots: [Slot<Self>] {
    [
      .gradient { $0.g },
      Slot("V", "squares by rows and columns", .squares, storedCount: { $0.estimate.count }) { $0.squares },
      Slot("U", "update", .direction) { $0.u },
    ]
  }

  /// The rule as it is typed.
  static var rule: RuleLines? {
    RuleLines(
      """
      v := 0
      w = t^beta2_decay
      v = g*g*w + (1 - w)*v
      root = if(eps1 == 0, 2.220446049250313e-16, eps1)
      u = g/sqrt(max(v, root*root))
      size = max(eps2, sqrt(mean(x*x)))*min(lr, 1/sqrt(t))
      x = (1 - lr*weight_decay)*x - size/max(sqrt(mean(u*u))/d, 1)*u
      """, ofOneBlock: true, rate: "min(lr, 1/sqrt(t))")
  }

  static var recipe: [RecipeLine<Self>] {
    [
      .gradient,
      RecipeLine("ω ← t^γ", "ω", "weight of the new squares", .number) { owner, _ in
        [Scalar(repeating: owner.t).power(owner.decayPower)]
      },
      .slot("V ← V + ω (g² − V)  (matrices: r cᵀ/mean r)"), .slot("U ← g/√max(V, ε₁²)"),
      RecipeLine(
        "α ← max(ε₂, RMS θ) min(η, 1/√t)/max(1, RMS U/d)", "α", "length of the update", .number
      ) { owner, _ in Array(owner.sizes.prefix(owner.shapes.count)) },
      .decayTerm { $0.rate * $0.decay }, .move("θ ← θ − α U + w"),
    ]
  }

  var learningRate: Scalar? {
    get { relativeRate }
    set { if let newValue { rate = newValue } }
  }

  private var relativeRate: Scalar { Scalar.smaller(rate, Scalar(repeating: 1 / max(t, 1).squareRoot())) }

  var g: [Scalar] { vectors[0] }
  var u: [Scalar] { vectors[1] }
  /// What multiplied the update of each block; there are no more blocks than numbers.
  private var sizes: [Scalar] { vectors[2] }

  /// V, a number for each coordinate; of a matrix from its row and column means.
  private var squares: [Scalar] {
    guard t > 0 else { return [] }
    let estimate = estimate.values
    var squares: [Scalar] = []
    var place = 0
    for shape in shapes {
      if shape.isVector {
        squares += estimate[place..<place + shape.count]
        place += shape.count
        continue
      }
      let (rows, columns) = (place, place + shape.rows)
      let sum = estimate[rows..<columns].reduce(.zero) { $0 + $1 }
      let mean = Scalar.larger(sum / Double(shape.rows), leastRoot)
      for i in 0..<shape.count {
        squares.append(estimate[rows + i / shape.columns] * estimate[columns + i % shape.columns] / mean)
      }
      place += shape.rows + shape.columns
    }
    return squares
  }

  var effectiveRates: [Scalar]? {
    guard t > 0 else { return nil }
    let ε1 = leastRoot
    let lengths = shapes.enumerated().flatMap { Array(repeating: sizes[$0], count: $1.count) }
    return known(zip(lengths, squares).map { $0 / Scalar.larger($1, ε1 * ε1).squareRoot() })
  }

  private var leastRoot: Scalar {
    Scalar.select(eps1 .== Scalar.zero, Scalar(repeating: Double.ulpOfOne), eps1)
  }

  var stability: Stability {
    Scalar.all(decay .== Scalar.zero)
      ? .descent(relativeRate).preconditioned
      : .unknown("its decay goes by another rate than its steps")
  }

  mutating func prepare(for layout: ParameterLayout) {
    vectors = State(3, of: layout.count)
    shapes = layout.blocks.map(BlockShape.init)
    estimate = Vector(shapes.reduce(0) { $0 + ($1.isVector ? $1.count : $1.rows + $1.columns) })
    t = 0
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = vectors.writable()
    let (g, u, sizes) = (rows[0], rows[1], rows[2])
    let estimate = self.estimate.writable()
    t += 1
    let weight = Scalar(repeating: t).power(decayPower)
    let ρ = relativeRate
    let ε1 = leastRoot
    let least = ε1 * ε1
    let kept = 1.0 - rate * decay
    oracle.gradient(at: θ, into: g)
    var place = 0
    for index in shapes.indices {
      let shape = shapes[index]
      var sumOfWeights = Scalar.zero
      for i in shape.range { sumOfWeights += θ[i] * θ[i] }
      let size = (sumOfWeights / Double(shape.count)).squareRoot()
      let η = Scalar.larger(eps2, size) * ρ
      let (rows, columns) = (place, place + shape.rows)
      let meanOfRows = Scalar.larger(Self.remember(g, shape, weight, estimate, place), ε1)
      var sumOfUpdate = Scalar.zero
      for i in 0..<shape.count {
        let entry = g[shape.offset + i]
        let v =
          shape.isVector
          ? estimate[place + i]
          : estimate[rows + i / shape.columns] * estimate[columns + i % shape.columns] / meanOfRows
        let update = entry / Scalar.larger(v, least).squareRoot()
        sumOfUpdate += update * update
        u[shape.offset + i] = update
      }
      let length = (sumOfUpdate / Double(shape.count)).squareRoot()
      let step = η / Scalar.larger(length / clip, .one)
      sizes[index] = step
      for i in shape.range { θ[i] = kept * θ[i] - step * u[i] }
      place += shape.isVector ? shape.count : shape.rows + shape.columns
    }
  }

  /// Takes the squares of a block's gradient into its estimate; returns the mean of a matrix's row means, 0 of a vector.
  @inline(__always)
  private static func remember(
    _ g: UnsafeMutableBufferPointer<Scalar>, _ shape: BlockShape, _ weight: Scalar,
    _ estimate: UnsafeMutableBufferPointer<Scalar>, _ place: Int
  ) -> Scalar {
    guard !shape.isVector else {
      for i in 0..<shape.count {
        let square = g[shape.offset + i] * g[shape.offset + i]
        estimate[place + i] = square * weight + (1.0 - weight) * estimate[place + i]
      }
      return .zero
    }
    var sumOfRows = Scalar.zero
    for row in 0..<shape.rows {
      var sum = Scalar.zero
      for column in 0..<shape.columns {
        let entry = g[shape.offset + row * shape.columns + column]
        sum += entry * entry
      }
      estimate[place + row] += weight * (sum / Double(shape.columns) - estimate[place + row])
      sumOfRows += estimate[place + row]
    }
    let columns = place + shape.rows
    for column in 0..<shape.columns {
      var sum = Scalar.zero
      for row in 0..<shape.rows {
        let entry = g[shape.offset + row * shape.columns + column]
        sum += entry * entry
      }
      estimate[columns + column] += weight * (sum / Double(shape.rows) - estimate[columns + column])
    }
    return sumOfRows / Double(shape.rows)
  }
}
