import Foundation
import Landscapes
import OptimizerCore
import Testing
import TestSupport

/// Methods that need data, and networks in training, against what others computed.
@Suite struct DataReferenceTests {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let hyperparameters: [String: Setting]
    let start: [Double]?
    let steps: Int
    let indices: [Int]
    let trajectory: [[Double]]?
    let loss: [Double]
    let accuracy: [Double]?
    let parameters_at: [String: [Double]]?
    let data: [Double]?
    let suggested_tolerance: Double
    var testDescription: String { name }

    func number(_ key: String) -> Double? {
      if case .number(let value)? = hyperparameters[key] { value } else { nil }
    }
  }

  enum Setting: Decodable, Sendable {
    case number(Double)
    case other

    init(from decoder: any Decoder) throws {
      self = (try? decoder.singleValueContainer().decode(Double.self)).map { .number($0) } ?? .other
    }
  }

  struct Problem: Decodable {
    let X: [[Double]]
    let labels_0_to_4: [Int]
    let theta0: [Double]
  }

  struct File: Decodable {
    let cases: [Case]
    let problem: Problem?
  }

  static func file(_ path: String) -> File {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    // A missing or broken file must fail loudly.
    // swift-format-ignore: NeverUseForceTry
    return try! JSONDecoder().decode(File.self, from: Data(contentsOf: tests.appending(path: path)))
  }

  static let secondOrder = file("OptimizerCoreTests/Reference/second_order.json").cases
  static let gaussNewton = secondOrder.filter { $0.name.hasPrefix("gauss_newton") }
  static let likelihood = secondOrder.filter { $0.name.hasSuffix("gaussian_nll") }
  static let network = file("LandscapesTests/Reference/mlp_peaks.json")

  @Test func allCasesAreThere() {
    #expect(Self.gaussNewton.count == 3 && Self.likelihood.count == 3 && Self.network.cases.count == 6)
  }

  private func agrees(_ walk: Walk, _ c: Case) throws {
    let points = walk.points(from: try #require(c.start), steps: c.steps)
    for (t, expected) in zip(c.indices, try #require(c.trajectory)) {
      for i in expected.indices {
        #expect((points[t][i] - expected[i]).magnitude <= c.suggested_tolerance, "step \(t), \(i)")
      }
    }
    let isSame = try walk.lanesAgree(from: #require(c.start), steps: 12)
    #expect(isSame)
  }

  // MARK: Gauss-Newton

  /// Two rows, each with a residual of its own. Ours is the mean over them of ½r², the file's is the sum of r²: four times as
  /// much. The file solves JᵀJ + λI against Jᵀr, ours the mean ½JᵀJ + τI against ½Jᵀr, which is the same for τ = λ⁄2.
  @Test(arguments: gaussNewton) func gaussNewtonAgrees(_ c: Case) throws {
    let landscape = try LandscapeText.landscape(
      "samples(data={k: row; t: 0}, rows=2, model=if(k == 0, 10*(v - u^2), 1 - u), target=t, "
        + "loss=squared, start=u=-1.2 v=1)")
    let λ = try #require(c.number("lambda"))
    try agrees(Walk(landscape, "gauss-newton:damping=\((λ / 2).shortest)"), c)
    let start = try #require(c.start)
    #expect((4 * landscape.problem.value(at: start) / c.loss[0] - 1).magnitude < 1e-14)
  }

  // MARK: Natural gradient

  @Test(arguments: likelihood) func naturalGradientAgrees(_ c: Case) throws {
    let numbers = try #require(c.data).map { "\($0)" }.joined(separator: "\n")
    let landscape = try Walk.landscape(
      "samples(data=d.csv, model=mu; exp(s), loss=normal, target=d, start=mu=0 s=0)", csv: "d\n" + numbers)
    let rule = c.name.hasPrefix("plain") ? "sgd" : "natural-gradient"
    let lr = try #require(c.number("lr"))
    try agrees(Walk(landscape, "\(rule):lr=\(lr)"), c)
    let loss = landscape.problem.value(at: try #require(c.start))
    #expect((loss - c.loss[0]).magnitude < 1e-14)
  }

  // MARK: A network in training

  static func peaks() throws -> (landscape: Landscape, start: [Double]) {
    let problem = try #require(network.problem)
    let lines = zip(problem.X, problem.labels_0_to_4).map { "\($0[0]),\($0[1]),\($1)" }
    let landscape = try Walk.landscape(
      "network(data=peaks.csv, hidden=32)", csv: "x,y,class\n" + lines.joined(separator: "\n"))
    return (landscape, problem.theta0)
  }

  static func spec(_ c: Case) throws -> String {
    let lr = try #require(c.number("lr"))
    let decay = c.number("weight_decay") ?? 0
    switch c.name {
    case "mlp_sgd": return "sgd:lr=\(lr)"
    case "mlp_momentum": return "momentum:lr=\(lr),beta=0.9"
    case "mlp_nesterov": return "nesterov:form=torch,lr=\(lr),beta=0.9"
    case "mlp_adam": return "adam:lr=\(lr)"
    case "mlp_adamw": return "adamw:lr=\(lr),weight_decay=\(decay)"
    default: return "lion:lr=\(lr),beta1=0.9,beta2=0.99,weight_decay=\(decay)"
    }
  }

  @Test(arguments: network.cases) func trainingAgrees(_ c: Case) throws {
    let (landscape, start) = try Self.peaks()
    let data = try #require(landscape.data)
    let walk = try Walk(landscape, try Self.spec(c))
    let points = walk.points(from: start, steps: c.steps)
    let accuracies = try #require(c.accuracy)
    for (t, loss) in zip(c.indices, c.loss) where t % 20 == 0 {
      #expect((landscape.problem.value(at: points[t]) - loss).magnitude <= c.suggested_tolerance, "step \(t)")
      let accuracy = try #require(data.accuracy(at: points[t], over: data.training))
      #expect((accuracy - accuracies[t]).magnitude < 1e-12, "step \(t)")
    }
    let known = try #require(c.parameters_at)
    #expect(known.keys.sorted() == ["1", "10", "200"])
    for (t, expected) in known {
      let ours = points[try #require(Int(t))]
      #expect(
        zip(ours, expected).allSatisfy { ($0 - $1).magnitude <= c.suggested_tolerance }, "step \(t)")
    }
    let isSame = try walk.lanesAgree(from: start, steps: 3)
    #expect(isSame)
  }
}
