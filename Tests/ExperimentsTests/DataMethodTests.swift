import Foundation
import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// What Gauss-Newton, the natural gradient and K-FAC are known to do.
@Suite struct DataMethodTests {
  // MARK: Gauss-Newton

  /// 2e⁻ᵗ at eleven times from 0 to 2, from (1, 0): half the sum of squares, as NumPy has it.
  @Test func withoutResidualsTheDigitsDouble() throws {
    let landscape = try LandscapeText.landscape(
      "samples(data={t: 0.2*row; y: 2*exp(-t)}, rows=11, model=a*exp(-b*t), target=y, loss=squared, "
        + "start=a=1 b=0)")
    let points = try Walk(landscape, "gauss-newton").points(from: [1, 0], steps: 5)
    let losses = points.map { 11 * landscape.problem.value(at: $0) }
    for (loss, expected) in zip(losses, [1.7, 0.07, 1.7e-4, 1.5e-9, 4.4e-19]) {
      #expect((loss / expected - 1).magnitude < 0.04)
    }
    #expect(losses[5] < 1e-30)
  }

  /// With large residuals the distance to the minimum shrinks by the largest eigenvalue of I − G⁻¹H there, step by step.
  @Test func withResidualsItIsLinear() throws {
    let landscape = try #require(try LandscapeCatalog.named("exponential-fit")?.setting("residual", to: 0.3))
    let minimiser = try #require(landscape.problem.minimisers.first)
    let oracle = landscape.makeOracle()
    let h = filled(4) { oracle.evaluateHessian(at: minimiser.span, into: &$0) }
    let g = filled(4) { oracle.evaluateGaussNewton(at: minimiser.span, into: &$0) }
    // G⁻¹(G − H), and its eigenvalues.
    let determinant = g[0] * g[3] - g[1] * g[2]
    let d = zip(g, h).map { $0 - $1 }
    let m = [
      (g[3] * d[0] - g[1] * d[2]) / determinant, (g[3] * d[1] - g[1] * d[3]) / determinant,
      (g[0] * d[2] - g[2] * d[0]) / determinant, (g[0] * d[3] - g[2] * d[1]) / determinant,
    ]
    let (half, product) = ((m[0] + m[3]) / 2, m[0] * m[3] - m[1] * m[2])
    let root = (half * half - product).squareRoot()
    let rate = max((half + root).magnitude, (half - root).magnitude)
    #expect(rate > 1e-3 && rate < 0.5)
    let points = try Walk(landscape, "gauss-newton").points(from: [1, 0], steps: 40)
    let distances = points.map { hypot($0[0] - minimiser[0], $0[1] - minimiser[1]) }
    let last = try #require(distances.firstIndex { $0 < 1e-9 })
    #expect((distances[last] / distances[last - 1] / rate - 1).magnitude < 0.1)
    #expect(distances[40] < 1e-12)
    // Without residuals three steps more are enough for all digits.
    let clean = try Walk(#require(LandscapeCatalog.named("exponential-fit")), "gauss-newton")
      .points(from: [1, 0], steps: 6)[6]
    #expect(hypot(clean[0] - 2, clean[1] - 1) < 1e-13)
  }

  /// From far off the undamped step is none, and damping finds the way.
  @Test func aSingularMatrixEndsTheRun() throws {
    let landscape = try LandscapeText.landscape(
      "samples(data=line, rows=20, model=a*x + b*x, start=a=0 b=1)")
    var race = Race(
      Experiment(
        landscape: landscape,
        entries: Entry.entries(
          try specs([
            "gauss-newton", "gauss-newton:control=levenberg", "natural-gradient",
            "natural-gradient:damping=0.1",
          ])), budget: Budget(steps: 30)))
    race.seek(to: 30)
    let outcomes = race.runs.map { $0.outcome(on: race.landscape, in: race.experiment.window) }
    #expect(
      outcomes[0]
        == .diverged(step: 1, reason: "no Gauss-Newton step: singular matrix, which damping mends"))
    #expect(
      outcomes[2]
        == .diverged(step: 1, reason: "no natural gradient: singular Fisher matrix, which damping mends"))
    for entry in [1, 3] {
      let run = race.run(entry: entry)
      #expect(run.parameters.allSatisfy { $0.isFinite } && run.loss < run.history.losses[0])
    }
    #expect(race.run(entry: 1).gradientNorm < 1e-8)
  }

  /// The damping goes down by 3 and up by 4, and no step raises the loss.
  @Test func levenbergNeverRaisesTheLoss() throws {
    let landscape = try LandscapeText.landscape(
      "samples(data={t: 0.3*row; y: 2*exp(-t)}, rows=11, model=a*exp(-b*t), target=y, start=a=0.5 b=-3)")
    let walk = try Walk(landscape, "gauss-newton:control=levenberg")
    let losses = walk.points(from: [0.5, -3], steps: 60).map { landscape.problem.value(at: $0) }
    for (before, after) in zip(losses, losses.dropFirst()) { #expect(after <= before) }
    #expect(losses[60] < 1e-20)
  }

  // MARK: Natural gradient

  /// Two numbers of mean 1 and variance ¼, by (μ, σ), (μ, ln σ) and (μ, 1⁄σ²).
  private func gaussian(_ form: Int) throws -> (landscape: Landscape, start: [Double]) {
    let (model, start, value) = [
      ("mu; s", "mu=-1 s=2", 2.0), ("mu; exp(s)", "mu=-1 s=0.6931471805599453", log(2)),
      ("mu; 1/sqrt(s)", "mu=-1 s=0.25", 0.25),
    ][form]
    let landscape = try Walk.landscape(
      "samples(data=d.csv, model=\(model), loss=normal, target=y, start=\(start))", csv: "y\n0.5\n1.5\n")
    return (landscape, [-1, value])
  }

  /// Mean and standard deviation after a time of 2 in each of the three.
  private func ends(_ rule: String, rate: Double) throws -> [[Double]] {
    try (0..<3).map { form in
      let (landscape, start) = try gaussian(form)
      let steps = Int((2 / rate).rounded())
      let end = try Walk(landscape, "\(rule):lr=\(rate)").points(from: start, steps: steps)[steps]
      return [end[0], [end[1], exp(end[1]), 1 / end[1].squareRoot()][form]]
    }
  }

  private func gap(_ ends: [[Double]]) -> Double {
    var gap = 0.0
    for a in ends { for b in ends { gap = max(gap, hypot(a[0] - b[0], a[1] - b[1])) } }
    return gap
  }

  /// The gap between the coordinates is of the order of η, and the mean is the same in all; the plain gradient's gap stays.
  @Test func theNaturalGradientKnowsNoCoordinates() throws {
    for (rate, expected) in [(0.2, 0.0587), (0.1, 0.0280), (0.05, 0.0137), (0.025, 0.0068)] {
      let ends = try ends("natural-gradient", rate: rate)
      #expect((gap(ends) / expected - 1).magnitude < 0.01, "\(rate): \(gap(ends))")
      #expect(ends.allSatisfy { ($0[0] - ends[0][0]).magnitude < 1e-12 })
      if rate == 0.1 { #expect((ends[0][0] - 0.7568).magnitude < 5e-5) }
    }
    for rate in [0.1, 0.05] {
      let plain = try gap(ends("sgd", rate: rate))
      #expect((plain - 0.448).magnitude < 0.002)
    }
  }

  /// Under a linear change of the parameters its path is the same to rounding; the plain gradient's is not.
  @Test func linearChangesAreNone() throws {
    let data = "samples(data=odds, rows=30, loss=bernoulli, target=y, model="
    let plain = try LandscapeText.landscape(data + "a*x + b, start=a=-1 b=2)")
    let turned = try LandscapeText.landscape(data + "(p + 3*q)*x + (q - p), start=p=0 q=0)")
    for rule in ["natural-gradient:lr=0.5", "gauss-newton:lr=0.5", "sgd:lr=0.5"] {
      let one = try Walk(plain, rule).points(from: [-1, 2], steps: 12)
      // a = p + 3q and b = q − p: q = (a + b)⁄4, p = q − b.
      let other = try Walk(turned, rule).points(from: [0.25 - 2, 0.25], steps: 12)
      let far = zip(one, other).map { (plain: [Double], turned: [Double]) -> Double in
        hypot(plain[0] - turned[0] - 3 * turned[1], plain[1] - turned[1] + turned[0])
      }.max()!
      #expect(rule.hasPrefix("sgd") ? far > 0.1 : far < 1e-11, "\(rule): \(far)")
    }
  }

  /// Where the model is right the empirical matrix and the true one are alike, and else they are not.
  @Test func theMatricesDiffer() throws {
    let (landscape, start) = try gaussian(0)
    let oracle = landscape.makeOracle()
    let exact = filled(4) { oracle.evaluateFisher(at: start.span, isEmpirical: false, into: &$0) }
    let empirical = filled(4) { oracle.evaluateFisher(at: start.span, isEmpirical: true, into: &$0) }
    // diag(1⁄σ², 2⁄σ²) at σ = 2.
    #expect(zip(exact, [0.25, 0, 0, 0.5]).allSatisfy { ($0 - $1).magnitude < 1e-15 })
    #expect((empirical[1]).magnitude > 0.01)
    let steps = try ["true", "empirical"].map {
      try Walk(landscape, "natural-gradient:lr=0.1,damping=0.1,fisher=\($0)").points(from: start, steps: 1)[1]
    }
    #expect(steps[0] != steps[1])
  }

  // MARK: K-FAC

  private func matrices(_ landscape: Landscape, _ θ: [Double]) -> (fisher: [Double], factors: [Double]) {
    let (p, oracle) = (θ.count, landscape.makeOracle())
    return (
      filled(p * p) { oracle.evaluateFisher(at: θ.span, isEmpirical: false, into: &$0) },
      filled(oracle.layout.factorCount) { oracle.evaluateKroneckerFactors(at: θ.span, into: &$0) }
    )
  }

  /// Of softmax regression at 0 every class is as likely in every row, so nothing is lost by the product of means.
  @Test func itIsExactForSoftmaxAtZero() throws {
    let landscape = try LandscapeText.landscape("network(data=peaks, rows=50, hidden=none, init=zero)")
    let θ = try #require(landscape.problem.defaultStart)
    #expect(θ == [Double](repeating: 0, count: 15))
    func error(_ θ: [Double]) -> Double {
      let (fisher, factors) = matrices(landscape, θ)
      // Parameters of the weights are 5×2, then 5 biases; a row of A is (x, y, 1).
      func place(_ unit: Int, _ input: Int) -> Int { input == 2 ? 10 + unit : 2 * unit + input }
      var (error, size) = (0.0, 0.0)
      for i in 0..<5 {
        for j in 0..<3 {
          for k in 0..<5 {
            for l in 0..<3 {
              let entry = fisher[place(i, j) * 15 + place(k, l)]
              let product = factors[9 + i * 5 + k] * factors[j * 3 + l]
              error += (entry - product) * (entry - product)
              size += entry * entry
            }
          }
        }
      }
      return (error / size).squareRoot()
    }
    #expect(error(θ) < 1e-12)
    let later = try Walk(landscape, "sgd:lr=0.5").points(from: θ, steps: 60)[60]
    #expect(error(later) > 0.1 && error(later) < 0.5)
  }

  /// (S + √τ I) U (A + √τ I) = G for every layer, weights and biases together.
  @Test(arguments: [
    "hidden=3, activation=tanh", "hidden=3x4, activation=sigmoid", "hidden=none",
    "hidden=3x2, bias=off, activation=tanh",
    "hidden=2, activation=tanh, sample_weight=1 + x^2",
  ])
  func aStepSolvesItsEquation(_ shape: String) throws {
    let landscape = try LandscapeText.landscape("network(data=moons, rows=20, \(shape))")
    let θ = try #require(landscape.problem.defaultStart)
    let moved = try Walk(landscape, "kfac:lr=1,damping=0.04").points(from: θ, steps: 1)[1]
    let update = zip(θ, moved).map { $0 - $1 }
    let gradient = landscape.problem.gradient(at: θ)
    let factors = matrices(landscape, θ).factors
    let blocks = landscape.problem.layout.blocks
    let hasBias = !shape.contains("bias=off")
    var begin = 0
    for layer in 0..<blocks.count / (hasBias ? 2 : 1) {
      let weights = blocks[hasBias ? 2 * layer : layer]
      let (rows, columns) = (weights.rows, weights.columns + (hasBias ? 1 : 0))
      func place(_ i: Int, _ j: Int) -> Int {
        j == weights.columns ? blocks[2 * layer + 1].offset + i : weights.offset + i * weights.columns + j
      }
      func a(_ j: Int, _ l: Int) -> Double { factors[begin + j * columns + l] + (j == l ? 0.2 : 0) }
      func s(_ i: Int, _ k: Int) -> Double {
        factors[begin + columns * columns + i * rows + k] + (i == k ? 0.2 : 0)
      }
      for i in 0..<rows {
        for j in 0..<columns {
          var sum = 0.0
          for k in 0..<rows { for l in 0..<columns { sum += s(i, k) * update[place(k, l)] * a(l, j) } }
          #expect((sum - gradient[place(i, j)]).magnitude < 1e-13, "layer \(layer)")
        }
      }
      begin += columns * columns + rows * rows
    }
    #expect(begin == factors.count)
  }

  /// Softmax regression: about eleven steps to a millionth above the minimum, whatever the size of a feature.
  @Test func scalesOfFeaturesAreNone() throws {
    func losses(_ scale: Int, _ rule: String, _ steps: Int) throws -> [Double] {
      let landscape = try LandscapeText.landscape(
        "network(data={u: uniform(-3,3); x: \(scale)*u; y: uniform(-3,3); "
          + "class: levels(3, u + y + normal(2))}, rows=60, hidden=none, init=zero)")
      let start = try #require(landscape.problem.defaultStart)
      return try Walk(landscape, rule).points(from: start, steps: steps).map {
        landscape.problem.value(at: $0)
      }
    }
    let least = try losses(1, "gauss-newton:damping=1e-9", 12)[12]
    let counts = try [1, 10].map { scale in
      try losses(scale, "kfac:lr=1,damping=1e-6", 25).firstIndex { $0 - least < 1e-6 }
    }
    let count = try #require(counts[0])
    #expect(counts[0] == counts[1] && (10...14).contains(count), "\(counts)")
    let slow = try losses(10, "sgd:lr=0.02", 25)[25]
    #expect(slow - least > 1e-2)
  }
}
