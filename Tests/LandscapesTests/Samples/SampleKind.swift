import Foundation
import Landscapes
import OptimizerCore
import Testing

/// A loss over a few rows, as the program has it and as plain loops of libm have it.
struct SampleKind: Sendable, CustomTestStringConvertible {
  let loss: SampleLoss
  let model: [String]
  /// The outputs of the same model for parameters (a, b, c) and an x.
  let outputs: @Sendable (_ θ: [Double], _ x: Double) -> [Double]
  let targets: [Double]
  var penalty = 0.0

  static let xs = [-1.7, -1.1, -0.8, -0.35, -0.1, 0.2, 0.45, 0.7, 1.15, 1.4, 1.9]
  static let point = [0.8, -0.6, 0.3]

  var testDescription: String { "\(loss)\(penalty > 0 ? " with a penalty" : "")" }

  static let all: [SampleKind] = {
    let reals = [0.9, -0.4, 2.6, 0.1, -0.7, 0.35, -1.9, 0.05, 0.6, -0.2, -2.4]
    let curve: @Sendable ([Double], Double) -> [Double] = { θ, x in [θ[0] * tanh(θ[1] * x) + θ[2]] }
    let curved = ["a*tanh(b*x) + c"]
    let kinds = [
      SampleKind(loss: .squared, model: curved, outputs: curve, targets: reals),
      SampleKind(loss: .absolute, model: curved, outputs: curve, targets: reals),
      SampleKind(loss: .huber, model: curved, outputs: curve, targets: reals),
      SampleKind(
        loss: .bernoulli, model: ["a*x + b*x^2 + exp(c)"],
        outputs: { θ, x in [θ[0] * x + θ[1] * x * x + exp(θ[2])] },
        targets: [0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1]),
      SampleKind(
        loss: .categorical, model: ["a*x", "b*x + c", "a*b*x^2"],
        outputs: { θ, x in [θ[0] * x, θ[1] * x + θ[2], θ[0] * θ[1] * x * x] },
        targets: [0, 1, 2, 2, 1, 0, 0, 1, 2, 0, 1]),
      SampleKind(
        loss: .normal, model: ["a*x + b", "exp(c*x)"],
        outputs: { θ, x in [θ[0] * x + θ[1], exp(θ[2] * x)] }, targets: reals),
      SampleKind(
        loss: .free, model: ["(y - a*x)^2*exp(b*x) + c^2"],
        outputs: { _, _ in [] }, targets: reals),
    ]
    return kinds
      + kinds.map { kind in
        var kind = kind
        kind.penalty = 0.7
        return kind
      }
  }()

  /// All rows, one row, and a batch with a repeat, with and without weights.
  static let batches: [Batch?] = [
    nil, Batch(rows: [5]), Batch(rows: [5], weights: [2.5]), Batch(rows: [3, 10, 3, 0, 7, 1, 8, 2, 9]),
    Batch(rows: [3, 10, 3, 0, 7, 1, 8, 2, 9], weights: [0.25, 1, 2, 0.5, 1.5, 3, 0, 1, 0.75]),
  ]

  var problem: SamplesProblem {
    get throws {
      var settings = SampleSettings(
        source: .table(name: "t.csv", DataTable(names: ["x", "y"], columns: [Self.xs, targets])),
        model: model, loss: loss, target: loss == .free ? nil : "y",
        parameters: zip(["a", "b", "c"], Self.point).map { .init($0, start: $1) })
      settings.penalty = penalty.shortest
      return try SamplesProblem(settings)
    }
  }

  /// An oracle over a batch.
  func oracle(_ batch: Batch?) throws -> ObjectiveOracle<Double> {
    let oracle = try problem.makeOracle()
    oracle.use(batch.map { [$0] } ?? [])
    return oracle
  }

  // MARK: Plain loops

