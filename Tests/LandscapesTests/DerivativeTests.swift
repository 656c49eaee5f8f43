import AllocationCounter
import Landscapes
import OptimizerCore
import Testing
import TestSupport

@Suite struct DerivativeTests {
  /// Every function and operator of the language, with a region in which it is smooth.
  static let functions: [(text: String, x: ClosedRange<Double>, y: ClosedRange<Double>)] = [
    ("x + y*x", -2...2, -2...2), ("x - 3*y", -2...2, -2...2), ("x*y*x", -2...2, -2...2),
    ("x/y", -2...2, 1...3),
    ("1/(x*y)", 1...2, 1...2), ("-x^2*y", -2...2, -2...2), ("x^5 + y^-3", 1...2, 1...2),
    ("x^7*y^4", -1...1, -1...1),
    ("x^2.5*y", 1...3, -1...1), ("x^y", 0.5...3, -2...2), ("2^(x*y)", -1...1, -1...1),
    ("e^(x - y)", -1...1, -1...1),
    ("(x^2 + 1)^-0.5*y", -1...1, -1...1), ("sqrt(x*y)", 1...3, 1...3), ("sin(x*y)", -3...3, -1...1),
    ("cos(x + y^2)", -3...3, -1...1), ("tan(x*y)", -1...1, -1...1), ("asin(x*y)", -0.8...0.8, -0.8...0.8),
    ("acos(x*y)", -0.8...0.8, -0.8...0.8), ("atan(x*y)", -3...3, -3...3), ("atan2(y, x)", 0.5...2, -2...2),
    ("atan2(x*y, x - y)", 2...3, 0.5...1), ("sinh(x*y)", -2...2, -1...1), ("cosh(x*y)", -2...2, -1...1),
    ("tanh(x*y)", -2...2, -1...1), ("exp(x*y)", -2...2, -1...1), ("log(x*y)", 0.5...3, 0.5...3),
    ("log10(x*y)", 0.5...3, 0.5...3), ("log1p(x*y)", 0...3, 0...3), ("abs(x)*y", 0.5...2, -2...2),
    ("abs(x)*y", -2...(-0.5), -2...2), ("sign(x)*y^2", 0.5...2, -2...2), ("min(x*x, y*y)", 0...1, 2...3),
    ("max(x*x, y*y)", 0...1, 2...3), ("mod(x*x + y, 7)", 1...1.5, 1...2), ("mod(7, x)*y", 2.4...3.4, -1...1),
    ("hypot(x, 2*y)", 1...2, 1...2), ("sigmoid(x*y)", -4...4, -2...2), ("softplus(x*y)", -4...4, -2...2),
    ("relu(x)*y^2", 0.5...1, -2...2), ("relu(x)*y^2", -1...(-0.5), -2...2),
    ("step(x)*x*y^3", 0.5...1, -2...2),
    ("floor(x)*y^2", 1.2...1.8, -2...2), ("ceil(x)*y^2", 1.2...1.8, -2...2),
    ("round(x)*y^2", 1.6...2.4, -2...2),
    ("erf(x*y)", -2...2, -1...1), ("gelu(x*y)", -3...3, -2...2), ("silu(x*y)", -4...4, -2...2),
    ("logsumexp(x*y, y, x^2)", -2...2, -2...2), ("clamp(x*x, 0.5, 4)*y", 0.8...1.9, -2...2),
    ("clamp(x*y, -1, 1)*y^2", 2...3, 1...2), ("clamp(x*y, -1, 1)*y^2", -3...(-2), 1...2),
    ("if(x < y, x^2*y, y^3)", 0...1, 2...3), ("if(x < y, x^2*y, y^3)", 2...3, 0...1),
    ("(x < 1)*x^2 + y", 0...0.9, -1...1), ("u^2*v where u = x*y, v = u + x", -1...1, -1...1),
    ("x*t^2 + y", -1...1, -1...1), ("exp(-x^2 - y^2)*sin(3*x)/(1 + y^2)", -1...1, -1...1),
  ]

  @Test(arguments: functions.indices) func functionsAgreeWithDifferences(_ index: Int) throws {
    let (text, x, y) = Self.functions[index]
    try check(Landscape(formula: text, window: Window(x: x, y: y)), seed: UInt64(index), step: 3)
  }

