import Landscapes
import OptimizerCore
import TestSupport
import Testing

@testable import Experiments

/// Where recorded runs part from optimizers, and what is found of runs that were spoiled.
@Suite struct ComparisonTests {
  private func landscape() throws -> Landscape { try #require(LandscapeCatalog.named("six-hump-camel")) }

  /// The run of a spec, as a file would have it.
  private func recorded(_ spec: String, steps: Int = 40, late delay: Int = 0) throws -> Trajectory {
    let start = Trajectory(
      path: "run.csv", rows: (0..<steps + 1).map { .init(step: $0, point: [-1.4, 0.9], evaluations: 1) })
    let pursuit = Pursuit(of: start, on: try landscape())
    let points = pursuit.points(
      of: try OptimizerSpec(spec).makeScalar(late: delay), isGuided: false, rows: steps + 1)
    return Trajectory(
      path: "run.csv",
      rows: (0..<steps + 1).map {
        .init(step: $0, point: Array(points[(2 * $0)..<(2 * $0 + 2)]), evaluations: $0 == 0 ? 0 : 1)
      })
  }

  private func changed(_ run: Trajectory, _ change: (Trajectory.Row) -> Trajectory.Row?) -> Trajectory {
    Trajectory(path: run.path, rows: run.rows.compactMap(change))
  }

  /// A search among some of the registry, which takes a while to be gone through.
  private func search(_ run: Trajectory) throws -> RuleSearch {
    let specs = ["sgd", "momentum", "nesterov", "ema-momentum", "adam", "adamw", "rmsprop", "lion"]
      .flatMap { Conventions.forms(of: $0) }
    let all = Conventions.all(on: try landscape())
    #expect(specs.count > 20 && all.count > 5 * specs.count)
    return RuleSearch(for: run, on: try landscape(), tolerance: 1e-6, among: specs)
  }

  private func compare(_ spec: String, _ run: Trajectory) throws -> Comparison {
    Comparison.of(try OptimizerSpec(spec), with: run, on: try landscape(), tolerance: 1e-6)
  }

  @Test func theSameIsTheSame() throws {
    let run = try recorded("adam:lr=0.05")
    let same = try compare("adam:lr=0.05", run)
    #expect(same.fits && same.deviation == 0 && same.stepDeviation == 0 && same.lastStep == 40)
    let other = try compare("adam:lr=0.05,bias_correction=off", run)
    let parting = try #require(other.parting)
    // Without the correction the first step is (1 − β₁)/√(1 − β₂) = 3.16 times as long.
    #expect(parting.step == 1 && parting.there == run.rows[1].point)
    #expect(try #require(parting.factor).magnitude.distance(to: 0.001.squareRoot() / 0.1).magnitude < 1e-6)
    #expect(try compare("sgd:lr=100", run).deviation.isNaN)
  }

  @Test func anotherFormIsNamed() throws {
    func forms(_ spec: String, _ run: Trajectory) throws -> [String] {
      Comparison.neighbours(
        of: try OptimizerSpec(spec), with: run, on: try landscape(), tolerance: 1e-6
      ).map { $0.spec.description + ($0.delay == 0 ? "" : " \($0.delay)") }
    }
    let uncorrected = try recorded("adam:lr=0.05,bias_correction=off")
    #expect(try forms("adam:lr=0.05", uncorrected).first == "adam:lr=0.05,bias_correction=off")
    let decayed = try recorded("decay(adam:lr=0.05):weight_decay=0.3")
    #expect(
      try forms("adam:lr=0.05,l2=0.3", decayed).contains("decay(adam:lr=0.05):weight_decay=0.3"))
    let late = try recorded("sgd:lr=0.02,schedule=cosine(30)", late: 1)
    #expect(try forms("sgd:lr=0.02,schedule=cosine(30)", late) == ["sgd:lr=0.02,schedule=cosine(30) 1"])
    let early = try recorded("sgd:lr=0.02,schedule=cosine(30)", late: -1)
    #expect(try forms("sgd:lr=0.02,schedule=cosine(30)", early) == ["sgd:lr=0.02,schedule=cosine(30) -1"])
    #expect(try forms("sgd:lr=0.02", late).isEmpty)
  }

