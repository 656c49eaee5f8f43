import Foundation
import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// Each remark from a real run, and beside it a near miss of which it must not be said.
struct RemarkTests {
  private func remarks(
    _ landscape: String, _ optimizer: String, from start: Point, steps: Int, noise: Noise = .none,
    window: Window? = nil
  ) throws -> [Remark] {
    var experiment = try experiment(landscape, [optimizer], starts: [start], steps: steps, window: window)
    experiment.noise = noise
    var race = Race(experiment)
    race.seek(to: steps)
    return race.run(entry: 0).remarks(on: race.landscape, in: race.experiment.window)
  }

  private func words(_ landscape: String, _ optimizer: String, from start: Point, steps: Int) throws -> String
  {
    var race = Race(try experiment(landscape, [optimizer], starts: [start], steps: steps))
    race.seek(to: steps)
    return race.run(entry: 0).words(on: race.landscape, in: race.experiment.window)
  }

  @Test func crossingAlongTheSteepestDirection() throws {
    // Across the ravine 1 − 0.19·10 = −0.9 a step, along it 0.81.
    let found = try remarks("0.5*(10*x^2 + y^2)", "sgd:lr=0.19", from: Point(1, 0.5), steps: 12)
    #expect(found == [.crossesValley(curvature: 10)])
    #expect(
      try words("0.5*(10*x^2 + y^2)", "sgd:lr=0.19", from: Point(1, 0.5), steps: 12)
        == "crossing the valley, period 2, to and fro along λmax = 10")
    // A round bowl has no valley.
    for start in [Point(-2, 1.5), Point(0, 1.5)] {
      #expect(try remarks("bowl", "sgd:lr=0.99", from: start, steps: 12).isEmpty)
    }
    // Below 1/L nothing is crossed.
    #expect(try remarks("0.5*(10*x^2 + y^2)", "sgd:lr=0.09", from: Point(1, 0.5), steps: 12).isEmpty)
  }

  @Test func atASaddleWithoutNoise() throws {
    #expect(try remarks("saddle", "newton", from: Point(1.5, 0.4), steps: 3) == [.noNoise])
    #expect(
      try words("saddle", "newton", from: Point(1.5, 0.4), steps: 3)
        == "stuck at a saddle, λmin = −2, no noise")
    // The exact ridge of the saddle holds plain descent; noise of its own pushes Langevin off, and other noise anyone.
    #expect(try remarks("saddle", "sgd:lr=0.1", from: Point(1.5, 0), steps: 200) == [.noNoise])
    #expect(
      try remarks("saddle", "langevin:lr=0.1,temperature=0", from: Point(1.5, 0), steps: 200).isEmpty,
      "it may be heated")
    let noise = try Noise("gaussian(sigma=1e-9)")
    #expect(
      try !remarks("saddle", "sgd:lr=0.1", from: Point(1.5, 0), steps: 40, noise: noise).contains(.noNoise))
  }

  /// Descent slides off a ridge slowly: that it is held up there is said while it is, and not before or after.
  @Test func heldUpBesideASaddle() throws {
    for (step, isHeld) in [(3, false), (20, false), (30, true), (45, true), (60, false), (200, false)] {
      let found = try remarks("double-well", "sgd:lr=0.1", from: Point(0.001, 1.2), steps: step)
      #expect(
        found.contains { if case .besideSaddle = $0 { true } else { false } } == isHeld, "\(step) \(found)")
    }
    #expect(
      try words("double-well", "sgd:lr=0.1", from: Point(0.001, 1.2), steps: 30)
        == "hardly a slope beside a saddle, λmin = −1")
    // In a flat valley that bends nowhere down there is none.
    #expect(try remarks("0.5*(100*x^2 + 0.01*y^2)", "sgd:lr=0.01", from: Point(1, 1), steps: 50).isEmpty)
  }

  @Test func beyondTheLimit() throws {
    let over = try remarks("0.5*(10*x^2 + y^2)", "sgd:lr=0.21", from: Point(1, 9), steps: 3)
    guard case .beyondLimit("λmax", let share, "2/η")? = over.first else {
      Issue.record("\(over)")
      return
    }
    #expect(abs(share - 1.05) < 1e-12)
    #expect(over.first?.words == "λmax is 1.1 × 2/η" || over.first?.words == "λmax is 1 × 2/η")
    #expect(try remarks("0.5*(10*x^2 + y^2)", "sgd:lr=0.199", from: Point(1, 9), steps: 3).isEmpty)
    // The sign changes no step's length, so there is no limit to be beyond.
    #expect(try remarks("0.5*(10*x^2 + y^2)", "signsgd:lr=0.5", from: Point(1, 9), steps: 3).isEmpty)
  }

  /// A cliff of slope 300 at the start, then a plain of slope 1: with ρ = 0.99 the squares forget it after hundreds of steps.
  private static let cliffThenPlain = "x + 299*softplus(20*(x - 1))/20 + 0.001*y^2"

  @Test func theSecondMomentRemembersTheCliff() throws {
    let optimizer = "rmsprop:lr=0.1,rho=0.99"
    let soon = try remarks(Self.cliffThenPlain, optimizer, from: Point(1.5, 0), steps: 25)
    guard
      case .secondMomentRemembers(let step)? = soon.first(where: {
        if case .secondMomentRemembers = $0 { true } else { false }
      })
    else {
      Issue.record("\(soon)")
      return
    }
    // The gradient of the step named is the largest: it was taken from above the edge.
    var race = Race(try experiment(Self.cliffThenPlain, [optimizer], starts: [Point(1.5, 0)], steps: 25))
    race.seek(to: 25)
    let norms = race.run(entry: 0).history.gradientNorms
    #expect(norms[step - 1] > 50, "step \(step): \(norms[step - 1])")
    #expect(Remark.secondMomentRemembers(step: 37).words == "second moment still remembers step 37")
    // With a short memory it has forgotten, on the cliff itself it is no memory, and with noise nothing is said.
    func remembers(_ found: [Remark]) -> Bool {
      found.contains { if case .secondMomentRemembers = $0 { true } else { false } }
    }
    #expect(
      !remembers(try remarks(Self.cliffThenPlain, "rmsprop:lr=0.1,rho=0.5", from: Point(1.5, 0), steps: 25)))
    #expect(!remembers(try remarks(Self.cliffThenPlain, optimizer, from: Point(1.5, 0), steps: 1)))
    #expect(!remembers(try remarks("x + 0.001*y^2", optimizer, from: Point(1.5, 0), steps: 25)))
    #expect(
      !remembers(
        try remarks(
          Self.cliffThenPlain, optimizer, from: Point(1.5, 0), steps: 25,
          noise: try Noise("gaussian(sigma=0.01)"))))
    #expect(
      !remembers(try remarks(Self.cliffThenPlain, "clip(\(optimizer))", from: Point(1.5, 0), steps: 25)))
    #expect(!remembers(try remarks(Self.cliffThenPlain, "momentum:lr=0.001", from: Point(1.5, 0), steps: 25)))
    #expect(remembers(try remarks(Self.cliffThenPlain, "adam:lr=0.1", from: Point(1.5, 0), steps: 25)))
  }

  @Test func momentumCarriesItPast() throws {
    let window = Window(x: -5...5, y: -5...5)
    let landscape = try Landscape(formula: "x^2 + y^2", minima: [Point(0, 0)], window: window)
    func found(_ text: String, _ landscape: Landscape, steps: Int) throws -> [Remark] {
      var race = Race(
        Experiment(
          landscape: landscape, entries: Entry.entries([try OptimizerSpec(text)]), starts: [Point(1, 0.5)],
          budget: Budget(steps: steps)))
      race.seek(to: steps)
      return race.run(entry: 0).remarks(on: landscape, in: window)
    }
    // x″ + friction: the first pass through 0 is near a quarter of the period 2π/√(2η) ≈ 31 steps.
    let heavy = "momentum:lr=0.02,beta=0.95"
    #expect(try found(heavy, landscape, steps: 5).isEmpty, "downhill")
    #expect(try found(heavy, landscape, steps: 12).contains(.carriedPast))
    // Without a known minimum it is merely uphill, and turned back it is neither.
    let unknown = try Landscape(formula: "x^2 + y^2", window: window)
    #expect(try found(heavy, unknown, steps: 12).contains(.carriedUphill))
    // A step that begins downhill and ends higher on the other side is too long, not carried.
    for step in 2...8 {
      let over = try found("momentum:lr=1.2,beta=0.05", landscape, steps: step)
      #expect(!over.contains(.carriedPast) && !over.contains(.carriedUphill) && !over.isEmpty)
    }
    // Descent without momentum never goes up against its own slope.
    for step in [3, 9, 14] {
      let plain = try found("sgd:lr=0.9", landscape, steps: step)
      #expect(!plain.contains(.carriedPast) && !plain.contains(.carriedUphill))
    }
  }

  /// From the start, before anything came close, up is only up.
  @Test func uphillWithoutHavingPassed() throws {
    // A hill in the way: from −3 the ball rolls down into the dip at −1.5 and up the hill towards the known minimum at 3,
    // coming closer all the time.
    let landscape = try Landscape(
      formula: "0.02*(x - 3)^2 + exp(0 - 4*x^2) + y^2", minima: [Point(3, 0)],
      window: Window(x: -5...5, y: -5...5))
    var race = Race(
      Experiment(
        landscape: landscape, entries: Entry.entries([try OptimizerSpec("momentum:lr=0.1,beta=0.95")]),
        starts: [Point(-3, 0)], budget: Budget(steps: 60)))
    var kinds: Set<String> = []
    for step in 1...60 {
      race.seek(to: step)
      let run = race.run(entry: 0)
      let remarks = run.remarks(on: landscape, in: race.experiment.window)
      if run.point.x < 2, remarks.contains(.carriedUphill) { kinds.insert("uphill") }
      if run.point.x < 2, remarks.contains(.carriedPast), run.lastStepRecord.displacement[0] > 0 {
        kinds.insert("past")
      }
    }
    #expect(kinds == ["uphill"])
  }

  @Test func onACliff() throws {
    // A plain of slope 1 that ends in a slope of 100.
    let edge = "0 - x - 99*softplus(20*(x - 3))/20 + 0*y"
    let optimizer = "sgd:lr=0.05"
    var cliff: Int?
    var race = Race(
      try experiment(
        edge, [optimizer], starts: [Point(1.5, 0)], steps: 60, window: Window(x: -9...9, y: -9...9)))
    for step in 1...60 where cliff == nil {
      race.seek(to: step)
      let found = race.run(entry: 0).remarks(on: race.landscape, in: race.experiment.window)
      if case .onCliff(let factor)? = found.last {
        cliff = step
        #expect(factor >= 10)
        #expect(race.run(entry: 0).gradientNorm >= 10)
      }
    }
    let step = try #require(cliff)
    race.seek(to: step - 1)
    #expect(race.run(entry: 0).gradientNorm < 100)
    // With fewer than eight steps before nothing is said: what is usual is not known.
    #expect(try remarks(edge, optimizer, from: Point(2.9, 0), steps: 4).isEmpty)
  }

  /// Nothing is said at the start or at the end of a run.
  @Test func nothingIsSaidWhereNothingHappens() throws {
    #expect(try remarks("bowl", "adam", from: Point(1, 1), steps: 0).isEmpty)
    #expect(try remarks("bowl", "sgd:lr=0.3", from: Point(1, 1), steps: 300).isEmpty)
    #expect(try words("bowl", "sgd:lr=0.3", from: Point(1, 1), steps: 300) == "converged to minimum 1")
    #expect(try words("bowl", "sgd:lr=0.001", from: Point(1, 1), steps: 3) == "on its way")
  }
}
