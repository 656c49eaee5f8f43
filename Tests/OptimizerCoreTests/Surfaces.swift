import Foundation

@testable import OptimizerCore

/// The surfaces of the reference trajectories, by name.
let surfaces: [String: @Sendable ([Dual]) -> Dual] = [
  "bowl": { $0[0].squared + $0[1].squared },
  "elliptical_bowl": { $0[0].squared + 5 * $0[1].squared },
  "ravine": { 0.5 * (10 * $0[0].squared + $0[1].squared) },
  "rotated_quadratic": {
    let u = 0.8660254037844386 * $0[0] + 0.5 * $0[1]
    let v = -0.5 * $0[0] + 0.8660254037844386 * $0[1]
    return 0.5 * (u.squared + 100 * v.squared)
  },
  "saddle": { $0[0].squared - $0[1].squared },
  "double_well": { 0.25 * $0[0].power(4) - 0.5 * $0[0].squared + 0.5 * $0[1].squared },
  "plateau": { 1 - ((-($0[0].squared + $0[1].squared)) / 8).exponential },
  "rosenbrock": { (1 - $0[0]).squared + 100 * ($0[1] - $0[0].squared).squared },
  "himmelblau": { ($0[0].squared + $0[1] - 11).squared + ($0[0] + $0[1].squared - 7).squared },
  "beale": {
    let (x, y) = ($0[0], $0[1])
    return (1.5 - x + x * y).squared + (2.25 - x + x * y.squared).squared
      + (2.625 - x + x * y.power(3)).squared
  },
  "rastrigin": {
    let (x, y) = ($0[0], $0[1])
    return 20 + x.squared - 10 * (2 * Double.pi * x).cosine + y.squared - 10 * (2 * Double.pi * y).cosine
  },
  "ackley": {
    let (x, y) = ($0[0], $0[1])
    let far = -20 * (-0.2 * (0.5 * (x.squared + y.squared)).root).exponential
    let ripples = (0.5 * ((2 * Double.pi * x).cosine + (2 * Double.pi * y).cosine)).exponential
    return far - ripples + exp(1) + 20
  },
  "styblinski_tang": {
    let (x, y) = ($0[0], $0[1])
    return 0.5 * (x.power(4) - 16 * x.squared + 5 * x + y.power(4) - 16 * y.squared + 5 * y)
  },
  "six_hump_camel": {
    let (x, y) = ($0[0], $0[1])
    return (4 - 2.1 * x.squared + x.power(4) / 3) * x.squared + x * y + (-4 + 4 * y.squared) * y.squared
  },
  "peaks": {
    let (x, y) = ($0[0], $0[1])
    let first = 3 * (1 - x).squared * (-x.squared - (y + 1).squared).exponential
    let second = 10 * (x / 5 - x.power(3) - y.power(5)) * (-x.squared - y.squared).exponential
    return first - second - (-(x + 1).squared - y.squared).exponential / 3
  },
  "rosenbrock4": { p in
    var sum = Dual(0)
    for i in 0..<3 { sum = sum + 100 * (p[i + 1] - p[i].squared).squared + (1 - p[i]).squared }
    return sum
  },
]

/// A surface as a problem for one run.
final class SurfaceOracle: ModelOracle<Double> {
  let formula: @Sendable ([Dual]) -> Dual

  init(_ name: String, dimension: Int) {
    formula = surfaces[name]!
    super.init(layout: .vector(dimension))
  }

  private func evaluate(_ x: borrowing Span<Double>) -> Dual {
    var variables: [Dual] = []
    for i in 0..<x.count { variables.append(Dual(variable: i, x[i])) }
    return formula(variables)
  }

  override func evaluateGradient(
    at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
  ) -> Double {
    let result = evaluate(x)
    for i in 0..<x.count { gradient[i] = result.gradient[i] }
    return result.value
  }

  override func evaluateValue(at x: borrowing Span<Double>) -> Double { evaluate(x).value }

  override func evaluateHessian(at x: borrowing Span<Double>, into hessian: inout MutableSpan<Double>) {
    let h = evaluate(x).hessian
    let rows = [h.0, h.1, h.2, h.3]
    for i in 0..<x.count {
      for j in 0..<x.count { hessian[i * x.count + j] = rows[i][j] }
    }
  }
}

/// Rosenbrock's valley in any dimension, for one run or eight.
final class Valley<Scalar: Lane>: ModelOracle<Scalar> {
  init(dimension: Int = 2, layout: ParameterLayout? = nil) {
    super.init(layout: layout ?? .vector(dimension))
  }

  /// Twice the squares of the slopes of 1 − xᵢ and of √10 (xᵢ₊₁ − xᵢ²).
  override func evaluateGaussNewton(at x: borrowing Span<Scalar>, into matrix: inout MutableSpan<Scalar>) {
    let d = x.count
    for i in 0..<d * d { matrix[i] = .zero }
    for i in 0..<d - 1 {
      matrix[i * d + i] += 2.0 + 80.0 * x[i] * x[i]
      matrix[i * d + i + 1] += -40.0 * x[i]
      matrix[(i + 1) * d + i] += -40.0 * x[i]
      matrix[(i + 1) * d + i + 1] += Scalar(repeating: 20)
    }
  }