  @Test func everyFunctionIsChecked() throws {
    for name in Formula.functionNames {
      #expect(Self.functions.contains { $0.text.contains(name + "(") }, "\(name)")
    }
  }

  @Test(arguments: LandscapeCatalog.all.filter { !$0.id.hasSuffix("-mlp") })
  func landscapesAgreeWithDifferences(_ landscape: Landscape) throws {
    try check(landscape, seed: 7, step: 4)
  }

  /// Central differences of the value give the gradient, those of the gradient the Hessian.
  private func check(_ landscape: Landscape, seed: UInt64, step: Int) throws {
    var random = SplitMix64(state: seed)
    let window = landscape.window
    let h = 1e-5
    for _ in 0..<40 {
      let p = Point(
        x: Double.random(in: window.x, using: &random), y: Double.random(in: window.y, using: &random))
      let neighbours = [
        Point(p.x + h, p.y), Point(p.x - h, p.y), Point(p.x, p.y + h), Point(p.x, p.y - h),
      ]
      // A crease between the neighbours is no place for differences.
      if isCreased(landscape, at: p, h) { continue }
      let value = neighbours.map { landscape.value(at: $0, step: step) }
      let slope = neighbours.map { landscape.gradient(at: $0, step: step) }
      let gradient = landscape.gradient(at: p, step: step)
      let hessian = landscape.hessian(at: p, step: step)
      let scale = value.map(\.magnitude).max()!
      let steepest = slope.map { max($0.x.magnitude, $0.y.magnitude) }.max()!
      let sharpest = max(hessian.xx.magnitude, hessian.xy.magnitude, hessian.yy.magnitude)
      let loose = 1e-9 * scale + 1e-7 * (steepest + sharpest) + 1e-9
      #expect(((value[0] - value[1]) / (2 * h) - gradient.x).magnitude <= loose, "\(landscape.title) \(p)")
      #expect(((value[2] - value[3]) / (2 * h) - gradient.y).magnitude <= loose, "\(landscape.title) \(p)")
      let looser = 1e-9 * steepest + 1e-5 * sharpest + 1e-7
      #expect(
        ((slope[0].x - slope[1].x) / (2 * h) - hessian.xx).magnitude <= looser, "\(landscape.title) \(p)")
      #expect(
        ((slope[0].y - slope[1].y) / (2 * h) - hessian.xy).magnitude <= looser, "\(landscape.title) \(p)")
      #expect(
        ((slope[2].x - slope[3].x) / (2 * h) - hessian.xy).magnitude <= looser, "\(landscape.title) \(p)")
      #expect(
        ((slope[2].y - slope[3].y) / (2 * h) - hessian.yy).magnitude <= looser, "\(landscape.title) \(p)")
    }
  }

  private func isCreased(_ landscape: Landscape, at p: Point, _ h: Double) -> Bool {
    switch landscape.id {
    case "diamond": p.x.magnitude < 2 * h || p.y.magnitude < 2 * h
    case "cliff": (p.x.magnitude - 0.1).magnitude < 2 * h
    case "sharp-and-flat":
      landscape.gradient(at: Point(p.x - 2 * h, p.y)).distance(
        to: landscape.gradient(at: Point(p.x + 2 * h, p.y))) > 0.1
    default: false
    }
  }

  // MARK: Conventions

  private func slope(_ text: String, _ x: Double, _ y: Double = 0) throws -> Point {
    try Landscape(formula: text).gradient(at: Point(x, y))
  }

  @Test func conventionsHold() throws {
    #expect(try slope("relu(x)", 0) == Point(0, 0))
    #expect(try slope("abs(x)", 0) == Point(0, 0))
    #expect(try slope("sign(x)", 0) == Point(0, 0))
    #expect(try slope("sign(x)", 2) == Point(0, 0))
    #expect(try slope("step(x)", 0) == Point(0, 0))
    #expect(try slope("hypot(x, y)", 0) == Point(0, 0))
    #expect(try slope("min(x, 2*x)", 0) == Point(2, 0))
    #expect(try slope("max(x, 2*x)", 0) == Point(2, 0))
    #expect(try slope("min(x, 2*x)", 1) == Point(1, 0))
    #expect(try slope("max(x, 2*x)", 1) == Point(2, 0))
    #expect(try slope("mod(x, 1)", 3) == Point(1, 0))
    #expect(try slope("clamp(x, -1, 2)", -1) == Point(1, 0))
    #expect(try slope("clamp(x, -1, 2)", 2) == Point(1, 0))
    #expect(try slope("clamp(x, -1, 2)", 2.5) == Point(0, 0))
    #expect(try slope("logsumexp(x, y)", 0) == Point(0.5, 0.5))
    #expect(try slope("gelu(x)", 0) == Point(0.5, 0))
    #expect(try slope("silu(x)", 0) == Point(0.5, 0))
    for text in ["floor(x)", "ceil(x)", "round(x)"] { #expect(try slope(text, 0.5) == Point(0, 0)) }
    #expect(try slope("x^2", 0) == Point(0, 0))
    #expect(try slope("x^1", 0) == Point(1, 0))
    #expect(try slope("x^0", 0) == Point(0, 0))
    #expect(try slope("5", 1) == Point(0, 0))
    #expect(try slope("x*0 + y", .infinity).y == 1)
    let power = try Formula("x^p", constants: ["p"])
    for (p, value, first, second) in [(0.0, 1.0, 0.0, 0.0), (1, 0, 1, 0), (2, 0, 0, 2), (3, 0, 0, 0)] {
      let found = look(FormulaOracle(power, constants: [p]), [0, 0])
      #expect(
        found.value == value && found.gradient == [first, 0] && found.hessian == [second, 0, 0, 0], "\(p)")
    }
    let negative = look(FormulaOracle(power, constants: [3]), [-2, 0])
    #expect(negative.value == -8 && negative.gradient[0] == 12 && negative.hessian[0] == -12)
  }

  /// What a branch that is not taken would give must not leak, not even an infinite slope or a NaN.
  @Test func branchesNotTakenStaySilent() throws {
    for text in [
      "if(x > 0, sqrt(x), 0)", "if(x > 0, log(x), x)", "if(x > 0, x^1.5, 2*x)", "max(x, 0*sqrt(x) - 1)",
      "if(x > 0, 1/x, x)", "if(x == 0, x, sqrt(abs(x)))", "min(if(x > 0, x^0.25, x), 5)",
    ] {
      let landscape = try Landscape(formula: text, window: Window(x: 0...1, y: 0...1), start: Point(1, 1))
      #expect(landscape.gradient(at: Point(0, 0)).isFinite, "\(text)")
      let hessian = landscape.hessian(at: Point(0, 0))
      #expect(hessian.xx.isFinite && hessian.xy == 0 && hessian.yy == 0, "\(text)")
    }
    #expect(try slope("if(x > 0, log(x), x)", -1) == Point(1, 0))
    #expect(try slope("if(x > 0, log(x), x)", 2) == Point(0.5, 0))
  }

  /// The zero of a guard wins over what is undefined or infinite in the second derivatives, too.
  @Test(
    arguments: [
      ("if(x < 0, x^2 + y^2, sqrt(x)*y)", -2, 0.5, [2, 0, 2]),
      ("if(x < 0, (x + 1)^2 + y^2, sqrt(x)*y)", -1, 5e-29, [2, 0, 2]),
      ("if(y > 5, x, y*acos(x))", 2, 6, [0, 0, 0]), ("if(x > 0, x*log(x)*y, x^2)", -2, 6, [2, 0, 0]),
      ("if(x > 0, x^1.5*y, x^2)", -1, 2, [2, 0, 0]), ("if(x < 1, x*y, exp(1000*x^2)*y)", 0.9, 2, [0, 1, 0]),
      ("if(y < 0, x^2, y^y)", 3, -1.5, [2, 0, 0]), ("max(x^2, if(x > 0, log(x)*y, -1))", -3, 2, [2, 0, 0]),
      ("relu(if(x > 0, -sqrt(x)*y, y^2))", -1, 2, [0, 0, 2]),
    ] as [(String, Double, Double, [Double])])
  func branchesNotTakenHaveNoCurvature(_ text: String, x: Double, y: Double, right: [Double]) throws {
    #expect(try curvature(text, x, y) == right)
  }

  private func curvature(_ text: String, _ x: Double, _ y: Double = 0) throws -> [Double] {
    let hessian = try Landscape(formula: text).hessian(at: Point(x, y))
    return [hessian.xx, hessian.xy, hessian.yy]
  }

  private func isClose(_ ours: Double, _ right: Double, _ relative: Double = 4e-15) -> Bool {
    (ours - right).magnitude <= relative * right.magnitude
  }

  /// Where value and derivative are ordinary numbers, so is everything on the way.
  @Test func derivativesStayInTheRangeOfDoubles() throws {
    #expect(try slope("y^-64 + x", 1, 1e5) == Point(1, 0))
    #expect(isClose(try slope("y^-64", 1, 800).y, -1.2744735289059618e-187, 1e-13))
    #expect(isClose(try curvature("y^-64", 1, 800)[2], 1.0355097422360939e-188, 1e-13))
    #expect(isClose(try curvature("x^-64", 0.02)[0], 5.6378512969246235e115, 1e-13))
    #expect(isClose(try curvature("x^-20", 1e-6)[0], 4.2e134, 1e-13))
    #expect(isClose(try curvature("x^-12 - x^-6", 1e-9)[0], 1.56e128, 1e-13))
    #expect(isClose(try curvature("1/x^12 - 2/x^6", 1e-9)[0], 1.56e128, 1e-13))
    #expect(isClose(try slope("1/x^2", 1e-80).x, -2e240))
    #expect(isClose(try slope("y/x^64", 800, 1).x, -1.2744735289059618e-187, 1e-13))
    let angle = try slope("atan2(y, x)", 1e160, 1e160)
    #expect(isClose(angle.x, -5e-161) && isClose(angle.y, 5e-161))
    #expect(isClose(try slope("atan2(y, x)", 3e-170, 4e-170).x, -1.6e169))
    // Below the normal numbers, which a literal does not reach without a warning.
    let least = 2024 * Double.leastNonzeroMagnitude
    let tiny = try slope("hypot(x, y)", least, least)
    #expect(isClose(tiny.x, 0.5.squareRoot(), 1e-3) && isClose(tiny.y, 0.5.squareRoot(), 1e-3))
    let norm = try curvature("hypot(x, y)", 3e-200, 4e-200)
    #expect(isClose(norm[0], 1.28e199) && isClose(norm[1], -9.6e198) && isClose(norm[2], 7.2e198))
    #expect(isClose(try curvature("hypot(x, y)", 1, 1e-9)[0], 1e-18))
    #expect(try slope("tanh(x)", 800) == Point(0, 0))
    #expect(try curvature("tanh(800*x)", 2)[0] == 0)
  }

  /// A norm is as smooth at its origin as the language says: slope 0 and curvature 0, like |x|.
  @Test func theNormHasNoCurvatureAtItsOrigin() throws {
    #expect(try curvature("hypot(x, y)", 0) == [0, 0, 0])
    #expect(try curvature("hypot(x, y) + x^2", 0) == [2, 0, 0])
    #expect(try slope("sqrt(x^2 + y^2)", 0).x.isNaN)
    #expect(try slope("atan2(y, x)", 0).x.isNaN)
  }

  @Test func saturatedFunctionsKeepTheDigitsOfTheirSlope() throws {
    for (x, right) in [
      (8.0, 4.501405975637293e-07), (12, 1.510053817597626e-10), (20, 1.6993417021166356e-17),
    ] {
      #expect(isClose(try slope("tanh(x)", x).x, right))
      #expect(isClose(try slope("tanh(x)", -x).x, right))
      #expect(isClose(try curvature("tanh(x)", x)[0], -2 * right, 1e-6))
    }
    // 1 − a² next to 1 has lost half of its digits.
    let x = 1 - 0x1p-30
    #expect(isClose(try slope("asin(x)", x).x, 23170.475011315586))
    #expect(isClose(try slope("acos(x)", x).x, -23170.475011315586))
    // 1 + erf is 0 here.
    #expect(
      isClose(try Landscape(formula: "gelu(x)").value(at: Point(-10, 0)), -7.619853024160526e-23, 1e-13))
    #expect(isClose(try slope("logsumexp(x, y)", -40, 0).x, 4.248354255291589e-18))
  }

  @Test func saturatedNeuronsKeepTheirSlope() throws {
    // 1 − sigmoid(40) is 0 in this arithmetic; the slope is not.
    let slope = try slope("sigmoid(x)", 40).x
    #expect((slope / 4.248354255291589e-18 - 1).magnitude < 1e-15)
  }

  // MARK: Lanes

  @Test(arguments: LandscapeCatalog.all.filter { $0.dimension == 2 })
  func lanesAgreeToTheBit(_ landscape: Landscape) {
    expectBitEquality(landscape, seed: 11)
  }

  @Test(arguments: functions.indices) func lanesOfFunctionsAgreeToTheBit(_ index: Int) throws {
    let (text, x, y) = Self.functions[index]
    // A region far beyond the smooth one: what is undefined must be undefined in both.
    let wide = Window(x: x, y: y).zoomed(by: 0.2)
    expectBitEquality(try Landscape(formula: text, window: wide, start: wide.centre), seed: UInt64(index))
  }

  private func expectBitEquality(_ landscape: Landscape, seed: UInt64) {
    var random = SplitMix64(state: seed)
    let scalar = landscape.makeOracle()
    let lanes = landscape.makeLanesOracle()
    for step in [0, 1, 5] {
      scalar.beginStep(step)
      lanes.beginStep(step)
      for _ in 0..<10 {
        var (x, y) = (Lanes(), Lanes())
        for lane in 0..<8 {
          x[lane] = Double.random(in: landscape.window.x, using: &random)
          y[lane] = Double.random(in: landscape.window.y, using: &random)
        }
        x[3] = 0
        y[5] = 0
        let eight = look(lanes, [x, y])
        let alone = lanes.evaluateValue(at: [x, y].span)
        for lane in 0..<8 {
          let one = look(scalar, [x[lane], y[lane]])
          let value = scalar.evaluateValue(at: [x[lane], y[lane]].span)
          func isSame(_ a: Double, _ b: Double) -> Bool {
            a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
          }
          #expect(
            isSame(eight.value[lane], one.value) && isSame(alone[lane], value) && isSame(value, one.value))
          for i in 0..<2 { #expect(isSame(eight.gradient[i][lane], one.gradient[i])) }
          for i in 0..<4 { #expect(isSame(eight.hessian[i][lane], one.hessian[i])) }
        }
      }
    }
  }

  // MARK: Cost

  @Test func evaluationAllocatesNothing() throws {
    for name in ["rosenbrock", "peaks", "moving-bowl", "cliff"] {
      let landscape = try #require(LandscapeCatalog.named(name))
      let scalar = landscape.makeOracle()
      let lanes = landscape.makeLanesOracle()
      let (x, eight) = ([0.5, 0.25], [Lanes(repeating: 0.5), Lanes(repeating: 0.25)])
      var (gradient, hessian) = ([Double](repeating: 0, count: 2), [Double](repeating: 0, count: 4))
      var (gradients, hessians) = (
        [Lanes](repeating: Lanes(), count: 2), [Lanes](repeating: Lanes(), count: 4)
      )
      func round(_ step: Int) {
        scalar.beginStep(step)
        lanes.beginStep(step)
        var span = gradient.mutableSpan
        _ = scalar.evaluateGradient(at: x.span, into: &span)
        var matrix = hessian.mutableSpan
        scalar.evaluateHessian(at: x.span, into: &matrix)
        _ = scalar.evaluateValue(at: x.span)
        var spans = gradients.mutableSpan
        _ = lanes.evaluateGradient(at: eight.span, into: &spans)
        var matrices = hessians.mutableSpan
        lanes.evaluateHessian(at: eight.span, into: &matrices)
        _ = lanes.evaluateValue(at: eight.span)
      }
      round(0)
      allocation_counter_start()
      for step in 1...50 { round(step) }
      #expect(allocation_counter_stop() == 0, "\(name)")
    }
  }

  @Test func oraclesCountAndOfferHessians() throws {
    let landscape = try #require(LandscapeCatalog.named("rosenbrock"))
    let oracle = landscape.makeOracle()
    #expect(oracle.offers == .hessian && oracle.dimension == 2 && landscape.layout == oracle.layout)
    var gradient = [0.0, 0]
    var span = gradient.mutableSpan
    let value = oracle.gradient(at: [-1.2, 1].span, into: &span)
    #expect((value - 24.2).magnitude < 1e-12)
    #expect(oracle.cost == Cost(evaluations: 1, values: 0))
    #expect(landscape.problem.makeLanesOracle() != nil)
  }
}
