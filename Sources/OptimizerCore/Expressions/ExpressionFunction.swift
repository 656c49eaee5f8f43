/// A function of the formula language.
package struct ExpressionFunction: Sendable {
  let name: String
  /// How many arguments it takes.
  let arity: ClosedRange<Int>
  /// The node of a call, made of the nodes of its arguments.
  let build: @Sendable (inout ExpressionGraph, [ExpressionGraph.Index]) -> ExpressionGraph.Index

  private init(
    _ name: String, _ arity: ClosedRange<Int>,
    build: @escaping @Sendable (inout ExpressionGraph, [ExpressionGraph.Index]) -> ExpressionGraph.Index
  ) {
    self.name = name
    self.arity = arity
    self.build = build
  }

  private init(_ name: String, _ operation: Operation, arity: Int = 1) {
    self.init(name, arity...arity) { graph, arguments in
      graph.make(
        operation, arguments[0], arity > 1 ? arguments[1] : nil, arity > 2 ? arguments[2] : nil)
    }
  }

  static let all: [ExpressionFunction] = [
    .init("sin", .sine), .init("cos", .cosine), .init("tan", .tangent), .init("asin", .arcsine),
    .init("acos", .arccosine), .init("atan", .arctangent), .init("atan2", .arctangent2, arity: 2),
    .init("sinh", .sinh), .init("cosh", .cosh), .init("tanh", .tanh), .init("exp", .exp), .init("log", .log),
    .init("log10", .log10), .init("log1p", .log1p), .init("sqrt", .squareRoot), .init("abs", .absolute),
    .init("sign", .sign), .init("min", .minimum, arity: 2), .init("max", .maximum, arity: 2),
    .init("clamp", 3...3) { graph, arguments in
      graph.make(.minimum, arguments[2], graph.make(.maximum, arguments[1], arguments[0]))
    },
    .init("mod", .modulo, arity: 2), .init("hypot", .hypotenuse, arity: 2), .init("sigmoid", .sigmoid),
    .init("relu", .rectify), .init("softplus", .softplus),
    .init("silu", 1...1) { graph, arguments in
      graph.make(.multiply, arguments[0], graph.make(.sigmoid, arguments[0]))
    },
    // x·Φ(x), by erfc, which keeps its digits where 1 + erf has none.
    .init("gelu", 1...1) { graph, arguments in
      let scaled = graph.make(.multiply, graph.literal(-0x1.6a09e667f3bcdp-1), arguments[0])
      let half = graph.make(.multiply, graph.literal(0.5), arguments[0])
      return graph.make(.multiply, half, graph.make(.complementaryErrorFunction, scaled))
    },
    .init("erf", .errorFunction),
    .init("logsumexp", 2...16) { graph, arguments in
      arguments.dropFirst().reduce(arguments[0]) { graph.make(.logSumExp, $0, $1) }
    },
    .init("step", .positive), .init("floor", .floor), .init("ceil", .ceiling), .init("round", .round),
    .init("if", .select, arity: 3),
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

  static func suggestion(for name: String) -> String? {
    aliases[name.lowercased()] ?? Spelling.nearest(to: name, in: names)
  }

  /// How a call looks, for a message.
  var example: String {
    switch name {
    case "atan2": "atan2(y, x)"
    case "clamp": "clamp(x, -1, 1)"
    case "if": "if(x < y, x, y)"
    default: arity.lowerBound == 1 ? "\(name)(x)" : "\(name)(x, y)"
    }
  }

  /// How many arguments it takes, for a message.
  var wanted: String {
    if arity.count > 1 { return "\(arity.lowerBound) to \(arity.upperBound) arguments" }
    return arity.lowerBound == 1 ? "1 argument" : "\(arity.lowerBound) arguments"
  }
}
