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
    ("if(x < y, x^2*y, y^3)", 0...1, 2...3), ("if(x < y, x^2*y, y^3)", 2...3, 0...1),
    ("(x < 1)*x^2 + y", 0...0.9, -1...1), ("u^2*v where u = x*y, v = u + x", -1...1, -1...1),
    ("x*t^2 + y", -1...1, -1...1), ("exp(-x^2 - y^2)*sin(3*x)/(1 + y^2)", -1...1, -1...1),
  ]

  @Test(arguments: functions.indices) func functionsAgreeWithDifferences(_ index: Int) throws {
    let (text, x, y) = Self.functions[index]
    try check(Landscape(formula: text, window: Window(x: x, y: y)), seed: UInt64(index), step: 3)
  }

  @Test func everyFunctionIsChecked() throws {
    let names = [
      "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp", "log", "log10",
      "log1p", "sqrt",
      "abs", "sign", "min", "max", "mod", "hypot", "sigmoid", "relu", "softplus", "step", "floor", "ceil",
      "round", "if",
    ]
    for name in names { #expect(Self.functions.contains { $0.text.contains(name + "(") }, "\(name)") }
  }

  @Test(arguments: LandscapeCatalog.all) func landscapesAgreeWithDifferences(_ landscape: Landscape) throws {
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
