public import OptimizerCore

/// A loss written as text in `x` and `y`, compiled to flat programs for its value, exact gradient and exact Hessian.
///
/// The language is that of `reference`: operators, functions with their domains and the slopes taken at kinks, names. `^`
/// groups from the right and binds tighter than a minus in front: -x^2 is -(x^2). Products are always written with `*`. What
/// the screen shows of a formula is understood as well.
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
  static let inputs: [ExpressionInput] = [
    ExpressionInput("x", .variable), ExpressionInput("y", .variable), ExpressionInput("t", .step),
  ]
  /// The place of the step number among the inputs.
  static let stepInput = 2

  /// The text in the characters of a keyboard, which reads back as the same formula.
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
  /// The pieces of the text for the screen.
  let parts: [DisplayPart]

  /// Compiles a text.
  ///
  /// What the screen shows of a formula is taken too: superscripts, `·`, `−`, `√`, Greek letters for their names.
  ///
  /// - Parameters:
  ///   - constants: The names that `text` may use besides x, y, t, pi, e; ASCII letters, digits and `_`.
  ///   - symbols: What the screen has for some of these names; a symbol of one character is taken for its name.
  /// - Throws: `ExpressionError` with the column of the first fault.
  public init(
    _ text: String, constants: [String] = [], symbols: [String: String] = [:]
  ) throws(ExpressionError) {
    try Self.check(constants)
    let spelling = try Self.spelling(of: text, symbols: symbols)
    let tokens = try ExpressionLexer.tokens(of: spelling)
    let vocabulary = ExpressionVocabulary(
      Self.inputs + constants.map { ExpressionInput($0, .constant) },
      invitation: "write one in x and y, such as x^2 + 5*y^2")
    let program = try ExpressionProgram(tokens: tokens, vocabulary)
    self.text = spelling.text
    constantNames = constants
    usesStep = program.depends(on: .step)
    dependsOnPoint = program.depends(on: .variable)
    isQuadratic = program.polynomialDegree(in: [0, 1]).map { $0 <= 2 } ?? false
    programs = program.derivatives(along: [0, 1])
    parts = DisplayPart.parts(of: tokens)
  }

  private static func spelling(
    of text: String, symbols: [String: String]
  ) throws(ExpressionError) -> ExpressionSpelling {
    var names: [Character: String] = [:]
    for (name, symbol) in symbols {
      if let character = symbol.first, symbol.count == 1, !character.isASCII { names[character] = name }
    }
    return try ExpressionSpelling(text, symbols: names)
  }

  /// Which of some constants a text names, by their names or symbols.
  package static func names(in text: String, of symbols: [String: String]) throws(ExpressionError) -> Set<
    String
  > {
    let text = try spelling(of: text, symbols: symbols).text
    let words = Set(text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
    return words.intersection(symbols.keys)
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
    DisplayPart.text(of: parts, symbols: symbols)
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