  override func evaluateGradient(
    at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>
  ) -> Scalar {
    var sum = Scalar.zero
    for i in 0..<x.count { gradient[i] = .zero }
    for i in 0..<x.count - 1 {
      let a = 1.0 - x[i]
      let b = x[i + 1] - x[i] * x[i]
      sum += a * a + 10.0 * b * b
      gradient[i] += -2.0 * a - 40.0 * b * x[i]
      gradient[i + 1] += 20.0 * b
    }
    return sum
  }

  override func evaluateValue(at x: borrowing Span<Scalar>) -> Scalar {
    var sum = Scalar.zero
    for i in 0..<x.count - 1 {
      let a = 1.0 - x[i]
      let b = x[i + 1] - x[i] * x[i]
      sum += a * a + 10.0 * b * b
    }
    return sum
  }

  override func evaluateHessian(at x: borrowing Span<Scalar>, into hessian: inout MutableSpan<Scalar>) {
    let d = x.count
    for i in 0..<d * d { hessian[i] = .zero }
    for i in 0..<d - 1 {
      hessian[i * d + i] += 2.0 - 40.0 * (x[i + 1] - 3.0 * x[i] * x[i])
      hessian[i * d + i + 1] += -40.0 * x[i]
      hessian[(i + 1) * d + i] += -40.0 * x[i]
      hessian[(i + 1) * d + i + 1] += Scalar(repeating: 20)
    }
  }
}

/// ½ xᵀA x, times a factor, for one run or eight.
final class Quadratic<Scalar: Lane>: ModelOracle<Scalar> {
  let matrix: [Double]

  init(_ matrix: [Double], layout: ParameterLayout? = nil) {
    self.matrix = matrix
    let d = Int(Double(matrix.count).squareRoot())
    super.init(layout: layout ?? .vector(d))
  }

  static func diagonal(_ entries: [Double]) -> Quadratic {
    var matrix = [Double](repeating: 0, count: entries.count * entries.count)
    for (i, entry) in entries.enumerated() { matrix[i * entries.count + i] = entry }
    return Quadratic(matrix)
  }

  override func evaluateGradient(
    at x: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>
  ) -> Scalar {
    var value = Scalar.zero
    let d = x.count
    for i in 0..<d {
      var sum = Scalar.zero
      for j in 0..<d { sum += matrix[i * d + j] * x[j] }
      gradient[i] = sum
      value += 0.5 * x[i] * sum
    }
    return value
  }

  override func evaluateValue(at x: borrowing Span<Scalar>) -> Scalar {
    var value = Scalar.zero
    let d = x.count
    for i in 0..<d {
      var sum = Scalar.zero
      for j in 0..<d { sum += matrix[i * d + j] * x[j] }
      value += 0.5 * x[i] * sum
    }
    return value
  }

  override func evaluateHessian(at x: borrowing Span<Scalar>, into hessian: inout MutableSpan<Scalar>) {
    for i in matrix.indices { hessian[i] = Scalar(repeating: matrix[i]) }
  }
}

/// Gradients written down beforehand, one a step, whatever the point.
final class Recording: ObjectiveOracle<Double> {
  let gradients: [[Double]]

  init(_ gradients: [[Double]], layout: ParameterLayout) {
    self.gradients = gradients
    super.init(layout: layout, offers: [], dependsOnStep: true)
  }

  override func evaluateGradient(
    at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
  ) -> Double {
    for i in 0..<x.count { gradient[i] = gradients[step - 1][i] }
    return 0
  }

  override func evaluateValue(at x: borrowing Span<Double>) -> Double { 0 }
}

/// Steps an optimizer and shows every point, the start included.
func run<Scalar: Lane>(
  _ optimizer: inout any Optimizer<Scalar>, on oracle: Oracle<Scalar>, from start: [Scalar], steps: Int,
  first: Int = 1, prepares: Bool = true,
  visit: (Int, [Scalar], any Optimizer<Scalar>) -> Void = { _, _, _ in }
) -> [Scalar] {
  var x = start
  if prepares { optimizer.prepare(for: oracle.layout) }
  visit(first - 1, x, optimizer)
  for t in first..<first + steps {
    oracle.beginStep(t)
    do {
      var span = x.mutableSpan
      optimizer.step(&span, oracle: oracle)
    }
    visit(t, x, optimizer)
  }
  return x
}

/// The whole path of a spec on a problem.
func path(_ spec: String, on oracle: Oracle<Double>, from start: [Double], steps: Int) throws -> [[Double]] {
  var optimizer = try OptimizerSpec(spec).makeScalar()
  var points: [[Double]] = []
  _ = run(&optimizer, on: oracle, from: start, steps: steps) { _, x, _ in points.append(x) }
  return points
}
