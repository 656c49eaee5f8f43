import OptimizerCore
import Testing

@testable import Landscapes

/// Rows that do not count alike: with whole weights the loss is the one in which a row stands as often as it counts.
@Suite struct SampleWeightTests {
  /// From 0 to 3 times; twelve in all of eleven rows.
  private static let counts = [2.0, 0, 1, 3, 1, 0, 1, 1, 2, 0, 1]

  /// Columns, each row as often as it counts.
  private static func repeated(_ column: [Double]) -> [Double] {
    zip(column, counts).flatMap { [Double](repeating: $0, count: Int($1)) }
  }

  private static func problem(_ kind: SampleKind, isRepeated: Bool) throws -> SamplesProblem {
    let (xs, ys) = (SampleKind.xs, kind.targets)
    let table =
      isRepeated
      ? DataTable(names: ["x", "y"], columns: [repeated(xs), repeated(ys)])
      : DataTable(names: ["x", "y", "w"], columns: [xs, ys, counts])
    var settings = SampleSettings(
      source: .table(name: "t.csv", table), model: kind.model, loss: kind.loss,
      target: kind.loss == .free ? nil : "y",
      parameters: zip(["a", "b", "c"], SampleKind.point).map { .init($0, start: $1) })
    settings.penalty = kind.penalty.shortest
    settings.sampleWeight = isRepeated ? nil : "0.25*w"
    return try SamplesProblem(settings)
  }

