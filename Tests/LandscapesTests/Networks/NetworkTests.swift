import Landscapes
import OptimizerCore
import Testing

/// What a network says of itself.
@Suite struct NetworkTests {
  private let network = Network(inputs: 2, hidden: [32], outputs: 5, activation: .relu, loss: .crossEntropy)

  @Test func parametersLieAsInTorch() {
    let blocks = network.layout.blocks
    #expect(blocks.map(\.name) == ["W1", "b1", "W2", "b2"])
    #expect(blocks.map(\.rows) == [32, 32, 5, 5] && blocks.map(\.columns) == [2, 1, 32, 1])
    #expect(network.parameterCount == 261 && network.layout.count == 261)
  }

  @Test func aLayerWithoutBiasHasNoBlockForIt() {
    let bare = Network(
      inputs: 3, hidden: [4], outputs: 2, activation: .tanh, loss: .squared, bias: false)
    #expect(bare.layout.blocks.map(\.name) == ["W1", "W2"] && bare.parameterCount == 20)
    #expect(bare.kroneckerFactors.map(\.inputs) == [3, 4])
    #expect(bare.kroneckerCount == 9 + 16 + 16 + 4)
  }

  @Test func multiplicationsAreCounted() {
    #expect(network.forwardMultiplications == 32 * 2 + 5 * 32)
    // Derivatives of all weights, and back through the second layer alone.
    #expect(network.backwardMultiplications == 32 * 2 + 5 * 32 + 5 * 32)
  }

  @Test(arguments: Network.Initialization.allCases)
  func aSchemeHasItsSpread(_ scheme: Network.Initialization) {
    let wide = Network(inputs: 300, hidden: [200], outputs: 4, activation: .tanh, loss: .squared)
    let gain = 1.5
    let parameters = wide.initialParameters(scheme, gain: gain, seed: 7)
    let layout = wide.layout
    let variances: [Double] =
      switch scheme {
      case .xavier: [6.0 / 500 / 3, 0]
      case .he: [2.0 / 300, 0]
      case .torch: [1.0 / 300 / 3, 1.0 / 300 / 3]
      case .normal: [1, 0]
      case .zero: [0, 0]
      }
    for (block, variance) in zip(layout.blocks, variances) {
      let expected = gain * gain * variance
      let numbers = parameters[block.range]
      let mean = numbers.reduce(0, +) / Double(block.count)
      let measured = numbers.reduce(0) { $0 + $1 * $1 } / Double(block.count)
      // Five standard errors, of a normal distribution's variance at most.
      #expect(mean.magnitude <= 5 * (expected / Double(block.count)).squareRoot())
      #expect((measured - expected).magnitude <= 5 * expected * (2 / Double(block.count)).squareRoot())
      if scheme == .xavier || scheme == .torch {
        #expect(numbers.allSatisfy { $0.magnitude <= (3 * expected).squareRoot() })
      }
    }
  }

  @Test func parametersDependOnTheSeedAndNothingElse() {
    let first = network.initialParameters(.he, seed: 1)
    #expect(first == network.initialParameters(.he, seed: 1))
    #expect(first != network.initialParameters(.he, seed: 2))
    #expect(Set(first[0..<64]).count == 64, "no number is there twice")
    let deeper = Network(inputs: 2, hidden: [32, 7], outputs: 5, activation: .relu, loss: .crossEntropy)
    #expect(Array(first[0..<96]) == Array(deeper.initialParameters(.he, seed: 1)[0..<96]))
  }

  @Test func aSampleFitsItsNetworkAlone() {
    let labels = NetworkSamples(count: 2, features: [1, 2, 3, 4], answers: .classes([0, 4]))
    #expect(labels.fits(network))
    #expect(!NetworkSamples(count: 2, features: [1, 2, 3, 4], answers: .classes([0, 5])).fits(network))
    #expect(!NetworkSamples(count: 2, features: [1, 2, 3, 4], answers: .classes([0, -1])).fits(network))
    #expect(!NetworkSamples(count: 2, features: [1, 2], answers: .classes([0, 4])).fits(network))
    #expect(!NetworkSamples(count: 1, features: [1, 2], answers: .targets([0, 0, 0, 0, 0])).fits(network))
  }
}
