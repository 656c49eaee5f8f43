import Landscapes
import OptimizerCore
import Testing

@testable import Experiments

/// Runs at the ends of the range of doubles, on flat ground, and out of the domain: none gives up for the wrong reason.
@Suite struct ExtremeRunTests {
  private func race(_ formula: String, _ specs: [String], from start: Point, steps: Int) throws -> Race {
    var race = Race(try experiment(formula, specs, starts: [start], steps: steps))
    race.seek(to: steps)
    return race
  }

  private func run(_ formula: String, _ spec: String, from start: Point, steps: Int) throws -> Run {
    try race(formula, [spec], from: start, steps: steps).run(entry: 0)
  }

  private func isClose(_ run: Run, _ x: Double, _ y: Double, _ tolerance: Double = 1e-12) -> Bool {
    func isClose(_ ours: Double, _ right: Double) -> Bool {
      (ours - right).magnitude <= tolerance * max(1, right.magnitude)
    }
    return isClose(run.parameters[0], x) && isClose(run.parameters[1], y)
  }

  // MARK: Lengths of gradients

  /// A gradient whose square over- or underflows has a length; a run ends where a number is not finite, not before.
  @Test(arguments: [
    ("1e200*(x^2 + y^2)", 1.0, 1.0, 2.8284271247461903e200), ("x^1000 + y", 1.5, 0, 8.22560397937e178),
    ("1e-170*(x + y)", 1, 1, 1.41421356237e-170), ("1e-320*(x + y)", 1, 1, 0xb2ep-1074),
    ("1.5e308*x + 0*y", 1, 1, 1.5e308), ("x^2 + y^2", 3, 4, 10),
  ])
  func theLengthOfAGradientIsFinite(_ formula: String, _ x: Double, _ y: Double, _ right: Double) throws {
    let run = try run(formula, "sgd:lr=1e-8", from: Point(x, y), steps: 0)
    #expect((run.gradientNorm - right).magnitude <= max(1e-11 * right, 0x14p-1074), "\(run.gradientNorm)")
    #expect(run.divergedAt == nil && !run.isOver)
  }

  @Test func aDivergingRunKeepsItsLastFiniteRow() throws {
    let run = try run("rosenbrock", "sgd:lr=0.3", from: Point(-1.2, 1), steps: 10)
    #expect(run.lastStep == 4 && (run.parameters[0] / -4.7193483525579825e75 - 1).magnitude < 1e-14)
    #expect((run.gradientNorm / 4.204e229 - 1).magnitude < 1e-3 && (run.loss / 4.96e304 - 1).magnitude < 1e-2)
  }

  @Test func rainSeesTheSameLengths() throws {
    let race = try experiment("1e200*(x^2 + y^2)", ["signsgd:lr=0.01"])
    var rain = Rain(race, entry: 0, at: [Point(1, 1), Point(-1, 2)])
    for _ in 0..<30 { rain.advance() }
    #expect(rain.standings.allSatisfy { $0 == .moving }, "\(rain.standings)")
  }

  // MARK: Sharpness-aware steps where ‖g‖² vanishes

  @Test func samWithoutARadiusIsItsBase() throws {
    let both = try race(
      "x^2 + y^2", ["sam(sgd:lr=0.25):rho=0", "sgd:lr=0.25"], from: Point(1, 1), steps: 600)
    #expect(both.runs[0].step == 600 && both.runs[0].divergedAt == nil)
    #expect(both.runs[0].parameters == both.runs[1].parameters)
    #expect(both.runs[0].parameters[0] == 2.409919865102884e-181)
  }

  @Test(arguments: [1e-170, 0x7e8p-1074, 1e170]) func samKnowsTheDirectionOfAnyGradient(_ size: Double) throws
  {
    let formula = size > 1 ? "1e-20*(x^2 + y^2)" : "x^2 + y^2"
    let scale = size > 1 ? 1e-20 : 1.0
    let run = try run(formula, "sam(sgd:lr=0.25):rho=0.05", from: Point(size, 2 * size), steps: 1)
    let (x, y) = (-0.05 / 5.0.squareRoot(), -0.1 / 5.0.squareRoot())
    let right = size > 1 ? (size, 2 * size) : (x * 0.5, y * 0.5)
    #expect(isClose(run, right.0, right.1, size == 0x7e8p-1074 ? 1e-3 : 1e-12), "\(run.parameters) \(scale)")
    // The stretched gradient at 1e170 is beyond any double.
    guard size < 1 else { return }
    let adaptive = try self.run(
      formula, "sam(sgd:lr=0.25):rho=0.05,adaptive=on", from: Point(size, 2 * size), steps: 1)
    #expect(adaptive.parameters.allSatisfy(\.isFinite) && adaptive.step == 1)
  }

  // MARK: Newton and a singular Hessian

