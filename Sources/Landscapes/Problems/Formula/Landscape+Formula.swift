internal import OptimizerCore

/// Landscapes whose loss is a formula in x and y.
extension Landscape {
  /// The formula in x and y, if the loss is one.
  public var formula: Formula? { (problem as? FormulaProblem)?.formula }

  /// A landscape from a formula that was typed or stands in a scene.
  ///
  /// What is not given is chosen by looking at the values, as for any problem.
  ///
  /// - Throws: `LandscapeError` with the column of the first fault in `text`.
  public init(
    formula text: String, constants: [Constant] = [], minima: [Point] = [], saddles: [Point] = [],
    window: Window? = nil, start: Point? = nil, id: String = "formula", title: String? = nil
  ) throws(LandscapeError) {
    let formula: Formula
    let symbols = Dictionary(constants.map { ($0.name, $0.symbol) }) { first, _ in first }
    do {
      formula = try Formula(text, constants: constants.map(\.name), symbols: symbols)
    } catch {
      throw LandscapeError(error)
    }
    try self.init(
      id: id, title: title ?? formula.text,
      problem: FormulaProblem(
        formula, constants: constants.map(\.value), minima: minima.map { KnownPoint($0) },
        saddles: saddles.map { KnownPoint($0) }),
      constants: constants, window: window, start: start)
  }
}
