import Foundation
import Landscapes
import OptimizerCore
import TestSupport
import Testing

/// Every kind of network against plain loops, and its derivatives against differences.
@Suite struct NetworkDerivativeTests {
  struct Kind: Sendable, CustomTestStringConvertible {
    let network: Network
    let samples: NetworkSamples
    let parameters: [Double]

    init(_ network: Network, samples count: Int, seed: UInt64 = 3, weights: [Double] = []) {
      self.network = network
      samples = .random(for: network, count: count, seed: seed, weights: weights)
      parameters = network.initialParameters(.torch, gain: 1.5, seed: seed)
    }

    /// All samples, a batch with a repeat, one sample; each with and without weights.
    var batches: [SampleBatch] {
      [[], [3, 10, 3, 0, 7, 1, 8, 2, 9], [5]].flatMap { (rows: [Int32]) in
        let count = rows.isEmpty ? samples.count : rows.count
        let weights = (0..<count).map { 0.25 + 0.5 * Double($0 % 4) }
        return [SampleBatch(rows: rows), SampleBatch(rows: rows, weights: weights)]
      }
    }

    var direction: [Double] {
      var random = SplitMix64(state: 11)
      return parameters.indices.map { _ in Double.random(in: -1...1, using: &random) }
    }

    var testDescription: String {
      let layers = network.layers.map { "\($0.width) \($0.activation)\($0.bias ? "" : " without bias")" }
      return "\(network.inputs)-\(layers.joined(separator: "-")) \(network.loss)"
    }
  }

  static let kinds: [Kind] = Activation.allCases.flatMap { activation in
    Network.Loss.allCases.flatMap { loss in
      [true, false].flatMap { bias in
        [[], [5], [4, 3]].map { hidden in
          Kind(
            Network(
              inputs: 2, hidden: hidden, outputs: 3, activation: activation, loss: loss, bias: bias),
            samples: 11)
        }
          // The outputs through an activation too.
          + [
            Kind(
              Network(
                inputs: 2,
                layers: [
                  .init(width: 4, activation: .tanh, bias: bias),
                  .init(width: 3, activation: activation, bias: !bias),
                ], loss: loss), samples: 11)
          ]
      }
    }
  }

  private func difference<Value>(
    _ parameters: [Double], along direction: [Double], _ function: ([Double]) -> Value,
    _ combine: (Value, Value, Double) -> Value
  ) -> Value {
    let step = 1e-5
    let ahead = zip(parameters, direction).map { $0 + step * $1 }
    let behind = zip(parameters, direction).map { $0 - step * $1 }
    return combine(function(ahead), function(behind), 2 * step)
  }

  private func axis(_ index: Int, of count: Int) -> [Double] {
    (0..<count).map { $0 == index ? 1 : 0 }
  }

