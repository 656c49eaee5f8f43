import Foundation
import Landscapes
import OptimizerCore
import Testing
import TestSupport

@Suite struct FormulaTests {
  private func value(_ text: String, x: Double = 3, y: Double = 2, step: Int = 0) throws -> Double {
    try Landscape(formula: text, window: Window(x: -3...3, y: -3...3), start: Point(x, y))
      .value(at: Point(x, y), step: step)
  }

  /// At x = 3, y = 2.
  static let values: [(String, Double)] = [
    ("2*x + y", 8), ("2 + x*y", 8), ("(2 + x)*y", 10), ("x - y - 1", 0), ("x/y/2", 0.75), ("x - (y - 1)", 2),
    ("-x^2", -9), ("(-x)^2", 9), ("2^3^2", 512), ("(2^3)^2", 64), ("x^-1", 1.0 / 3), ("-x^-y", -1.0 / 9),
    ("2*-x", -6), ("--x", 3), ("+x - +y", 1), ("x^2*y", 18), ("2^-1*y", 1), ("-x*y", -6), ("x*-y^2", -12),
    ("x < y", 0), ("x > y", 1), ("x >= 3", 1), ("x <= 2", 0), ("x == 3", 1), ("x != 3", 0),
    ("(x > 1)*(y > 1)", 1),
    ("1 + 1 < 3", 1), ("if(x > y, 10, 20)", 10), ("if(x - 3, 10, 20)", 20), ("min(x, y) + max(x, y)", 5),
    ("mod(-1, 3)", 2), ("mod(7, 3)", 1), ("mod(1, -3)", -2), ("mod(5.5, 2)", 1.5), ("step(0)", 0),
    ("step(x)", 1),
    ("step(-x)", 0), ("sign(-x)", -1), ("sign(0*x)", 0), ("abs(-x)", 3), ("relu(-x)", 0), ("relu(x)", 3),
    ("floor(-0.5)", -1), ("ceil(0.5)", 1), ("round(2.5)", 3), ("round(-2.5)", -3), ("0^0", 1),
    ("(x - 3)^(y - 2)", 1),
    ("x^0", 1), ("sigmoid(0)", 0.5), ("softplus(800*x)", 2400), ("sigmoid(-800*x)", 0), ("hypot(x, 4)", 5),
    ("log10(1000)", 3), ("atan2(0*x, -1)", Double.pi), ("1e3 + .5 + 2. + 1E-1", 1002.6), ("e", exp(1.0)),
    ("pi", Double.pi),
    ("2^-1", 0.5), ("x--y", 5), ("2*-x^2", -18), ("5.", 5), (".5e1", 5), ("mod(-7, 3)", 2),
    ("erf(0)", 0), ("gelu(0*x)", 0), ("silu(-800*x)", 0), ("logsumexp(1000*x, 1000*x - 2000)", 3000),
    ("logsumexp(0, 0, 0, 0) - 2*log(2)", 0), ("logsumexp(1, -1e300)", 1), ("clamp(x, -1, y)", 2),
    ("clamp(-x, -1, y)", -1), ("clamp(0.5, -1, y)", 0.5), ("clamp(x, 2, 1)", 1),
    ("u*v where u = x + 1, v = u - y", 8), ("u where u = v^2 where_is_not = 0", .nan),
  ]

  @Test(arguments: values) func evaluates(_ text: String, _ expected: Double) throws {
    if expected.isNaN {
      #expect(throws: LandscapeError.self) { try value(text) }
    } else {
      #expect(try value(text) == expected)
    }
  }

  @Test func knowsTheStep() throws {
    #expect(try value("x + 10*t", step: 7) == 73)
    #expect(try Formula("x + 10*t").usesStep)
    #expect(try !Formula("x + 10").usesStep)
    #expect(try !Formula("x where u = t").usesStep)
  }

  /// A comparison with what is undefined is undefined, and so is what depends on it; a branch not taken is not asked.
  @Test func comparisonsWithTheUndefinedAreUndefined() throws {
    for comparison in ["<", "<=", ">", ">=", "==", "!="] {
      #expect(try value("sqrt(-x) \(comparison) 1").isNaN, "\(comparison)")
      #expect(try value("1 \(comparison) sqrt(-x)").isNaN, "\(comparison)")
      #expect(try value("if(sqrt(-x) \(comparison) 1, 5, 7)").isNaN, "\(comparison)")
      let slope = try Landscape(formula: "if(sqrt(-x) \(comparison) 1, x, 2*x)").gradient(at: Point(2, 1))
      #expect(slope.x.isNaN, "\(comparison)")
    }
    #expect(try value("if(sqrt(-x), 5, 7)").isNaN)
    #expect(try value("if(sqrt(-x), 5, 5)").isNaN)
    #expect(try value("if(0/0 < 1, 5, x)").isNaN)
    #expect(try value("if(x > 0, 3, if(sqrt(-x) < 1, 5, 7))") == 3)
    let guarded = try Landscape(formula: "if(x > 0, 3*x, if(sqrt(-x) < 1, y, y^2))")
    #expect(guarded.gradient(at: Point(2, 1)) == Point(3, 0))
    #expect(guarded.hessian(at: Point(2, 1)) == SymmetricMatrix2(xx: 0, xy: 0, yy: 0))
  }

