import Foundation
import Testing
import TestSupport

@testable import OptimizerCore

/// ½‖A W B − C‖² for a matrix W, for one run or eight.
final class MatrixProblem<Scalar: Lane>: ObjectiveOracle<Scalar> {
  let a: [[Double]]
  let b: [[Double]]
  let c: [[Double]]
  let rows: Int
  let columns: Int

  init(a: [[Double]], b: [[Double]], c: [[Double]], rows: Int, columns: Int) {
    (self.a, self.b, self.c, self.rows, self.columns) = (a, b, c, rows, columns)
    super.init(
      layout: ParameterLayout([("W", rows, columns)]), offers: .kroneckerFactors, dependsOnStep: false)
  }

  /// One of the problems of a reference file.
  convenience init(_ file: String, _ name: String) {
    let problem = (ReferenceCase.load(file)["problems"] as! [String: Any])[name] as! [String: Any]
    let shape = problem["W_shape"] as! [Int]
    self.init(
      a: problem["A"] as! [[Double]], b: problem["B"] as! [[Double]], c: problem["C"] as! [[Double]],
      rows: shape[0],
      columns: shape[1])
  }

  private func residual(_ w: borrowing Span<Scalar>) -> [[Scalar]] {
    var right = [[Scalar]](repeating: Array(repeating: .zero, count: b[0].count), count: rows)
    for i in 0..<rows {
      for j in b[0].indices {
        for k in 0..<columns { right[i][j] += w[i * columns + k] * b[k][j] }
      }
    }
    var result = c.map { $0.map { Scalar(repeating: -$0) } }
    for i in a.indices {
      for j in b[0].indices {
        for k in 0..<rows { result[i][j] += a[i][k] * right[k][j] }
      }
    }
    return result
  }

  override func evaluateValue(at x: borrowing Span<Scalar>) -> Scalar {
    var sum = Scalar.zero
    for row in residual(x) { for r in row { sum += 0.5 * r * r } }
    return sum
  }

  override func evaluateGradient(at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>)
    -> Scalar
  {
    let r = residual(x)
    for i in 0..<rows {
      for j in 0..<columns {
        var sum = Scalar.zero
        for k in a.indices {
          for l in b[0].indices { sum += a[k][i] * (b[j][l] * r[k][l]) }
        }
        gradient[i * columns + j] = sum
      }
    }
    return evaluateValue(at: x)
  }

  /// Its Hessian is AᵀA ⊗ BBᵀ: what enters are the rows of B, what leaves are the columns of A.
  override func evaluateKroneckerFactors(
    at x: borrowing Span<Scalar>, into factors: inout MutableSpan<Scalar>
  ) {
    for i in 0..<columns {
      for j in 0..<columns {
        factors[i * columns + j] = Scalar(repeating: zip(b[i], b[j]).reduce(0) { $0 + $1.0 * $1.1 })
      }
    }
    for i in 0..<rows {
      for j in 0..<rows {
        factors[columns * columns + i * rows + j] = Scalar(
          repeating: a.reduce(0) { $0 + $1[i] * $1[j] })
      }
    }
  }
}

/// A gradient that is the same everywhere.
final class Slope: ObjectiveOracle<Double> {
  let slope: [Double]

  init(_ slope: [Double], layout: ParameterLayout) {
    self.slope = slope
    super.init(layout: layout, offers: [], dependsOnStep: false)
  }

  override func evaluateGradient(at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>)
    -> Double
  {
    for i in slope.indices { gradient[i] = slope[i] }
    return evaluateValue(at: x)
  }

  override func evaluateValue(at x: borrowing Span<Double>) -> Double {
    var sum = 0.0
    for i in slope.indices { sum += slope[i] * x[i] }
    return sum
  }
}

@Suite struct MatrixReferenceTests {
  static let cases = ["adafactor_matrix", "shampoo", "muon"].flatMap(ReferenceCase.all)
    // Its exponents are not the paper's, and R is built from what L has already changed.
    .filter { !$0.name.contains("shampoo_jettify") }

  static func spec(_ c: ReferenceCase) -> String {
    var s = c.settings
    switch c.optimizer {
    case "shampoo":
      s["root"] = nil
      return "shampoo:" + Translation.settings(s, Translation.l2)
    case "muon":
      let isOptax = c.name.contains("optax")
      let scale = s["adjust_lr_fn"] == "match_rms_adamw" ? "match-rms" : isOptax ? "optax" : "torch"
      let coefficients = c.name.contains("classic_ns") ? "classic" : "quintic"
      let average = isOptax ? "corrected" : "on"
      return "muon:scale=\(scale),coefficients=\(coefficients),average=\(average),"
        + Translation.settings(s, ["momentum": "beta", "adjust_lr_fn": ""])
    default: return c.optimizer + ":" + Translation.settings(s)
    }
  }

