import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// Typed rules in races: entries, sweeps, changes, replay lines.
struct TypedRuleRunTests {
  private func rule(_ text: String) throws -> TypedRule { try TypedRule(text) }

  private func experiment(_ specs: [String], _ rules: [TypedRule], steps: Int = 50) throws -> Experiment {
    Experiment(
      landscape: LandscapeCatalog.named("ravine")!,
      entries: Entry.entries(try specs.map { try OptimizerSpec($0, rules: rules) }), rules: rules,
      budget: Budget(steps: steps))
  }

  private let heavy = "heavy(lr=0.01, beta=0.9): v := 0; v = beta*v + g; x = x - lr*v"

  @Test func aRaceOfATypedRuleIsThatOfTheCompiledOne() throws {
    let heavy = try rule(heavy)
    var race = Race(try experiment(["heavy:lr=0.02", "momentum:lr=0.02"], [heavy]))
    race.seek(to: 50)
    #expect(race.runs[0].point == race.runs[1].point)
    race.seek(to: 17)
    #expect(race.runs[0].point == race.runs[1].point)
    #expect(race.runs[0].optimizer.state.map(\.symbol) == ["g", "v"])
    #expect(
      race.runs[0].optimizer.lines(after: StepRecord(before: [0, 0], after: [0, 0], gradient: [0, 0])).count
        == 3)
  }

  @Test func theReplayLineCarriesTheRulesOfItsEntries() throws {
    let (heavy, other) = (try rule(heavy), try rule("other: x = x - 0.1*g"))
    let experiment = try experiment(["adam", "lookahead(heavy:lr=0.02):k=3"], [other, heavy])
    let words = experiment.arguments(steps: 50)
    let places = words.indices.filter { words[$0] == "--rule" }
    #expect(places.map { words[$0 + 1] } == [heavy.text])
    #expect(words.contains("lookahead(heavy:lr=0.02):k=3"))
    #expect(experiment.replayLine(steps: 50).contains("--rule '\(heavy.text)' -o"))
  }

  @Test func anExperimentKnowsTheRulesOfItsEntries() throws {
    let heavy = try rule(heavy)
    var experiment = try experiment(["sgd"], [])
    #expect(experiment.rules.isEmpty)
    experiment.entries += Entry.entries([try OptimizerSpec("heavy", rules: [heavy])])
    #expect(experiment.rules == [heavy])
    var race = Race(experiment)
    race.remove(entry: 1)
    #expect(race.experiment.rules == [heavy], "it can be added again")
    #expect(try RunOption.optimizer("heavy:lr=1", rules: race.experiment.rules).rule == heavy)
  }

  @Test func knobsAreTurnedAndSwept() throws {
    let heavy = try rule(heavy)
    var turned = try experiment(["heavy", "momentum"], [heavy])
    turned.changes = [
      try RunOption.change("10:heavy.lr=0.03", in: turned),
      try RunOption.change("10:momentum.lr=0.03", in: turned),
    ]
    var race = Race(turned)
    race.seek(to: 40)
    #expect(race.runs[0].point == race.runs[1].point)
    #expect(throws: OptionError.self) { try RunOption.change("10:heavy.gamma=1", in: turned) }
    #expect(throws: OptionError.self) { try RunOption.rule("heavy: x = x - g", besides: [heavy]) }
    #expect(try RunOption.rule(heavy.text, besides: [heavy]) == heavy)
  }

  @Test func aFaultIsQuotedWithItsPlace() {
    #expect(throws: OptionError.self) { try RunOption.rule("r: x = x - lr*g", besides: []) }
    do {
      _ = try RunOption.rule("r(lr=1): x = x - le*g", besides: [])
    } catch {
      #expect(
        error.message
          == "in 'r(lr=1): x = x - le*g': unknown name 'le', did you mean 'lr'? (line 1, column 18)")
      #expect(error.isData)
    }
  }
}
