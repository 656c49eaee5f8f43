import OptimizerCore
import Testing

@testable import Landscapes

/// Rows beyond those of a table.
@Suite struct FreshRowTests {
  private func landscape(_ text: String) throws -> Landscape { try LandscapeText.landscape(text) }

  private static let line = "samples(data=line, rows=12, model=a*x + b, start=a=-1 b=1.5)"

  /// They are the rows that a longer table would have.
  @Test func theyAreThoseOfALongerTable() throws {
    let data = try #require(try landscape(Self.line).data)
    let longer = try #require(
      try landscape("samples(data=line, rows=40, model=a*x + b, start=a=-1 b=1.5)").data)
    let fresh = try #require(data.fresh.table(Batch.Fresh(seed: 0, first: 5), count: 7))
    #expect(fresh.columns == longer.training.columns.map { Array($0[17..<24]) })
    // Another seed has others.
    #expect(data.fresh.table(Batch.Fresh(seed: 1, first: 5), count: 7) != fresh)
  }

  @Test(arguments: [line, "network(data=moons, rows=12, hidden=3, activation=tanh)"])
  func aStepIsTheMeanOverItsNewRows(_ text: String) throws {
    let landscape = try landscape(text)
    let data = try #require(landscape.data)
    let noise = try Noise("minibatch(size=5,sampling=fresh)")
    try landscape.check(noise)
    let oracle = landscape.makeOracle()
    let start = landscape.lift(landscape.start)
    for step in [1, 2, 9] {
      oracle.use([try #require(noise.batch(of: data.training.count, seed: 3, step: step))])
      let table = try #require(data.fresh.table(Batch.Fresh(seed: 3, first: 5 * (step - 1)), count: 5))
      let value = oracle.evaluateValue(at: start.span)
      #expect(abs(value - data.loss(at: start, over: table)) < 1e-12)
      // By central differences of the loss over the same rows.
      var gradient = [Double](repeating: 0, count: start.count)
      var span = gradient.mutableSpan
      _ = oracle.evaluateGradient(at: start.span, into: &span)
      for k in [0, start.count - 1] {
        var (up, down) = (start, start)
        up[k] += 1e-6
        down[k] -= 1e-6
        let slope = (data.loss(at: up, over: table) - data.loss(at: down, over: table)) / 2e-6
        #expect(abs(slope - gradient[k]) < 1e-7)
      }
    }
    // And all samples again.
    oracle.use([])
    let whole = oracle.evaluateValue(at: start.span)
    #expect(whole == landscape.value(at: start))
  }

  /// y = 1.5x − 0.5 + noise of 0.4 over x uniform in −2…2: E ½(ax + b − y)² in closed form.
  @Test func theExpectedLossIsThatOfALargeSample() throws {
    let data = try #require(try landscape(Self.line).data)
    for (a, b) in [(1.5, -0.5), (0.0, 0), (-1, 1.5)] {
      let exact = 0.5 * ((a - 1.5) * (a - 1.5) * 4 / 3 + (b + 0.5) * (b + 0.5) + 0.16)
      let found = try #require(data.expectedLoss(at: [a, b]))
      // Five standard errors of a mean over 8192 rows are below 6 % of these losses.
      #expect(abs(found - exact) < 0.06 * exact)
      #expect(found == data.expectedLoss(at: [a, b]))
    }
  }

  @Test(arguments: [
    ("network(data=peaks, rows=20, hidden=2)", "the column class is cut by all rows of a table"),
    ("network(data=spirals, rows=20, hidden=2)", "counts all rows of a table"),
  ]) func whatCannotBeContinuedSaysSo(_ text: String, _ reason: String) throws {
    let landscape = try landscape(text)
    #expect(landscape.data?.fresh.obstacle?.contains(reason) == true)
    #expect(landscape.data?.expectedLoss(at: landscape.lift(landscape.start)) == nil)
    #expect(throws: SpecError.self) { try landscape.check(Noise("minibatch(size=2,sampling=fresh)")) }
    try landscape.check(Noise("minibatch(size=2)"))
  }

  @Test func aFileHasNoMore() throws {
    let files: LandscapeText.FileReader = { @Sendable (_: String) throws(DataError) -> [UInt8] in
      Array("x,y\n1,2\n2,3\n3,5\n".utf8)
    }
    let landscape = try LandscapeText.landscape(
      "samples(data=points.csv, model=a*x + b, start=a=0 b=0)", files: files)
    #expect(landscape.data?.fresh.obstacle == "these data come from a file")
  }

  /// The gradient of the mean is the mean of the gradients.
  @Test(arguments: [line, "network(data=moons, rows=12, hidden=3, activation=tanh)"])
  func samplesHaveGradients(_ text: String) throws {
    let landscape = try landscape(text)
    let start = landscape.lift(landscape.start)
    let gradients = try #require(landscape.data).sampleGradients(at: start)
    #expect(gradients.count == 12)
    for (k, wanted) in landscape.gradient(at: start).enumerated() {
      #expect(abs(gradients.reduce(0) { $0 + $1[k] } / 12 - wanted) < 1e-12)
    }
  }
}
