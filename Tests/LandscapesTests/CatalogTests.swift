import Landscapes
import OptimizerCore
import Testing

@Suite struct CatalogTests {
  @Test func holdsWhatTheProgramPromises() {
    let names = LandscapeCatalog.names
    #expect(Set(names).count == names.count)
    #expect(names.count >= 20)
    for name in [
      "bowl", "elliptical-bowl", "ravine", "rotated-ravine", "saddle", "monkey-saddle", "double-well",
      "plateau",
      "cliff", "staircase", "rosenbrock", "beale", "himmelblau", "rastrigin", "ackley", "six-hump-camel",
      "styblinski-tang", "peaks", "sharp-and-flat", "two-layer-scalar", "sigmoid-neuron",
    ] {
      #expect(LandscapeCatalog.named(name)?.id == name)
    }
    #expect(LandscapeCatalog.all.map(\.id) == names)
    #expect(LandscapeCatalog.named("nowhere") == nil)
    #expect(LandscapeCatalog.nearest(to: "rosenbrok") == "rosenbrock")
    #expect(LandscapeCatalog.nearest(to: "himelblau") == "himmelblau")
    #expect(LandscapeCatalog.nearest(to: "zzzzzz") == nil)
  }

  @Test(arguments: LandscapeCatalog.all) func isCompleteAndOneLine(_ landscape: Landscape) {
    #expect(landscape.window.contains(landscape.start))
    #expect(landscape.minima.allSatisfy { landscape.window.contains($0) })
    #expect(landscape.saddles.allSatisfy { landscape.window.contains($0) })
    for text in [landscape.title, landscape.watch, landscape.source] {
      #expect(!text.isEmpty && !text.contains("\n"))
    }
    #expect(landscape.watch.count <= 120)
    #expect(landscape.value(at: landscape.start).isFinite)
    let gradient = landscape.gradient(at: landscape.start, step: 1)
    #expect(gradient.isFinite && gradient.norm > 1e-9)
    for constant in landscape.constants {
      #expect(
        constant.name.allSatisfy { $0.isASCII } && constant.symbol.count >= 1 && !constant.label.isEmpty)
    }
  }

  /// Settings of the constants at which the claims are checked: the defaults, and both ends of every range.
  /// Minima of more than two parameters are none of the picture, and are tested with the problems.
  static let settings: [Landscape] = LandscapeCatalog.all.filter { $0.dimension == 2 }.flatMap { landscape in
    [landscape]
      + landscape.constants.flatMap { constant in
        [constant.range.lowerBound, constant.range.upperBound].map {
          // The ends of a range are inside it.
          // swift-format-ignore: NeverUseForceTry
          try! landscape.setting(constant.name, to: $0)
        }
      }
  }

  @Test(arguments: settings) func minimaAreMinima(_ landscape: Landscape) {
    for minimum in landscape.minima {
      let value = landscape.value(at: minimum)
      // At the tip of Ackley's cone, too: a norm has slope and curvature 0 at its origin.
      let gradient = landscape.gradient(at: minimum)
      let hessian = landscape.hessian(at: minimum)
      let scale = max(1, hessian.eigenvalues.larger)
      #expect(gradient.norm <= 1e-12 * scale, "\(landscape.id) \(minimum)")
      #expect(hessian.eigenvalues.smaller >= -1e-12 * scale, "\(landscape.id) \(minimum)")
      for step in 0..<16 {
        let angle = Double(step) * Double.pi / 8
        let near = Point(
          x: minimum.x + 1e-3 * cosine(angle), y: minimum.y + 1e-3 * cosine(angle - Double.pi / 2))
        #expect(
          landscape.value(at: near) >= value - 1e-13 * max(1, value.magnitude), "\(landscape.id) \(minimum)")
      }
    }
  }

  @Test(arguments: settings) func saddlesAreSaddles(_ landscape: Landscape) {
    for saddle in landscape.saddles {
      let gradient = landscape.gradient(at: saddle)
      let eigenvalues = landscape.hessian(at: saddle).eigenvalues
      #expect(gradient.norm <= 1e-12 * max(1, eigenvalues.larger), "\(landscape.id) \(saddle)")
      let value = landscape.value(at: saddle)
      let around = (0..<48).map { step in
        let angle = Double(step) * Double.pi / 24
        return landscape.value(
          at: Point(x: saddle.x + 1e-2 * cosine(angle), y: saddle.y + 1e-2 * cosine(angle - Double.pi / 2)))
      }
      #expect(around.contains { $0 > value } && around.contains { $0 < value }, "\(landscape.id) \(saddle)")
      if landscape.id == "monkey-saddle" {
        #expect(eigenvalues.smaller == 0 && eigenvalues.larger == 0)
      } else {
        #expect(eigenvalues.smaller < 0 && eigenvalues.larger > 0, "\(landscape.id) \(saddle)")
      }
    }
  }

  @Test func knownPointsMoveWithTheConstants() throws {
    let rosenbrock = try #require(LandscapeCatalog.named("rosenbrock"))
    #expect(try rosenbrock.setting("a", to: -1.5).minima == [Point(-1.5, 2.25)])
    #expect(rosenbrock.minima == [Point(1, 1)])
    let ravine = try #require(LandscapeCatalog.named("ravine"))
    #expect(ravine.value(at: ravine.start) == 55)
    #expect(ravine.gradient(at: ravine.start) == Point(10, 10))
    #expect(try ravine.setting("kappa", to: 1000).value(at: ravine.start) == 550)
  }

  @Test func settingsAreChecked() throws {
    let ravine = try #require(LandscapeCatalog.named("ravine"))
    func message(_ name: String, _ value: Double, of landscape: Landscape) -> String {
      do {
        _ = try landscape.setting(name, to: value)
        return ""
      } catch { return error.description }
    }
    #expect(message("kappa", -3, of: ravine) == "kappa must be between 1 and 1000, got '-3'")
    #expect(message("kappa", .nan, of: ravine) == "kappa must be between 1 and 1000, got 'nan'")
    #expect(
      message("kapa", 3, of: ravine) == "the landscape 'ravine' has no constant 'kapa', did you mean 'kappa'?"
    )
    #expect(message("q", 3, of: ravine) == "the landscape 'ravine' has no constant 'q', it has kappa")
    let bowl = try #require(LandscapeCatalog.named("bowl"))
    #expect(message("kappa", 3, of: bowl) == "the landscape 'bowl' has no constants, got 'kappa'")
  }

  @Test func quadraticsAreKnownByTheirStructure() throws {
    let quadratic = LandscapeCatalog.all.filter(\.isQuadratic).map(\.id)
    #expect(
      quadratic == [
        "bowl", "elliptical-bowl", "ravine", "rotated-ravine", "matyas", "one-equation", "saddle",
        "moving-bowl",
        "adam-counterexample", "matrix-2x2", "matrix-3x2", "matrix-tall", "matrix-wide", "linear-fit",
        "centre-of-rows",
        "scaled-features", "sparse-features", "wilson",
      ])
    let ravine = try #require(LandscapeCatalog.named("rotated-ravine"))
    let hessian = try #require(try ravine.setting("kappa", to: 40).constantHessian)
    #expect((hessian.eigenvalues.smaller - 1).magnitude < 1e-12)
    #expect((hessian.eigenvalues.larger - 40).magnitude < 1e-12)
    #expect(LandscapeCatalog.named("rosenbrock")?.constantHessian == nil)
    #expect(try !Landscape(formula: "x^2 + abs(y)").isQuadratic)
    #expect(try Landscape(formula: "(x + y)^2/3 - x*(2 - y)").isQuadratic)
    #expect(try !Landscape(formula: "x^2*y").isQuadratic)
    #expect(try !Landscape(formula: "1/x").isQuadratic)
  }

  /// Any formula can be multiplied: values, slopes and curvatures grow, and what lies where stays.
  @Test func aFormulaTakesAFactor() throws {
    var count = 0
    for name in LandscapeCatalog.names {
      let plain = try #require(LandscapeCatalog.named(name))
      guard plain.formula != nil, plain.constant("scale") == nil else {
        continue
      }
      count += 1
      let scaled = try plain.setting("scale", to: 8)
      #expect(scaled.id == plain.id && scaled.minima == plain.minima && scaled.saddles == plain.saddles)
      #expect(scaled.constants.map(\.name) == plain.constants.map(\.name) + ["scale"])
      #expect(scaled.window == plain.window && scaled.start == plain.start)
      let point = [plain.start.x, plain.start.y]
      func isClose(_ a: Double, _ b: Double) -> Bool {
        (a - 8 * b).magnitude <= 1e-12 * (8 * b).magnitude + 1e-300
      }
      #expect(isClose(scaled.value(at: point), plain.value(at: point)), "\(name)")
      #expect(zip(scaled.gradient(at: point), plain.gradient(at: point)).allSatisfy(isClose), "\(name)")
      let once = try scaled.setting("scale", to: 1)
      #expect(
        (once.value(at: point) - plain.value(at: point)).magnitude <= 1e-13 * plain.value(at: point).magnitude
      )
    }
    #expect(count >= 30, "\(count)")
    #expect(
      throws: LandscapeError("scale must be between 1e-6 and 1000000, got '0'")
    ) { try #require(LandscapeCatalog.named("ravine")).setting("scale", to: 0) }
    // A name that means something already is left alone.
    #expect(throws: LandscapeError.self) {
      try Landscape(formula: "scale*x^2 + y^2 where scale = 2").setting("scale", to: 3)
    }
  }
}
