import AllocationCounter
import CNetworks
import Foundation
import Landscapes
import OptimizerCore
import TestSupport
import Testing

/// The same bits from every instruction set, the same numbers for every number of samples, and no allocation.
@Suite struct NetworkBitsTests {
  typealias Kind = NetworkDerivativeTests.Kind

  /// One of each, a hidden layer in parts, three layers; samples beyond one block.
  static let kinds: [Kind] = [
    Kind(Network(inputs: 2, hidden: [32], outputs: 5, activation: .relu, loss: .crossEntropy), samples: 77),
    Kind(Network(inputs: 3, hidden: [7, 6], outputs: 3, activation: .tanh, loss: .squared), samples: 70),
    Kind(Network(inputs: 1, hidden: [5], outputs: 1, activation: .sigmoid, loss: .squared), samples: 129),
    Kind(
      Network(inputs: 4, hidden: [9, 3], outputs: 2, activation: .sigmoid, loss: .crossEntropy, bias: false),
      samples: 65),
    Kind(
      Network(inputs: 2, hidden: [6], outputs: 3, activation: .tanh, loss: .crossEntropy), samples: 67,
      weights: (0..<67).map { 0.125 + 0.5 * Double($0 % 5) }),
  ]

  /// Everything that a machine can say, one number after the other.
  private func everything(_ machine: NetworkMachine, _ kind: Kind, _ batch: SampleBatch) -> [Double] {
    let sizes = machine.layerSizes(kind.parameters, batch)
    return [machine.value(kind.parameters, batch)] + machine.gradient(kind.parameters, batch)
      + machine.hessianProduct(kind.parameters, kind.direction, batch)
      + machine.gaussNewtonProduct(kind.parameters, kind.direction, batch)
      + machine.gaussNewtonMatrix(kind.parameters, batch) + machine.empiricalFisher(kind.parameters, batch)
      + machine.kroneckerFactors(kind.parameters, batch) + sizes.forward + sizes.backward
      + machine.outputs(kind.parameters) + machine.outputs(kind.parameters, probabilities: true)
  }