  @Test func theKnobsAreFound() throws {
    for spec in [
      "momentum:lr=0.013,beta=0.87", "adam:lr=0.031,beta1=0.85,beta2=0.97", "adamw:lr=0.05,weight_decay=0.3",
      "adam:lr=0.02,bias_correction=off,eps=0.001", "sgd:lr=0.017,l2=0.2",
    ] {
      let canonical = try OptimizerSpec(spec).description
      let found = try search(try recorded(spec))
      let best = try #require(found.best.first)
      #expect(best.fits && best.deviation < 1e-9, "\(ComparisonText.lines(found))")
      #expect(
        found.best.contains { $0.spec.description == canonical },
        "\(spec): \(ComparisonText.lines(found))")
    }
  }

  @Test func itIsSaidInWords() throws {
    let whole = RuleSearch(
      for: try recorded("adam:lr=0.05,bias_correction=off"), on: try landscape(), tolerance: 1e-6)
    let lines = ComparisonText.lines(whole)
    #expect(lines[0] == "adam:lr=0.05,bias_correction=off")
    #expect(lines[1].hasPrefix("this is adam with bias_correction=off ("), "\(lines)")
    #expect(
      lines[1].contains(" over 40 steps); adam as published parts at step 1 by a factor 3.16: ("), "\(lines)")
    let two = ComparisonText.lines(try search(try recorded("sgd:lr=0.02", steps: 1)))
    #expect(two[0] == "sgd:lr=0.02" && two[2].hasPrefix("cannot be told apart from "), "\(two)")
  }

  @Test func aShortRunIsEnough() throws {
    #expect(
      try search(try recorded("momentum:lr=0.012,beta=0.8", steps: 5)).best[0].spec.description
        == "momentum:lr=0.012,beta=0.8")
  }

  @Test func stepsThatWereLeftOutAreNoHindrance() throws {
    let run = changed(try recorded("momentum:lr=0.012,beta=0.8")) { $0.step % 3 == 0 ? $0 : nil }
    #expect(!run.isDense && run.rows.count == 14)
    let found = try search(run)
    #expect(found.best[0].spec.description == "momentum:lr=0.012,beta=0.8", "\(ComparisonText.lines(found))")
    #expect(found.best[0].fits && found.best[0].lastStep == 39)
  }

  /// A file that begins after the first step, of which the start is said; and one that counts from another step.
  @Test func aShiftedRunIsFound() throws {
    let run = try recorded("adam:lr=0.05")
    let later = Trajectory(
      path: "run.csv",
      rows: run.rows.dropFirst().map { .init(step: $0.step - 1, point: $0.point, evaluations: 1) })
    #expect(later.starting(at: [-1.4, 0.9]).rows.map(\.point) == run.rows.map(\.point))
    #expect(try search(later.starting(at: [-1.4, 0.9])).best[0].spec.description == "adam:lr=0.05")
    #expect(try !compare("adam:lr=0.05", later).fits)
    #expect(run.starting(at: [-1.4, 0.9]) === run)
    #expect(run.prefix(steps: 7).lastStep == 7 && run.prefix(steps: 99) === run)
  }

  /// With noise nothing is the run; the closest is the rule, with knobs that are about right.
  @Test func aNoisyRunIsFoundAboutRight() throws {
    var random = SplitMix64(state: 4)
    func noise() -> Double { Double.random(in: -1e-4...1e-4, using: &random) }
    let run = changed(try recorded("momentum:lr=0.012,beta=0.8")) {
      .init(
        step: $0.step, point: $0.point.map { $0 + ($0 == -1.4 || $0 == 0.9 ? 0 : noise()) }, evaluations: 1)
    }
    let found = try search(run)
    #expect(found.best.allSatisfy { !$0.fits } && found.remainder < 0.01)
    let momentum = try #require(
      found.best.first { $0.spec.id == "momentum" }, "\(ComparisonText.lines(found))")
    let (rate, beta) = (
      try #require(momentum.spec.setting("lr")), try #require(momentum.spec.setting("beta"))
    )
    #expect((rate - 0.012).magnitude < 2e-4 && (beta - 0.8).magnitude < 0.01)
    #expect(ComparisonText.lines(found)[1].hasPrefix("no rule is this run; the closest is "))
  }

  /// A rule with more knobs leaves less of a noisy run, always; the rule that it is has fewer.
  @Test(arguments: ["sgd:lr=0.02", "momentum:lr=0.012,beta=0.8", "adam:lr=0.05"])
  func ofANoisyRunTheSimpleRuleIsTheClosest(_ spec: String) throws {
    var random = SplitMix64(state: 1)
    func normal() -> Double {
      (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
    }
    let run = changed(try recorded(spec)) { row in
      .init(
        step: row.step, point: row.point.map { row.step == 0 ? $0 : $0 + 1e-3 * normal() }, evaluations: 1)
    }
    // What follows the noise, too: a slow point remembers where the run was.
    let specs = ["sgd", "momentum", "nesterov", "adam", "adamw", "lookahead(sgd)", "lookahead(momentum)"]
      .flatMap { Conventions.forms(of: $0) }
    let found = RuleSearch(for: run, on: try landscape(), tolerance: 1e-6, among: specs)
    let best = try #require(found.best.first)
    #expect(!best.fits)
    let wanted = try OptimizerSpec(spec)
    #expect(best.spec.id == wanted.id, "\(spec): \(ComparisonText.lines(found))")
    // One number more may be what chance had it be, and not all that there are.
    let more = best.spec.settings.count { setting in !wanted.settings.contains { $0.key == setting.key } }
    #expect(more <= 1, "\(spec): \(ComparisonText.lines(found))")
  }

  /// Rows that were left out without a word are noticed.
  @Test(arguments: [("momentum:lr=0.012,beta=0.8", 3), ("sgd:lr=0.004", 10)])
  func rowsThatWereLeftOutAreNoticed(_ spec: String, _ every: Int) throws {
    let run = changed(try recorded(spec, steps: 12 * every)) {
      $0.step % every == 0 ? .init(step: $0.step / every, point: $0.point, evaluations: 1) : nil
    }
    let thinned = try #require(
      Thinned(run, on: try landscape(), tolerance: 1e-6, trying: [2, 3, 5, 10]))
    let (one, wanted) = (thinned.comparison, try OptimizerSpec(spec))
    #expect(thinned.steps == every && one.fits && one.spec.id == wanted.id, "\(one.spec)")
    for setting in wanted.settings {
      let found = try #require(one.spec.setting(setting.key))
      #expect((found / setting.value - 1).magnitude < 1e-6, "\(one.spec)")
    }
  }

  /// What was disturbed is no other run thinned out, and a file that numbers its rows is believed.
  @Test func whatWasNotThinnedIsNotTaken() throws {
    let whole = try recorded("momentum:lr=0.012,beta=0.8", steps: 12)
    var random = SplitMix64(state: 5)
    let noisy = changed(whole) { row in
      .init(
        step: row.step,
        point: row.point.map { $0 + (row.step == 0 ? 0 : Double.random(in: -1e-3...1e-3, using: &random)) },
        evaluations: 1)
    }
    #expect(Thinned(noisy, on: try landscape(), tolerance: 1e-6, trying: [2, 3]) == nil)
    let numbered = changed(try recorded("sgd:lr=0.004", steps: 24)) {
      $0.step % 2 == 0 ? .init(step: $0.step, point: $0.point, evaluations: 1) : nil
    }
    #expect(Thinned(numbered, on: try landscape(), tolerance: 1e-6) == nil)
  }

  /// Numbers of single precision are enough to tell.
  @Test func fewDigitsAreEnough() throws {
    let run = changed(try recorded("adam:lr=0.05")) {
      .init(step: $0.step, point: $0.point.map { Double(Float($0)) }, evaluations: 1)
    }
    let found = try search(run)
    #expect(found.best.contains { $0.spec.description == "adam:lr=0.05" }, "\(ComparisonText.lines(found))")
    #expect(try compare("adam:lr=0.05", run).fits)
  }

  /// A column of learning rates is taken for what it says, be it a step late.
  @Test func recordedRatesAreUsed() throws {
    let run = try recorded("momentum:lr=0.01,beta=0.8,schedule=cosine(30)")
    let schedule = try Schedule("cosine(30)")
    func withRates(late: Int) -> Trajectory {
      changed(run) {
        .init(
          step: $0.step, point: $0.point,
          rate: $0.step + late < 1 ? nil : 0.01 * schedule.multiplier(at: $0.step - 1 + late),
          evaluations: 1)
      }
    }
    let right = try #require(try search(withRates(late: 0)).best.first)
    #expect(right.fits && right.delay == 0 && right.spec.description == "momentum:beta=0.8")
    let late = try #require(try search(withRates(late: 1)).best.first)
    #expect(late.spec.id == "momentum" && late.delay == 1, "\(late.spec) \(late.delay)")
  }
}
