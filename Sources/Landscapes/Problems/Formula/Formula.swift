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
  public static let maximumLength = 4000
  /// The deepest nesting of brackets, calls, signs and powers.
  public static let maximumDepth = 64
  /// The most named constants, and the most local names.
  package static let maximumNames = 64
  /// The most operations after sharing equal subexpressions.
  package static let maximumOperations = 4000

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
  let valueTape: Tape
  let gradientTape: Tape
  private let hessian: HessianTape
  let spelling: [DisplayPart]

  /// Compiles a text.
  ///
  /// - Parameter constants: The names that `text` may use besides x, y, t, pi, e; ASCII letters, digits and `_`.
  /// - Throws: `FormulaError` with the column of the first fault.
  public init(_ text: String, constants: [String] = []) throws(FormulaError) {
    try Self.check(constants)
    let tokens = try FormulaLexer.tokens(of: text)
    var (graph, root) = try FormulaParser.parse(tokens, constants: constants)
    self.text = text
    constantNames = constants
    let dependence = graph.dependences[Int(root)]
    usesStep = dependence.contains(.step)
    dependsOnPoint = !dependence.isDisjoint(with: .point)
    isQuadratic = graph.polynomialDegrees()[Int(root)].map { $0 <= 2 } ?? false
    valueTape = graph.tape(for: [root])
    let gradient = graph.gradient(of: root)
    gradientTape = graph.tape(for: [root, gradient.x, gradient.y])
    hessian = HessianTape(graph: graph, gradient: gradient)
    spelling = DisplayPart.parts(of: tokens)
  }

  private static func check(_ constants: [String]) throws(FormulaError) {
    if constants.count > maximumNames {
      throw FormulaError(message: "too many constants: \(maximumNames) are the limit", column: 1)
    }
    for (position, name) in constants.enumerated() {
      let shown = FormulaLexer.shown(name)
      let isName =
        name.utf8.allSatisfy { byte in
          (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x30 && byte <= 0x39)
            || byte == 0x5f
        } && name.utf8.first.map { $0 > 0x39 && $0 != 0x5f } == true && name.utf8.count <= 40
      guard isName else {
        throw FormulaError(
          message:
            "a constant's name is made of ASCII letters, digits and _ and begins with a letter (at most 40)",
          column: 1)
      }
      if FormulaParser.reservedNames.contains(name) {
        throw FormulaError(
          message: "a constant cannot be called '\(shown)', which has a meaning already", column: 1)
      }
      if constants[..<position].contains(name) {
        throw FormulaError(message: "the constant '\(shown)' is given twice", column: 1)
      }
    }
  }

  /// The program for xx, xy and yy.
  var hessianTape: Tape { hessian.tape }

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

/// The second derivatives, differentiated when the formula is made.
private struct HessianTape: Sendable {
  let tape: Tape

  init(graph: ExpressionGraph, gradient: (x: ExpressionGraph.Index, y: ExpressionGraph.Index)) {
    var graph = graph
    let alongX = graph.gradient(of: gradient.x)
    let alongY = graph.gradient(of: gradient.y)
    tape = graph.tape(for: [alongX.x, alongX.y, alongY.y])
  }
}