  @Test(arguments: kinds) func everyInstructionSetGivesTheSameBits(_ kind: Kind) {
    let machines = InstructionSet.available.map {
      NetworkMachine(kind.network, samples: kind.samples, instructions: $0)
    }
    for batch in kind.batches {
      let bits = machines.map { everything($0, kind, batch).map(\.bitPattern) }
      for other in bits.dropFirst() { #expect(differences(other, bits[0]) == 0) }
    }
  }

  /// Above 128 units the hidden layer is computed in parts.
  @Test func aLayerInPartsGivesTheSameBits() {
    let kind = Self.wide
    let bits = InstructionSet.available.map { set in
      let machine = NetworkMachine(kind.network, samples: kind.samples, instructions: set)
      return (machine.gradient(kind.parameters) + machine.outputs(kind.parameters)).map(\.bitPattern)
    }
    for other in bits.dropFirst() { #expect(differences(other, bits[0]) == 0) }
  }

  /// How many numbers differ: a count says enough where vectors are long.
  private func differences(_ a: [UInt64], _ b: [UInt64]) -> Int {
    zip(a, b).count { $0 != $1 } + abs(a.count - b.count)
  }

  static let wide = Kind(
    Network(inputs: 2, hidden: [150], outputs: 3, activation: .tanh, loss: .crossEntropy), samples: 150)

  @Test func aLayerInPartsIsTheSameNetwork() {
    let (kind, machine) = (Self.wide, NetworkMachine(Self.wide.network, samples: Self.wide.samples))
    let plain = PlainNetwork(network: kind.network, parameters: kind.parameters)
    let gradient = machine.gradient(kind.parameters)
    #expect((machine.value(kind.parameters) - plain.loss(of: .all, in: kind.samples)).magnitude < 1e-14)
    // The first and last of each block, and both sides of a part's end.
    for index in [0, 63, 64, 299, 300, 331, 332, 449, 450, 599, 600, 481, 482, 899, 900, 902] {
      let step = 1e-5
      var (ahead, behind) = (kind.parameters, kind.parameters)
      ahead[index] += step
      behind[index] -= step
      let slope = (machine.value(ahead) - machine.value(behind)) / (2 * step)
      #expect((gradient[index] - slope).magnitude < 1e-10, "\(index)")
    }
    let outputs = machine.outputs(kind.parameters)
    for sample in [0, 127, 128, 149] {
      let expected = plain.outputs(of: kind.samples.inputs(of: sample))
      #expect(distance((0..<3).map { outputs[$0 * 150 + sample] }, expected) < 1e-14)
    }
  }

  /// Large enough to be summed in parts.
  @Test func threadsAndPartsDoNotAlterABit() {
    let network = Network(inputs: 2, hidden: [1200], outputs: 3, activation: .relu, loss: .crossEntropy)
    let kind = Kind(network, samples: 1000)
    let machines = [1, 2, 3].map { NetworkMachine(network, samples: kind.samples, threads: $0) }
    let rows = SampleBatch(rows: (0..<1500).map { $0 * 7 % 1000 })
    for batch in [.all, rows] {
      let expected =
        [machines[0].value(kind.parameters, batch)] + machines[0].gradient(kind.parameters, batch)
      for machine in machines {
        for _ in 0..<2 {
          let again = [machine.value(kind.parameters, batch)] + machine.gradient(kind.parameters, batch)
          #expect(again.map(\.bitPattern) == expected.map(\.bitPattern))
        }
      }
    }
    // In batches too small for parts.
    var sum = [Double](repeating: 0, count: kind.parameters.count + 1)
    for first in stride(from: Int32(0), to: 1000, by: 100) {
      let batch = SampleBatch(rows: Array(first..<first + 100))
      let numbers = [machines[0].value(kind.parameters, batch)] + machines[0].gradient(kind.parameters, batch)
      for (i, number) in numbers.enumerated() { sum[i] += number / 10 }
    }
    let all = [machines[0].value(kind.parameters)] + machines[0].gradient(kind.parameters)
    #expect(distance(all, sum) < 1e-14)
  }

  @Test(arguments: Array(1...17) + [63, 64, 65, 77])
  func aBatchIsTheMeanOfItsMembers(_ count: Int) {
    let kind = Self.kinds[0]
    let machine = NetworkMachine(kind.network, samples: kind.samples)
    let rows = (0..<Int32(count)).map { $0 }
    let all =
      [machine.value(kind.parameters, SampleBatch(rows: rows))]
      + machine.gradient(kind.parameters, SampleBatch(rows: rows))
    var mean = all.map { _ in 0.0 }
    for row in rows {
      let one = SampleBatch(rows: [row])
      let numbers = [machine.value(kind.parameters, one)] + machine.gradient(kind.parameters, one)
      for (i, number) in numbers.enumerated() { mean[i] += number / Double(count) }
    }
    #expect(distance(all, mean) < 1e-14)
  }

  @Test(arguments: kinds) func rowsInOrderAreTheSampleToTheBit(_ kind: Kind) {
    let machine = NetworkMachine(kind.network, samples: kind.samples)
    let rows = SampleBatch(rows: (0..<Int32(kind.samples.count)).map { $0 })
    let ones = SampleBatch(weights: rows.rows.map { _ in 1 })
    let expected = everything(machine, kind, .all).map(\.bitPattern)
    #expect(everything(machine, kind, rows).map(\.bitPattern) == expected)
    #expect(everything(machine, kind, ones).map(\.bitPattern) == expected)
    #expect(
      everything(machine, kind, .all).map(\.bitPattern) == expected, "nothing is left from a call before")
  }

  @Test func aStepAllocatesNothing() {
    for kind in Self.kinds {
      let machine = NetworkMachine(kind.network, samples: kind.samples)
      let p = kind.parameters.count
      var gradient = kind.parameters
      var matrix = [Double](repeating: 0, count: p * p)
      var outputs = [Double](repeating: 0, count: kind.network.outputs * kind.samples.count)
      let direction = kind.direction
      func round(_ batch: SampleBatch) {
        let point = kind.parameters.span
        var target = gradient.mutableSpan
        machine.gradient(at: point, batch: batch, into: &target)
        _ = machine.value(at: point, batch: batch)
        machine.hessianProduct(at: point, direction: direction.span, batch: batch, into: &target)
        machine.gaussNewtonProduct(at: point, direction: direction.span, batch: batch, into: &target)
        var square = matrix.mutableSpan
        machine.gaussNewtonMatrix(at: point, batch: batch, into: &square)
        var columns = outputs.mutableSpan
        machine.outputs(at: point, into: &columns)
      }
      let few = SampleBatch(rows: [0, 5, 3], weights: [1, 0.5, 1.5])
      round(few)
      allocation_counter_start()
      for _ in 0..<5 {
        round(few)
        round(.all)
      }
      #expect(allocation_counter_stop() == 0, "\(kind.testDescription)")
    }
  }

  // Eleven bits more than a double, where the processor has them.
  #if arch(x86_64)
    private typealias Extended = Float80
    private static func exact(_ x: Double) -> [Extended] {
      let x = Extended(x)
      return [expl(x), tanhl(x), 1 / (1 + expl(-x)), logl(x.magnitude)]
    }
  #else
    private typealias Extended = Double
    private static func exact(_ x: Double) -> [Extended] {
      [exp(x), tanh(x), x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x)), log(x.magnitude)]
    }
  #endif

  @Test func elementaryFunctionsAreGoodToTwoUnitsInTheLastPlace() {
    var random = SplitMix64(state: 5)
    for set in InstructionSet.available {
      var worst = [0.0, 0, 0, 0]
      for round in 0..<4000 {
        let spread = [700, 20, 2, 0.7, exp(-Double(round % 30))][round % 5]
        let x = (0..<8).map { _ in Double.random(in: -spread...spread, using: &random) }
        let ours = elementary(x, set)
        let logs = elementary(x.map(\.magnitude), set)[3]
        for lane in 0..<8 {
          let exact = Self.exact(x[lane])
          for (k, number) in [ours[0][lane], ours[1][lane], ours[2][lane], logs[lane]].enumerated() {
            let error = (Extended(number) - exact[k]).magnitude
            worst[k] = max(worst[k], Double(error) / Double(exact[k]).ulp)
          }
        }
      }
      #expect(worst.allSatisfy { $0 < 2 }, "\(set): \(worst)")
    }
  }

  @Test func elementaryFunctionsHaveTheirLimits() {
    for set in InstructionSet.available {
      let results = elementary([.infinity, -.infinity, 800, -800, 0, -0.0, .nan, 1], set)
      #expect(Array(results[0][0..<6]) == [.infinity, 0, .infinity, 0, 1, 1])
      #expect(Array(results[1][0..<6]) == [1, -1, 1, -1, 0, 0] && results[1][5].sign == .minus)
      #expect(Array(results[2][0..<6]) == [1, 0, 1, 0, 0.5, 0.5])
      #expect(results[3][0] == .infinity && results[3][7] == 0)
      for function in results { #expect(function[6].isNaN) }
    }
  }

  private func elementary(_ x: [Double], _ set: InstructionSet) -> [[Double]] {
    var (exp, tanh) = ([Double](repeating: 0, count: 8), [Double](repeating: 0, count: 8))
    var (sigmoid, log) = (exp, exp)
    cnetworks_kernels_of(set.rawValue).pointee.elementary(x, &exp, &tanh, &sigmoid, &log)
    return [exp, tanh, sigmoid, log]
  }
}
