public import OptimizerCore

/// A loss as data: a formula over the plane or a problem over more parameters, and what a lecturer knows about it.
///
/// A landscape of more than two parameters is looked at through a `plane`: points of the picture are lifted into the space
/// of the parameters, and parameters are projected onto the picture.
public struct Landscape: Sendable, Hashable {
  /// The name on the command line.
  public let id: String
  /// The name for people.
  public let title: String
  /// What is behind it.
  private var surface: Surface
  /// What is shown of more than two parameters; nil if there are two, which are the picture's x and y.
  public private(set) var plane: Plane?
  /// The two directions of the plane as they were asked for, such as `W11,W22`; nil if there are two parameters.
  public private(set) var planeName: String?
  /// Planes worth a look, the landscape's own first; empty if there are two parameters.
  public private(set) var planeChoices: [String] = []
  /// The constants of the formula, with their values now.
  public private(set) var constants: [Constant]
  /// What is looked at unless asked otherwise.
  public var window: Window
  /// Where runs start unless asked otherwise.
  public var start: Point
  /// The known minima, for the constants as they are now; of more than two parameters, their projections onto the plane.
  public private(set) var minima: [Point]
  /// The known saddles, for the constants as they are now.
  public private(set) var saddles: [Point]
  /// The spacing of contour levels that suits it.
  public let spacing: Spacing
  /// One line on what to watch.
  public let watch: String
  /// Where it comes from.
  public let source: String
  /// What one should know before trusting the picture, if anything.
  public let note: String?
  private let knownMinima: [KnownPoint]
  private let knownSaddles: [KnownPoint]

  /// Two parameters as one column.
  static let pair = ParameterLayout.vector(2)

  /// What gives the loss.
  private enum Surface: Sendable, Hashable {
    case formula(Formula)
    case matrix(MatrixFamily, MatrixProblem)
  }

  /// A point whose coordinates are expressions of the constants.
  struct KnownPoint: Sendable, Hashable {
    let x: ConstantExpression
    let y: ConstantExpression

    init(_ x: String, _ y: String, constants: [String]) throws(LandscapeError) {
      self.x = try ConstantExpression(x, constants: constants)
      self.y = try ConstantExpression(y, constants: constants)
    }

    init(_ point: Point) {
      x = .number(point.x)
      y = .number(point.y)
    }

    func point(_ constants: [Double]) -> Point { Point(x: x.value(constants), y: y.value(constants)) }
  }

  /// A landscape of the catalog. Minima and saddles are pairs of expressions of the constants.
  init(
    id: String, title: String, formula text: String, constants: [Constant] = [], window: Window, start: Point,
    minima: [(String, String)], saddles: [(String, String)] = [], spacing: Spacing, watch: String,
    source: String,
    note: String? = nil
  ) throws(LandscapeError) {
    let names = constants.map(\.name)
    do { surface = .formula(try Formula(text, constants: names)) } catch { throw LandscapeError(error) }
    knownMinima = try Self.known(minima, names)
    knownSaddles = try Self.known(saddles, names)
    self.id = id
    self.title = title
    self.constants = constants
    self.window = window
    self.start = start
    self.spacing = spacing
    self.watch = watch
    self.source = source
    self.note = note
    self.minima = []
    self.saddles = []
    locateKnownPoints()
  }

  /// A landscape from a formula that was typed or stands in a scene.
  ///
  /// What is not given is chosen by looking at the values. The window is the first of −3…3, −10…10, −1…1, 0…3 (both
  /// axes) and −100…100 in which at least half of a 24×24 grid is finite, grown to hold the start and the minima. The
  /// start is the first of a few fixed places in the window, from the upper left inwards, with a finite value and a finite
  /// gradient other than 0, or the centre. Levels are spaced by the logarithm where the values above the
  /// smallest span far more than their median does, else evenly.
  ///
  /// - Throws: `LandscapeError` with the column of the first fault in `text`.
  public init(
    formula text: String, constants: [Constant] = [], minima: [Point] = [], saddles: [Point] = [],
    window: Window? = nil, start: Point? = nil, id: String = "formula", title: String? = nil
  ) throws(LandscapeError) {
    let formula: Formula
    do { formula = try Formula(text, constants: constants.map(\.name)) } catch { throw LandscapeError(error) }
    surface = .formula(formula)
    self.id = id
    self.title = title ?? text
    self.constants = constants
    knownMinima = minima.map { KnownPoint($0) }
    knownSaddles = saddles.map { KnownPoint($0) }
    self.minima = minima
    self.saddles = saddles
    watch = ""
    source = ""
    note = nil
    let values = constants.map(\.value)
    let view =
      window ?? Self.chosenWindow(formula, values).including(minima + (start.map { [$0] } ?? []))
    self.window = view
    spacing = Self.chosenSpacing(formula, values, view)
    self.start = start ?? Self.chosenStart(formula, values, view)
  }

