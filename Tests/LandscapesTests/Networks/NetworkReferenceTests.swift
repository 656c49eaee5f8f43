import Foundation
import Landscapes
import OptimizerCore
import Testing

/// A network of 261 parameters on 200 samples, against PyTorch and JAX.
@Suite struct NetworkReferenceTests {
  struct File: Decodable {
    struct Problem: Decodable {
      let X: [[Double]]
      let labels_0_to_4: [Int32]
      let theta0: [Double]
    }
    struct Start: Decodable {
      let loss: Double
      let accuracy: Double
      let grad: [Double]
      let logits_of_sample_0: [Double]
      let v: [Double]
      let hessian_vector_product: [Double]
      let gauss_newton_vector_product: [Double]
      let hessian_top_eigenvalues: [Double]
      let hessian_top_eigenvector: [Double]
      let hessian_trace: Double
      let gauss_newton_top_eigenvalues: [Double]
      let gauss_newton_trace: Double
    }
    let problem: Problem
    let at_init: Start
  }

  static let file: File = {
    let folder = Bundle.module.resourceURL!.appending(path: "Reference")
    // A missing or broken file must fail loudly.
    // swift-format-ignore: NeverUseForceTry
    return try! JSONDecoder().decode(
      File.self, from: Data(contentsOf: folder.appending(path: "mlp_peaks.json")))
  }()

  static let network = Network(
    inputs: 2, hidden: [32], outputs: 5, activation: .relu, loss: .crossEntropy)

  private var start: File.Start { Self.file.at_init }
  private var parameters: [Double] { Self.file.problem.theta0 }

  private func machine() -> NetworkMachine {
    let problem = Self.file.problem
    let columns = (0..<2).flatMap { j in problem.X.map { $0[j] } }
    return NetworkMachine(
      Self.network,
      samples: NetworkSamples(
        count: problem.X.count, features: columns, answers: .classes(problem.labels_0_to_4)))
  }

  @Test func lossAndGradientAgree() {
    let machine = machine()
    #expect((machine.value(parameters) - start.loss).magnitude < 1e-14)
    #expect(distance(machine.gradient(parameters), start.grad) < 1e-15)
    let outputs = machine.outputs(parameters)
    let columns = (0..<5).map { Array(outputs[$0 * 200..<($0 + 1) * 200]) }
    let right = (0..<200).count { ToldClass.of(columns, row: $0) == Int(Self.file.problem.labels_0_to_4[$0]) }
    #expect(right == Int((start.accuracy * 200).rounded()))
  }

  @Test func logitsAgree() {
    let outputs = machine().outputs(parameters)
    #expect(distance((0..<5).map { outputs[$0 * 200] }, start.logits_of_sample_0) < 1e-15)
  }

  @Test func productsAgree() {
    let machine = machine()
    #expect(distance(machine.hessianProduct(parameters, start.v), start.hessian_vector_product) < 1e-14)
    #expect(
      distance(machine.gaussNewtonProduct(parameters, start.v), start.gauss_newton_vector_product) < 1e-14)
  }

  @Test func theSharpestDirectionIsAnEigenvector() {
    let direction = start.hessian_top_eigenvector
    let product = machine().hessianProduct(parameters, direction)
    #expect(distance(product, direction.map { $0 * start.hessian_top_eigenvalues[0] }) < 1e-11)
  }

  @Test func tracesAgree() {
    let machine = machine()
    let p = parameters.count
    func trace(_ matrix: [Double]) -> Double { (0..<p).reduce(0) { $0 + matrix[$1 * (p + 1)] } }
    #expect((trace(machine.hessian(parameters)) - start.hessian_trace).magnitude < 1e-12)
    #expect((trace(machine.gaussNewtonMatrix(parameters)) - start.gauss_newton_trace).magnitude < 1e-12)
  }

  @Test func theSharpestGaussNewtonCurvatureAgrees() {
    let matrix = machine().gaussNewtonMatrix(parameters)
    let p = parameters.count
    var direction = start.hessian_top_eigenvector
    var curvature = 0.0
    // The second is 0.85 of the first: 100 steps of the power method leave 1e-14 of the square.
    for _ in 0..<120 {
      let product = (0..<p).map { row in
        (0..<p).reduce(0.0) { $0 + matrix[row * p + $1] * direction[$1] }
      }
      curvature = product.reduce(0) { $0 + $1 * $1 }.squareRoot()
      direction = product.map { $0 / curvature }
    }
    #expect((curvature - start.gauss_newton_top_eigenvalues[0]).magnitude < 1e-10)
  }
}
