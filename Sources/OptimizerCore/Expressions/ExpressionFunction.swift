/// A function of the formula language.
package struct ExpressionFunction: Sendable {
  package let name: String
  /// How many arguments it takes.
  let arity: ClosedRange<Int>
  /// What it is, in a few words.
  package let meaning: String
  /// Where it is defined, if not everywhere.
  package let domain: String
  /// What its slope is taken to be where it has none, or jumps.
  package let kink: String
  /// The node of a call, made of the nodes of its arguments.
  let build: @Sendable (inout ExpressionGraph, [ExpressionGraph.Index]) -> ExpressionGraph.Index

  init(
    _ name: String, _ arity: ClosedRange<Int>, _ meaning: String, kink: String = "",
    build: @escaping @Sendable (inout ExpressionGraph, [ExpressionGraph.Index]) -> ExpressionGraph.Index
  ) {
    self.name = name
    self.arity = arity
    self.meaning = meaning
    self.kink = kink
    domain = ""
    self.build = build
  }

  private init(
    _ name: String, _ operation: Operation, arity: Int = 1, _ meaning: String, domain: String = "",
    kink: String = ""
  ) {
    self.name = name
    self.arity = arity...arity
    self.meaning = meaning
    self.domain = domain
    self.kink = kink
    build = { graph, arguments in
      graph.make(
        operation, arguments[0], arity > 1 ? arguments[1] : nil, arity > 2 ? arguments[2] : nil)
    }
  }

  private static let flat = "slope 0 everywhere"

  package static let all: [ExpressionFunction] = [
    .init("sin", .sine, "the sine of an angle in radians"),
    .init("cos", .cosine, "the cosine of an angle in radians"),
    .init("tan", .tangent, "the tangent of an angle in radians"),
    .init(
      "asin", .arcsine, "the angle whose sine it is", domain: "-1 to 1", kink: "infinite slope at -1 and 1"),
    .init(
      "acos", .arccosine, "the angle whose cosine it is", domain: "-1 to 1",
      kink: "infinite slope at -1 and 1"),
    .init("atan", .arctangent, "the angle whose tangent it is"),
    .init(
      "atan2", .arctangent2, arity: 2, "the angle of the point (x, y), from -pi to pi",
      kink: "no slope at (0, 0)"),
    .init("sinh", .sinh, "the hyperbolic sine"), .init("cosh", .cosh, "the hyperbolic cosine"),
    .init("tanh", .tanh, "the hyperbolic tangent"), .init("exp", .exp, "e to the power of it"),
    .init("log", .log, "the natural logarithm", domain: "above 0; -inf at 0"),
    .init("log10", .log10, "the logarithm to base 10", domain: "above 0; -inf at 0"),
    .init("log1p", .log1p, "log(1 + x), with all its digits near 0", domain: "above -1; -inf at -1"),
    .init("sqrt", .squareRoot, "the square root", domain: "from 0", kink: "infinite slope at 0"),
    .init("abs", .absolute, "the value without its sign", kink: "slope 0 at 0"),
    .init("sign", .sign, "-1, 0 or 1", kink: flat),
    .init(
      "min", .minimum, arity: 2, "the smaller of two",
      kink: "the slope of the smaller, of the second where they are equal"),
    .init(
      "max", .maximum, arity: 2, "the larger of two",
      kink: "the slope of the larger, of the second where they are equal"
    ),
    .init(
      "clamp", 3...3, "x, but no less than the second and no more than the third, which wins",
      kink: "slope 1 between them, both included, and 0 outside"
    ) { graph, arguments in
      graph.make(.minimum, arguments[2], graph.make(.maximum, arguments[1], arguments[0]))
    },
    .init(
      "mod", .modulo, arity: 2, "the remainder, with the sign of the divisor",
      domain: "a divisor other than 0",
      kink: "slope 1 in the first where it jumps, too"),
    .init(
      "hypot", .hypotenuse, arity: 2, "sqrt(x^2 + y^2), of any size",
      kink: "slope 0 at (0, 0), where sqrt has none"),
    .init("sigmoid", .sigmoid, "1/(1 + exp(-x))"),
    .init("relu", .rectify, "x above 0, else 0", kink: "slope 0 at 0"),
    .init("softplus", .softplus, "log(1 + exp(x)), of any size"),
    .init("silu", 1...1, "x*sigmoid(x)") { graph, arguments in
      graph.make(.multiply, arguments[0], graph.make(.sigmoid, arguments[0]))
    },
    // By erfc, which keeps its digits where 1 + erf has none.
    .init("gelu", 1...1, "x times the normal distribution function, 0.5*x*(1 + erf(x/sqrt(2)))") {
      graph, arguments in
      let scaled = graph.make(.multiply, graph.literal(-0x1.6a09e667f3bcdp-1), arguments[0])
      let half = graph.make(.multiply, graph.literal(0.5), arguments[0])
      return graph.make(.multiply, half, graph.make(.complementaryErrorFunction, scaled))
    },
    .init("erf", .errorFunction, "the error function"),
    .init("logsumexp", 2...16, "log(exp(x) + exp(y) + …), of any size; 2 to 16 arguments") {
      graph, arguments in
      arguments.dropFirst().reduce(arguments[0]) { graph.make(.logSumExp, $0, $1) }
    },
    .init("step", .positive, "1 above 0, else 0", kink: flat),
    .init("floor", .floor, "the next whole number below", kink: flat),
    .init("ceil", .ceiling, "the next whole number above", kink: flat),
    .init("round", .round, "the nearest whole number, halves away from 0", kink: flat),
    .init(
      "if", .select, arity: 3, "the second where the first is not 0, else the third",
      kink: "the slope of the one taken; the other may be undefined"),
  ]

  package static let names = all.map(\.name)
  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  static func named(_ name: String) -> ExpressionFunction? { byName[name] }

  /// What other languages call these functions.
  static let aliases = [
    "ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arctan2": "atan2", "sgn": "sign",
    "fabs": "abs", "heaviside": "step", "logistic": "sigmoid", "minimum": "min", "maximum": "max",
    "where": "if",
    "select": "if", "root": "sqrt", "ceiling": "ceil", "fmod": "mod", "norm": "hypot", "clip": "clamp",
    "swish": "silu", "logaddexp": "logsumexp", "lse": "logsumexp",
  ]

  /// What other languages have functions for, and this one has operators or no name.
  static let rewritings = [
    "pow": "x^y", "power": "x^y", "square": "x^2", "cbrt": "sign(x)*abs(x)^(1/3)", "sec": "1/cos(x)",
    "csc": "1/sin(x)", "cot": "1/tan(x)", "log2": "log(x)/log(2)", "exp2": "2^x",
    "erfc": "1 - erf(x)", "and": "a*b", "or": "max(a, b)", "not": "1 - a",
  ]

  static func suggestion(for name: String, in names: [String]) -> String? {
    aliases[name.lowercased()] ?? Spelling.nearest(to: name, in: names)
  }

  /// How a call looks.
  package var example: String {
    switch name {
    case "atan2": "atan2(y, x)"
    case "clamp": "clamp(x, -1, 1)"
    case "if": "if(x < y, x, y)"
    case "randn": "randn()"
    case "inverse_root": "inverse_root(M, 4)"
    case "msign": "msign(M)"
    case "dot": "dot(a, b)"
    default: arity.lowerBound == 1 ? "\(name)(x)" : "\(name)(x, y)"
    }
  }

  /// How many arguments it takes, for a message.
  var wanted: String {
    if arity.count > 1 { return "\(arity.lowerBound) to \(arity.upperBound) arguments" }
    return arity.lowerBound == 0
      ? "no arguments" : arity.lowerBound == 1 ? "1 argument" : "\(arity.lowerBound) arguments"
  }
}
