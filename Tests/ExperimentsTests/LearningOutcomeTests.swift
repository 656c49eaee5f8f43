import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// What a network is doing, in words.
@Suite struct LearningOutcomeTests {
  private func run(_ landscape: String, _ rule: String, steps: Int) throws -> (run: Run, outcome: Outcome) {
    var race = Race(
      Experiment(
        landscape: try LandscapeText.landscape(landscape), entries: Entry.entries(try specs([rule])),
        budget: Budget(steps: steps)))
    race.seek(to: steps)
    let run = race.run(entry: 0)
    return (run, run.outcome(on: race.landscape, in: race.experiment.window))
  }

  @Test func aNetworkThatTellsAllInterpolates() throws {
    let (run, outcome) = try run(
      "network(data={class: mod(row,2); x: 2*class - 1 + uniform(-0.2,0.2); y: uniform(-1,1)}, rows=16, hidden=3, activation=tanh)",
      "adam:lr=0.05", steps: 120)
    guard case .interpolates(let loss) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(loss == run.loss && loss < 0.1 && outcome.name == "interpolates")
    #expect(outcome.words.hasPrefix("interpolates: loss "))
  }

  /// With one row that no weights can tell, of two that are alike, there is no interpolation however long.
  @Test func oneRowToldWrongIsNoInterpolation() throws {
    let (_, outcome) = try run(
      "network(data={x: if(row < 2, 0, 2*mod(row,2) - 1); y: 0*row; class: mod(row,2)}, rows=60, hidden=3, activation=tanh)",
      "adam:lr=0.05", steps: 150)
    #expect(outcome.name != "interpolates")
  }

  @Test func aCurveIsInterpolated() throws {
    let (run, outcome) = try run(
      "network(data={x: uniform(-1,1); y: 0.5*x}, rows=12, hidden=none)", "sgd:lr=0.5", steps: 60)
    #expect(outcome.name == "interpolates" || run.gradientNorm < 1e-6, "\(outcome)")
  }

  /// Hardly any weights and a small rate.
  @Test func aLossThatStandsStillIsOnAPlateau() throws {
    let (run, outcome) = try run(
      "network(data=xor, rows=40, hidden=3, activation=tanh, init=normal, gain=0.01)", "sgd:lr=0.0003",
      steps: 60)
    guard case .plateau(let norm) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    let (first, last) = (run.history.losses[10], run.history.losses[60])
    #expect(norm == run.gradientNorm && abs(first - last) <= 1e-3 * last)
  }

  /// Full-batch descent at a large rate: the largest curvature climbs to 2/η and hovers there.
  @Test func largeRatesEndAtTheEdgeOfStability() throws {
    let landscape = "network(data=wave, rows=30, hidden=8, activation=tanh)"
    let rate = 0.7
    var seen = 0
    var race = Race(
      Experiment(
        landscape: try LandscapeText.landscape(landscape),
        entries: Entry.entries(try specs(["sgd:lr=\(rate)"])),
        budget: Budget(steps: 160)))
    for step in stride(from: 40, through: 160, by: 10) {
      race.seek(to: step)
      let run = race.run(entry: 0)
      let outcome = run.outcome(on: race.landscape, in: race.experiment.window)
      guard case .edgeOfStability(let curvature) = outcome else { continue }
      seen += 1
      #expect(abs(curvature - race.landscape.curvatures(at: run.parameters).larger) < 1e-6 * curvature)
      #expect((0.85...1.15).contains(curvature * rate / 2) && outcome.name == "edge-of-stability")
    }
    #expect(seen >= 6)
    // Far below the limit there is no edge.
    let calm = try run(landscape, "sgd:lr=0.05", steps: 60)
    #expect(calm.outcome.name != "edge-of-stability")
  }
}
