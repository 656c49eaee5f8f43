import OptimizerCore
import Testing

@testable import Landscapes

/// A factor of any loss, whatever it is made of.
struct ScaledProblemTests {
  private static let texts = [
    "matrix-2x2", "matrix-3x2", "samples(data=line, rows=12, model=a*x + b, start=a=-1 b=1.5)",
    "samples(data=line, rows=12, model=a*x + b, start=a=-1 b=1.5, l2=0.3)",
    "network(data=xor, rows=8, hidden=2, weights=4)",
    "network(data=xor, rows=8, hidden=2, weights=4, loss=squared)", "grid(surface.csv)",
  ]

  private func landscape(_ text: String) throws -> Landscape {
    if let known = LandscapeCatalog.named(text) { return known }
    let rows = (0..<6).map { y in "\(y)," + (0..<6).map { "\($0 * $0 + y * $0 + 3)" }.joined(separator: ",") }
    return try GridFile(",0,1,2,3,4,5\n" + rows.joined(separator: "\n")).landscape(text)
  }

  private func isClose(_ a: [Double], _ b: [Double], times factor: Double) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { ($0 - factor * $1).magnitude <= 1e-12 * (factor * $1).magnitude + 1e-300 }
  }

  @Test(arguments: texts) func everyLossTakesAFactor(_ text: String) throws {
    let plain = try landscape(text)
    let scaled = try plain.setting("scale", to: 250)
    let at = plain.lift(plain.start)
    #expect(scaled.id == plain.id && scaled.minima == plain.minima && scaled.start == plain.start)
    #expect(scaled.constants.map(\.name) == plain.constants.map(\.name) + ["scale"])
    #expect(scaled.display.hasPrefix("scale·(") && scaled.problem.layout == plain.problem.layout)
    #expect(isClose([scaled.value(at: at)], [plain.value(at: at)], times: 250))
    #expect(isClose(scaled.gradient(at: at), plain.gradient(at: at), times: 250))
    let (h, hessian) = (try #require(plain.hessian(at: at)), try #require(scaled.hessian(at: at)))
    #expect(isClose(hessian, h, times: 250))
    let direction = at.indices.map { 1 + Double($0) }
    #expect(
      isClose(
        scaled.problem.hessianProduct(direction, at: at, step: 0),
        plain.problem.hessianProduct(direction, at: at, step: 0), times: 250))
    let (few, many) = (plain.curvatures(at: at), scaled.curvatures(at: at))
    #expect(isClose([many.smaller, many.larger], [few.smaller, few.larger], times: 250))
    // A penalty beside the loss is not multiplied: 250 (H + p/250).
    let diagonal = at.map { _ in 1.0 }
    let (p, q) = (
      plain.curvatures(at: at, scaledBy: diagonal, penalty: 0.02),
      scaled.curvatures(at: at, scaledBy: diagonal, penalty: 5)
    )
    #expect((q.larger - 250 * p.larger).magnitude <= 1e-6 * (250 * p.larger).magnitude)
    let window = plain.window
    let fields = [plain, scaled].map { $0.field(columns: 5, rows: 4, window: window).values }
    for (a, b) in zip(fields[1], fields[0]) { #expect(a.isNaN && b.isNaN || isClose([a], [b], times: 250)) }
    // Turned again, and back to 1.
    #expect(isClose([try scaled.setting("scale", to: 2).value(at: at)], [plain.value(at: at)], times: 2))
    #expect(try scaled.setting("scale", to: 1).value(at: at) == plain.value(at: at))
    #expect(throws: LandscapeError("scale must be between 1e-6 and 1000000, got '0'")) {
      try plain.setting("scale", to: 0)
    }
  }

  /// The matrices of second order of an oracle, those there are.
  private func matrices(
    _ landscape: Landscape, at x: [Double]
  ) -> (gaussNewton: [Double], fisher: [Double], empirical: [Double], factors: [Double]) {
    let oracle = landscape.makeOracle()
    let d = landscape.dimension
    func filled(_ count: Int, _ body: (inout MutableSpan<Double>) -> Void) -> [Double] {
      var numbers = [Double](repeating: 0, count: count)
      var span = numbers.mutableSpan
      body(&span)
      return numbers
    }
    return (
      filled(d * d) { oracle.gaussNewton(at: x.span, into: &$0) },
      filled(d * d) { oracle.fisher(at: x.span, isEmpirical: false, into: &$0) },
      filled(d * d) { oracle.fisher(at: x.span, isEmpirical: true, into: &$0) },
      landscape.problem.offers.contains(.kroneckerFactors)
        ? filled(landscape.layout.factorCount) { oracle.kroneckerFactors(at: x.span, into: &$0) } : []
    )
  }

  /// Residuals grow by the root of the factor, so the Gauss-Newton and the model's Fisher matrix by the factor, and the rows'
  /// own gradients by the factor each. Of the Kronecker factors one grows.
  @Test(arguments: texts.dropLast()) func theMatricesOfResidualsGrowAsTheLossDoes(_ text: String) throws {
    let plain = try landscape(text)
    let scaled = try plain.setting("scale", to: 250)
    let at = plain.lift(plain.start)
    let (a, b) = (matrices(plain, at: at), matrices(scaled, at: at))
    #expect(isClose(b.gaussNewton, a.gaussNewton, times: 250))
    #expect(isClose(b.fisher, a.fisher, times: 250))
    #expect(isClose(b.empirical, a.empirical, times: 62500))
    var place = 0
    for layer in plain.layout.layers where !a.factors.isEmpty {
      let (rows, columns) = plain.layout.factors(of: layer)
      let (inputs, outputs) = (
        place..<place + columns * columns, place + columns * columns..<place + columns * columns + rows * rows
      )
      #expect(Array(b.factors[inputs]) == Array(a.factors[inputs]))
      #expect(isClose(Array(b.factors[outputs]), Array(a.factors[outputs]), times: 250))
      place = outputs.upperBound
    }
  }

  /// A step of Gauss-Newton, of Newton and of K-FAC does not notice the factor, one of gradient descent is as many times
  /// longer.
  @Test(arguments: [
    ("gauss-newton", 1.0), ("newton:saddle_free=on", 1), ("natural-gradient:lr=0.5", 1),
    ("kfac:lr=0.5,damping=0", 1),
    ("sgd:lr=0.001", 250),
  ]) func stepsGrowOrDoNot(_ text: String, _ factor: Double) throws {
    let plain = try landscape("matrix-3x2")
    let scaled = try plain.setting("scale", to: 250)
    let start = plain.lift(plain.start)
    let steps = try [plain, scaled].map { landscape in
      var optimizer = try OptimizerSpec(text).makeScalar()
      optimizer.prepare(for: landscape.layout)
      let oracle = landscape.makeOracle()
      oracle.beginStep(1)
      var x = start
      var span = x.mutableSpan
      optimizer.step(&span, oracle: oracle)
      return zip(x, start).map { $0 - $1 }
    }
    for (a, b) in zip(steps[1], steps[0]) {
      #expect((a - factor * b).magnitude <= 1e-9 * (factor * b).magnitude + 1e-12)
    }
  }

  /// Eight runs side by side are eight single ones, each with a factor of its own.
  @Test(arguments: texts) func lanesAgreeToTheBit(_ text: String) throws {
    let plain = try landscape(text)
    guard plain.constants.isEmpty else { return }
    let factors = (0..<Lanes.laneCount).map { 0.5 + Double($0) }
    let at = plain.lift(plain.start)
    let shifted = factors.map { factor in at.map { $0 + 0.01 * factor } }
    var lanes = Lanes.zero
    for (lane, factor) in factors.enumerated() { lanes[lane] = factor }
    let oracle = try #require(try plain.setting("scale", to: 3).makeLanesOracle(constants: [lanes]))
    let x = at.indices.map { k in
      var numbers = Lanes.zero
      for lane in factors.indices { numbers[lane] = shifted[lane][k] }
      return numbers
    }
    var slopes = [Lanes](repeating: .zero, count: at.count)
    let values = oracle.gradient(at: x, into: &slopes)
    for (lane, factor) in factors.enumerated() {
      let one = try plain.setting("scale", to: factor).makeOracle()
      var slope = [Double](repeating: 0, count: at.count)
      let value = one.gradient(at: shifted[lane], into: &slope)
      #expect(value.bitPattern == values[lane].bitPattern)
      #expect(slope.map(\.bitPattern) == slopes.map { $0[lane].bitPattern })
    }
  }

  /// The rows of data have losses and gradients as many times as large; what the model says of them stays.
  @Test(arguments: texts[2...5]) func dataGrowWithTheLoss(_ text: String) throws {
    let plain = try #require(try landscape(text).data)
    let landscape = try landscape(text).setting("scale", to: 250)
    let scaled = try #require(landscape.data)
    let at = try #require(plain.defaultStart)
    #expect(scaled.training == plain.training && scaled.roles == plain.roles)
    #expect(isClose([scaled.report(at: at).trainLoss], [plain.report(at: at).trainLoss], times: 250))
    #expect(scaled.report(at: at).trainAccuracy == plain.report(at: at).trainAccuracy)
    for (a, b) in zip(scaled.sampleGradients(at: at), plain.sampleGradients(at: at)) {
      #expect(isClose(a, b, times: 250))
    }
    // A batch is asked of the rows that it names.
    let oracle = landscape.makeOracle()
    oracle.use([Batch(rows: [1, 2])])
    var slope = [Double](repeating: 0, count: at.count)
    _ = oracle.gradient(at: at, into: &slope)
    let rows = plain.sampleGradients(at: at)
    // The penalty is in every row's gradient, so the mean of two has it once.
    #expect(isClose(slope.map { $0 / 250 }, at.indices.map { (rows[1][$0] + rows[2][$0]) / 2 }, times: 1))
    #expect(landscape.network == nil || landscape.lossFactor == 250)
  }
}
