public import OptimizerCore

/// A loss over the plane as data: a formula and what a lecturer knows about it.
public struct Landscape: Sendable, Hashable {
  /// The name on the command line.
  public let id: String
  /// The name for people.
  public let title: String
  /// The loss.
  public let formula: Formula
  /// The constants of the formula, with their values now.
  public private(set) var constants: [Constant]
  /// What is looked at unless asked otherwise.
  public var window: Window
  /// Where runs start unless asked otherwise.
  public var start: Point
  /// The known minima, for the constants as they are now.
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
  static let plane = ParameterLayout.vector(2)

  /// A point whose coordinates are expressions of the constants.
  struct KnownPoint: Sendable, Hashable {
    enum Coordinate: Sendable, Hashable {
      case number(Double)
      case expression(Formula)
    }
    let x: Coordinate
    let y: Coordinate

    init(_ x: String, _ y: String, constants: [String]) throws(LandscapeError) {
      self.x = try Self.coordinate(x, constants)
      self.y = try Self.coordinate(y, constants)
    }

    init(_ point: Point) {
      x = .number(point.x)
      y = .number(point.y)
    }

    private static func coordinate(_ text: String, _ constants: [String]) throws(LandscapeError) -> Coordinate
    {
      if let number = Double(text), number.isFinite { return .number(number) }
      do {
        let formula = try Formula(text, constants: constants)
        guard !formula.dependsOnPoint, !formula.usesStep else {
          throw LandscapeError("a known point may depend on constants only, got '\(text)'")
        }
        return .expression(formula)
      } catch let error as FormulaError {
        throw LandscapeError(error)
      } catch let error as LandscapeError {
        throw error
      } catch {
        fatalError("a formula throws its own error")
      }
    }

    func point(_ constants: [Double]) -> Point {
      func value(_ coordinate: Coordinate) -> Double {
        switch coordinate {
        case .number(let number): number
        case .expression(let formula): formula.value(x: 0, y: 0, constants: constants, step: 0)
        }
      }
      return Point(x: value(x), y: value(y))
    }
  }

  /// A landscape of the catalog. Minima and saddles are pairs of expressions of the constants.
  init(
    id: String, title: String, formula text: String, constants: [Constant] = [], window: Window, start: Point,
    minima: [(String, String)], saddles: [(String, String)] = [], spacing: Spacing, watch: String,
    source: String,
    note: String? = nil
  ) throws(LandscapeError) {
    let names = constants.map(\.name)
    do { formula = try Formula(text, constants: names) } catch { throw LandscapeError(error) }
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
    do { formula = try Formula(text, constants: constants.map(\.name)) } catch { throw LandscapeError(error) }
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

  private static func known(
    _ points: [(String, String)], _ names: [String]
  ) throws(LandscapeError) -> [KnownPoint] {
    var known: [KnownPoint] = []
    for point in points { known.append(try KnownPoint(point.0, point.1, constants: names)) }
    return known
  }

  private mutating func locateKnownPoints() {
    let values = constantValues
    minima = knownMinima.map { $0.point(values) }
    saddles = knownSaddles.map { $0.point(values) }
  }

  /// The values of the constants, in the order of the formula.
  public var constantValues: [Double] { constants.map(\.value) }

  /// The formula for the screen, with the constants' symbols.
  public var display: String {
    formula.display(symbols: Dictionary(uniqueKeysWithValues: constants.map { ($0.name, $0.symbol) }))
  }

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
      let hint = nearestName(to: name, among: names).map { "did you mean '\($0)'?" }
      throw LandscapeError(
        "the landscape '\(id)' has no constant '\(FormulaLexer.shown(name))', "
          + (hint ?? "it has \(names.joined(separator: ", "))"))
    }
    var copy = self
    copy.constants[position] = try constants[position].setting(value)
    copy.locateKnownPoints()
    return copy
  }

  // MARK: Values

  /// Whether the formula is a polynomial of degree 2 or less in x and y, judged by its structure.
  public var isQuadratic: Bool { formula.isQuadratic }

  /// The Hessian that is the same everywhere and at every step, or nil if it is not.
  public var constantHessian: SymmetricMatrix2? {
    formula.isQuadratic && !formula.usesStep ? hessian(at: Point(x: 0, y: 0)) : nil
  }

  /// The loss at a point, at step `t` (0 before the first).
  public func value(at point: Point, step: Int = 0) -> Double {
    formula.value(x: point.x, y: point.y, constants: constantValues, step: step)
  }

  /// The exact gradient at a point.
  public func gradient(at point: Point, step: Int = 0) -> Point {
    formula.valueAndGradient(x: point.x, y: point.y, constants: constantValues, step: step).gradient
  }

  /// The exact Hessian at a point.
  public func hessian(at point: Point, step: Int = 0) -> SymmetricMatrix2 {
    formula.hessian(x: point.x, y: point.y, constants: constantValues, step: step)
  }

  /// The loss on a grid: one sample at the centre of each of `columns`×`rows` equal pixels of the window, the top row
  /// first.
  public func field(columns: Int, rows: Int, window: Window, step: Int = 0) -> Field {
    formula.field(columns: columns, rows: rows, window: window, constants: constantValues, step: step)
  }
}

extension Landscape: Objective {
  /// Two parameters as one column.
  public var layout: ParameterLayout { Landscape.plane }
  /// Every formula has an exact Hessian.
  public var offers: Capabilities { .hessian }
  /// An oracle for one run, on one thread.
  public func makeOracle() -> ObjectiveOracle<Double> { FormulaOracle(formula, constants: constantValues) }
  /// An oracle for eight runs side by side; every formula has one.
  public func makeLanesOracle() -> ObjectiveOracle<Lanes> {
    FormulaLanesOracle(formula, constants: constantValues)
  }
  /// The same for those who know only an `Objective`.
  @_disfavoredOverload
  public func makeLanesOracle() -> ObjectiveOracle<Lanes>? {
    FormulaLanesOracle(formula, constants: constantValues)
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
