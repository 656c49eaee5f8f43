public import OptimizerCore

/// A loss written as text in `x` and `y`, compiled to flat programs for its value, exact gradient and exact Hessian.
///
/// The language: `+ - * / ^`, unary minus, comparisons (1 or 0) and `if(c, a, b)`, the functions sin cos tan asin acos
/// atan atan2 sinh cosh tanh exp log log10 log1p sqrt abs sign min max clamp mod hypot sigmoid relu softplus silu gelu
/// erf logsumexp step floor ceil round, the constants pi and e, the step number `t`, named constants, and local names:
/// `0.5*(u^2 + 100*v^2) where u = 0.8*x + 0.6*y, v = 0.8*y - 0.6*x`. `^` groups from the right and binds tighter than a
/// minus in front: -x^2 is -(x^2). Products are always written with `*`.
///
/// Conventions: 0^0 is 1; mod has the sign of the divisor; step(0) is 0; round takes halves away from zero; gelu is
/// x·Φ(x) by erf, silu is x·sigmoid(x); logsumexp takes 2 to 16 arguments; clamp(a, low, high) is high where low > high.
///
/// Derivatives: relu, abs, sign and hypot have slope and curvature 0 at the origin, while sqrt has an infinite slope at
/// 0, so that a norm written as sqrt(x^2 + y^2) has none at the origin; min, max and if have the slope of the branch
/// taken (of the second argument where min's or max's are equal); clamp has slope 1 from low to high, both included,
/// and 0 outside; what steps (sign, step, floor, ceil, round, comparisons) has slope 0 everywhere.
///
/// What is undefined is NaN: the root of a negative number, and all that is computed from it. A comparison with a NaN
/// is NaN, `!=` too, and so is an `if` whose condition is. A branch that is not taken may be undefined.
public struct Formula: Sendable, Hashable, CustomStringConvertible {
  /// The longest text, in characters.
  public static let maximumLength = ExpressionLimits.length
  /// The deepest nesting of brackets, calls, signs and powers.
  public static let maximumDepth = ExpressionLimits.depth
  /// The most named constants, and the most local names.
  package static let maximumNames = ExpressionLimits.names
  /// The most operations after sharing equal subexpressions.
  package static let maximumOperations = ExpressionLimits.operations
  /// The functions that a formula may call.
  package static var functionNames: [String] { ExpressionFunction.names }

  /// The inputs that come before the constants: the two parameters, then the step.
  private static let inputs: [ExpressionInput] = [
    ExpressionInput("x", .variable), ExpressionInput("y", .variable), ExpressionInput("t", .step),
  ]
  /// The place of the step number among the inputs.
  static let stepInput = 2

  /// The text as it was given.
  public let text: String
  /// The named constants, in the order in which values are passed.
  package let constantNames: [String]
  /// Whether it changes with the step number `t`.
  public let usesStep: Bool
  /// Whether it is a polynomial of degree 2 or less in x and y, judged by its structure.
  public let isQuadratic: Bool
  /// Whether it depends on x or y at all.
  let dependsOnPoint: Bool
  /// Value, gradient and Hessian along x and y.
  let programs: ExpressionProgram.Derivatives
  /// The text for the screen.
  let spelling: [DisplayPart]

  /// Compiles a text.
  ///
  /// - Parameter constants: The names that `text` may use besides x, y, t, pi, e; ASCII letters, digits and `_`.
  /// - Throws: `ExpressionError` with the column of the first fault.
  public init(_ text: String, constants: [String] = []) throws(ExpressionError) {
    try Self.check(constants)
    let tokens = try ExpressionLexer.tokens(of: text)
    let vocabulary = ExpressionVocabulary(
      Self.inputs + constants.map { ExpressionInput($0, .constant) },
      invitation: "write one in x and y, such as x^2 + 5*y^2")
    let program = try ExpressionProgram(tokens: tokens, vocabulary)
    self.text = text
    constantNames = constants
    usesStep = program.depends(on: .step)
    dependsOnPoint = program.depends(on: .variable)
    isQuadratic = program.polynomialDegree(in: [0, 1]).map { $0 <= 2 } ?? false
    programs = program.derivatives(along: [0, 1])
    spelling = DisplayPart.parts(of: tokens)
  }

  private static func check(_ constants: [String]) throws(ExpressionError) {
    if constants.count > maximumNames {
      throw ExpressionError(message: "too many constants: \(maximumNames) are the limit", column: 1)
    }
    for (position, name) in constants.enumerated() {
      let shown = ExpressionLexer.shown(name)
      guard ExpressionLexer.isName(name) else {
        throw ExpressionError(
          message:
            "a constant's name is made of ASCII letters, digits and _ and begins with a letter (at most 40)",
          column: 1)
      }
      if ExpressionVocabulary.languageNames.contains(name) || inputs.contains(where: { $0.name == name }) {
        throw ExpressionError(
          message: "a constant cannot be called '\(shown)', which has a meaning already", column: 1)
      }
      if constants[..<position].contains(name) {
        throw ExpressionError(message: "the constant '\(shown)' is given twice", column: 1)
      }
    }
  }

  /// The text itself.
  public var description: String { text }

  /// The formula for the screen, with superscripts, ·, √, π and Greek names as Greek letters; one column a character.
  public var display: String { display(symbols: [:]) }

  /// The formula for the screen, with these symbols for named constants.
  public func display(symbols: [String: String]) -> String {
    DisplayPart.text(of: spelling, symbols: symbols)
  }

  /// Two formulas are equal if their texts and constants are.
  public static func == (a: Formula, b: Formula) -> Bool {
    a.text == b.text && a.constantNames == b.constantNames
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(text)
    hasher.combine(constantNames)
  }
}
