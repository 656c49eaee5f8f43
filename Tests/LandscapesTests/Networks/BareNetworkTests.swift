import Landscapes
import OptimizerCore
import TestSupport
import Testing

/// Networks without biases, as a text asks for them. The kernels' derivatives without biases are in `NetworkDerivativeTests`.
@Suite struct BareNetworkTests {
  private func problem(_ text: String) throws -> NetworkProblem {
    try #require(try LandscapeText.landscape(text).problem as? NetworkProblem)
  }

  @Test func itHasNoParametersForThem() throws {
    let bare = try problem("network(data=peaks, rows=40, hidden=32, bias=off)")
    #expect(bare.layout.blocks.map(\.name) == ["W1", "W2"] && bare.dimension == 2 * 32 + 32 * 5)
    #expect(bare.layout.blocks.map(\.rows) == [32, 5] && bare.layout.blocks.map(\.columns) == [2, 32])
    #expect(bare.layout.layers.map(\.bias) == [nil, nil])
    #expect(bare.layout.factorCount == 4 + 32 * 32 + 32 * 32 + 25)
    #expect(bare.facts.contains(.init("parameters", .text("224"))))
    #expect(bare.facts.contains(.init("layers", .text("2-32-5 without biases"))))
    #expect(bare.facts.contains(.init("multiplications forward", .text("224 a row"))))
    let full = try problem("network(data=peaks, rows=40, hidden=32, bias=on)")
    #expect(full.dimension == 261 && full.settings.text == "network(data=peaks, rows=40, hidden=32)")
    // The weights are those of the network with biases.
    let (a, b) = (try #require(bare.defaultStart), try #require(full.defaultStart))
    #expect(Array(a[0..<64]) == Array(b[0..<64]) && Array(a[64...]) == Array(b[96..<256]))
  }

  /// A network through the origin: no output at 0, and the loss of plain loops, its slopes and curvature.
  @Test(arguments: ["relu", "tanh", "sigmoid", "identity"]) func itIsThePlainLoop(_ activation: String) throws
  {
    let landscape = try LandscapeText.landscape(
      "network(data=moons, rows=11, hidden=3x2, activation=\(activation), bias=off, gain=2)")
    let problem = try #require(landscape.problem as? NetworkProblem)
    let θ = try #require(problem.defaultStart)
    let (network, training) = (problem.network, problem.training)
    #expect(network.layers.allSatisfy { !$0.bias })
    if activation != "sigmoid" { #expect(problem.predictions(at: θ, inputs: [[0], [0]]) == [[0.5], [0.5]]) }
    let inputs = problem.roles.inputs.compactMap(training.column)
    let answers = try #require(problem.roles.target.flatMap(training.column))
    let samples = NetworkSamples(
      count: training.count, features: inputs.flatMap { $0 }, answers: .classes(answers.map { Int32($0) }))
    func plain(_ θ: [Double]) -> Double {
      PlainNetwork(network: network, parameters: θ).loss(of: .all, in: samples)
    }
    #expect((landscape.value(at: θ) - plain(θ)).magnitude < 1e-14)
    let gradient = landscape.problem.gradient(at: θ)
    #expect(distance(gradient, SampleKind.slopes(at: θ, plain)) < 1e-9)
    let hessian = try #require(problem.hessian(at: θ, step: 0))
    let direction = θ.indices.map { Double($0 % 3) - 0.7 }
    let product = problem.hessianProduct(direction, at: θ, step: 0)
    #expect(distance(multiply(hessian, direction), product) < 1e-13)
    let step = 1e-5
    let ahead = landscape.problem.gradient(at: zip(θ, direction).map { $0 + step * $1 })
    let behind = landscape.problem.gradient(at: zip(θ, direction).map { $0 - step * $1 })
    #expect(distance(product, zip(ahead, behind).map { ($0 - $1) / (2 * step) }) < 1e-8)
  }

  /// F and A⊗S are of one sample the same, without a row for a bias.
  @Test func aLayersFisherMatrixHasNoRowForABias() throws {
    let bare = try problem("network(data=moons, rows=12, hidden=3, activation=tanh, bias=off)")
    let θ = try #require(bare.defaultStart)
    #expect(try #require(bare.fisherBlock(layer: 0, at: θ)).side == 6)
    #expect(try #require(bare.fisherBlock(layer: 1, at: θ)).side == 6)
    let one = try problem(
      "network(data={x: 0.5 - row; y: 1; class: row}, rows=2, hidden=2, activation=tanh, bias=off, sample_weight=1-class)"
    )
    let start = try #require(one.defaultStart)
    for layer in 0..<2 { #expect(one.fisherError(layer: layer, at: start) < 1e-14) }
  }

  @Test func onOrOff() {
    let error = #expect(throws: LandscapeError.self) {
      try LandscapeText.landscape("network(data=moons, bias=none)")
    }
    #expect(error?.message == "bias must be on or off, got 'none'")
  }
}
