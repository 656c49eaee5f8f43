import Foundation
import OptimizerCore
import TestSupport
import Testing

@testable import Landscapes

/// Networks of many parameters: what is right of small ones stays right, and what would not fit is refused in time.
@Suite struct LargeNetworkTests {
  /// Three layers with more than a million parameters: slopes in a parameter of every block, the first and the last.
  @Test func aMillionSlopesAreThoseOfDifferences() {
    let network = Network(
      inputs: 3, hidden: [1100, 1000], outputs: 4, activation: .tanh, loss: .crossEntropy)
    #expect(network.parameterCount > 1_100_000)
    let machine = NetworkMachine(network, samples: .random(for: network, count: 8, seed: 5))
    let parameters = network.initialParameters(.xavier, gain: 1.5, seed: 2)
    let gradient = machine.gradient(parameters)
    let places = network.layout.blocks.map { $0.offset + $0.count / 3 } + [0, parameters.count - 1]
    let size = gradient.map(\.magnitude).max()!
    for place in places {
      var (ahead, behind) = (parameters, parameters)
      ahead[place] += 1e-4
      behind[place] -= 1e-4
      let slope = (machine.value(ahead) - machine.value(behind)) / 2e-4
      #expect((gradient[place] - slope).magnitude < 1e-7 * size, "parameter \(place)")
    }
  }

  private static func problem(_ hidden: [Int]) throws -> NetworkProblem {
    var settings = NetworkSettings(source: try #require(DataSets.named("moons")))
    (settings.rows, settings.hidden, settings.initialisation) = (4, hidden, .zero)
    return try NetworkProblem(settings)
  }

  private static let wide = Result { try problem([12000]) }

  @Test func thereAreAtMostTenMillionParameters() throws {
    #expect(NetworkSettings.maximumParameters == 10_000_000)
    let error = #expect(throws: LandscapeError.self) { try Self.problem([3200, 3200]) }
    #expect(error?.message == "the network would have 10259202 parameters; at most 10000000")
  }

  /// A full matrix of these parameters would be 29 GB.
  @Test(arguments: [
    (
      "adagrad-full",
      "adagrad-full would keep matrices of 10800720012 numbers for these 60002 parameters, at most 134217728; "
        + "take fewer parameters, or adam, which keeps vectors alone"
    ),
    (
      "kfac",
      "kfac would keep matrices of 576072016 numbers for these 60002 parameters, at most 134217728; "
        + "take fewer parameters, or adam, which keeps vectors alone"
    ),
    (
      "lookahead(shampoo:schedule=cosine(steps=10))",
      "lookahead would keep matrices of 864000014 numbers for these 60002 parameters, at most 134217728; "
        + "take fewer parameters, or adam, which keeps vectors alone"
    ),
    (
      "newton",
      "newton needs a Hessian, and of more than 2000 parameters no full matrix is made: there are 60002; "
        + "take fewer units, or lbfgs or kfac"
    ),
    (
      "gauss-newton",
      "gauss-newton needs a model's outputs, and of more than 2000 parameters no full matrix is made: there are "
        + "60002; take fewer units, or lbfgs or kfac"
    ),
  ])
  func whatHasNoRoomIsRefused(_ spec: String, _ message: String) throws {
    let wide = try Self.wide.get()
    #expect(wide.dimension == 60_002)
    #expect(wide.obstacle(to: try OptimizerSpec(spec)) == message)
  }

  @Test(arguments: ["sgd", "adam", "lbfgs", "muon", "lookahead(adam)", "shampoo", "kfac", "newton"])
  func whatHasRoomHasNoObstacle(_ spec: String) throws {
    #expect(try Self.problem([30]).obstacle(to: try OptimizerSpec(spec)) == nil)
    guard ["sgd", "adam", "lbfgs", "muon", "lookahead(adam)"].contains(spec) else { return }
    #expect(try Self.wide.get().obstacle(to: try OptimizerSpec(spec)) == nil)
  }

  /// The Kronecker factors of this layer are 2 GB for each of eight runs: who asks for losses makes none.
  @Test func lossesOfAWideNetworkTakeNoMatrices() throws {
    let wide = try Self.wide.get()
    let lanes = wide.anyLanesOracle()
    let point = (0..<wide.dimension).map { k in
      var numbers = Lanes(repeating: 0.001 * Double(k % 7))
      numbers[3] = 0.002 * Double(k % 5)
      return numbers
    }
    let losses = lanes.evaluateValue(at: point.span)
    let alone = wide.value(at: point.map { $0[3] })
    #expect(losses[3] == alone && losses[0] == losses[7] && losses[0] != alone)
  }

  /// Every pair of ends of the constants makes a network.
  @Test func rangesOfConstantsAreThoseOfNetworksThatFit() {
    var count = 0
    for entry in LandscapeCatalog.networks {
      guard let width = entry.constants.first(where: { $0.name == "width" })?.range.upperBound else {
        continue
      }
      let deepest =
        entry.constants.first { $0.name == "depth" }?.range.upperBound ?? Double(entry.hidden.count)
      count += 1
      #expect(
        (width + 1) * width * (deepest - 1) + 12 * width + 5 <= Double(NetworkSettings.maximumParameters),
        "\(entry.id)")
    }
    #expect(count > 0)
  }

  /// Helpers of the whole program serve one caller at a time; the others do without, and come to the same bits.
  @Test func machinesThatAskAtOnceComeToTheSameBits() {
    let network = Network(inputs: 2, hidden: [1200], outputs: 3, activation: .relu, loss: .crossEntropy)
    let samples = NetworkSamples.random(for: network, count: 1000, seed: 3)
    let parameters = network.initialParameters(.torch, seed: 3)
    let expected = NetworkMachine(network, samples: samples, threads: 1).gradient(parameters).map(
      \.bitPattern)
    let results = Results()
    DispatchQueue.concurrentPerform(iterations: 3) { _ in
      let machine = NetworkMachine(network, samples: samples)
      for _ in 0..<2 { results.add(machine.gradient(parameters).map(\.bitPattern) == expected) }
    }
    #expect(results.all == [Bool](repeating: true, count: 6))
  }

  private final class Results: @unchecked Sendable {
    private let lock = NSLock()
    private var found: [Bool] = []
    func add(_ result: Bool) { lock.withLock { found.append(result) } }
    var all: [Bool] { lock.withLock { found } }
  }
}