  @Test func newtonStepsByLeastSquares() throws {
    #expect(try isClose(run("x^2", "newton", from: Point(3, 1), steps: 1), 0, 1))
    #expect(try isClose(run("x^2", "newton:saddle_free=on", from: Point(3, 1), steps: 1), 0, 1))
    let bent = try run("cosh(0.5*x)", "newton", from: Point(10, 0), steps: 12)
    #expect(bent.parameters[0].magnitude < 1e-12 && bent.parameters[1] == 0)
    // A valley across the axes: rounding leaves of its second pivot what is not quite 0.
    let formula = "(u - 1)^2 where u = 0.1*x + 0.7*y"
    for spec in ["newton", "newton:saddle_free=on"] {
      let run = try run(formula, spec, from: Point(3, 1), steps: 1)
      // The foot of the perpendicular from the start.
      #expect(isClose(run, 3, 1, 1e-9), "\(spec): \(run.parameters)")
      let other = try self.run(formula, spec, from: Point(4, 2), steps: 1)
      #expect(isClose(other, 4 - 0.1 * 0.8 / 0.5, 2 - 0.7 * 0.8 / 0.5, 1e-9), "\(spec): \(other.parameters)")
    }
    // Small is not singular.
    #expect(try isClose(run("x^2 + 1e-20*y^2", "newton", from: Point(3, 1), steps: 1), 0, 0))
    #expect(try isClose(run("x^2 + 1e-20*y^2", "newton:saddle_free=on", from: Point(3, 1), steps: 1), 0, 0))
  }

  @Test func newtonArrivesOnOneEquationAtOnce() throws {
    let landscape = try #require(LandscapeCatalog.named("one-equation"))
    let start = landscape.start
    let run = try run("one-equation", "newton", from: start, steps: 5)
    #expect(run.step == 5 && run.loss < 1e-24 && run.gradientNorm < 1e-11)
    #expect(isClose(run, 1, 2, 1e-9), "\(run.parameters)")
  }

  /// Where the slope leaves the range of the Hessian there is no step, and it is said why.
  @Test(arguments: ["newton", "newton:saddle_free=on"]) func thereMayBeNoNewtonStep(_ spec: String) throws {
    let run = try run("x + y^2", spec, from: Point(1, 1), steps: 3)
    #expect(run.step == 0 && run.isOver)
    let race = try race("x + y^2", [spec], from: Point(1, 1), steps: 3)
    let outcome = race.run(entry: 0).outcome(on: race.landscape, in: race.experiment.window)
    #expect(outcome.words == "no Newton step: singular Hessian" && outcome.name == "diverged")
    #expect(race.run(entry: 0).log.entries.contains { $0.text.contains("no Newton step") })
  }

  // MARK: Out of the domain and back

  @Test(arguments: ["lbfgs", "conjugate-gradient", "conjugate-gradient:variant=fr"])
  func strongWolfeComesBackIntoTheDomain(_ spec: String) throws {
    let run = try run("x - log(x) + (y - 1)^2", spec, from: Point(3, 3), steps: 25)
    #expect(isClose(run, 1, 1, 1e-5), "\(run.parameters) after \(run.step)")
    // The square root has an end, too, and no slope beyond it.
    let root = try self.run("x - 2*sqrt(x) + y^2", spec, from: Point(9, 2), steps: 25)
    #expect(isClose(root, 1, 0, 1e-5), "\(root.parameters) after \(root.step)")
  }

  @Test func theExactStepComesBackIntoTheDomain() throws {
    for rate in [1.0, 10, 100] {
      let run = try run(
        "x - log(x) + (y - 1)^2", "line-search:method=exact-quadratic,lr=\(rate)", from: Point(3, 3),
        steps: 60)
      #expect(isClose(run, 1, 1, 1e-4), "\(rate): \(run.parameters) after \(run.step)")
    }
  }

  @Test func lineSearchesFallAtAnyScale() throws {
    for scale in ["1e200", "1e-200"] {
      for method in ["armijo", "exact-quadratic"] {
        // Where a step of 1 does not even move the point, no difference of gradients tells a curvature.
        if scale == "1e-200", method != "armijo" { continue }
        let run = try run(
          "\(scale)*(x^2 + y^2)", "line-search:method=\(method)", from: Point(1, 1), steps: 40)
        // Armijo doubles its step from 1 and needs longer than this to get there.
        let isFalling =
          method == "armijo" && scale == "1e-200"
          ? run.loss <= run.history.losses[0] : run.loss < 1e-3 * run.history.losses[0]
        #expect(isFalling && run.divergedAt == nil, "\(scale) \(method): \(run.loss)")
      }
    }
  }

  // MARK: Right before, and to stay so

  @Test func theFlowerIsClimbedDownAsByTorch() throws {
    let run = try run("hypot(x, y) + sin(4*atan2(y, x))", "lbfgs", from: Point(20, 20), steps: 1)
    #expect(isClose(run, 2.7074521852378, 6.9925228147622) && run.cost.evaluations == 4)
  }

  @Test func momentumAndAdagradAreThoseOfTheBooks() throws {
    for (spec, x, y) in [
      ("momentum:lr=0.6,beta=0.5", 0.007188, 0.002553), ("momentum:lr=0.6,beta=0.25", -0.126340, -0.186632),
      ("adagrad:lr=0.4", -2.382563, -0.158591),
    ] {
      #expect(
        try isClose(run("0.1*x^2 + 2*y^2", spec, from: Point(-5, -2), steps: 20), x, y, 6e-7), "\(spec)")
    }
  }
}