  @Test(arguments: kinds) func valuesAreThoseOfPlainLoops(_ kind: Kind) {
    let machine = NetworkMachine(kind.network, samples: kind.samples)
    let plain = PlainNetwork(network: kind.network, parameters: kind.parameters)
    for batch in kind.batches {
      let expected = plain.loss(of: batch, in: kind.samples)
      #expect((machine.value(kind.parameters, batch) - expected).magnitude <= 1e-14 * max(1, expected))
    }
    let n = kind.samples.count
    let outputs = machine.outputs(kind.parameters)
    let probabilities = machine.outputs(kind.parameters, probabilities: true)
    for sample in 0..<n {
      let inputs = kind.samples.inputs(of: sample)
      #expect(distance((0..<3).map { outputs[$0 * n + sample] }, plain.outputs(of: inputs)) <= 1e-14)
      #expect(
        distance((0..<3).map { probabilities[$0 * n + sample] }, plain.probabilities(of: inputs)) <= 1e-15)
    }
  }

  @Test(arguments: kinds) func gradientsAreThoseOfDifferences(_ kind: Kind) {
    let machine = NetworkMachine(kind.network, samples: kind.samples)
    for batch in kind.batches {
      let gradient = machine.gradient(kind.parameters, batch)
      let differences = kind.parameters.indices.map { index in
        difference(
          kind.parameters, along: axis(index, of: kind.parameters.count), { machine.value($0, batch) },
          { ($0 - $1) / $2 })
      }
      #expect(distance(gradient, differences) < 1e-9)
      var again = gradient
      var span = again.mutableSpan
      #expect(
        machine.gradient(at: kind.parameters.span, batch: batch, into: &span)
          == machine.value(kind.parameters, batch))
    }
  }

  @Test(arguments: kinds) func hessianProductsAreThoseOfDifferences(_ kind: Kind) {
    let machine = NetworkMachine(kind.network, samples: kind.samples)
    for batch in kind.batches {
      let differences = difference(
        kind.parameters, along: kind.direction, { machine.gradient($0, batch) },
        { zip($0, $1).map { [step = $2] in ($0 - $1) / step } })
      #expect(distance(machine.hessianProduct(kind.parameters, kind.direction, batch), differences) < 1e-8)
    }
  }

  @Test(arguments: kinds) func theHessianIsMadeOfItsProducts(_ kind: Kind) {
    let machine = NetworkMachine(kind.network, samples: kind.samples)
    let hessian = machine.hessian(kind.parameters)
    let product = machine.hessianProduct(kind.parameters, kind.direction)
    #expect(distance(multiply(hessian, kind.direction), product) < 1e-13)
    #expect(isSymmetric(hessian, kind.parameters.count))
  }

  /// Jᵀ H J with J by differences of plain outputs.
  @Test(arguments: kinds) func gaussNewtonIsTheProductOfItsFactors(_ kind: Kind) {
    let machine = NetworkMachine(kind.network, samples: kind.samples)
    let p = kind.parameters.count
    let plain = PlainNetwork(network: kind.network, parameters: kind.parameters)
    // For each parameter, sample and output.
    let jacobian = (0..<p).map { index in
      difference(
        kind.parameters, along: axis(index, of: p),
        { point in
          (0..<kind.samples.count).map {
            PlainNetwork(network: kind.network, parameters: point).outputs(of: kind.samples.inputs(of: $0))
          }
        },
        { ahead, behind, step in zip(ahead, behind).map { zip($0, $1).map { ($0 - $1) / step } } })
    }
    for batch in kind.batches {
      let members = batch.members(of: kind.samples)
      var expected = [Double](repeating: 0, count: p * p)
      for (sample, weight) in members {
        let curvature = plain.lossCurvature(of: sample, in: kind.samples)
        for row in 0..<p {
          let left = (0..<3).map { l in
            (0..<3).reduce(0.0) { $0 + jacobian[row][sample][$1] * curvature[$1][l] }
          }
          for column in 0..<p {
            let entry = (0..<3).reduce(0.0) { $0 + left[$1] * jacobian[column][sample][$1] }
            expected[row * p + column] += weight * entry / Double(members.count)
          }
        }
      }
      let matrix = machine.gaussNewtonMatrix(kind.parameters, batch)
      #expect(distance(matrix, expected) < 1e-8)
      #expect(isSymmetric(matrix, p))
      let product = machine.gaussNewtonProduct(kind.parameters, kind.direction, batch)
      #expect(distance(multiply(matrix, kind.direction), product) < 1e-13)
    }
  }

  @Test func reluHasNoSlopeAtItsKink() {
    let network = Network(inputs: 2, hidden: [3], outputs: 2, activation: .relu, loss: .squared)
    let machine = NetworkMachine(network, samples: .random(for: network, count: 9, seed: 1))
    // What enters every hidden unit is 0, and what comes back is not.
    let parameters = (0..<17).map { $0 < 9 ? 0.0 : 1 + Double($0) }
    let gradient = machine.gradient(parameters)
    #expect(gradient[0..<15].allSatisfy { $0 == 0 } && gradient[15] != 0)
  }

  @Test func whatIsNotANumberStaysVisible() {
    let network = Network(inputs: 2, hidden: [3], outputs: 2, activation: .relu, loss: .crossEntropy)
    let machine = NetworkMachine(network, samples: .random(for: network, count: 9, seed: 1))
    var parameters = network.initialParameters(.he, seed: 1)
    parameters[0] = .nan
    #expect(machine.value(parameters).isNaN && machine.gradient(parameters)[0].isNaN)
    parameters[0] = 1e308
    #expect(!machine.value(parameters.map { $0 * 100 }).isFinite)
  }

  @Test func largeOutputsDoNotOverflow() {
    let network = Network(inputs: 1, hidden: [], outputs: 2, activation: .identity, loss: .crossEntropy)
    let machine = NetworkMachine(
      network, samples: NetworkSamples(count: 2, features: [1, 1], answers: .classes([0, 1])))
    #expect(machine.value([1000, -1000, 0, 0]) == 1000)
    #expect(machine.gradient([1000, -1000, 0, 0]) == [0.5, -0.5, 0.5, -0.5])
  }
}

/// A square matrix, row-major, times a vector.
func multiply(_ matrix: [Double], _ vector: [Double]) -> [Double] {
  vector.indices.map { row in
    vector.indices.reduce(0) { $0 + matrix[row * vector.count + $1] * vector[$1] }
  }
}

func isSymmetric(_ matrix: [Double], _ side: Int) -> Bool {
  (0..<side).allSatisfy { r in (0..<r).allSatisfy { matrix[r * side + $0] == matrix[$0 * side + r] } }
}