  @Test(arguments: SampleKind.all) func aRowCountsAsOftenAsItSays(_ kind: SampleKind) throws {
    let weighted = try Self.problem(kind, isRepeated: false)
    let repeated = try Self.problem(kind, isRepeated: true)
    let θ = SampleKind.point
    let p = θ.count
    let (one, other) = (weighted.makeOracle(), repeated.makeOracle())
    #expect((one.evaluateValue(at: θ.span) - other.evaluateValue(at: θ.span)).magnitude < 1e-14)
    #expect((weighted.value(at: θ) - Self.plain(kind, θ)).magnitude < 1e-13)
    func compare(_ count: Int, _ fill: (ObjectiveOracle<Double>, inout MutableSpan<Double>) -> Void) {
      #expect(distance(filled(count) { fill(one, &$0) }, filled(count) { fill(other, &$0) }) < 1e-13)
    }
    compare(p) { _ = $0.evaluateGradient(at: θ.span, into: &$1) }
    compare(p * p) { $0.evaluateHessian(at: θ.span, into: &$1) }
    if weighted.offers.contains(.gaussNewton) {
      compare(p * p) { $0.evaluateGaussNewton(at: θ.span, into: &$1) }
    }
    if weighted.offers.contains(.fisher) {
      compare(p * p) { $0.evaluateFisher(at: θ.span, isEmpirical: false, into: &$1) }
      compare(p * p) { $0.evaluateFisher(at: θ.span, isEmpirical: true, into: &$1) }
    }
    let direction = [0.3, -1.2, 0.5]
    #expect(
      distance(
        weighted.hessianProduct(direction, at: θ, step: 0), repeated.hessianProduct(direction, at: θ, step: 0)
      )
        < 1e-13)
    #expect(
      (weighted.loss(at: θ, over: weighted.training) - repeated.loss(at: θ, over: repeated.training))
        .magnitude
        < 1e-14)
    // A search may end on either side of what counts as found.
    for (a, b) in zip(weighted.minimisers, repeated.minimisers) { #expect(distance(a, b) < 1e-6) }
  }

  /// A loop over rows that divides by the sum of weights.
  private static func plain(_ kind: SampleKind, _ θ: [Double]) -> Double {
    let sum = SampleKind.xs.indices.reduce(0.0) {
      $0 + counts[$1] * kind.loss(θ, row: $1, target: kind.targets[$1])
    }
    return sum / counts.reduce(0, +) + 0.5 * kind.penalty * θ.reduce(0) { $0 + $1 * $1 }
  }

  static let networks = [
    "hidden=4, activation=tanh", "hidden=3x2, activation=sigmoid, bias=off", "hidden=none",
  ]
  .flatMap { shape in ["cross-entropy", "squared"].map { "\(shape), loss=\($0)" } }

  private static let inputs = [
    [0.3, -1.1, 0.8, -0.2, 1.5, 0.9, -0.7, 0.1, -1.9, 0.4, 1.2],
    [1.0, 0.2, -0.5, 1.7, -0.9, 0.6, -1.3, 0.8, 0.5, -0.1, -1.6],
  ]
  private static let classes = [0.0, 1, 2, 1, 0, 2, 1, 0, 2, 2, 1]

  private static func files(_ names: [String], _ columns: [[Double]]) -> LandscapeText.FileReader {
    let lines =
      [names.joined(separator: ",")]
      + columns[0].indices.map { row in columns.map { "\($0[row])" }.joined(separator: ",") }
    let bytes = Array(lines.joined(separator: "\n").utf8)
    return { @Sendable (_: String) throws(DataError) -> [UInt8] in bytes }
  }

  @Test(arguments: networks) func aNetworksRowCountsAsOftenAsItSays(_ shape: String) throws {
    let all = Self.inputs + [Self.classes]
    let weighted = try LandscapeText.landscape(
      "network(data=t.csv, \(shape), sample_weight=w)",
      files: Self.files(["u", "v", "class", "w"], all + [Self.counts]))
    let repeated = try LandscapeText.landscape(
      "network(data=t.csv, \(shape))", files: Self.files(["u", "v", "class"], all.map(Self.repeated)))
    // What weighs the rows is nothing to learn from.
    #expect(weighted.data?.roles == repeated.data?.roles && weighted.data?.roles.inputs == ["u", "v"])
    let θ = try #require(weighted.problem.defaultStart)
    #expect(θ == repeated.problem.defaultStart)
    let p = θ.count
    let (one, other) = (weighted.makeOracle(), repeated.makeOracle())
    func compare(_ count: Int, _ fill: (ObjectiveOracle<Double>, inout MutableSpan<Double>) -> Void) {
      #expect(distance(filled(count) { fill(one, &$0) }, filled(count) { fill(other, &$0) }) < 1e-14)
    }
    compare(1) { $1[0] = $0.evaluateValue(at: θ.span) }
    compare(p) { _ = $0.evaluateGradient(at: θ.span, into: &$1) }
    compare(p * p) { $0.evaluateHessian(at: θ.span, into: &$1) }
    compare(p * p) { $0.evaluateGaussNewton(at: θ.span, into: &$1) }
    compare(p * p) { $0.evaluateFisher(at: θ.span, isEmpirical: false, into: &$1) }
    compare(p * p) { $0.evaluateFisher(at: θ.span, isEmpirical: true, into: &$1) }
    compare(one.layout.factorCount) { $0.evaluateKroneckerFactors(at: θ.span, into: &$1) }
    let direction = θ.indices.map { Double($0 % 3) - 0.7 }
    #expect(
      distance(
        weighted.problem.hessianProduct(direction, at: θ, step: 0),
        repeated.problem.hessianProduct(direction, at: θ, step: 0)) < 1e-14)
    let (a, b) = (try #require(weighted.data), try #require(repeated.data))
    #expect((a.loss(at: θ, over: a.training) - b.loss(at: θ, over: b.training)).magnitude < 1e-14)
    // Accuracy counts rows.
    guard a.roles.classes != nil else { return }
    let told = a.predictions(at: θ, inputs: Self.inputs)
    let right = Self.classes.indices.count { row in
      (0..<3).allSatisfy { told[Int(Self.classes[row])][row] >= told[$0][row] }
    }
    #expect(a.accuracy(at: θ, over: a.training) == Double(right) / 11)
  }

  /// In a batch a row counts its own weight times what the batch gives it; the mean over all batches of one is the loss.
  @Test func batchesAreWeightedToo() throws {
    let kind = SampleKind.all[0]
    let problem = try Self.problem(kind, isRepeated: false)
    let (θ, oracle) = (SampleKind.point, problem.makeOracle())
    // The mean count is 12/11.
    func own(_ row: Int) -> Double { Self.counts[row] * 11 / 12 }
    let rows = [3, 10, 3, 0, 7, 1, 8, 2, 9]
    let given = [0.25, 1, 2, 0.5, 1.5, 3, 0, 1, 0.75]
    for weights in [nil, given] {
      oracle.use([Batch(rows: rows.map { Int32($0) }, weights: weights)])
      let expected = rows.enumerated().reduce(0.0) { sum, member in
        sum + (weights?[member.offset] ?? 1) * own(member.element)
          * kind.loss(θ, row: member.element, target: kind.targets[member.element])
      }
      #expect((oracle.evaluateValue(at: θ.span) - expected / 9).magnitude < 1e-13)
    }
    let gradients = problem.sampleGradients(at: θ)
    oracle.use([])
    let whole = filled(3) { _ = oracle.evaluateGradient(at: θ.span, into: &$0) }
    #expect(distance((0..<3).map { k in gradients.reduce(0) { $0 + $1[k] } / 11 }, whole) < 1e-14)
  }

  /// Sampled by its curvature a row of three times the weight is drawn three times as often; a row of none has no share.
  @Test func importanceKnowsTheWeights() throws {
    func importance(_ weight: String) throws -> [Double]? {
      try LandscapeText.landscape(
        "samples(data=t.csv, model=a*x + b, target=y, sample_weight=\(weight), start=a=0 b=0)",
        files: Self.files(["x", "y"], [[0, 1, 2], [1, 2, 4]])
      ).data?.importance
    }
    // (x² + 1)·w, w divided by its mean of 2.
    #expect(try importance("1 + x") == [0.5, 2, 7.5])
    #expect(try importance("x") == nil)
  }

  /// Test rows are a mean of their own; rows made for a step are divided by the mean of the training rows.
  @Test func otherRowsHaveWeightsToo() throws {
    let text =
      "samples(data={x: uniform(0,1); y: 1 + x}, rows=20, test=0.25, model=a*x + b, sample_weight=1 + x, start=a=3 b=0)"
    let landscape = try LandscapeText.landscape(text)
    let data = try #require(landscape.data)
    func loss(_ table: DataTable, mean: Double? = nil) -> Double {
      let rows = zip(table.columns[0], table.columns[1])
      let sum = rows.reduce(0) { $0 + (1 + $1.0) * 0.5 * (3 * $1.0 - $1.1) * (3 * $1.0 - $1.1) }
      let weights = table.columns[0].reduce(0) { $0 + 1 + $1 }
      return sum / (mean.map { $0 * Double(table.count) } ?? weights)
    }
    let test = try #require(data.test)
    #expect((data.report(at: [3, 0]).trainLoss - loss(data.training)).magnitude < 1e-15)
    #expect((try #require(data.report(at: [3, 0]).testLoss) - loss(test)).magnitude < 1e-15)
    let held = try #require(data.fresh.heldOut)
    #expect((try #require(data.expectedLoss(at: [3, 0])) - loss(held)).magnitude < 1e-13)
    let oracle = landscape.makeOracle()
    oracle.use([Batch(fresh: 5, seed: 4, first: 10)])
    let made = try #require(data.fresh.table(Batch.Fresh(seed: 4, first: 10), count: 5))
    let mean = data.training.columns[0].reduce(0) { $0 + 1 + $1 } / 15
    #expect((oracle.evaluateValue(at: [3.0, 0].span) - loss(made, mean: mean)).magnitude < 1e-15)
    // A row made for a step that has no weight is no step.
    let rare = try LandscapeText.landscape(
      "samples(data={x: row; y: x}, rows=4, model=a*x + b, sample_weight=3 - x, start=a=3 b=0)")
    let other = rare.makeOracle()
    other.use([Batch(fresh: 2, seed: 0, first: 0)])
    #expect(other.evaluateValue(at: [3.0, 0].span).isNaN)
  }

  @Test func theyAreToldOf() throws {
    for text in [
      "samples(data=t.csv, model=a*x + b, sample_weight=w, start=a=0 b=0)",
      "network(data=t.csv, hidden=2, sample_weight=w)",
    ] {
      let landscape = try LandscapeText.landscape(
        text, files: Self.files(["x", "y", "w"], [[0, 1, 2, 3], [1, 2, 4, 3], [1, 1, 2, 4]]))
      // (Σw)²/Σw² = 64/22.
      #expect(
        landscape.problem.facts.contains(
          .init("sample weights", .text("w, divided by its mean; worth 2.9 rows of one weight"))))
      #expect(landscape.id.contains("sample_weight=w") && landscape.data?.roles.target == "y")
      #expect("\(landscape.problem.words.display)".contains("w ∝ w"))
    }
  }

  @Test(arguments: [
    ("w - 2", "sample_weight must be at least 0, row 2 has '-1'; 0 leaves a row out"),
    ("sqrt(w - 2)", "sample_weight must be a finite number, row 2 has 'nan'; 0 leaves a row out"),
    ("1/(w - 2)", "sample_weight must be a finite number, row 1 has 'inf'; 0 leaves a row out"),
    ("w*1e200", "sample_weight must be at most 1e100, row 1 has '2e200'; 0 leaves a row out"),
    ("0*w", "sample_weight is 0 in every training row, so there is nothing to take a mean of"),
    (
      "v", "in sample_weight 'v': unknown name 'v': a formula knows x, y, w, pi, e and what follows 'where'"
    ),
    ("a", "in sample_weight 'a': unknown name 'a': a formula knows x, y, w, pi, e and what follows 'where'"),
    ("", "in sample_weight '': the formula is empty: write a weight of the columns, such as 1/s^2"),
  ])
  func explains(_ weight: String, _ message: String) throws {
    let files = Self.files(["x", "y", "w"], [[0, 1, 2, 3], [1, 2, 4, 3], [2, 1, 2, 4]])
    for text in [
      "samples(data=t.csv, model=a*x + b, target=y, sample_weight=\(weight), start=a=0 b=0)",
      "network(data=t.csv, hidden=2, target=y, sample_weight=\(weight))",
    ] {
      let error = #expect(throws: LandscapeError.self) { try LandscapeText.landscape(text, files: files) }
      #expect(error?.message == message)
    }
  }

  @Test func aTestPartNeedsAWeight() throws {
    let error = #expect(throws: LandscapeError.self) {
      try LandscapeText.landscape(
        "samples(data={x: row; y: x}, rows=8, test=0.2, model=a*x + b, sample_weight=if(x < 8, 0, 0) + (x == 3), start=a=0 b=0)"
      )
    }
    #expect(
      error?.message.hasPrefix("sample_weight is 0 in every ") == true
        && error?.message.hasSuffix(" row, so there is nothing to take a mean of") == true)
    let noInput = #expect(throws: LandscapeError.self) {
      try LandscapeText.landscape(
        "network(data=t.csv, sample_weight=w)", files: Self.files(["w"], [[1, 2, 3]]))
    }
    #expect(noInput?.message == "besides 'w' there is no column to learn from")
  }
}
