import OptimizerCore

/// The landscapes that come with the program.
public enum LandscapeCatalog {
  /// All landscapes, in the order of the documentation.
  public static let all: [Landscape] = entries.map(\.landscape) + matrices.map(\.landscape)

  /// The names, in the same order.
  public static let names: [String] = entries.map(\.id) + matrices.map(\.id)

  /// The landscape of a name, or nil if there is none. Compiles that one alone.
  public static func named(_ name: String) -> Landscape? {
    entries.first { $0.id == name }?.landscape ?? matrices.first { $0.id == name }?.landscape
  }

  /// The constants of a landscape as the catalog has them, without compiling its formula; nil if there is no such name.
  public static func constants(of name: String) -> [Constant]? {
    entries.first { $0.id == name }?.constants ?? matrices.first { $0.id == name }?.constants
  }

  /// The plane through which the catalog shows a landscape of more than two parameters; nil for any other name.
  public static func plane(of name: String) -> String? { matrices.first { $0.id == name }?.plane }

  /// The name closest to a misspelt one, or nil if none is close.
  public static func nearest(to name: String) -> String? { Spelling.nearest(to: name, in: names) }
}

/// A landscape of the catalog as plain data.
struct CatalogEntry: Sendable {
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

  var landscape: Landscape {
    do {
      return try Landscape(
        id: id, title: title, formula: formula, constants: constants, window: Window(x: x, y: y),
        start: Point(start.0, start.1), minima: minima, saddles: saddles, spacing: spacing, watch: watch,
        source: source, note: note)
    } catch {
      preconditionFailure("the catalog's landscape '\(id)' does not compile: \(error)")
    }
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
