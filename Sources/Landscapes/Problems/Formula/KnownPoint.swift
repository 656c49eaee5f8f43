/// A point whose coordinates are expressions of the constants.
struct KnownPoint: Sendable, Hashable {
  let x: ConstantExpression
  let y: ConstantExpression

  /// Two numbers or expressions of these constants.
  init(_ x: String, _ y: String, constants: [String]) throws(LandscapeError) {
    self.x = try ConstantExpression(x, constants: constants)
    self.y = try ConstantExpression(y, constants: constants)
  }

  /// A point that stays where it is.
  init(_ point: Point) {
    x = .number(point.x)
    y = .number(point.y)
  }

  /// Where it is for the values of the constants.
  func parameters(_ constants: [Double]) -> [Double] { [x.value(constants), y.value(constants)] }
}