  /// A landscape of the catalog over a matrix.
  ///
  /// Runs start where the problem says, the plane goes through that start, and its window holds the start and what is
  /// known of the minimum.
  init(
    id: String, title: String, family: MatrixFamily, constants: [Constant], plane: String, spacing: Spacing,
    watch: String, source: String, note: String? = nil
  ) throws(LandscapeError) {
    let problem = family.problem(constants.map(\.value))
    surface = .matrix(family, problem)
    knownMinima = []
    knownSaddles = []
    self.id = id
    self.title = title
    self.constants = constants
    self.spacing = spacing
    self.watch = watch
    self.source = source
    self.note = note
    minima = []
    saddles = []
    window = Window(x: -1...1, y: -1...1)
    start = Point(0, 0)
    try look(at: plane, of: problem)
    planeChoices = choices(of: problem, own: plane)
  }

  private static func known(
    _ points: [(String, String)], _ names: [String]
  ) throws(LandscapeError) -> [KnownPoint] {
    var known: [KnownPoint] = []
    for point in points { known.append(try KnownPoint(point.0, point.1, constants: names)) }
    return known
  }

  private mutating func locateKnownPoints() {
    let values = constantValues
    if case .matrix(_, let problem) = surface, let plane {
      minima = [plane.project(problem.minimiser)]
      return
    }
    minima = knownMinima.map { $0.point(values) }
    saddles = knownSaddles.map { $0.point(values) }
  }

  /// The values of the constants, in the order of the formula.
  public var constantValues: [Double] { constants.map(\.value) }

  /// The formula in x and y; nil for a problem over more parameters.
  public var formula: Formula? { if case .formula(let formula) = surface { formula } else { nil } }

  /// The matrix problem, if it is one.
  public var matrixProblem: MatrixProblem? {
    if case .matrix(_, let problem) = surface { problem } else { nil }
  }

  /// The loss as text: the formula as it was written, or the rule of the problem.
  public var text: String { formula?.text ?? "0.5*||A*W*B - C||^2" }

  /// The loss for the screen, with the constants' symbols.
  public var display: String {
    formula?.display(symbols: Dictionary(uniqueKeysWithValues: constants.map { ($0.name, $0.symbol) }))
      ?? "½‖A·W·B − C‖²"
  }

  /// Whether the loss changes with the step `t`.
  public var usesStep: Bool { formula?.usesStep ?? false }

  /// The constant of a name, if there is one.
  public func constant(_ name: String) -> Constant? { constants.first { $0.name == name } }

  /// The same landscape with another value of a constant; minima and saddles move along.
  ///
  /// - Throws: `kappa must be between 1 and 1000, got '-3'`, or which constants there are.
  public func setting(_ name: String, to value: Double) throws(LandscapeError) -> Landscape {
    guard let position = constants.firstIndex(where: { $0.name == name }) else {
      if constants.isEmpty {
        throw LandscapeError("the landscape '\(id)' has no constants, got '\(FormulaLexer.shown(name))'")
      }
      let names = constants.map(\.name)
      let hint = Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'?" }
      throw LandscapeError(
        "the landscape '\(id)' has no constant '\(FormulaLexer.shown(name))', "
          + (hint ?? "it has \(names.joined(separator: ", "))"))
    }
    var copy = self
    copy.constants[position] = try constants[position].setting(value)
    if case .matrix(let family, _) = surface, let planeName {
      let problem = family.problem(copy.constantValues)
      copy.surface = .matrix(family, problem)
      // Directions such as the gradient's depend on the constants.
      copy.plane = try copy.makePlane(planeName, of: problem)
      copy.planeChoices = copy.choices(of: problem, own: planeChoices[0])
    }
    copy.locateKnownPoints()
    return copy
  }

  // MARK: Values

  /// Whether the loss is a polynomial of degree 2 or less in its parameters, judged by its structure.
  public var isQuadratic: Bool { formula?.isQuadratic ?? true }

  /// The Hessian (of what the plane shows) that is the same everywhere and at every step, or nil if it is not.
  public var constantHessian: SymmetricMatrix2? {
    isQuadratic && !usesStep ? hessian(at: Point(x: 0, y: 0)) : nil
  }

