import Foundation
import Landscapes
import OptimizerCore
import TestSupport

/// Numbers as a loop over the lecture's formulas gives them, one sample after the other, with libm.
struct PlainNetwork {
  let network: Network
  let parameters: [Double]

  /// The activations of every layer for one sample, the inputs first.
  func activations(of inputs: [Double]) -> [[Double]] {
    var all = [inputs]
    var offset = 0
    for layer in network.layers {
      let below = all[all.count - 1]
      let bias = offset + layer.width * below.count
      all.append(
        (0..<layer.width).map { i in
          var sum = layer.bias ? parameters[bias + i] : 0
          for (j, x) in below.enumerated() { sum += parameters[offset + i * below.count + j] * x }
          switch layer.activation {
          case .relu: return max(sum, 0)
          case .tanh: return tanh(sum)
          case .sigmoid: return 1 / (1 + exp(-sum))
          case .identity: return sum
          }
        })
      offset = bias + (layer.bias ? layer.width : 0)
    }
    return all
  }

  func outputs(of inputs: [Double]) -> [Double] { activations(of: inputs).last! }

  func probabilities(of inputs: [Double]) -> [Double] {
    let powers = outputs(of: inputs).map { exp($0) }
    return powers.map { $0 / powers.reduce(0, +) }
  }

  func loss(of sample: Int, in samples: NetworkSamples) -> Double {
    let inputs = samples.inputs(of: sample)
    switch samples.answers {
    case .classes(let labels): return -log(probabilities(of: inputs)[Int(labels[sample])])
    case .targets(let targets):
      return 0.5
        * outputs(of: inputs).enumerated().reduce(0) { sum, output in
          let residual = output.element - targets[output.offset * samples.count + sample]
          return sum + residual * residual
        }
    }
  }

  func loss(of batch: SampleBatch, in samples: NetworkSamples) -> Double {
    let members = batch.members(of: samples)
    return members.reduce(0) { $0 + $1.weight * loss(of: $1.row, in: samples) } / Double(members.count)
  }

  /// The loss's Hessian by the outputs.
  func lossCurvature(of sample: Int, in samples: NetworkSamples) -> [[Double]] {
    let p = probabilities(of: samples.inputs(of: sample))
    return p.indices.map { k in
      p.indices.map { l in
        network.loss == .squared ? (k == l ? 1 : 0) : (k == l ? p[k] : 0) - p[k] * p[l]
      }
    }
  }
}

extension NetworkSamples {
  func inputs(of sample: Int) -> [Double] {
    (0..<(features.count / count)).map { features[$0 * count + sample] }
  }

  /// Samples drawn at random, with answers of the kind that a network's loss wants.
  static func random(
    for network: Network, count: Int, seed: UInt64, weights: [Double] = []
  ) -> NetworkSamples {
    var random = SplitMix64(state: seed)
    let features = (0..<(network.inputs * count)).map { _ in Double.random(in: -2...2, using: &random) }
    let answers: Answers =
      network.loss == .crossEntropy
      ? .classes((0..<count).map { _ in Int32.random(in: 0..<Int32(network.outputs), using: &random) })
      : .targets((0..<(network.outputs * count)).map { _ in Double.random(in: -1...1, using: &random) })
    return NetworkSamples(count: count, features: features, answers: answers, weights: weights)
  }
}

extension SampleBatch {
  func members(of samples: NetworkSamples) -> [(row: Int, weight: Double)] {
    (rows.isEmpty ? Array(0..<samples.count) : rows.map { Int($0) }).enumerated().map {
      let own = samples.weights.isEmpty ? 1 : samples.weights[$0.element]
      return ($0.element, (weights.isEmpty ? 1 : weights[$0.offset]) * own)
    }
  }
}

/// The machine's methods with arrays.
extension NetworkMachine {
  func value(_ parameters: [Double], _ batch: SampleBatch = .all) -> Double {
    value(at: parameters.span, batch: batch)
  }

  func gradient(_ parameters: [Double], _ batch: SampleBatch = .all) -> [Double] {
    filled(parameters.count) { gradient(at: parameters.span, batch: batch, into: &$0) }
  }

  func hessianProduct(_ parameters: [Double], _ direction: [Double], _ batch: SampleBatch = .all) -> [Double]
  {
    filled(parameters.count) {
      hessianProduct(at: parameters.span, direction: direction.span, batch: batch, into: &$0)
    }
  }

  func gaussNewtonProduct(_ parameters: [Double], _ direction: [Double], _ batch: SampleBatch = .all)
    -> [Double]
  {
    filled(parameters.count) {
      gaussNewtonProduct(at: parameters.span, direction: direction.span, batch: batch, into: &$0)
    }
  }

  func hessian(_ parameters: [Double], _ batch: SampleBatch = .all) -> [Double] {
    filled(parameters.count * parameters.count) { hessian(at: parameters.span, batch: batch, into: &$0) }
  }

  func gaussNewtonMatrix(_ parameters: [Double], _ batch: SampleBatch = .all) -> [Double] {
    filled(parameters.count * parameters.count) {
      gaussNewtonMatrix(at: parameters.span, batch: batch, into: &$0)
    }
  }

  func empiricalFisher(_ parameters: [Double], _ batch: SampleBatch = .all) -> [Double] {
    filled(parameters.count * parameters.count) {
      empiricalFisher(at: parameters.span, batch: batch, into: &$0)
    }
  }

  func kroneckerFactors(_ parameters: [Double], _ batch: SampleBatch = .all) -> [Double] {
    filled(network.kroneckerCount) { kroneckerFactors(at: parameters.span, batch: batch, into: &$0) }
  }

  func layerSizes(_ parameters: [Double], _ batch: SampleBatch = .all) -> (
    forward: [Double], backward: [Double]
  ) {
    var backward = [Double](repeating: .nan, count: network.layers.count)
    let forward = filled(network.layers.count) { forward in
      var span = backward.mutableSpan
      layerSizes(at: parameters.span, batch: batch, activations: &forward, deltas: &span)
    }
    return (forward, backward)
  }

  func outputs(_ parameters: [Double], probabilities: Bool = false) -> [Double] {
    filled(network.outputs * samples.count) {
      outputs(at: parameters.span, probabilities: probabilities, into: &$0)
    }
  }

  private func filled(_ count: Int, _ fill: (inout MutableSpan<Double>) -> Void) -> [Double] {
    var numbers = [Double](repeating: .nan, count: count)
    var span = numbers.mutableSpan
    fill(&span)
    return numbers
  }
}

/// The largest difference of two vectors; NaN where one is.
func distance(_ a: [Double], _ b: [Double]) -> Double {
  precondition(a.count == b.count)
  return zip(a, b).reduce(0) { largest, pair in
    let difference = (pair.0 - pair.1).magnitude
    return difference <= largest ? largest : difference
  }
}
