import OptimizerCore
import Testing

@testable import Landscapes

/// What is said of formulas holds.
@Suite struct FormulaReferenceTests {
  private func look(_ text: String, _ x: Double, _ y: Double = 0) throws -> (value: Double, slope: Double) {
    let landscape = try Landscape(formula: text, window: Window(x: -3...3, y: -3...3), start: Point(1, 1))
    return (landscape.value(at: Point(x, y)), landscape.gradient(at: Point(x, y)).x)
  }

  @Test func everyFormIsAFormula() throws {
    var terms: [String] = []
    for row in Formula.reference.sections.flatMap(\.rows) {
      terms.append(row.term)
      #expect(throws: Never.self, "\(row.term)") { try Formula(row.term, constants: ["kappa"]) }
      #expect(!row.meaning.isEmpty, "\(row.term)")
    }
    for name in Formula.functionNames { #expect(terms.contains { $0.hasPrefix("\(name)(") }, "\(name)") }
    for sign in ExpressionVocabulary.comparisons { #expect(terms.contains("x \(sign) y")) }
  }

  /// A function, a place in its domain and its value there, and a place outside.
  static let domains: [(name: String, inside: Double, value: Double, outside: Double)] = [
    ("asin", -1, -Double.pi / 2, 1.000001), ("acos", -1, Double.pi, -1.000001), ("log", 0, -.infinity, -1e-9),
    ("log10", 0, -.infinity, -1e-9), ("log1p", -1, -.infinity, -1.000001), ("sqrt", 0, 0, -1e-9),
  ]

  @Test func domainsAreWhatIsSaid() throws {
    let said = ExpressionFunction.all.filter { !$0.domain.isEmpty }.map(\.name)
    #expect(Set(said) == Set(Self.domains.map(\.name) + ["mod"]))
    for (name, inside, value, outside) in Self.domains {
      #expect(abs(try look("\(name)(x)", inside).value - value) < 1e-15 || value.isInfinite, "\(name)")
      #expect(try look("\(name)(x)", inside).value == value || !value.isInfinite, "\(name)")
      #expect(try look("\(name)(x)", outside).value.isNaN, "\(name)")
    }
    #expect(try look("mod(3, x)", 0).value.isNaN)
    // The others are defined everywhere.
    for function in ExpressionFunction.all where function.domain.isEmpty {
      for x in [-40.5, -1, 0, 1e-300, 2] {
        #expect(!(try look(function.example, x, -0.5).value.isNaN), "\(function.name)")
      }
    }
  }

  /// A call, where it has a kink or a jump, and the slope in x that is taken there.
  static let kinks: [(name: String, call: String, x: Double, slope: Double)] = [
    ("asin", "asin(x)", 1, .infinity), ("acos", "acos(x)", 1, -.infinity), ("sqrt", "sqrt(x)", 0, .infinity),
    ("abs", "abs(x)", 0, 0), ("sign", "sign(x)", 0, 0), ("min", "min(2*x, 3*x)", 0, 3),
    ("max", "max(2*x, 3*x)", 0, 3),
    ("clamp", "clamp(x, -1, 1)", 1, 1), ("clamp", "clamp(x, -1, 1)", -1, 1),
    ("clamp", "clamp(x, -1, 1)", 1.001, 0),
    ("mod", "mod(x, 2)", 2, 1), ("hypot", "hypot(x, 0)", 0, 0), ("relu", "relu(x)", 0, 0),
    ("step", "step(x)", 0, 0),
    ("floor", "floor(x)", 1, 0), ("ceil", "ceil(x)", 1, 0), ("round", "round(x)", 0.5, 0),
    ("if", "if(x < 0, 2*x, 3*x)", 0, 3), ("if", "if(x < 1, x, sqrt(-1))", 0, 1),
  ]

  @Test func slopesAtKinksAreWhatIsSaid() throws {
    let said = ExpressionFunction.all.filter { !$0.kink.isEmpty }.map(\.name)
    #expect(Set(said) == Set(Self.kinks.map(\.name) + ["atan2"]))
    for (name, call, x, slope) in Self.kinks { #expect(try look(call, x).slope == slope, "\(name): \(call)") }
    #expect(try look("atan2(x, y)", 0).slope.isNaN, "atan2 at the origin")
    // A function of which no kink is said has slopes everywhere.
    for function in ExpressionFunction.all where function.kink.isEmpty && function.domain.isEmpty {
      for x in [-2.0, 0, 1.5] {
        #expect(try look(function.example, x, 0.5).slope.isFinite, "\(function.name) at \(x)")
      }
    }
  }
}
