/// An oracle whose gradients carry noise, the same for every question within a step: a vector that is added, or the choice
/// of some samples.
///
/// Within a step the noise ξ is one vector, so the gradient ∇f + ξ is the exact gradient of the tilted loss f + ξᵀθ, and
/// that is the value it gives: a line search sees a consistent function. The true loss is the objective's, by `peek`.
public final class NoisyOracle<Scalar: Lane>: DerivedOracle<Scalar> {
  private var noise = Noise.none
  private var seeds: [UInt64] = [0]
  private var stream = 0
  private var addsNoise = false
  private let memory = BatchMemory()
  private var ξ: [Scalar]
  private var draw: [Double]

  /// Without noise, until `configure` says otherwise.
  public required init(over base: Oracle<Scalar>) {
    ξ = Array(repeating: .zero, count: base.dimension)
    draw = Array(repeating: 0, count: base.dimension)
    super.init(over: base)
  }

  /// Says which noise from which seed.
  ///
  /// - Parameters:
  ///   - seeds: one for all lanes, or one a lane.
  ///   - stream: which entry of the race this is; it matters only to a noise that is independent.
  public func configure(_ noise: Noise, seeds: [UInt64], stream: Int = 0) {
    precondition(seeds.count == 1 || seeds.count == Scalar.laneCount, "one seed for all lanes, or one a lane")
    precondition(
      noise.source?.dimension.map { $0 == dimension } ?? true, "the noise is made for another dimension")
    self.noise = noise
    self.seeds = seeds
    self.stream = stream
    addsNoise = noise.source != nil
    for i in ξ.indices { ξ[i] = .zero }
  }

  /// Draws the noise of step `t`.
  public override func beginStep(_ t: Int) {
    base.beginStep(t)
    guard !noise.isNone else { return }
    if noise.batchSize != nil {
      base.use(
        seeds.compactMap {
          noise.batch(
            of: base.sampleCount, importance: base.sampleImportance, seed: $0, step: t, stream: stream,
            memory: memory)
        })
      return
    }
    noise.draw(into: &draw, seed: seeds[0], step: t, stream: stream)
    for i in ξ.indices { ξ[i] = Scalar(repeating: draw[i]) }
    guard seeds.count > 1 else { return }
    for lane in 1..<seeds.count {
      noise.draw(into: &draw, seed: seeds[lane], step: t, stream: stream)
      for i in ξ.indices { ξ[i][lane: lane] = draw[i] }
    }
  }

  /// The noisy gradient, and the tilted loss. Costs 1.
  @discardableResult
  public override func gradient(at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>)
    -> Scalar
  {
    var value = base.gradient(at: x, into: &gradient)
    guard addsNoise else { return value }
    for i in ξ.indices {
      gradient[i] += ξ[i]
      value += ξ[i] * x[i]
    }
    return value
  }

  /// The tilted loss. Costs one value.
  public override func value(at x: borrowing Span<Scalar>) -> Scalar {
    var value = base.value(at: x)
    guard addsNoise else { return value }
    for i in ξ.indices { value += ξ[i] * x[i] }
    return value
  }
}