  /// The loss of outputs and a target.
  func loss(_ z: [Double], _ y: Double) -> Double {
    switch loss {
    case .squared: return 0.5 * (z[0] - y) * (z[0] - y)
    case .absolute: return abs(z[0] - y)
    case .huber:
      let r = abs(z[0] - y)
      return r <= 1 ? 0.5 * r * r : r - 0.5
    case .bernoulli: return y == 1 ? log(1 + exp(-z[0])) : log(1 + exp(z[0]))
    case .categorical: return -log(exp(z[Int(y)]) / z.reduce(0) { $0 + exp($1) })
    case .normal:
      let r = (y - z[0]) / z[1]
      return -log(exp(-0.5 * r * r) / (z[1] * (2 * Double.pi).squareRoot()))
    case .free: return .nan
    }
  }

  /// The loss of a row with any target.
  func loss(_ θ: [Double], row: Int, target y: Double) -> Double {
    let x = Self.xs[row]
    guard loss != .free else { return pow(y - θ[0] * x, 2) * exp(θ[1] * x) + θ[2] * θ[2] }
    return loss(outputs(θ, x), y)
  }

  /// The rows of a batch with what each counts in the mean.
  func members(_ batch: Batch?) -> [(row: Int, share: Double)] {
    guard let batch else { return Self.xs.indices.map { ($0, 1 / Double(Self.xs.count)) } }
    return batch.rows.enumerated().map { place, row in
      (Int(row), (batch.weights?[place] ?? 1) / Double(batch.count))
    }
  }

  /// The mean loss over a batch, with the penalty.
  func value(_ θ: [Double], _ batch: Batch?) -> Double {
    members(batch).reduce(0.5 * penalty * θ.reduce(0) { $0 + $1 * $1 }) {
      $0 + $1.share * loss(θ, row: $1.row, target: targets[$1.row])
    }
  }

  /// The slopes of a function of the parameters, by differences of the fourth order.
  static func slopes(at θ: [Double], _ function: ([Double]) -> Double) -> [Double] {
    let h = 1e-3
    return θ.indices.map { k in
      func at(_ steps: Double) -> Double {
        var moved = θ
        moved[k] += steps * h
        return function(moved)
      }
      return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h)
    }
  }

  /// The sum of weighted squares g gᵀ.
  static func squares(_ members: [(share: Double, gradient: [Double])]) -> [Double] {
    let p = point.count
    var matrix = [Double](repeating: 0, count: p * p)
    for (share, g) in members {
      for i in 0..<p { for j in 0..<p { matrix[i * p + j] += share * g[i] * g[j] } }
    }
    return matrix
  }

  /// The targets that the model itself expects, with their probabilities; nil where the loss is no likelihood.
  ///
  /// Of a normal target the three points of Gauss and Hermite: exact for polynomials up to the fifth degree, and the
  /// squares of slopes are of the fourth.
  func expectedTargets(_ z: [Double]) -> [(y: Double, p: Double)]? {
    func normal(_ mean: Double, _ deviation: Double) -> [(y: Double, p: Double)] {
      let far = 3.0.squareRoot() * deviation
      return [(mean - far, 1.0 / 6), (mean, 2.0 / 3), (mean + far, 1.0 / 6)]
    }
    switch loss {
    case .squared: return normal(z[0], 1)
    case .normal: return normal(z[0], z[1])
    case .bernoulli: return [(0, 1 / (1 + exp(z[0]))), (1, 1 / (1 + exp(-z[0])))]
    case .categorical:
      let total = z.reduce(0) { $0 + exp($1) }
      return z.indices.map { (Double($0), exp(z[$0]) / total) }
    case .absolute, .huber, .free: return nil
    }
  }
}

/// A matrix that an oracle fills.
func filled(_ count: Int, _ fill: (inout MutableSpan<Double>) -> Void) -> [Double] {
  var numbers = [Double](repeating: .nan, count: count)
  var span = numbers.mutableSpan
  fill(&span)
  return numbers
}
