package import OptimizerCore

/// A loss that was measured on a grid and is interpolated between: a bicubic spline of two parameters, x and y.
package struct GridProblem: Problem {
  /// The file and, where it does not say them itself, the ends of the axes.
  let settings: GridSettings
  /// What was measured.
  let table: GridTable
  /// What goes through it.
  let spline: BicubicSpline

  init(_ settings: GridSettings, _ table: GridTable) throws(DataError) {
    guard let spline = BicubicSpline(table) else {
      throw DataError("the losses are too large, or the points too close, for slopes between them")
    }
    self.settings = settings
    self.table = table
    self.spline = spline
  }

  /// Two parameters as one column.
  public var layout: ParameterLayout { .vector(2) }
  /// The spline has an exact Hessian, which is continuous.
  public var offers: Capabilities { .hessian }
  /// A spline is no polynomial.
  public var structure: ProblemStructure { ProblemStructure(isQuadratic: false, usesStep: false) }
  /// That it is interpolated, and between how many values.
  public var words: ProblemWords {
    ProblemWords(
      text: settings.text, display: [.text("bicubic spline through \(size) values, \(extent)")],
      parameters: ParameterNames(["x", "y"]))
  }
  /// The picture decides.
  public var defaultStart: [Double]? { nil }
  /// None is looked for.
  public var minimisers: [[Double]] { [] }
  /// None is looked for.
  public var saddles: [[Double]] { [] }
  /// The picture is the plane of x and y.
  public var directions: [NamedDirection] { [] }

  /// `61×41`.
  var size: String { "\(table.x.count)×\(table.y.count)" }
  /// Where the data end.
  var extent: String { "x \(Self.range(table.x)), y \(Self.range(table.y))" }

  private static func range(_ nodes: [Double]) -> String {
    "\(nodes[0].shortest) … \(nodes[nodes.count - 1].shortest)".replacing("-", with: "−")
  }

  private static func spacing(_ nodes: [Double], _ name: String) -> String {
    let steps = zip(nodes.dropFirst(), nodes).map { $0 - $1 }
    let (least, most) = (steps.min() ?? 0, steps.max() ?? 0)
    return most - least <= 1e-9 * most
      ? "\(name) in equal steps" : "\(name) in steps from \(least.shortest) to \(most.shortest)"
  }

  /// What was measured, what is between, and what is not known.
  public var facts: [ProblemFact] {
    [
      ProblemFact("data", .text("\(Excerpt.escaped(settings.path)), \(size) values, \(extent)")),
      ProblemFact("spacing", .text("\(Self.spacing(table.x, "x")), \(Self.spacing(table.y, "y"))")),
      ProblemFact(
        "between", .text("a bicubic spline (not-a-knot), with exact derivatives; the Hessian is continuous")),
      ProblemFact("outside", .text("no value: a run that steps beyond the data ends there")),
    ]
  }

  /// The data with a margin, so that one sees where they end.
  var window: Window {
    func side(_ nodes: [Double]) -> ClosedRange<Double> {
      let (low, high) = (nodes[0], nodes[nodes.count - 1])
      let margin = 0.04 * (high - low)
      return (low - margin)...(high + margin)
    }
    return Window(x: side(table.x), y: side(table.y))
  }

  /// An oracle for one run.
  public func makeOracle() -> ObjectiveOracle<Double> { GridOracle(self) }
  /// None: each point lies in a piece of its own, so there is nothing to do eight times.
  public func makeLanesOracle() -> ObjectiveOracle<Lanes>? { nil }
  /// None.
  public func makeLanesOracle(constants: [Lanes]) -> ObjectiveOracle<Lanes>? { nil }
  /// There are no constants.
  public func setting(_ constants: [Double]) -> GridProblem { self }

  /// That the point lies beyond the data, if it does.
  public func reasonForNoValue(at parameters: [Double]) -> String? {
    !parameters.contains(where: \.isNaN) && spline.jet(parameters[0], parameters[1]).value.isNaN
      ? "off the data" : nil
  }

  /// Equal if they are made of the same.
  public static func == (a: GridProblem, b: GridProblem) -> Bool {
    a.settings == b.settings && a.table == b.table
  }

  /// Hashes the text, which is short.
  public func hash(into hasher: inout Hasher) { hasher.combine(settings) }
}
