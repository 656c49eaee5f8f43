internal import OptimizerCore

/// A number that may depend on the constants of a landscape.
enum ConstantExpression: Sendable, Hashable {
  case number(Double)
  case formula(Formula)

  /// Reads a number, or a formula of the constants alone.
  init(_ text: String, constants: [String]) throws(LandscapeError) {
    if let number = Double(text), number.isFinite {
      self = .number(number)
      return
    }
    let formula: Formula
    do { formula = try Formula(text, constants: constants) } catch { throw LandscapeError(error) }
    guard !formula.dependsOnPoint, !formula.usesStep else {
      throw LandscapeError("a known point may depend on constants only, got '\(text)'")
    }
    self = .formula(formula)
  }

  /// Its value for the values of the constants, and of what came to them later: a factor of the loss moves nothing.
  func value(_ constants: [Double]) -> Double {
    switch self {
    case .number(let number): number
    case .formula(let formula):
      formula.value(x: 0, y: 0, constants: Array(constants.prefix(formula.constantNames.count)), step: 0)
    }
  }
}