  /// The loss at a point of the picture, at step `t` (0 before the first).
  public func value(at point: Point, step: Int = 0) -> Double {
    switch surface {
    case .formula(let formula):
      formula.value(x: point.x, y: point.y, constants: constantValues, step: step)
    case .matrix(_, let problem): problem.value(at: lift(point))
    }
  }

  /// The exact gradient at a point of the picture; of more than two parameters, its part in the plane.
  public func gradient(at point: Point, step: Int = 0) -> Point {
    switch surface {
    case .formula(let formula):
      formula.valueAndGradient(x: point.x, y: point.y, constants: constantValues, step: step).gradient
    case .matrix(_, let problem): component(of: problem.gradient(at: lift(point)))
    }
  }

  /// The exact Hessian at a point of the picture; of more than two parameters, of the loss within the plane.
  public func hessian(at point: Point, step: Int = 0) -> SymmetricMatrix2 {
    switch surface {
    case .formula(let formula):
      return formula.hessian(x: point.x, y: point.y, constants: constantValues, step: step)
    case .matrix(_, let problem):
      guard let plane else { preconditionFailure("a matrix landscape is seen through a plane") }
      return SymmetricMatrix2(
        xx: problem.curvature(plane.u, plane.u), xy: problem.curvature(plane.u, plane.v),
        yy: problem.curvature(plane.v, plane.v))
    }
  }

  /// The loss on a grid: one sample at the centre of each of `columns`×`rows` equal pixels of the window, the top row
  /// first.
  public func field(columns: Int, rows: Int, window: Window, step: Int = 0) -> Field {
    switch surface {
    case .formula(let formula):
      return formula.field(
        columns: columns, rows: rows, window: window, constants: constantValues, step: step)
    case .matrix(_, let problem):
      guard let plane else { preconditionFailure("a matrix landscape is seen through a plane") }
      return Field(of: MatrixLanesOracle(problem), on: plane, columns: columns, rows: rows, window: window)
    }
  }
}

extension Landscape: Objective {
  /// Two parameters as one column, or the blocks of the problem.
  public var layout: ParameterLayout {
    switch surface {
    case .formula: Landscape.pair
    case .matrix(_, let problem): problem.layout
    }
  }
  /// Every formula and every matrix problem has an exact Hessian.
  public var offers: Capabilities { .hessian }
  /// An oracle for one run, on one thread.
  public func makeOracle() -> ObjectiveOracle<Double> {
    switch surface {
    case .formula(let formula): FormulaOracle(formula, constants: constantValues)
    case .matrix(_, let problem): MatrixOracle(problem)
    }
  }
  /// An oracle for eight runs side by side; every landscape has one.
  public func makeLanesOracle() -> ObjectiveOracle<Lanes> {
    switch surface {
    case .formula(let formula): FormulaLanesOracle(formula, constants: constantValues)
    case .matrix(_, let problem): MatrixLanesOracle(problem)
    }
  }
  /// An oracle for eight runs side by side with constants of their own, in the order of `constants`; nil where the loss is
  /// not a formula and all runs share one problem.
  public func makeLanesOracle(constants: [Lanes]) -> ObjectiveOracle<Lanes>? {
    formula.map { FormulaLanesOracle($0, laneConstants: constants) }
  }
  /// The same for those who know only an `Objective`.
  @_disfavoredOverload
  public func makeLanesOracle() -> ObjectiveOracle<Lanes>? {
    let oracle: ObjectiveOracle<Lanes> = makeLanesOracle()
    return oracle
  }
}

// MARK: More than two parameters

extension Landscape {
  /// The number of parameters.
  public var dimension: Int { layout.count }

  /// Where parameters are drawn: their projection onto the plane, or the two parameters themselves.
  public func project(_ parameters: [Double]) -> Point {
    plane?.project(parameters) ?? Point(x: parameters[0], y: parameters[1])
  }

  /// The same for a part of an array.
  public func project(_ parameters: ArraySlice<Double>) -> Point {
    plane?.project(parameters)
      ?? Point(x: parameters[parameters.startIndex], y: parameters[parameters.startIndex + 1])
  }

  /// The parameters that a point of the picture stands for.
  public func lift(_ point: Point) -> [Double] { plane?.lift(point) ?? [point.x, point.y] }

  /// How far parameters are from the plane that is shown; 0 where there are two.
  public func distanceFromPlane(_ parameters: [Double]) -> Double { plane?.distance(to: parameters) ?? 0 }

