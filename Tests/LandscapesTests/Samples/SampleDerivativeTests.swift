import Foundation
import Landscapes
import OptimizerCore
import Testing

/// Every loss over samples against plain loops: its values, its derivatives, and the matrices made of slopes.
@Suite struct SampleDerivativeTests {
  private let θ = SampleKind.point
  private var p: Int { θ.count }

  @Test func everyLossIsThere() {
    #expect(Set(SampleKind.all.map(\.loss)) == Set(SampleLoss.allCases))
  }

  @Test(arguments: SampleKind.all) func valuesAreThoseOfPlainLoops(_ kind: SampleKind) throws {
    for batch in SampleKind.batches {
      let expected = kind.value(θ, batch)
      #expect((try kind.oracle(batch).evaluateValue(at: θ.span) - expected).magnitude < 1e-13)
    }
  }

  @Test(arguments: SampleKind.all) func gradientsAreThoseOfDifferences(_ kind: SampleKind) throws {
    for batch in SampleKind.batches {
      let oracle = try kind.oracle(batch)
      var value = 0.0
      let gradient = filled(p) { value = oracle.evaluateGradient(at: θ.span, into: &$0) }
      #expect(value == oracle.evaluateValue(at: θ.span), "value and gradient speak of one loss")
      #expect(distance(gradient, SampleKind.slopes(at: θ) { kind.value($0, batch) }) < 1e-9)
    }
  }

  @Test(arguments: SampleKind.all) func hessiansAreThoseOfDifferences(_ kind: SampleKind) throws {
    for batch in SampleKind.batches {
      let oracle = try kind.oracle(batch)
      let hessian = filled(p * p) { oracle.evaluateHessian(at: θ.span, into: &$0) }
      for i in 0..<p {
        let row = SampleKind.slopes(at: θ) { moved in
          filled(p) { _ = oracle.evaluateGradient(at: moved.span, into: &$0) }[i]
        }
        #expect(distance(Array(hessian[i * p..<(i + 1) * p]), row) < 1e-9)
      }
      #expect(isSymmetric(hessian, p))
      guard batch == nil else { continue }
      let direction = [0.3, -1.2, 0.5]
      let product = try kind.problem.hessianProduct(direction, at: θ, step: 0)
      #expect(distance(product, multiply(hessian, direction)) < 1e-14)
    }
  }

  /// Σ Jᵀ H J, with J and H by differences of the outputs and of the loss in them.
  @Test(arguments: SampleKind.all) func gaussNewtonIsTheProductOfItsFactors(_ kind: SampleKind) throws {
    let hasOutputs = kind.loss != .free && kind.loss != .absolute
    #expect(try kind.problem.offers.contains(.gaussNewton) == hasOutputs)
    guard hasOutputs else { return }
    for batch in SampleKind.batches {
      var expected = [Double](repeating: 0, count: p * p)
      for k in 0..<p { expected[k * (p + 1)] = kind.penalty }
      for (row, share) in kind.members(batch) {
        let z = kind.outputs(θ, SampleKind.xs[row])
        let slopes = z.indices.map { k in
          SampleKind.slopes(at: θ) { kind.outputs($0, SampleKind.xs[row])[k] }
        }
        for k in z.indices {
          // A row of H by slopes of slopes.
          let curvature = SampleKind.slopes(at: z) { moved in
            SampleKind.slopes(at: moved) { kind.loss($0, kind.targets[row]) }[k]
          }
          for l in z.indices {
            for i in 0..<p {
              for j in 0..<p { expected[i * p + j] += share * slopes[k][i] * curvature[l] * slopes[l][j] }
            }
          }
        }
      }
      let oracle = try kind.oracle(batch)
      let matrix = filled(p * p) { oracle.evaluateGaussNewton(at: θ.span, into: &$0) }
      #expect(distance(matrix, expected) < 1e-8)
      #expect(isSymmetric(matrix, p))
    }
  }

  /// Σ g gᵀ ⁄ N, g the slope of a row's loss.
  @Test(arguments: SampleKind.all.filter { $0.expectedTargets([1, 1, 1]) != nil })
  func theEmpiricalFisherIsTheMeanOfSquaredSlopes(_ kind: SampleKind) throws {
    for batch in SampleKind.batches {
      let expected = SampleKind.squares(
        kind.members(batch).map { row, share in
          (share, SampleKind.slopes(at: θ) { kind.loss($0, row: row, target: kind.targets[row]) })
        })
      let oracle = try kind.oracle(batch)
      let matrix = filled(p * p) { oracle.evaluateFisher(at: θ.span, isEmpirical: true, into: &$0) }
      #expect(distance(matrix, expected) < 1e-8)
      #expect(isSymmetric(matrix, p))
    }
  }

