internal import OptimizerCore

/// A landscape of the catalog whose loss is a formula in x and y.
struct FormulaEntry: CatalogEntry {
  let id: String
  let title: String
  let formula: String
  var constants: [Constant] = []
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>
  let start: (Double, Double)
  /// Pairs of numbers or of expressions of the constants.
  var minima: [(String, String)] = []
  var saddles: [(String, String)] = []
  let spacing: Spacing
  let watch: String
  let source: String
  var note: String?

  /// The picture is the plane of x and y.
  var plane: String? { nil }

  func makeLandscape() throws(LandscapeError) -> Landscape {
    let names = constants.map(\.name)
    let compiled: Formula
    do { compiled = try Formula(formula, constants: names) } catch { throw LandscapeError(error) }
    let problem = FormulaProblem(
      compiled, constants: constants.map(\.value), minima: try Self.known(minima, names),
      saddles: try Self.known(saddles, names))
    return try Landscape(
      id: id, title: title, problem: problem, constants: constants, window: Window(x: x, y: y),
      start: Point(start.0, start.1), spacing: spacing, watch: watch, source: source, note: note)
  }

  private static func known(
    _ points: [(String, String)], _ names: [String]
  ) throws(LandscapeError) -> [KnownPoint] {
    var known: [KnownPoint] = []
    for point in points { known.append(try KnownPoint(point.0, point.1, constants: names)) }
    return known
  }

  /// Every pair of a coordinate along x and one along y.
  static func grid(_ xs: [String], _ ys: [String]) -> [(String, String)] {
    xs.flatMap { x in ys.map { (x, $0) } }
  }

  /// The images of points under the symmetries of the square.
  static func symmetric(_ points: [(String, String)]) -> [(String, String)] {
    var result: [(String, String)] = []
    for (a, b) in points {
      for (x, y) in [(a, b), (b, a)] {
        for (left, down) in [(false, false), (true, false), (false, true), (true, true)] {
          let image = (left && x != "0" ? "-" + x : x, down && y != "0" ? "-" + y : y)
          if !result.contains(where: { $0 == image }) { result.append(image) }
        }
      }
    }
    return result
  }
}
