import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// What is known of the catalog's losses of data.
@Suite struct DataCatalogTests {
  private func end(_ landscape: Landscape, _ rule: String, _ steps: Int) throws -> Run {
    var race = Race(
      Experiment(
        landscape: landscape, entries: Entry.entries(try specs([rule])), budget: Budget(steps: steps)))
    race.seek(to: steps)
    return race.run(entry: 0)
  }

  /// Wilson et al. 2017: descent tells every new row, adaptive rules answer +1 whatever the row.
  @Test func descentTellsWilsonsRowsAndAdaptiveRulesDoNot() throws {
    let landscape = try #require(LandscapeCatalog.named("wilson"))
    let data = try #require(landscape.data)
    let test = try #require(data.test?.column("y"))
    #expect(data.training.count == 15 && test.count == 15 && landscape.dimension == 153)
    let minuses = Double(test.count { $0 < 0 }) / Double(test.count)
    #expect(minuses > 0.05 && minuses < 0.5)
    /// On a row that was not learnt only the three common weights count.
    func error(_ θ: [Double]) -> Double {
      Double(test.count { ($0 * θ[0] + θ[1] + θ[2]) * $0 <= 0 }) / Double(test.count)
    }
    let descent = try end(landscape, "sgd:lr=0.2", 300)
    #expect(descent.loss < 1e-3 && error(descent.parameters) == 0)
    for rule in ["adagrad:lr=0.05", "adam:lr=0.01"] {
      let run = try end(landscape, rule, 400)
      #expect(run.loss < 0.02, "\(rule) has learnt its rows")
      #expect(error(run.parameters) == minuses, "\(rule) says +1 always")
    }
  }

  /// Of a product every slope is that of the whole by the factor's share; descent keeps the differences of the squares.
  @Test func theFactorsOfAChainKeepTheirDifferences() throws {
    let landscape = try #require(LandscapeCatalog.named("deep-linear"))
    let start = try #require(landscape.problem.defaultStart)
    let gradient = landscape.gradient(at: start)
    for k in 1..<5 { #expect(abs(gradient[k] * start[k] - gradient[0] * start[0]) < 1e-12) }
    #expect(landscape.gradient(at: [0, 0, 0, 0, 0]).allSatisfy { $0 == 0 })
    #expect(landscape.curvatures(at: [0, 0, 0, 0, 0]) == (0, 0))
    let run = try end(landscape, "sgd:lr=0.002", 1500)
    let θ = run.parameters
    #expect(abs(θ[0] * θ[0] - θ[1] * θ[1] - 0.11) < 2e-3)
    #expect(run.loss < 0.02)
    // A plateau, then a leap: the first third of the time has less than a sixth of the fall.
    let losses = run.history.losses
    #expect(losses[0] - losses[500] < (losses[0] - losses[1500]) / 6)
  }

  /// Glorot and Bengio 2010, He et al. 2015: what a layer multiplies activations by is √(f/2·2/…), f the variance of the first
  /// weights in units of Glorot's.
  @Test(arguments: [
    (Activation.identity, Network.Initialization.xavier, 0.5), (.identity, .xavier, 1),
    (.identity, .xavier, 2),
    (.relu, .he, 1), (.relu, .xavier, 1), (.relu, .he, 2),
  ]) func twentyLayersPassOnWhatTheirWeightsSay(
    _ activation: Activation, _ scheme: Network.Initialization, _ share: Double
  ) throws {
    var ratios: (forward: [Double], backward: [Double]) = ([], [])
    for seed in 1...25 {
      let network = Network(
        inputs: 64, hidden: [Int](repeating: 64, count: 20), outputs: 64, activation: activation,
        loss: .squared)
      let parameters = network.initialParameters(scheme, gain: share.squareRoot(), seed: UInt64(seed))
      let rows = 8
      let features = Network(inputs: 1, hidden: [], outputs: 64 * rows, activation: .identity, loss: .squared)
        .initialParameters(.normal, seed: 99).prefix(64 * rows)
      let machine = NetworkMachine(
        network,
        samples: NetworkSamples(
          count: rows, features: Array(features), answers: .targets([Double](repeating: 0, count: 64 * rows)))
      )
      var (forward, backward) = ([Double](repeating: 0, count: 21), [Double](repeating: 0, count: 21))
      var a = forward.mutableSpan
      var d = backward.mutableSpan
      machine.layerSizes(at: parameters.span, activations: &a, deltas: &d)
      ratios.forward.append(Elementary.log10(forward[19] / forward[0]))
      ratios.backward.append(Elementary.log10(backward[0] / backward[19]))
    }
    // Half of the units of relu are silent: what xavier passes on is half as much a layer, he makes up for it.
    let factor = activation == .relu && scheme == .xavier ? share / 2 : share
    let wanted = 9.5 * Elementary.log10(factor)
    for found in [ratios.forward, ratios.backward].map({ $0.sorted()[12] }) {
      #expect(abs(found - wanted) < 0.5, "\(activation) \(scheme) \(share)")
    }
  }

  /// On tanh, first weights of variance 1 saturate every unit and Glorot's do not; and the catalog's chain has the knobs.
  @Test func saturationIsSeen() throws {
    let chain = try #require(LandscapeCatalog.named("deep-chain-mlp"))
    let words = chain.constants.map(\.name)
    #expect(words.contains("init") && words.contains("gain") && words.contains("depth"))
    func sizes(_ scheme: String, _ gain: Double) throws -> (activations: [Double], slopes: [Double]) {
      let constant = try #require(chain.constant("init"))
      guard case .choice(let choices) = constant.kind, let place = choices.firstIndex(of: scheme) else {
        throw LandscapeError("no \(scheme)")
      }
      let landscape = try chain.setting("init", to: Double(place)).setting("gain", to: gain)
      let network = try #require(landscape.problem as? NetworkProblem)
      return network.layerSizes(at: try #require(network.defaultStart))
    }
    let (normal, glorot, small) = (try sizes("normal", 1), try sizes("xavier", 1), try sizes("xavier", 0.5))
    #expect(normal.activations[18] > 0.8 && glorot.activations[18] < 0.6)
    // Half of the gain over nineteen layers: 2^-19 and less.
    #expect(small.activations[18] / small.activations[0] < 1e-4 && small.slopes[0] < 1e-4 * small.slopes[19])
  }
}
