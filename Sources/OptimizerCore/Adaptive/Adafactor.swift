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
      id: "adafactor", name: "Adafactor", group: .adaptive,
      summary:
        "Adam's denominator kept as row and column means, with steps relative to the size of the weights",
      recurrence:
        "V from row and column means of g²; θ ← θ(1−ηλ) − max(ε₂, RMS θ) min(η, 1/√t) U, U = clip(g/√V)",
      watch: "steps are proportional to the distance from the origin; on a 2-D landscape nothing is factored",
      citation: "Shazeer & Stern 2018, arXiv:1804.04235")
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .learningRate(0.01, \.rate),
      .real(
        "beta2_decay", "γ", "power of t in the weight of new squares", default: -0.8, in: -4...0, \.decayPower
      ),
      .real(
        "eps1", "ε₁", "least root of the estimate", default: 0, in: 0...1, scale: .log, floor: 1e-20,
        zeroWord: "auto", \.eps1),
      .real("eps2", "ε₂", "least size of the weights", default: 1e-3, in: 0...10, scale: .log, \.eps2),
      .real("d", "d", "largest RMS of an update", default: 1, in: 0.001...1000, scale: .log, \.clip),
      .weightDecay(0, \.decay),
    ]
  }

  static var slots: [Slot<Self>] { [.gradient { $0.g }, Slot("U", "update", .arrow) { $0.u }] }

  var learningRate: Scalar? {
    get { relativeRate }
    set { if let newValue { rate = newValue } }
  }

  private var relativeRate: Scalar { Scalar.smaller(rate, Scalar(repeating: 1 / max(t, 1).squareRoot())) }

  var g: [Scalar] { vectors[0] }
  var u: [Scalar] { vectors[1] }
  /// What multiplied the update of each block; there are no more blocks than numbers.
  private var sizes: [Scalar] { vectors[2] }

  var effectiveRates: [Scalar]? {
    guard t > 0 else { return nil }
    let estimate = estimate.values
    let ε1 = leastRoot
    var rates: [Scalar] = []
    var place = 0
    for (block, shape) in shapes.enumerated() {
      let rows = estimate[place..<(place + (shape.isVector ? shape.count : shape.rows))]
      let mean = Scalar.larger(rows.reduce(.zero) { $0 + $1 } / Double(shape.rows), ε1)
      for i in 0..<shape.count {
        let v =
          shape.isVector
          ? estimate[place + i]
          : estimate[place + i / shape.columns] * estimate[place + shape.rows + i % shape.columns] / mean
        rates.append(sizes[block] / Scalar.larger(v, ε1 * ε1).squareRoot())
      }
      place += shape.isVector ? shape.count : shape.rows + shape.columns
    }
    return known(rates)
  }

  private var leastRoot: Scalar {
    Scalar.select(eps1 .== Scalar.zero, Scalar(repeating: Double.ulpOfOne), eps1)
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
      var meanOfRows = Scalar.zero
      if shape.isVector {
        for i in 0..<shape.count {
          let square = g[shape.offset + i] * g[shape.offset + i]
          estimate[place + i] = square * weight + (1.0 - weight) * estimate[place + i]
        }
      } else {
        for row in 0..<shape.rows {
          var sum = Scalar.zero
          for column in 0..<shape.columns {
            let entry = g[shape.offset + row * shape.columns + column]
            sum += entry * entry
          }
          estimate[rows + row] += weight * (sum / Double(shape.columns) - estimate[rows + row])
          meanOfRows += estimate[rows + row]
        }
        for column in 0..<shape.columns {
          var sum = Scalar.zero
          for row in 0..<shape.rows {
            let entry = g[shape.offset + row * shape.columns + column]
            sum += entry * entry
          }
          estimate[columns + column] += weight * (sum / Double(shape.rows) - estimate[columns + column])
        }
        meanOfRows = Scalar.larger(meanOfRows / Double(shape.rows), ε1)
      }
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
}
