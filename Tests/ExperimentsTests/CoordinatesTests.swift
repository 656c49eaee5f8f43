import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// Steps in other coordinates against the same steps on the loss that is written in those coordinates.
@Suite struct CoordinatesTests {
  /// Where a rule goes on a landscape, step by step.
  private func way(_ spec: String, on landscape: Landscape, from start: Point, steps: Int = 25) throws
    -> [Point]
  {
    var race = Race(
      Experiment(
        landscape: landscape, entries: Entry.entries(try specs([spec])), starts: [start],
        budget: Budget(steps: steps)))
    race.seek(to: steps)
    let run = race.run(entry: 0)
    try #require(run.step == steps, "\(spec)")
    return (0...run.step).map {
      let values = Array(run.history.parameters(at: $0)); return Point(values[0], values[1])
    }
  }

  private static let loss = "(x - 1)^2*Y + 0.3*(Y - 2)^2 + 0.2*x*Y"

  /// p, y by the coordinate s, s by y.
  static let forms: [(power: Double, text: String, back: @Sendable (Double) -> Double)] = [
    (0, "exp(y)", { Elementary.exp($0) }),
    (2, "sqrt(y)", { $0.squareRoot() }),
    (-2, "(1/sqrt(y))", { 1 / $0.squareRoot() }),
    (0.5, "y^2", { $0 * $0 }),
  ]

  /// Gradients, Hessians, memories: whatever a rule asks, it gets what the substituted formula would give.
  @Test(
    arguments: [
      "sgd:lr=0.02", "momentum:lr=0.01,beta=0.9", "nesterov:lr=0.01", "adam:lr=0.03", "newton:damping=0.5",
      "adagrad:lr=0.1", "sam(sgd:lr=0.02)",
    ], [0, 1, 2, 3])
  func aRuleIsThatOnTheSubstitutedLoss(_ rule: String, _ form: Int) throws {
    let (power, text, back) = Self.forms[form]
    let plain = try Landscape(formula: Self.loss.replacing("Y", with: "y"))
    let substituted = try Landscape(formula: Self.loss.replacing("Y", with: text))
    let start = Point(-0.5, 1.3)
    let coordinate = power == 0 ? Elementary.log(1.3) : Elementary.pow(1.3, power)
    let there = try way(rule, on: substituted, from: Point(-0.5, coordinate))
    let here = try way("coordinates(\(rule)):power=\(power)", on: plain, from: start)
    for (step, (a, b)) in zip(here, there).enumerated() {
      #expect(abs(a.x - b.x) < 1e-11 && abs(a.y - back(b.y)) < 1e-11, "step \(step): \(a), \(b)")
    }
    #expect(abs(here[25].y - here[0].y) > 0.03)
  }

  /// The normal distribution in (μ, σ), (μ, ln σ) and (μ, 1/σ²): one landscape and three wrappers, or three landscapes.
  @Test func theFisherMatrixIsTurnedToo() throws {
    let rule = "natural-gradient:lr=0.1"
    let sigma = try #require(LandscapeCatalog.named("gaussian-fit"))
    for (power, landscape, back) in [
      (0.0, "gaussian-fit-log", { Elementary.exp($0) }),
      (-2, "gaussian-fit-precision", { 1 / $0.squareRoot() }),
    ] as [(Double, String, (Double) -> Double)] {
      let there = try #require(LandscapeCatalog.named(landscape))
      let start = power == 0 ? Elementary.log(2) : 0.25
      for rule in [rule, "natural-gradient:lr=0.1,damping=0.2", "natural-gradient:lr=0.1,fisher=empirical"] {
        let (a, b) = (
          try way("coordinates(\(rule)):power=\(power)", on: sigma, from: Point(-1, 2)),
          try way(rule, on: there, from: Point(-1, start))
        )
        for (one, other) in zip(a, b) {
          #expect(abs(one.x - other.x) < 1e-10 && abs(one.y - back(other.y)) < 1e-10, "\(rule)")
        }
      }
    }
  }

  /// At time 2 the ways of the natural gradient are apart by what an independent computation found, those of descent too.
  @Test func theGapsAreThoseOfTheBook() throws {
    let landscape = try #require(LandscapeCatalog.named("gaussian-fit"))
    func gap(_ rule: String, _ rate: Double) throws -> Double {
      let steps = Int((2 / rate).rounded())
      let ends = try ["\(rule)", "coordinates(\(rule))", "coordinates(\(rule)):power=-2"].map {
        try way(
          $0.replacing(rule, with: "\(rule):lr=\(rate)"), on: landscape, from: Point(-1, 2), steps: steps)[
            steps]
      }
      return zip([0, 0, 1], [1, 2, 2]).map { i, j in
        let (x, y) = (ends[i].x - ends[j].x, ends[i].y - ends[j].y)
        return (x * x + y * y).squareRoot()
      }.max()!
    }
    // The sample is not exactly of mean 1 and variance ¼, so the figures agree to two digits.
    for (rate, wanted) in [(0.2, 0.0587), (0.1, 0.0280), (0.05, 0.0137)] {
      #expect(abs(try gap("natural-gradient", rate) / wanted - 1) < 0.05, "\(rate)")
    }
    #expect(abs(try gap("sgd", 0.05) / 0.448 - 1) < 0.05)
  }

  /// The sign stays, and a parameter that the base does not move stays to the bit.
  @Test func theSignStays() throws {
    let mirrored = try way(
      "coordinates(adam:lr=0.05)", on: try Landscape(formula: "(x - 1)^2 + (y + 2)^2"),
      from: Point(-0.5, -1.3))
    let plain = try way(
      "coordinates(adam:lr=0.05)", on: try Landscape(formula: "(x - 1)^2 + (y - 2)^2"), from: Point(-0.5, 1.3)
    )
    for (a, b) in zip(mirrored, plain) { #expect(a.x == b.x && a.y == -b.y) }
    let still = try way(
      "coordinates(sgd:lr=0.1):power=-2", on: try Landscape(formula: "(x - 1)^2"), from: Point(-0.5, 0.7))
    #expect(still.allSatisfy { $0.y == 0.7 } && still[25].x > 0.9)
  }

  /// The line of the base says what the base had.
  @Test func theStepIsToldInTheBasesNumbers() throws {
    var race = Race(
      Experiment(
        landscape: try Landscape(formula: "(x - 1)^2 + (y - 2)^2"),
        entries: Entry.entries(try specs(["coordinates(sgd:lr=0.1)"])), starts: [Point(0, 3)],
        budget: Budget(steps: 1)))
    race.seek(to: 1)
    let run = race.run(entry: 0)
    let lines = run.optimizer.lines(after: run.lastStepRecord)
    let end = try #require(lines.last { $0.symbol == "φ" }?.values)
    #expect(abs(end[0] - 0.2) < 1e-15 && abs(end[1] - (Elementary.log(3) - 0.1 * 2 * 3)) < 1e-14)
    let own = try #require(lines.first { $0.symbol == "φ_d" }?.values)
    #expect(own.count == 1 && abs(own[0] - Elementary.log(3)) < 1e-15)
  }
}