  @Test func undefinedIsNaN() throws {
    #expect(try value("log(-x)").isNaN)
    #expect(try value("sqrt(-x)").isNaN)
    #expect(try value("min(log(-x), 1)").isNaN)
    #expect(try value("max(1, log(-x))").isNaN)
    #expect(try value("relu(log(-x))").isNaN)
    #expect(try value("step(log(-x))").isNaN)
    #expect(try value("asin(x)").isNaN)
    #expect(try value("(-x)^0.3").isNaN)
    #expect(try value("x/(y - 2)") == .infinity)
    let power = try Landscape(formula: "x^x + y")
    #expect(power.value(at: Point(-1, 0)) == -1)
    #expect(power.gradient(at: Point(-1, 0)).x.isNaN)
  }

  @Test func whiteSpaceOnlySeparates() throws {
    #expect(try value("  x\n +\t y ") == 5)
  }

  @Test func constantsAreInputs() throws {
    let formula = try Formula("a*x + b*y + a^2", constants: ["b", "a"])
    #expect(formula.constantNames == ["b", "a"])
    let oracle = FormulaOracle(formula, constants: [100, 3])
    #expect(look(oracle, [1, 1]).value == 112)
    #expect(look(oracle, [1, 1]).gradient == [3, 100])
  }

  static let shown: [(String, String)] = [
    ("0.5*(kappa*x^2 + y^2)", "0.5·(κ·x² + y²)"), ("-x^-12*sqrt(y)", "−x⁻¹²·√(y)"), ("x^y^2", "x^y²"),
    ("x^2^3", "x^2³"), ("2^-x", "2^−x"), ("if(x<=y,x,-y)", "if(x ≤ y, x, −y)"), ("x!=y", "x ≠ y"),
    ("2*pi*theta", "2·π·θ"), ("u+1 where u=x*-y,v=2", "u + 1 where u = x·−y, v = 2"), ("x^2.5", "x^2.5"),
    ("(x)-(y)", "(x) − (y)"), ("sin( x )", "sin(x)"),
  ]

  @Test(arguments: shown) func isShownInSymbols(_ text: String, _ shown: String) throws {
    #expect(try Formula(text, constants: ["kappa", "theta"]).display == shown)
  }

  @Test func symbolsOfConstantsAreShown() throws {
    let landscape = try #require(LandscapeCatalog.named("moving-bowl"))
    #expect(landscape.display.hasSuffix("where a = ω·t"))
  }

  @Test func equalityIsOfTextAndConstants() throws {
    #expect(try Formula("x + y") == Formula("x + y"))
    #expect(try Formula("x + y") != Formula("x+y"))
    #expect(try Formula("x", constants: ["a"]) != Formula("x"))
    #expect(try Set([Formula("x"), Formula("x"), Formula("y")]).count == 2)
  }

  // MARK: Limits

  @Test func lengthIsLimited() throws {
    let longest = "x" + String(repeating: " ", count: Formula.maximumLength - 1)
    #expect(try Formula(longest).text == longest)
    #expect(fault(longest + " ") == "the formula is too long: 4000 characters are the limit (column 4001)")
    // One character of very many scalars.
    #expect(fault("x" + String(repeating: "\u{301}", count: 1_000_000)).hasPrefix("the formula is too long"))
  }

