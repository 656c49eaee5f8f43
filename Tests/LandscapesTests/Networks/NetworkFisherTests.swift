import Foundation
import Landscapes
import OptimizerCore
import Testing

/// Matrices of the samples' gradients, their Kronecker factors and the sizes layer by layer.
@Suite struct NetworkFisherTests {
  typealias Kind = NetworkDerivativeTests.Kind

  static let kinds = NetworkDerivativeTests.kinds

  /// The mean over members of what a function says of each alone.
  private func mean(
    of batch: SampleBatch, in kind: Kind, weighted: Bool = true, _ function: (SampleBatch) -> [Double]
  ) -> [Double] {
    let members = batch.members(of: kind.samples)
    var sum: [Double] = []
    for (row, weight) in members {
      let numbers = function(SampleBatch(rows: [Int32(row)]))
      if sum.isEmpty { sum = numbers.map { _ in 0 } }
      for (i, number) in numbers.enumerated() {
        sum[i] += (weighted ? weight : 1) * number / Double(members.count)
      }
    }
    return sum
  }

  @Test(arguments: kinds) func theEmpiricalFisherIsTheMeanOfSquaredGradients(_ kind: Kind) {
    let machine = NetworkMachine(kind.network, samples: kind.samples)
    for batch in kind.batches {
      let expected = mean(of: batch, in: kind) { one in
        let gradient = machine.gradient(kind.parameters, one)
        return gradient.flatMap { g in gradient.map { g * $0 } }
      }
      let matrix = machine.empiricalFisher(kind.parameters, batch)
      let largest = expected.map(\.magnitude).max()!
      #expect(distance(matrix, expected) < 1e-14 * max(1, largest))
      #expect(isSymmetric(matrix, kind.parameters.count))
    }
  }

  /// The parameters of a layer: a unit's inputs, then its bias; then the next unit.
  private func places(of layer: Int, in network: Network) -> [Int] {
    let blocks = network.layout.blocks
    let weights = blocks.first { $0.name == "W\(layer + 1)" }!
    let bias = blocks.first { $0.name == "b\(layer + 1)" }
    return (0..<weights.rows).flatMap { unit in
      (0..<weights.columns).map { weights.offset + unit * weights.columns + $0 }
        + (bias.map { [$0.offset + unit] } ?? [])
    }
  }

  /// Of one sample S ⊗ A is the layer's block of the Gauss-Newton matrix; of more the factors are means.
  @Test(arguments: kinds) func kroneckerFactorsMakeTheBlockOfOneSample(_ kind: Kind) {
    let machine = NetworkMachine(kind.network, samples: kind.samples)
    let p = kind.parameters.count
    let one = SampleBatch(rows: [4])
    let matrix = machine.gaussNewtonMatrix(kind.parameters, one)
    let factors = machine.kroneckerFactors(kind.parameters, one)
    for (layer, places) in kind.network.kroneckerFactors.enumerated() {
      let parameters = self.places(of: layer, in: kind.network)
      let a = Array(factors[places.inputFactor])
      let s = Array(factors[places.unitFactor])
      for (r, row) in parameters.enumerated() {
        for (c, column) in parameters.enumerated() {
          let (i, j, k, l) = (r / places.inputs, r % places.inputs, c / places.inputs, c % places.inputs)
          let product = s[i * places.units + k] * a[j * places.inputs + l]
          #expect((product - matrix[row * p + column]).magnitude < 1e-14)
        }
      }
    }
    for batch in kind.batches {
      let expected = mean(of: batch, in: kind) { machine.kroneckerFactors(kind.parameters, $0) }
      #expect(distance(machine.kroneckerFactors(kind.parameters, batch), expected) < 1e-14)
    }
  }

  @Test(arguments: kinds.filter { $0.network.layers.allSatisfy(\.bias) })
  func sizesAreRootMeanSquares(_ kind: Kind) {
    let machine = NetworkMachine(kind.network, samples: kind.samples)
    let plain = PlainNetwork(network: kind.network, parameters: kind.parameters)
    let biases = kind.network.layout.blocks.filter { $0.name.hasPrefix("b") }
    func meanSquare(_ numbers: some Collection<Double>) -> Double {
      numbers.reduce(0) { $0 + $1 * $1 } / Double(numbers.count)
    }
    for batch in kind.batches {
      let (forward, backward) = machine.layerSizes(kind.parameters, batch)
      let activations = mean(of: batch, in: kind, weighted: false) { one in
        plain.activations(of: kind.samples.inputs(of: Int(one.rows[0]))).dropFirst().map { meanSquare($0) }
      }
      // The derivative by a bias is that by what enters its unit.
      let deltas = mean(of: batch, in: kind, weighted: false) { one in
        let gradient = machine.gradient(kind.parameters, one)
        return biases.map { meanSquare(gradient[$0.range]) }
      }
      #expect(distance(forward, activations.map { $0.squareRoot() }) < 1e-14)
      #expect(distance(backward, deltas.map { $0.squareRoot() }) < 1e-14)
    }
  }
}
