package import OptimizerCore

/// A loss that is a formula in x and y, which are its two parameters.
package struct FormulaProblem: Problem {
  /// The formula.
  public let formula: Formula
  /// The values of its constants, in their order.
  public private(set) var constants: [Double]
  /// The known minima for the constants as they are.
  public private(set) var minimisers: [[Double]]
  /// The known saddles for the constants as they are.
  public private(set) var saddles: [[Double]]
  private let knownMinima: [KnownPoint]
  private let knownSaddles: [KnownPoint]

  /// A formula with a value for each of its constants, and the known points that move with them.
  init(
    _ formula: Formula, constants: [Double], minima: [KnownPoint] = [], saddles: [KnownPoint] = []
  ) {
    precondition(constants.count == formula.constantNames.count, "every constant of a formula needs a value")
    self.formula = formula
    self.constants = constants
    knownMinima = minima
    knownSaddles = saddles
    minimisers = minima.map { $0.parameters(constants) }
    self.saddles = saddles.map { $0.parameters(constants) }
  }

  /// Two parameters as one column.
  public var layout: ParameterLayout { Self.pair }
  private static let pair = ParameterLayout.vector(2)
  /// Every formula has an exact Hessian.
  public var offers: Capabilities { .hessian }
  /// What the formula tells by its structure.
  public var structure: ProblemStructure {
    ProblemStructure(isQuadratic: formula.isQuadratic, usesStep: formula.usesStep)
  }
  /// The formula as it was written, its spelling for the screen, x and y.
  public var words: ProblemWords {
    ProblemWords(text: formula.text, display: formula.parts, parameters: ParameterNames(["x", "y"]))
  }
  /// The picture decides.
  public var defaultStart: [Double]? { nil }
  /// The picture is the plane of x and y.
  public var directions: [NamedDirection] { [] }
  /// The formula says it all.
  public var facts: [ProblemFact] { [] }

  /// An oracle for one run.
  public func makeOracle() -> ObjectiveOracle<Double> { FormulaOracle(formula, constants: constants) }
  /// An oracle for eight runs side by side.
  public func makeLanesOracle() -> ObjectiveOracle<Lanes>? {
    FormulaLanesOracle(formula, constants: constants)
  }
  /// An oracle for eight runs side by side with constants of their own.
  public func makeLanesOracle(constants: [Lanes]) -> ObjectiveOracle<Lanes>? {
    FormulaLanesOracle(formula, laneConstants: constants)
  }

  /// The same formula with other values of its constants.
  public func setting(_ constants: [Double]) -> FormulaProblem {
    FormulaProblem(formula, constants: constants, minima: knownMinima, saddles: knownSaddles)
  }

  /// The formula times a constant of its own; nil where its name means something else in it.
  ///
  /// - Parameter symbols: those of the constants that it has.
  func multiplied(by factor: Constant, _ symbols: [String: String]) -> FormulaProblem? {
    let parts = formula.text.split(separator: " where ", maxSplits: 1)
    let text = (["\(factor.name)*(\(parts[0]))"] + parts.dropFirst().map(String.init))
      .joined(separator: " where ")
    guard
      let product = try? Formula(
        text, constants: formula.constantNames + [factor.name],
        symbols: symbols.merging([factor.name: factor.symbol]) { $1 })
    else { return nil }
    return FormulaProblem(
      product, constants: constants + [factor.value], minima: knownMinima, saddles: knownSaddles)
  }

  // Single looks, each by the one program that it needs.

  /// The loss, by the program for the value alone.
  public func value(at parameters: [Double], step: Int) -> Double {
    formula.value(x: parameters[0], y: parameters[1], constants: constants, step: step)
  }

  /// The gradient, by the program for value and gradient.
  public func gradient(at parameters: [Double], step: Int) -> [Double] {
    formula.gradient(x: parameters[0], y: parameters[1], constants: constants, step: step)
  }

  /// The Hessian, by the program for it alone.
  public func hessian(at parameters: [Double], step: Int) -> [Double]? {
    let entries = formula.hessian(x: parameters[0], y: parameters[1], constants: constants, step: step)
    return [entries[0], entries[1], entries[1], entries[2]]
  }

  /// The loss on a grid, eight samples at a time.
  public func field(columns: Int, rows: Int, window: Window, step: Int) -> Field {
    formula.field(columns: columns, rows: rows, window: window, constants: constants, step: step)
  }
}
