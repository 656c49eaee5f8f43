/// Lets its base step in other coordinates: the last parameter by a power of its size, or by its logarithm.
///
///     φ ← |θ_d|^p, or ln |θ_d| at p = 0
///     the base steps in (θ₁ … θ_{d−1}, φ), where ∂f/∂φ = ∂f/∂θ_d · dθ_d/dφ
///     θ_d ← ±φ^(1/p), or ±e^φ, with the sign that it had
///
/// Of a scale σ the power 2 is the variance, −2 the precision, 0 the logarithm. What the base keeps of former steps is in
/// its own coordinates, where no picture is drawn. A θ_d that its base did not move stays to the last bit.
///
/// Watch: descent takes another path in every coordinate; the natural gradient, but for the length of its steps, one.
///
/// Amari 1998, doi:10.1162/089976698300017746.
struct Coordinates<Scalar: Lane>: Wrapper {
  var base: any Optimizer<Scalar>
  var power = Scalar.zero
  private var point = Vector<Scalar>()
  private var start = Scalar.zero

  init(base: any Optimizer<Scalar>) { self.base = base }

  static var about: About {
    About(
      id: "coordinates", name: "Coordinates", group: .wrapper, rate: .none,
      summary: "steps in a power or the logarithm of the last parameter",
      watch: "descent takes another path in every coordinate, the natural gradient nearly the same",
      citation: "Amari 1998, doi:10.1162/089976698300017746")
  }

  static var hyperparameters: [Hyperparameter<Self>] {
    [
      .real(
        "power", "p", "power of the last parameter", role: .other, default: 0, in: -8...8,
        zeroWord: "log", \.power)
    ]
  }

  static var slots: [Slot<Self>] {
    [Slot("φ_d", "the last parameter, as the base has it", .number) { [$0.start] }]
  }

  static var recipe: [RecipeLine<Self>] {
    [.slot("φ_d ← |θ_d|^p, ln |θ_d| at p = 0", of: "φ_d")]
  }

  static var changesGradient: Bool { true }

  /// Its own: what the base keeps has other units.
  var state: [SlotValue<Scalar>] { ownState }

  /// None in the coordinates of the picture.
  var effectiveRates: [Scalar]? { nil }

  /// None in the coordinates of the picture.
  var ball: UnitBall { .undefined("its base steps in other coordinates") }

  /// None in the coordinates of the picture.
  var search: SearchRecord? { nil }

  var stability: Stability { .unknown("its base sees the curvature of other coordinates") }

  /// Its own line, and the base's: with the numbers that the base has, φ for the point, and f̃ for the loss there.
  func lines(after step: StepRecord<Scalar>) -> [RecipeText<Scalar>] {
    let form = PowerCoordinate(power: power)
    func inside(_ point: [Scalar]) -> [Scalar] { point.dropLast() + point.suffix(1).map(form.coordinate) }
    var gradient = step.gradient
    if let last = step.after.last, !gradient.isEmpty {
      gradient[gradient.count - 1] *= form.slope(at: last)
    }
    let record = StepRecord(before: inside(step.before), after: inside(step.after), gradient: gradient)
    return ownLines(after: step)
      + base.lines(after: record).map { line in
        func renamed(_ text: String) -> String {
          text.replacing("θ", with: "φ").replacing("∇f(", with: "∇f̃(")
        }
        return RecipeText(
          text: renamed(line.text), symbol: renamed(line.symbol), label: line.label, role: line.role,
          values: line.values, isInOtherForm: line.isInOtherForm)
      }
  }

  mutating func prepare(for layout: ParameterLayout) {
    base.prepare(for: layout)
    point = Vector(layout.count)
    start = .zero
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let form = PowerCoordinate(power: power)
    let (last, point) = (θ.count - 1, self.point.writable())
    let sign = Scalar.one.signed(as: θ[last])
    start = form.coordinate(of: θ[last])
    for i in 0..<last { point[i] = θ[i] }
    point[last] = start
    let within = oracle.derived(CoordinatesOracle<Scalar>.self)
    within.begin(form, sign: sign)
    var span = point.mutableSpan
    base.step(&span, oracle: within)
    for i in 0..<last { θ[i] = point[i] }
    θ[last] = Scalar.select(point[last] .== start, θ[last], sign * form.size(at: point[last]))
  }
}