  @Test func depthIsLimited() throws {
    let depth = Formula.maximumDepth
    for (open, close) in [("(", ")"), ("sin(", ")"), ("-", ""), ("2^", ""), ("max(x, ", ")")] {
      func nested(_ count: Int) -> String {
        String(repeating: open, count: count) + "x" + String(repeating: close, count: count)
      }
      _ = try Formula(nested(depth))
      #expect(
        fault(nested(depth + 1)).hasPrefix(
          "the formula is nested too deeply: 64 levels are the limit (column "))
    }
    for text in [
      "(", ")", "-", "sin(", "x^", "if(", "x<", ",", "where ", "x where u=", "x+(", "[", "\u{1F9E8}",
    ] {
      _ = fault(String(repeating: text, count: 10_000))
      _ = fault(String(repeating: text, count: 3999 / text.count))
    }
  }

  @Test func namesAreLimited() throws {
    let names = (0..<64).map { "c\($0)" }
    _ = try Formula("x + c63", constants: names)
    #expect(fault("x", constants: names + ["c64"]) == "too many constants: 64 are the limit (column 1)")
    let bindings = (0..<65).map { "u\($0) = x" }
    _ = try Formula("x where " + bindings.dropLast().joined(separator: ", "))
    #expect(
      fault("x where " + bindings.joined(separator: ", "))
        .hasPrefix("too many local names: 64 are the limit (column "))
    for (bad, complaint) in [
      ("x", "a constant cannot be called 'x', which has a meaning already (column 1)"),
      ("sin", "a constant cannot be called 'sin', which has a meaning already (column 1)"),
      ("where", "a constant cannot be called 'where', which has a meaning already (column 1)"),
    ] { #expect(fault("x", constants: [bad]) == complaint) }
    for bad in ["", "1a", "a b", "κ", "_a", "a-b", String(repeating: "a", count: 41)] {
      #expect(
        fault("x", constants: [bad])
          == "a constant's name is made of ASCII letters, digits and _ and begins with a letter (at most 40) (column 1)"
      )
    }
    #expect(fault("x", constants: ["a", "a"]) == "the constant 'a' is given twice (column 1)")
  }

  @Test func operationsAreLimited() throws {
    func sum(_ count: Int) -> String { (0..<count).map { "(x+\($0))^63" }.joined(separator: "+") }
    _ = try Formula(sum(200))
    #expect(fault(sum(345)).hasPrefix("the formula is too large: 4000 operations are the limit (column "))
  }

  private func fault(_ text: String, constants: [String] = []) -> String {
    do {
      _ = try Formula(text, constants: constants)
      return "none"
    } catch { return error.description }
  }

  // MARK: Any text

  @Test func noTextCrashes() throws {
    let pieces = [
      "x", "y", "t", "kappa", "1", "2.5", "1e-3", "+", "-", "*", "/", "^", "(", ")", ",", "<", "==", "=",
      " where ", "u",
      "sin(", "if(", "max(", "log(", "sqrt(", " ", "e", "pi", ".", "²", "😀", "\u{0}", "\u{202e}", "x^2",
      "abs(x)", "mod(",
      "0", "-1", "^-3", "/0", "hypot(x,", "sigmoid(", "v = ", ", u = ",
    ]
    var random = SplitMix64(state: 20)
    var parsed = 0
    for _ in 0..<20_000 {
      let count = Int.random(in: 1...12, using: &random)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random)! }.joined()
      do throws(ExpressionError) {
        let formula = try Formula(text, constants: ["kappa"])
        parsed += 1
        _ = look(FormulaOracle(formula, constants: [2]), [0.5, -1.5])
        #expect(!formula.display.isEmpty)
      } catch {
        #expect(error.column >= 1 && error.column <= text.count + 1, "\(text)")
        #expect(
          !error.message.isEmpty && error.message.unicodeScalars.allSatisfy { $0.value >= 0x20 }, "\(text)")
      }
    }
    #expect(parsed > 500)
  }

  // MARK: Formulas without a window or start

  @Test func theWindowFollowsTheValues() throws {
    #expect(try Landscape(formula: "x^2 + y^2").window == Window(x: -3...3, y: -3...3))
    #expect(try Landscape(formula: "log(x) + log(y)").window == Window(x: 0...3, y: 0...3))
    #expect(try Landscape(formula: "sqrt(x^2 + y^2 - 30)").window == Window(x: -10...10, y: -10...10))
    let far = try Landscape(formula: "(x - 20)^2 + y^2", minima: [Point(20, 0)], start: Point(0, 4))
    #expect(far.window.contains(Point(20, 0)) && far.window.contains(Point(0, 4)))
    #expect(far.start == Point(0, 4))
    let given = try Landscape(formula: "x + y", window: Window(x: 0...1, y: 5...6))
    #expect(given.window == Window(x: 0...1, y: 5...6))
    #expect(given.window.contains(given.start))
    #expect(try Landscape(formula: "(1-x)^2+100*(y-x^2)^2").spacing == .log)
    #expect(try Landscape(formula: "x + y").spacing == .linear)
    #expect(try Landscape(formula: "5").value(at: Point(0, 0)) == 5)
    #expect(try Landscape(formula: "log(-1)").window == Window(x: -3...3, y: -3...3))
  }

  @Test func faultsOfTypedFormulasKeepTheirColumn() {
    #expect {
      try Landscape(formula: "x + sine(y)")
    } throws: { error in
      (error as? LandscapeError)?.column == 5
        && (error as? LandscapeError)?.description
          == "unknown function 'sine', did you mean 'sin'? (column 5)"
    }
  }
}
