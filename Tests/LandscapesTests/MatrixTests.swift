import AllocationCounter
import Foundation
import OptimizerCore
import Testing
import TestSupport

@testable import Landscapes

@Suite struct MatrixTests {
  /// The reference runs of Muon with their problems, recorded with PyTorch.
  struct File: Decodable {
    struct Problem: Decodable {
      let A: [[Double]]
      let B: [[Double]]
      let C: [[Double]]
      let W0: [[Double]]
      let least_squares_solution: [[Double]]
      let minimum_value: Double
    }
    struct Case: Decodable {
      let name: String
      let surface: String
      let trajectory: [[Double]]
      let loss: [Double]
      /// Where the peer rounds on the way, its gradients are not kept.
      let grad: [[Double]]?
    }
    let problems: [String: Problem]
    let cases: [Case]
  }

  static let file: File = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let path = tests.appending(path: "OptimizerCoreTests/Reference/muon.json")
    // A missing or broken file must fail loudly.
    // swift-format-ignore: NeverUseForceTry
    return try! JSONDecoder().decode(File.self, from: Data(contentsOf: path))
  }()

  static let landscapes = LandscapeCatalog.all.filter { $0.problem is MatrixProblem }

  /// The catalog's problems, and shapes that it does not have: a row, a column, flat directions, a single number.
  static let problems: [MatrixProblem] =
    landscapes.compactMap { $0.problem as? MatrixProblem }
    + [(1, 3, 2, 4), (3, 1, 4, 2), (3, 2, 2, 5), (2, 3, 4, 2), (1, 1, 1, 1), (2, 5, 2, 5)].map {
      random(rows: $0.0, columns: $0.1, above: $0.2, beside: $0.3)
    }

  /// W of rows × columns, A of above × rows, B of columns × beside.
  static func random(rows: Int, columns: Int, above: Int, beside: Int) -> MatrixProblem {
    var random = SplitMix64(state: UInt64(rows * 1000 + columns * 100 + above * 10 + beside))
    func matrix(_ rows: Int, _ columns: Int) -> MatrixProblem.Matrix {
      MatrixProblem.Matrix(
        rows: rows, columns: columns,
        entries: (0..<rows * columns).map { _ in Double.random(in: -2...2, using: &random) })
    }
    return MatrixProblem(
      a: matrix(above, rows), b: matrix(columns, beside), c: matrix(above, beside),
      start: matrix(rows, columns))
  }

  // MARK: The problem

  @Test(arguments: ["tall", "wide"]) func theReferenceProblemsAreInTheCatalog(_ name: String) throws {
    let reference = try #require(Self.file.problems[name])
    let problem = try #require(LandscapeCatalog.named("matrix-\(name)")?.problem as? MatrixProblem)
    #expect(problem.a == MatrixProblem.Matrix(reference.A))
    #expect(problem.b == MatrixProblem.Matrix(reference.B))
    #expect(problem.c == MatrixProblem.Matrix(reference.C))
    #expect(problem.start == reference.W0.flatMap { $0 })
    for (ours, theirs) in zip(problem.minimiser, reference.least_squares_solution.flatMap { $0 }) {
      #expect((ours - theirs).magnitude < 1e-11)
    }
    #expect((problem.value(at: problem.minimiser) - reference.minimum_value).magnitude < 1e-12)
    var count = 0
    for run in Self.file.cases where run.surface == name && run.grad != nil {
      for (point, (loss, gradient)) in zip(run.trajectory, zip(run.loss, run.grad ?? [])) {
        #expect((problem.value(at: point) - loss).magnitude <= 1e-13 * max(1, loss))
        for (ours, theirs) in zip(problem.gradient(at: point), gradient) {
          #expect((ours - theirs).magnitude <= 1e-13)
        }
        count += 1
      }
    }
    #expect(count > 100)
  }

  @Test(arguments: problems.indices) func derivativesAgreeWithDifferences(_ index: Int) {
    let problem = Self.problems[index]
    let d = problem.rows * problem.columns
    var random = SplitMix64(state: UInt64(index))
    let oracle = problem.makeOracle()
    for _ in 0..<8 {
      let point = (0..<d).map { _ in Double.random(in: -3...3, using: &random) }
      let gradient = problem.gradient(at: point)
      var hessian = [Double](repeating: 0, count: d * d)
      var span = hessian.mutableSpan
      oracle.evaluateHessian(at: point.span, into: &span)
      let scale = max(1, problem.value(at: point), problem.largestCurvature)
      for k in 0..<d {
        var (ahead, behind) = (point, point)
        ahead[k] += 0.5
        behind[k] -= 0.5
        // The loss is a quadratic, so central differences are exact whatever the step.
        let difference = problem.value(at: ahead) - problem.value(at: behind)
        #expect((difference - gradient[k]).magnitude <= 1e-12 * scale)
        let (up, down) = (problem.gradient(at: ahead), problem.gradient(at: behind))
        for l in 0..<d {
          #expect((up[l] - down[l] - hessian[k * d + l]).magnitude <= 1e-12 * scale)
        }
      }
    }
  }

  @Test(arguments: problems.indices) func theMinimiserIsOne(_ index: Int) {
    let problem = Self.problems[index]
    let lowest = problem.value(at: problem.minimiser)
    for component in problem.gradient(at: problem.minimiser) {
      #expect(component.magnitude <= 1e-11 * max(1, problem.largestCurvature))
    }
    var random = SplitMix64(state: 5)
    for _ in 0..<50 {
      let near = problem.minimiser.map { $0 + Double.random(in: -1...1, using: &random) }
      #expect(problem.value(at: near) >= lowest - 1e-12)
    }
  }

  @Test(arguments: problems.indices) func curvaturesAreEigenvalues(_ index: Int) {
    let problem = Self.problems[index]
    let d = problem.rows * problem.columns
    var hessian = [Double](repeating: 0, count: d * d)
    var span = hessian.mutableSpan
    problem.makeOracle().evaluateHessian(at: problem.start.span, into: &span)
    func product(_ v: [Double]) -> [Double] {
      (0..<d).map { i in (0..<d).reduce(0) { $0 + hessian[i * d + $1] * v[$1] } }
    }
    let large = problem.largestCurvature
    for (ours, image) in zip(problem.sharpestDirection, product(problem.sharpestDirection)) {
      #expect((image - large * ours).magnitude <= 1e-12 * large)
    }
    if problem.smallestCurvature > 0 {
      for (ours, image) in zip(problem.flattestDirection, product(problem.flattestDirection)) {
        #expect((image - problem.smallestCurvature * ours).magnitude <= 1e-12 * large)
      }
    } else {
      // Fewer equations than unknowns.
      #expect(problem.a.rows < problem.rows || problem.b.columns < problem.columns)
    }
    // No direction is curved more, and none less.
    var random = SplitMix64(state: 9)
    for _ in 0..<100 {
      let v = (0..<d).map { _ in Double.random(in: -1...1, using: &random) }
      let square = v.reduce(0) { $0 + $1 * $1 }
      let curvature = zip(v, product(v)).reduce(0) { $0 + $1.0 * $1.1 } / square
      #expect(curvature <= large * (1 + 1e-12))
      #expect(curvature >= problem.smallestCurvature * (1 - 1e-12) - 1e-12 * large)
      #expect(
        (problem.curvature(v, v, at: problem.start, step: 0) / square - curvature).magnitude <= 1e-12 * large)
    }
  }

  @Test(arguments: problems.indices) func lanesAgreeToTheBit(_ index: Int) throws {
    let problem = Self.problems[index]
    let d = problem.rows * problem.columns
    let scalar = problem.makeOracle()
    let lanes = try #require(problem.makeLanesOracle())
    #expect(lanes.layout == scalar.layout && lanes.layout.blocks.map(\.name) == ["W"])
    var random = SplitMix64(state: 3)
    for _ in 0..<10 {
      var eight = [Lanes](repeating: Lanes(), count: d)
      for k in 0..<d { for lane in 0..<8 { eight[k][lane] = Double.random(in: -4...4, using: &random) } }
      var (gradients, hessians) = (eight, [Lanes](repeating: Lanes(), count: d * d))
      var span = gradients.mutableSpan
      let value = lanes.evaluateGradient(at: eight.span, into: &span)
      var matrix = hessians.mutableSpan
      lanes.evaluateHessian(at: eight.span, into: &matrix)
      for lane in 0..<8 {
        let point = eight.map { $0[lane] }
        #expect(value[lane].bitPattern == problem.value(at: point).bitPattern)
        #expect(gradients.map { $0[lane].bitPattern } == problem.gradient(at: point).map(\.bitPattern))
        var hessian = [Double](repeating: 0, count: d * d)
        var flat = hessian.mutableSpan
        scalar.evaluateHessian(at: point.span, into: &flat)
        #expect(hessians.map { $0[lane].bitPattern } == hessian.map(\.bitPattern))
      }
    }
  }

  @Test func evaluationAllocatesNothing() throws {
    let problem = try #require(LandscapeCatalog.named("matrix-tall")?.problem as? MatrixProblem)
    let oracle = problem.makeOracle()
    let lanes = try #require(problem.makeLanesOracle())
    var (gradient, hessian) = (problem.start, [Double](repeating: 0, count: 144))
    let eight = problem.start.map { Lanes(repeating: $0) }
    var gradients = eight
    func round() {
      var span = gradient.mutableSpan
      _ = oracle.evaluateGradient(at: problem.start.span, into: &span)
      _ = oracle.evaluateValue(at: problem.start.span)
      var matrix = hessian.mutableSpan
      oracle.evaluateHessian(at: problem.start.span, into: &matrix)
      var spans = gradients.mutableSpan
      _ = lanes.evaluateGradient(at: eight.span, into: &spans)
      _ = lanes.evaluateValue(at: eight.span)
    }
    round()
    allocation_counter_start()
    for _ in 0..<50 { round() }
    #expect(allocation_counter_stop() == 0)
  }

  @Test func entriesHaveNames() {
    #expect(Self.random(rows: 2, columns: 2, above: 2, beside: 2).entryNames == ["W11", "W12", "W21", "W22"])
    let long = Self.random(rows: 1, columns: 12, above: 1, beside: 12).entryNames
    #expect(long.first == "W1.1" && long.last == "W1.12" && Set(long).count == 12)
  }

  // MARK: Singular values

  @Test func singularValuesOfKnownMatrices() {
    func values(_ rows: [[Double]]) -> [Double] { MatrixProblem.Matrix(rows).singularValues.values }
    #expect(values([[3]]) == [3])
    #expect(values([[0, 0], [0, 0], [0, 0]]) == [0, 0])
    #expect(values([[0, -2], [0.5, 0]]) == [2, 0.5])
    #expect(values([[3, 4]]) == [5] && values([[3], [4]]) == [5])
    #expect(values([[1, .nan], [0, 1]]).allSatisfy { $0.isNaN })
    #expect(values([[.infinity, 1]]).allSatisfy { $0.isNaN })
    // [[3, 0], [4, 5]]: √45 and √5.
    for (ours, exact) in zip(values([[3, 0], [4, 5]]), [45.0, 5]) {
      #expect((ours - exact.squareRoot()).magnitude < 1e-14)
    }
    // The Hilbert matrix of order 4, to 16 digits from 50 (mpmath).
    let hilbert = (0..<4).map { i in (0..<4).map { 1 / Double(i + $0 + 1) } }
    let exact = [1.500214280059243, 0.1691412202214500, 0.006738273605760748, 9.670230402258689e-5]
    for (ours, exact) in zip(values(hilbert), exact) { #expect((ours / exact - 1).magnitude < 1e-12) }
    // Neither size overflows or vanishes.
    for scale in [1e-300, 1e300] {
      for (ours, exact) in zip(values([[3 * scale, 0], [4 * scale, 5 * scale]]), [45.0, 5]) {
        #expect((ours / scale / exact.squareRoot() - 1).magnitude < 1e-14)
      }
    }
  }

  @Test(arguments: [(1, 1), (2, 2), (4, 3), (3, 5), (1, 6), (6, 1), (7, 7)])
  func theFactorsGiveTheMatrixBack(_ rows: Int, _ columns: Int) {
    var random = SplitMix64(state: UInt64(rows * 10 + columns))
    for round in 0..<20 {
      var a = (0..<rows * columns).map { _ in Double.random(in: -1...1, using: &random) }
      // Every second one of rank 1.
      if round % 2 == 1 {
        let row = Array(a[..<columns])
        let factors = (0..<rows).map { _ in Double.random(in: -1...1, using: &random) }
        a = factors.flatMap { factor in row.map { factor * $0 } }
      }
      let svd = SingularValueDecomposition(a, rows: rows, columns: columns)
      #expect(svd.values == svd.values.sorted(by: >) && svd.values.count == min(rows, columns))
      for i in 0..<rows {
        for j in 0..<columns {
          let entry = svd.values.indices.reduce(0.0) {
            $0 + svd.leftVector($1)[i] * svd.values[$1] * svd.rightVector($1)[j]
          }
          #expect((entry - a[i * columns + j]).magnitude < 1e-14 * Double(rows + columns))
        }
      }
      if round % 2 == 1 { #expect(svd.rank <= 1) }
      // A A⁺ A = A.
      let matrix = MatrixProblem.Matrix(rows: rows, columns: columns, entries: a)
      let inverse = MatrixProblem.Matrix(rows: columns, columns: rows, entries: svd.pseudoInverse)
      for (back, entry) in zip((matrix * inverse * matrix).entries, a) {
        #expect((back - entry).magnitude < 1e-10)
      }
    }
  }

  // MARK: Planes

  @Test(arguments: landscapes) func everyPlaneIsOne(_ landscape: Landscape) throws {
    var random = SplitMix64(state: 1)
    #expect(landscape.planeChoices.first == landscape.planeName)
    #expect(landscape.planeChoices.count >= 3)
    for name in landscape.planeChoices {
      let shown = try landscape.showing(plane: name)
      let plane = try #require(shown.plane)
      #expect(shown.planeName == name && shown.axes.x + "," + shown.axes.y == name)
      func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
      #expect((dot(plane.u, plane.u) - 1).magnitude < 1e-14 && (dot(plane.v, plane.v) - 1).magnitude < 1e-14)
      #expect(dot(plane.u, plane.v).magnitude < 1e-14)
      // The start is in the plane, to the bit, so every plane shows the same runs.
      let problem = try #require(shown.problem as? MatrixProblem)
      #expect(shown.lift(shown.start) == problem.start)
      #expect(shown.distanceFromPlane(problem.start) == 0)
      #expect(shown.window.contains(shown.start) && shown.minima.allSatisfy { shown.window.contains($0) })
      #expect(shown.minima == [plane.project(problem.minimiser)] && shown.minimisers == [problem.minimiser])
      for _ in 0..<5 {
        let point = Point(
          x: Double.random(in: shown.window.x, using: &random),
          y: Double.random(in: shown.window.y, using: &random))
        let back = shown.project(shown.lift(point))
        #expect(back.distance(to: point) < 1e-13 && shown.distanceFromPlane(shown.lift(point)) < 1e-13)
        // Beside the plane: the foot of the perpendicular, and its length.
        let beside = shown.lift(point).map { $0 + Double.random(in: -1...1, using: &random) }
        let foot = shown.lift(shown.project(beside))
        let offset = zip(beside, foot).map { $0 - $1 }
        #expect(dot(offset, plane.u).magnitude < 1e-13 && dot(offset, plane.v).magnitude < 1e-13)
        #expect((shown.distanceFromPlane(beside) - dot(offset, offset).squareRoot()).magnitude < 1e-13)
        #expect(shown.project(beside) == shown.project(beside[...]))
      }
    }
  }

  @Test func entriesAreDrawnAsTheirValues() throws {
    let landscape = try #require(LandscapeCatalog.named("matrix-tall")).showing(plane: "W12,W43")
    let parameters = (1...12).map { Double($0) / 3 }
    #expect(landscape.project(parameters) == Point(2.0 / 3, 12.0 / 3))
    #expect(landscape.start == Point(-0.52, -0.09))
    var spoilt = parameters
    spoilt[5] = .nan
    #expect(landscape.project(spoilt) == landscape.project(parameters))
  }

  @Test func thePlaneOfTheMinimumHoldsIt() throws {
    for landscape in Self.landscapes {
      let shown = try landscape.showing(plane: "minimum,gradient")
      let problem = try #require(shown.problem as? MatrixProblem)
      #expect(shown.distanceFromPlane(problem.minimiser) < 1e-13)
      #expect(landscape.value(at: landscape.minimisers[0]) == problem.value(at: problem.minimiser))
      #expect((shown.value(at: shown.minima[0]) - problem.value(at: problem.minimiser)).magnitude < 1e-9)
      // The whole gradient at the start is in the picture.
      let gradient = problem.gradient(at: problem.start).reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect((shown.gradient(at: shown.start).norm / gradient - 1).magnitude < 1e-13)
    }
  }

  @Test func thePlaneOfCurvaturesShowsThem() throws {
    let shown = try #require(LandscapeCatalog.named("matrix-3x2")).showing(plane: "sharpest,flattest")
    let hessian = try #require(shown.constantHessian)
    #expect((hessian.xx / 400 - 1).magnitude < 1e-12 && (hessian.yy - 1).magnitude < 1e-11)
    #expect(hessian.xy.magnitude < 1e-11)
    let curvatures = shown.curvatures(at: shown.lift(shown.start))
    #expect((curvatures.larger / 400 - 1).magnitude < 1e-12 && (curvatures.smaller - 1).magnitude < 1e-11)
  }

  @Test func fieldsAreSlices() throws {
    for landscape in Self.landscapes {
      let field = landscape.field(columns: 13, rows: 7, window: landscape.window)
      for column in 0..<13 {
        for row in 0..<7 {
          let value = landscape.value(at: field.point(column, row))
          #expect(field[column, row].bitPattern == value.bitPattern)
        }
      }
    }
  }

  @Test func planesThatAreNoneAreRefused() throws {
    func message(_ plane: String, _ name: String = "matrix-2x2") throws -> String {
      do {
        _ = try #require(LandscapeCatalog.named(name)).showing(plane: plane)
        return ""
      } catch let error as LandscapeError { return error.description }
    }
    #expect(
      try message("W11")
        == "a plane is two directions with a comma between, such as W11,W22 or minimum,gradient, got 'W11'"
    )
    #expect(
      try message("W11,W22,W12")
        == "a plane is two directions with a comma between, such as W11,W22 or minimum,gradient, got 'W11,W22,W12'"
    )
    #expect(try message("W11,gradeint") == "unknown direction 'gradeint', did you mean 'gradient'?")
    #expect(
      try message("W11,north")
        == "unknown direction 'north', there are W11 to W22, minimum, gradient, sharpest, flattest")
    #expect(try message("W11,W11") == "'W11' and 'W11' span no plane: two directions that differ are needed")
    #expect(try message("gradient,gradient").hasPrefix("'gradient' and 'gradient' span no plane"))
    #expect(try message("W11,", "matrix-tall").hasPrefix("unknown direction ''"))
    #expect(
      try message("W11,W22", "ravine")
        == "a plane is chosen among more than two parameters, and the landscape 'ravine' has two: x and y")
    #expect(try message(" W11 , W22 ") == "")
    #expect(Plane(origin: [0, 0, 0], u: [1, 0, 0], v: [2, 0, 0]) == nil)
    #expect(Plane(origin: [0, 0, 0], u: [0, 0, 0], v: [2, 0, 0]) == nil)
    #expect(Plane(origin: [0, 0, 0], u: [1, 0, 0], v: [.nan, 0, 0]) == nil)
  }

  @Test func constantsMoveTheProblem() throws {
    let landscape = try #require(LandscapeCatalog.named("matrix-2x2"))
    #expect(landscape.isQuadratic && landscape.formula == nil && !landscape.usesStep)
    for (kappa, angle) in [(1.0, 0.0), (1000, -90), (30, 45)] {
      let changed = try landscape.setting("kappa", to: kappa).setting("angle", to: angle)
      let curvatures = changed.curvatures(at: changed.lift(changed.start))
      #expect((curvatures.larger / kappa - 1).magnitude < 1e-12)
      #expect((curvatures.smaller - 1).magnitude < 1e-12)
      #expect(changed.value(at: changed.start).isFinite)
      let problem = try #require(changed.problem as? MatrixProblem)
      // What A W B should be is made of the solution, so nothing is left there, to the bit.
      #expect(problem.value(at: problem.minimiser) == 0 && problem.minimiser == [1, 0.5, -0.5, 1])
      // The directions of a plane go along.
      let shown = try changed.showing(plane: "gradient,sharpest")
      #expect(
        try landscape.showing(plane: "gradient,sharpest").setting("kappa", to: kappa)
          .setting("angle", to: angle).plane == shown.plane)
    }
  }
}
