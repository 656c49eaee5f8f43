import Landscapes
import OptimizerCore
import TestSupport
import Testing

/// That problems are open: a kind that the library does not know is taken for what it says it is.
@Suite struct ProblemTests {
  static let ridge = Constant(name: "ridge", symbol: "λ", value: 0.1, range: 0.001...10, scale: .log)

  private func landscape(plane: String? = nil) throws -> Landscape {
    try Landscape(
      id: "logistic", title: "Logistic", problem: LogisticProblem(), constants: [Self.ridge], plane: plane)
  }

  @Test func aThirdKindIsTakenForWhatItSays() throws {
    let landscape = try landscape()
    #expect(landscape.dimension == 5 && landscape.layout.blocks.map(\.name) == ["w", "b"])
    #expect(!landscape.isQuadratic && !landscape.usesStep && landscape.constantHessian == nil)
    #expect(landscape.formula == nil && landscape.text.hasPrefix("mean log"))
    #expect(landscape.display == "mean log(1+exp(−y(w·x+b))) + ½λ‖w‖²")
    #expect(landscape.minima.isEmpty && landscape.minimisers.isEmpty && landscape.saddles.isEmpty)
    #expect(!landscape.showsAllParameters)
    #expect(landscape.directions == ["w1", "w2", "w3", "w4", "b1", "gradient", "sharpest", "flattest"])
    // No minimum is known, so no plane through it is offered.
    #expect(landscape.planeName == "sharpest,flattest")
    #expect(
      landscape.planeChoices.prefix(3) == ["sharpest,flattest", "gradient,sharpest", "w1,w2"]
        && landscape.planeChoices.count == 12)
    #expect(landscape.axes == ("sharpest", "flattest"))
    #expect(landscape.distanceFromPlane([1, -1, 0.5, 2, -0.5]) == 0)
    #expect(landscape.window.contains(landscape.start))
  }

  @Test func aThirdKindIsSeenThroughAnyPlane() throws {
    let landscape = try landscape(plane: "w2, b1")
    #expect(landscape.planeName == "w2,b1" && landscape.start == Point(-1, -0.5))
    let problem = LogisticProblem()
    let point = Point(0.3, -0.7)
    #expect(landscape.lift(point) == [1, 0.3, 0.5, 2, -0.7])
    #expect(landscape.value(at: point) == problem.value(at: [1, 0.3, 0.5, 2, -0.7]))
    let whole = problem.gradient(at: [1, 0.3, 0.5, 2, -0.7])
    #expect(landscape.gradient(at: point) == Point(whole[1], whole[4]))
    let exact = problem.exactHessian([1, 0.3, 0.5, 2, -0.7])
    let hessian = landscape.hessian(at: point)
    #expect((hessian.xx - exact[1][1]).magnitude < 1e-9 && (hessian.xy - exact[1][4]).magnitude < 1e-9)
    #expect((hessian.yy - exact[4][4]).magnitude < 1e-9)
    let field = landscape.field(columns: 9, rows: 5, window: landscape.window)
    for column in 0..<9 {
      for row in 0..<5 { #expect(field[column, row] == landscape.value(at: field.point(column, row))) }
    }
    #expect(throws: LandscapeError("unknown direction 'w9', did you mean 'w1'?")) {
      try landscape.showing(plane: "w9,b1")
    }
    #expect(
      throws: LandscapeError("unknown direction 'north', there are w1 to b1, gradient, sharpest, flattest")
    ) {
      try landscape.showing(plane: "w1,north")
    }
  }

  @Test func curvatureFollowsFromGradientsAlone() throws {
    let problem = LogisticProblem()
    for θ in [[1, -1, 0.5, 2, -0.5], [0, 0, 0, 0, 0], [-3, 2, 0.1, 1, 4.0]] {
      let exact = problem.exactHessian(θ)
      func product(_ v: [Double]) -> [Double] {
        exact.map { row in zip(row, v).reduce(0) { $0 + $1.0 * $1.1 } }
      }
      let hessian = try #require(problem.hessian(at: θ, step: 0))
      for i in 0..<5 { for j in 0..<5 { #expect((hessian[5 * i + j] - exact[i][j]).magnitude < 1e-9) } }
      let (smaller, larger) = problem.curvatures(at: θ, step: 0)
      let (flattest, sharpest) = problem.principalDirections(at: θ, step: 0)
      for (value, vector) in [(smaller, flattest), (larger, sharpest)] {
        for (image, entry) in zip(product(vector), vector) {
          #expect((image - value * entry).magnitude < 1e-8)
        }
      }
      #expect(0 < smaller && smaller < larger)
      let trace = (0..<5).reduce(0) { $0 + exact[$1][$1] }
      #expect(larger < trace && smaller < trace / 5)
    }
  }

  /// Many parameters, curved as told along each, seen by gradients alone.
  private struct Diagonal: Problem {
    let curvatures: [Double]
    var start: [Double]? = nil

    var layout: ParameterLayout { .vector(curvatures.count) }
    var offers: Capabilities { [] }
    var structure: ProblemStructure { ProblemStructure(isQuadratic: true, usesStep: false) }
    var words: ProblemWords {
      ProblemWords(text: "sum", display: [.text("Σ")], parameters: ParameterNames(entriesOf: layout))
    }
    var defaultStart: [Double]? { start }
    var minimisers: [[Double]] { [curvatures.map { _ in 0 }] }
    var saddles: [[Double]] { [] }
    var directions: [NamedDirection] { NamedDirection.standard }
    var facts: [ProblemFact] { [] }
    func makeOracle() -> ObjectiveOracle<Double> { Oracle(self) }
    func makeLanesOracle() -> ObjectiveOracle<Lanes>? { nil }
    func makeLanesOracle(constants: [Lanes]) -> ObjectiveOracle<Lanes>? { nil }
    func setting(_ constants: [Double]) -> Diagonal { self }

    private final class Oracle: ObjectiveOracle<Double> {
      let curvatures: [Double]

      init(_ problem: Diagonal) {
        curvatures = problem.curvatures
        super.init(layout: problem.layout, offers: [], dependsOnStep: false)
      }

      override func evaluateValue(at x: borrowing Span<Double>) -> Double {
        var loss = 0.0
        for k in curvatures.indices { loss += 0.5 * curvatures[k] * x[k] * x[k] }
        return loss
      }

      override func evaluateGradient(
        at x: borrowing Span<Double>, into gradient: inout MutableSpan<Double>
      ) -> Double {
        for k in curvatures.indices { gradient[k] = curvatures[k] * x[k] }
        return evaluateValue(at: x)
      }
    }
  }

  @Test(arguments: [33, 100, 2000]) func extremeCurvaturesOfManyParametersAreFound(_ d: Int) {
    // Between −1 and 10, with one far above and one below.
    var curvatures = (0..<d).map { -1 + 11 * Double($0) / Double(d) }
    curvatures[d / 2] = 40
    curvatures[d / 3] = -15
    let problem = Diagonal(curvatures: curvatures)
    let θ = (0..<d).map { 0.1 * Double($0 % 7) }
    #expect(problem.hessian(at: θ, step: 0) == nil)
    let (smaller, larger) = problem.curvatures(at: θ, step: 0)
    #expect((larger - 40).magnitude < 1e-6 && (smaller + 15).magnitude < 1e-6)
    let (flattest, sharpest) = problem.principalDirections(at: θ, step: 0)
    #expect((sharpest[d / 2].magnitude - 1).magnitude < 1e-6)
    #expect((flattest[d / 3].magnitude - 1).magnitude < 1e-6)
  }

  @Test func manyParametersAreNamedAsTheyAreAskedFor() throws {
    let d = 20_000
    let problem = Diagonal(
      curvatures: [Double](repeating: 1, count: d), start: (0..<d).map { $0 < 2 ? 1 : 0.5 })
    let landscape = try Landscape(id: "many", title: "Many", problem: problem, plane: "θ1,θ19999")
    #expect(landscape.axes == ("θ1", "θ19999") && landscape.start == Point(1, 0.5))
    #expect(landscape.directions == ["minimum", "gradient", "sharpest", "flattest"])
    #expect(landscape.planeChoices.count < 250)
    #expect(throws: LandscapeError.self) { try landscape.showing(plane: "θ1,θ20001") }
  }

  @Test func eightOraclesStandInForOneOfEight() {
    let problem = LogisticProblem()
    #expect(problem.makeLanesOracle() == nil)
    guard let landscape = try? landscape() else { return }
    let lanes = landscape.makeLanesOracle()
    let scalar = problem.makeOracle()
    var random = SplitMix64(state: 4)
    var (points, gradients) = ([Lanes](repeating: Lanes(), count: 5), [Lanes](repeating: Lanes(), count: 5))
    for k in 0..<5 { for lane in 0..<8 { points[k][lane] = Double.random(in: -2...2, using: &random) } }
    var span = gradients.mutableSpan
    let values = lanes.evaluateGradient(at: points.span, into: &span)
    #expect(values == lanes.evaluateValue(at: points.span))
    for lane in 0..<8 {
      let point = points.map { $0[lane] }
      #expect(values[lane] == scalar.evaluateValue(at: point.span))
      #expect(gradients.map { $0[lane] } == problem.gradient(at: point))
    }
    #expect(!landscape.variesByLane)
  }

  @Test func needsAreMetOrNamed() throws {
    let landscape = try landscape()
    let adam = try OptimizerSpec("adam")
    #expect(landscape.obstacle(to: adam) == nil)
    for spec in ["newton", "clip(newton)"] {
      let obstacle = try #require(landscape.obstacle(to: try OptimizerSpec(spec)))
      #expect(obstacle.hasSuffix("needs a Hessian, which the landscape does not have"), "\(obstacle)")
    }
    let bowl = try #require(LandscapeCatalog.named("bowl"))
    let newton = try OptimizerSpec("newton")
    #expect(bowl.obstacle(to: newton) == nil)
  }

  @Test func constantsMakeAnotherProblem() throws {
    let landscape = try landscape(plane: "gradient,sharpest")
    let changed = try landscape.setting("ridge", to: 2)
    #expect(changed.problem.isEqual(to: LogisticProblem(ridge: 2)) && changed != landscape)
    #expect(changed.plane != landscape.plane && changed.planeName == landscape.planeName)
    let back = try changed.setting("ridge", to: 0.1)
    #expect(back == landscape && back.hashValue == landscape.hashValue)
    // Equal words and numbers make no equal problems of two kinds.
    #expect(!landscape.problem.isEqual(to: Diagonal(curvatures: [1, 1, 1, 1, 1])))
  }

  @Test func twoParametersOfAnyKindAreTheirOwnPicture() throws {
    let problem = Diagonal(curvatures: [3, 1])
    let landscape = try Landscape(id: "two", title: "Two", problem: problem)
    #expect(landscape.showsAllParameters && landscape.axes == ("θ1", "θ2") && landscape.directions.isEmpty)
    #expect(landscape.window == Window(x: -3...3, y: -3...3) && landscape.minima == [Point(0, 0)])
    #expect(landscape.value(at: Point(1, 2)) == 3.5 && landscape.gradient(at: Point(1, 2)) == Point(3, 2))
    let hessian = try #require(landscape.constantHessian)
    #expect((hessian.xx - 3).magnitude < 1e-9 && (hessian.yy - 1).magnitude < 1e-9)
    let typed = try Landscape(formula: "1.5*x^2 + 0.5*y^2")
    #expect(landscape.spacing == typed.spacing && landscape.start == typed.start)
    #expect(landscape.field(columns: 8, rows: 8, window: landscape.window).minimum != nil)
  }

  @Test func whatCannotBeShownIsRefused() throws {
    #expect(
      throws: LandscapeError("a picture shows two parameters, and the landscape 'one' has one: θ1")
    ) {
      try Landscape(id: "one", title: "One", problem: Diagonal(curvatures: [1]))
    }
    #expect(
      throws: LandscapeError(
        "a plane goes through the start, and the landscape 'three' names none of 3 parameters")
    ) {
      try Landscape(id: "three", title: "Three", problem: Diagonal(curvatures: [1, 2, 3]))
    }
    #expect(
      throws: LandscapeError(
        "a plane is chosen among more than two parameters, and the landscape 'two' has two: θ1 and θ2")
    ) {
      try Landscape(id: "two", title: "Two", problem: Diagonal(curvatures: [1, 2]), plane: "θ1,θ2")
    }
  }

  @Test func parametersHaveOneNameEach() {
    let names = ParameterNames(entriesOf: ParameterLayout([("W", 2, 3), ("b", 3, 1), ("V", 2, 12)]))
    #expect(
      names.prefix(12) == [
        "W11", "W12", "W13", "W21", "W22", "W23", "b1", "b2", "b3", "V1.1", "V1.2", "V1.3",
      ])
    for k in 0..<names.count { #expect(names.index(of: names[k]) == k) }
    for word in ["W31", "W011", "W1", "b0", "b4", "b01", "V11", "V1.13", "", "x"] {
      #expect(names.index(of: word) == nil, "\(word)")
    }
  }
}