  /// The same, with the targets that the model expects in the place of those that are there.
  @Test(arguments: SampleKind.all) func theFisherMatrixIsTheModelsOwnExpectation(_ kind: SampleKind) throws {
    let isLikelihood = kind.expectedTargets([1, 1, 1]) != nil
    #expect(try kind.problem.offers.contains(.fisher) == isLikelihood)
    guard isLikelihood else { return }
    for batch in SampleKind.batches {
      var members: [(share: Double, gradient: [Double])] = []
      for (row, share) in kind.members(batch) {
        for (y, probability) in kind.expectedTargets(kind.outputs(θ, SampleKind.xs[row])) ?? [] {
          members.append(
            (share * probability, SampleKind.slopes(at: θ) { kind.loss($0, row: row, target: y) }))
        }
      }
      let oracle = try kind.oracle(batch)
      let matrix = filled(p * p) { oracle.evaluateFisher(at: θ.span, isEmpirical: false, into: &$0) }
      #expect(distance(matrix, SampleKind.squares(members)) < 1e-8)
      #expect(isSymmetric(matrix, p))
    }
  }

  /// A row is as steep as its own loss is curved: the penalty is of no row.
  @Test func importanceIsTheTraceOfARowsOwnHessian() throws {
    for penalty in ["0", "0.5"] {
      var settings = SampleSettings(
        source: .table(
          name: "t.csv", DataTable(names: ["x", "y"], columns: [SampleKind.xs, SampleKind.xs.reversed()])),
        model: ["a*x + b"], loss: .squared, target: "y",
        parameters: [.init("a", start: 1), .init("b", start: 2)])
      settings.penalty = penalty
      let importance = try #require(try SamplesProblem(settings).importance)
      #expect(distance(importance, SampleKind.xs.map { $0 * $0 + 1 }) < 1e-14)
      // One row without curvature, and no share is known.
      settings.model = ["a*x + b*x"]
      settings.source = .table(
        name: "t.csv", DataTable(names: ["x", "y"], columns: [[1, 0, 2], [1, 2, 3]]))
      #expect(try SamplesProblem(settings).importance == nil, "l2=\(penalty)")
    }
  }

  /// Every number of rows: whatever the groups of eight.
  @Test func rowsCountOnce() throws {
    for count in [1, 7, 8, 9, 16, 17] {
      let xs = (0..<count).map { Double($0) + 1 }
      let settings = SampleSettings(
        source: .table(name: "t.csv", DataTable(names: ["x", "y"], columns: [xs, xs])), model: ["a*x"],
        loss: .squared, target: "y", parameters: [.init("a", start: 3)])
      let problem = try SamplesProblem(settings)
      // ½·4·Σx²⁄N
      let squares = xs.reduce(0) { $0 + $1 * $1 }
      #expect((problem.value(at: [3]) - 2 * squares / Double(count)).magnitude < 1e-12)
      let oracle = problem.makeOracle()
      let matrix = filled(1) { oracle.evaluateGaussNewton(at: [3.0].span, into: &$0) }
      #expect((matrix[0] - squares / Double(count)).magnitude < 1e-12)
      #expect(problem.predictions(at: [3], inputs: [xs]) == [xs.map { 3 * $0 }])
      #expect(problem.minimisers.count == 1 && (problem.minimisers[0][0] - 1).magnitude < 1e-12)
    }
  }

  /// Wilson's features name the answer itself: what is told of rows is told with their own.
  @Test func aModelMayReadItsTarget() throws {
    let problem = try #require(LandscapeCatalog.named("wilson")?.data as? SamplesProblem)
    #expect(problem.roles.inputs == ["i", "y"] && problem.roles.target == "y")
    var weights = [Double](repeating: 0, count: problem.dimension)
    // w1, w2, w3; then five weights of each row, u of the first alone.
    (weights[0], weights[1], weights[2], weights[3], weights[4]) = (2, 0.25, 0.5, 8, 16)
    let told = problem.predictions(at: weights, inputs: [[40, 41, 0, 0], [1, -1, 1, -1]])
    // w1 y + w2 + w3 for new rows; the first row has u more, and v more where its answer is −1.
    #expect(told == [[2.75, -1.25, 10.75, 22.75]])
    let (rows, answers) = (problem.training.column("i") ?? [], problem.training.column("y") ?? [])
    let own = problem.predictions(at: weights, inputs: [rows, answers])[0]
    let mean = zip(own, answers).reduce(0) { $0 + 0.5 * ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(rows.count)
    #expect((problem.loss(at: weights, over: problem.training) - mean).magnitude < 1e-12 * mean)
  }

  /// Probabilities and accuracy of a classifier.
  @Test func reportsCount() throws {
    let table = DataTable(names: ["x", "y"], columns: [[-2, -1, 1, 2], [0, 1, 1, 1]])
    let settings = SampleSettings(
      source: .table(name: "t.csv", table), model: ["a*x"], loss: .bernoulli, target: "y",
      parameters: [.init("a", start: 1)])
    let problem = try SamplesProblem(settings)
    #expect(problem.accuracy(at: [1], over: problem.training) == 0.75)
    let probabilities = problem.predictions(at: [1], inputs: [[2]])
    #expect((probabilities[1][0] - 1 / (1 + exp(-2))).magnitude < 1e-15)
    let odds: [Double] = [-2, 1, -1, -2]
    let expected: Double = odds.map { log(1.0 + Foundation.exp($0)) }.reduce(0.0, +) / 4
    #expect((problem.report(at: [1]).trainLoss - expected).magnitude < 1e-14)
    #expect(problem.report(at: [1]).testLoss == nil)
  }
}