  @Test(arguments: cases.filter { !$0.gradients.isEmpty }) func replay(_ c: ReferenceCase) throws {
    let layout = MatrixProblem<Double>(c.file, c.surface).layout
    let points = try path(
      Self.spec(c), on: Recording(c.gradients, layout: layout), from: c.start, steps: c.denseCount - 1)
    for (t, point) in points.enumerated() {
      for i in point.indices {
        #expect((point[i] - c.trajectory[t][i]).magnitude <= c.tolerance, "step \(t), entry \(i)")
      }
    }
  }

  @Test(arguments: cases) func closedLoop(_ c: ReferenceCase) throws {
    let points = try path(
      Self.spec(c), on: MatrixProblem<Double>(c.file, c.surface), from: c.start, steps: c.steps)
    for (index, t) in c.indices.enumerated() {
      for i in c.start.indices {
        #expect((points[t][i] - c.trajectory[index][i]).magnitude <= c.tolerance, "step \(t), entry \(i)")
      }
    }
  }

  /// The iteration alone, and the exact polar factor beside it: with β = 0 one step from 0 is −msign(G).
  @Test func orthogonalisation() throws {
    for entry in ReferenceCase.load("muon")["newton_schulz"] as! [[String: Any]] {
      let g = entry["G"] as! [[Double]]
      let layout = ParameterLayout([("W", g.count, g[0].count)])
      func sign(_ settings: String) throws -> [Double] {
        let start = [Double](repeating: 0, count: layout.count)
        let slope = Slope(g.flatMap { $0 }, layout: layout)
        return try path("muon:lr=1,beta=0,\(settings)", on: slope, from: start, steps: 1)[1].map { -$0 }
      }
      let isClassic = (entry["ns_coefficients"] as! [Double])[0] < 2
      let iterated = try sign(
        "ns_steps=\(entry["ns_steps"] as! Int),coefficients=\(isClassic ? "classic" : "quintic")")
      for (a, b) in zip(iterated, (entry["torch_float64"] as! [[Double]]).flatMap { $0 }) {
        #expect((a - b).magnitude <= 1e-12)
      }
      let exact = try sign("orthogonalise=svd")
      for (a, b) in zip(exact, (entry["exact_polar_factor"] as! [[Double]]).flatMap { $0 }) {
        #expect((a - b).magnitude <= 1e-12)
      }
    }
  }

  /// Matrix methods in lanes take the path of single runs, to the bit.
  @Test(arguments: [
    "muon", "muon:orthogonalise=svd,nesterov=on,average=corrected", "shampoo:momentum=0.5", "adafactor",
    "novograd",
    "adagrad-full",
  ])
  func lanesAgree(_ text: String) throws {
    let spec = try OptimizerSpec(text)
    let wide = MatrixProblem<Lanes>("muon", "wide")
    var starts = [Lanes](repeating: .zero, count: wide.layout.count)
    var random = SplitMix64(state: 3)
    for i in starts.indices { for lane in 0..<8 { starts[i][lane] = 2 * random.uniform() - 1 } }
    var eight = spec.makeLanes()!
    let together = run(&eight, on: wide, from: starts, steps: 60)
    for lane in 0..<8 {
      var one = spec.makeScalar()
      let alone = run(
        &one, on: MatrixProblem<Double>("muon", "wide"), from: starts.map { $0[lane] }, steps: 60)
      for i in alone.indices { #expect(alone[i].bitPattern == together[i][lane].bitPattern) }
    }
  }

  /// On a vector Muon is normalised momentum, by every method; on a diagonal matrix it takes signs.
  @Test func specialShapes() throws {
    for method in ["newton-schulz", "svd"] {
      let points = try path(
        "muon:lr=0.1,orthogonalise=\(method)", on: Quadratic<Double>.diagonal([10, 1]), from: [1, 10],
        steps: 20)
      for t in 1...20 {
        let step = hypot(points[t][0] - points[t - 1][0], points[t][1] - points[t - 1][1])
        #expect((step - 0.1).magnitude < 1e-12)
      }
    }
    let layout = ParameterLayout([("W", 2, 2)])
    let step = try path(
      "muon:lr=1,orthogonalise=svd", on: Slope([3, 0, 0, -0.25], layout: layout), from: [0, 0, 0, 0], steps: 1
    )[1]
    #expect(step == [-1, 0, 0, 1])
  }

  /// Five quintic rounds leave singular values between about 0.7 and 1.2; that is the method, not a defect.
  @Test func newtonSchulzDoesNotOrthogonalise() throws {
    let layout = ParameterLayout([("W", 2, 2)])
    for size in [1.0, 0.3, 0.1, 0.03] {
      let step = try path(
        "muon:lr=1", on: Slope([1, 0, 0, size], layout: layout), from: [0, 0, 0, 0], steps: 1)[1]
      #expect(step[1] == 0 && step[2] == 0)
      #expect((-step[3] > 0.65 && -step[3] < 1.25), "a singular value of \(size) becomes \(-step[3])")
    }
    let small = try path(
      "muon:lr=1", on: Slope([1, 0, 0, 1e-4], layout: layout), from: [0, 0, 0, 0], steps: 1)[1]
    #expect(-small[3] < 0.1, "a small singular value is still small after five rounds")
  }
}