  /// The part of a gradient that the picture can show.
  public func component(of gradient: [Double]) -> Point {
    plane?.component(of: gradient) ?? Point(x: gradient[0], y: gradient[1])
  }

  /// The loss at parameters, whether they are in the plane or not, at step `t`.
  public func value(at parameters: [Double], step: Int = 0) -> Double {
    matrixProblem?.value(at: parameters)
      ?? value(at: Point(x: parameters[0], y: parameters[1]), step: step)
  }

  /// The known minima as parameters, in the order of `minima`.
  public var minimisers: [[Double]] {
    matrixProblem.map { [$0.minimiser] } ?? minima.map { [$0.x, $0.y] }
  }

  /// The smallest and the largest eigenvalue of the Hessian of all parameters.
  public func curvatures(at parameters: [Double], step: Int = 0) -> (smaller: Double, larger: Double) {
    if let matrixProblem { return (matrixProblem.smallestCurvature, matrixProblem.largestCurvature) }
    return hessian(at: Point(x: parameters[0], y: parameters[1]), step: step).eigenvalues
  }

  /// What the axes of the picture are called: `x` and `y`, or the directions of the plane.
  public var axes: (x: String, y: String) {
    guard let parts = planeName?.split(separator: ","), parts.count == 2 else { return ("x", "y") }
    return (String(parts[0]), String(parts[1]))
  }

  /// The words that a plane may be made of: the entries of the matrix, then directions from the start.
  public var directions: [String] {
    matrixProblem.map { $0.entryNames + Landscape.namedDirections.map(\.name) } ?? []
  }

  /// The directions that are no entry, with what they are.
  public static let namedDirections: [(name: String, meaning: String)] = [
    ("minimum", "from the start to the minimum"), ("gradient", "the gradient at the start"),
    ("sharpest", "of largest curvature"), ("flattest", "of smallest curvature"),
  ]

  /// The same landscape seen through another plane: two words of `directions` with a comma between, such as `W11,W22` or
  /// `minimum,gradient`.
  ///
  /// The plane goes through the start. Two entries are drawn as their values; otherwise the start is (0, 0). Start, window
  /// and minima are then those of the plane.
  ///
  /// - Throws: `unknown direction 'W99'` with those there are, or why the two span no plane.
  public func showing(plane text: String) throws(LandscapeError) -> Landscape {
    guard let problem = matrixProblem else {
      throw LandscapeError(
        "a plane is chosen among more than two parameters, and the landscape '\(id)' has two: x and y")
    }
    var copy = self
    try copy.look(at: text, of: problem)
    return copy
  }

  private mutating func look(at text: String, of problem: MatrixProblem) throws(LandscapeError) {
    let plane = try makePlane(text, of: problem)
    self.plane = plane
    planeName = text.split(separator: ",").map { String(Landscape.trimmed($0)) }.joined(separator: ",")
    start = plane.project(problem.start)
    locateKnownPoints()
    window = Landscape.chosenWindow(problem, plane)
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }

  private func makePlane(_ text: String, of problem: MatrixProblem) throws(LandscapeError) -> Plane {
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { String(Landscape.trimmed($0)) }
    guard words.count == 2 else {
      throw LandscapeError(
        "a plane is two directions with a comma between, such as W11,\(problem.entryNames.last ?? "") or "
          + "minimum,gradient, got '\(FormulaLexer.shown(text))'")
    }
    let first = try direction(words[0], of: problem)
    let second = try direction(words[1], of: problem)
    // Entries are drawn as their values, so they are 0 at the plane's origin.
    var origin = problem.start
    if let i = first.entry, let j = second.entry {
      origin[i] = 0
      origin[j] = 0
    }
    guard let plane = Plane(origin: origin, u: first.vector, v: second.vector) else {
      throw LandscapeError(
        "'\(words[0])' and '\(words[1])' span no plane: two directions that differ are needed")
    }
    return plane
  }

  private func direction(
    _ word: String, of problem: MatrixProblem
  ) throws(LandscapeError) -> (vector: [Double], entry: Int?) {
    if let entry = problem.entryNames.firstIndex(of: word) {
      var vector = [Double](repeating: 0, count: problem.start.count)
      vector[entry] = 1
      return (vector, entry)
    }
    switch word {
    case "minimum": return (zip(problem.minimiser, problem.start).map { $0 - $1 }, nil)
    case "gradient": return (problem.gradient(at: problem.start), nil)
    case "sharpest": return (problem.sharpestDirection, nil)
    case "flattest": return (problem.flattestDirection, nil)
    default:
      let names = problem.entryNames
      let hint = Spelling.nearest(to: word, in: directions).map { "did you mean '\($0)'?" }
      throw LandscapeError(
        "unknown direction '\(FormulaLexer.shown(word))', "
          + (hint
            ?? "there are \(names[0]) to \(names[names.count - 1]), "
            + Landscape.namedDirections.map(\.name).joined(separator: ", ")))
    }
  }

