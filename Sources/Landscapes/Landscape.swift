internal import OptimizerCore

/// A problem as it is looked at: the loss, the plane of the picture, and what a lecturer knows about it.
///
/// A problem of two parameters is its own picture. One of more is looked at through a `plane`: points of the picture are
/// lifted into the space of the parameters, and parameters are projected onto the picture.
public struct Landscape: Sendable {
  /// The name on the command line.
  public let id: String
  /// The name for people.
  public let title: String
  /// The loss.
  public private(set) var problem: any Problem
  /// What is shown of more than two parameters; nil if there are two, which are the picture's x and y.
  public internal(set) var plane: Plane?
  /// The two directions of the plane as they were asked for, such as `W11,W22`; nil if there are two parameters.
  public internal(set) var planeName: String?
  /// What the axes of a plane are called, where that is not in its name.
  var planeAxes: (x: String, y: String)?
  /// What a start that is drawn was drawn from, and so the plane through it.
  public internal(set) var startSeed: UInt64 = 0
  /// Planes worth a look, the landscape's own first; empty if there are two parameters.
  public private(set) var planeChoices: [String] = []
  /// The constants of the problem, with their values now.
  public private(set) var constants: [Constant]
  /// What is looked at unless asked otherwise.
  public var window: Window
  /// Where runs start unless asked otherwise.
  public var start: Point
  /// The known minima, for the constants as they are now; of more than two parameters, their projections onto the plane.
  public private(set) var minima: [Point] = []
  /// The known saddles, for the constants as they are now; of more than two parameters, their projections onto the plane.
  public private(set) var saddles: [Point] = []
  /// The spacing of contour levels that suits it.
  public let spacing: Spacing
  /// One line on what to watch.
  public let watch: String
  /// Where it comes from.
  public let source: String
  /// What one should know before trusting the picture, if anything.
  public let note: String?

  /// A landscape over a problem.
  ///
  /// What is not given is chosen by looking at the values. Of two parameters, the window is the first of −3…3, −10…10,
  /// −1…1, 0…3 (both axes) and −100…100 in which at least half of a 24×24 grid is finite, grown to hold the start and the
  /// minima; the start is the first of a few fixed places in the window, from the upper left inwards, with a finite value
  /// and a finite gradient other than 0, or the centre. Of more, the plane goes through the problem's start, and its window
  /// holds the start and what is known of the minimum. Levels are spaced by the logarithm where the values above the
  /// smallest span far more than their median does, else evenly.
  ///
  /// - Parameters:
  ///   - problem: the loss, with its constants as `constants` has them.
  ///   - plane: two directions with a comma between, for more than two parameters; without it, from the start to the
  ///     minimum and along the gradient, or the first that spans a plane.
  /// - Throws: `LandscapeError` where the plane is none, or a problem cannot be shown.
  public init(
    id: String, title: String, problem: any Problem, constants: [Constant] = [], plane: String? = nil,
    window: Window? = nil, start: Point? = nil, spacing: Spacing? = nil, watch: String = "",
    source: String = "", note: String? = nil
  ) throws(LandscapeError) {
    self.id = id
    self.title = title
    self.problem = problem
    self.constants = constants
    self.watch = watch
    self.source = source
    self.note = note
    let shown = try Landscape.shown(problem, through: plane, id: id)
    self.plane = shown?.plane
    planeName = shown?.name
    planeAxes = shown?.axes
    let view = window ?? Landscape.chosenWindow(problem, shown, start)
    self.window = view
    self.start =
      start ?? shown.map { $0.plane.project($0.start) } ?? problem.defaultStart.map { Point($0[0], $0[1]) }
      ?? Landscape.chosenStart(problem, view)
    self.spacing = spacing ?? Landscape.chosenSpacing(problem, shown?.plane, view)
    planeChoices = shown.map { Landscape.planeChoices(of: problem, own: $0.name, seed: 0) } ?? []
    locateKnownPoints()
  }

  mutating func locateKnownPoints() {
    minima = problem.minimisers.map { project($0) }
    saddles = problem.saddles.map { project($0) }
  }

  /// The values of the constants, in the order of the problem.
  public var constantValues: [Double] { constants.map(\.value) }

  /// The constant of a name, if there is one.
  public func constant(_ name: String) -> Constant? { constants.first { $0.name == name } }

  /// The constant of a name that can be set: one of its own, or `scale`, the factor that any loss can get.
  public func settableConstant(_ name: String) -> Constant? {
    constant(name) ?? (name == Landscape.factor.name && multiplied != nil ? Landscape.factor : nil)
  }

  /// The same landscape with another value of a constant; minima and saddles move along. One that has no `scale` gets it: a
  /// factor of the loss.
  ///
  /// - Throws: `kappa must be between 1 and 1000, got '-3'`, or which constants there are.
  public func setting(_ name: String, to value: Double) throws(LandscapeError) -> Landscape {
    guard let position = constants.firstIndex(where: { $0.name == name }) else {
      if name == Landscape.factor.name, let product = multiplied {
        return try product.setting(name, to: value)
      }
      if constants.isEmpty {
        throw LandscapeError("the landscape '\(id)' has no constants, got '\(ExpressionLexer.shown(name))'")
      }
      let names = constants.map(\.name)
      let hint = Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'?" }
      throw LandscapeError(
        "the landscape '\(id)' has no constant '\(ExpressionLexer.shown(name))', "
          + (hint ?? "it has \(names.joined(separator: ", "))"))
    }
    var copy = self
    copy.constants[position] = try constants[position].setting(value)
    copy.problem = try problem.setting(copy.constantValues)
    if let planeName {
      // Directions such as the gradient's depend on the constants.
      copy.plane = try Landscape.shown(copy.problem, through: planeName, id: id, seed: startSeed)?.plane
      copy.planeChoices = Landscape.planeChoices(of: copy.problem, own: planeChoices[0], seed: startSeed)
    }
    copy.locateKnownPoints()
    return copy
  }
}

extension Landscape {
  /// What multiplies a loss, if it is asked for.
  static let factor = Constant(
    name: "scale", label: "factor of the loss", value: 1, range: 1e-6...1e6, scale: .log)

  /// The loss times a constant: a formula within it, where the name means nothing else in the formula; any other loss from
  /// outside.
  private var multiplied: Landscape? {
    let symbols = Dictionary(constants.map { ($0.name, $0.symbol) }) { first, _ in first }
    var copy = self
    if let formula = problem as? FormulaProblem {
      guard let product = formula.multiplied(by: Landscape.factor, symbols) else { return nil }
      copy.problem = product
    } else {
      copy.problem = problem.scaled(by: Landscape.factor.value)
    }
    copy.constants.append(Landscape.factor)
    return copy
  }
}

extension Landscape: Hashable {
  /// Two landscapes are equal if they show the same problem in the same way, with the same words.
  public static func == (a: Landscape, b: Landscape) -> Bool {
    a.id == b.id && a.constants == b.constants && a.planeName == b.planeName && a.plane == b.plane
      && a.window == b.window && a.start == b.start && a.title == b.title && a.spacing == b.spacing
      && a.watch == b.watch && a.source == b.source && a.note == b.note
      && a.planeChoices.first == b.planeChoices.first && a.problem.isEqual(to: b.problem)
  }

  /// Hashes what tells landscapes apart as a rule, and is short: landscapes are keys of caches.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(constantValues)
    hasher.combine(planeName)
    hasher.combine(window)
  }
}

extension Landscape: CustomStringConvertible {
  /// The name on the command line.
  public var description: String { id }
}