  /// The landscape's own plane, those of named directions that span one, and all pairs of entries.
  private func choices(of problem: MatrixProblem, own: String) -> [String] {
    let named = ["minimum,gradient", "sharpest,flattest", "gradient,sharpest"].filter {
      (try? makePlane($0, of: problem)) != nil
    }
    let names = problem.entryNames
    let pairs = names.indices.flatMap { i in names[(i + 1)...].map { "\(names[i]),\($0)" } }
    return [own] + (named + pairs).filter { $0 != own }
  }

  /// A square around the start, the minimum's projection and the lowest point of the plane, if that is not far away.
  private static func chosenWindow(_ problem: MatrixProblem, _ plane: Plane) -> Window {
    let start = plane.project(problem.start)
    var points = [start, plane.project(problem.minimiser)]
    let (xx, xy, yy) = (
      problem.curvature(plane.u, plane.u), problem.curvature(plane.u, plane.v),
      problem.curvature(plane.v, plane.v)
    )
    let gradient = plane.component(of: problem.gradient(at: problem.start))
    let determinant = xx * yy - xy * xy
    let reach = points[0].distance(to: points[1])
    if determinant > 1e-9 * (xx + yy) * (xx + yy) {
      let lowest = Point(
        x: start.x - (yy * gradient.x - xy * gradient.y) / determinant,
        y: start.y - (xx * gradient.y - xy * gradient.x) / determinant)
      if lowest.isFinite, reach == 0 || lowest.distance(to: start) < 3 * reach { points.append(lowest) }
    }
    let (left, right) = (points.map(\.x).min() ?? 0, points.map(\.x).max() ?? 0)
    let (bottom, top) = (points.map(\.y).min() ?? 0, points.map(\.y).max() ?? 0)
    let side = max(right - left, top - bottom)
    let half = side > 0 && side.isFinite ? 0.8 * side : 1
    let (x, y) = (left / 2 + right / 2, bottom / 2 + top / 2)
    func bound(_ value: Double) -> Double { rounded(value, to: 10 * half) }
    return Window(x: bound(x - half)...bound(x + half), y: bound(y - half)...bound(y + half))
  }
}

// MARK: What is chosen for a typed formula

extension Landscape {
  private static func chosenWindow(_ formula: Formula, _ constants: [Double]) -> Window {
    for range in [-3.0...3, -10...10, -1...1, 0...3, -100...100] {
      let window = Window(x: range, y: range)
      let field = formula.field(columns: 24, rows: 24, window: window, constants: constants, step: 0)
      if field.values.count(where: \.isFinite) >= 288 { return window }
    }
    return Window(x: -3...3, y: -3...3)
  }

  private static func chosenSpacing(_ formula: Formula, _ constants: [Double], _ window: Window) -> Spacing {
    let field = formula.field(columns: 40, rows: 40, window: window, constants: constants, step: 0)
    let values = field.values.filter(\.isFinite).sorted()
    guard let first = values.first, let last = values.last else { return .linear }
    let median = values[values.count / 2] - first
    return last - first > 8 * median ? .log : .linear
  }

  private static func chosenStart(_ formula: Formula, _ constants: [Double], _ window: Window) -> Point {
    for (across, up) in [
      (0.15, 0.8), (0.8, 0.85), (0.2, 0.2), (0.85, 0.15), (0.4, 0.6), (0.65, 0.55), (0.9, 0.5),
    ] {
      let point = Point(
        x: rounded(window.x.lowerBound + across * window.width, to: window.width),
        y: rounded(window.y.lowerBound + up * window.height, to: window.height))
      let (value, gradient) = formula.valueAndGradient(x: point.x, y: point.y, constants: constants, step: 0)
      if value.isFinite, gradient.isFinite, gradient.norm > 0 { return point }
    }
    return window.centre
  }

  /// A coordinate with few digits, a hundredth of the window or finer.
  private static func rounded(_ value: Double, to length: Double) -> Double {
    let exponent = Elementary.log10(length / 100).rounded(.down)
    let unit = Elementary.pow(10, exponent.magnitude)
    return exponent < 0 ? (value * unit).rounded() / unit : (value / unit).rounded() * unit
  }
}
