import OptimizerCore
import Testing
import TestSupport

@testable import Landscapes

/// What the screen shows of a formula can be typed.
@Suite struct DisplayTests {
  /// Whether two landscapes have the same values, to the bit.
  private func expectSame(_ a: Landscape, _ b: Landscape, _ name: String) {
    var random = SplitMix64(state: 7)
    for step in 0..<200 {
      let point = Point(
        a.window.x.lowerBound + random.uniform() * a.window.width,
        a.window.y.lowerBound + random.uniform() * a.window.height)
      #expect(
        a.value(at: point, step: step).bitPattern == b.value(at: point, step: step).bitPattern,
        "\(name) at \(point)")
    }
  }

  @Test func whatIsShownOfEveryLandscapeReadsBackAsItself() throws {
    var formulas = 0
    for landscape in LandscapeCatalog.all where landscape.formula != nil {
      formulas += 1
      let again = try Landscape(formula: landscape.display, constants: landscape.constants)
      expectSame(landscape, again, landscape.id)
      #expect(again.display == landscape.display, "\(landscape.id)")
      // What the replay line says is of the keyboard, and the same formula.
      #expect(again.text.utf8.allSatisfy { $0 < 0x80 }, "\(landscape.id): \(again.text)")
      expectSame(landscape, try Landscape(formula: again.text, constants: landscape.constants), landscape.id)
    }
    #expect(formulas >= 30)
  }

  static let spellings: [(String, String)] = [
    ("0.5·(κ·x² + y²)", "0.5*(kappa*x^2 + y^2)"), ("−x⁻¹²·√(y)", "-x^-12*sqrt(y)"), ("x⁺²", "x^+2"),
    ("x × y ÷ 2 – 1", "x * y / 2 - 1"), ("x⋅y∙2", "x*y*2"), ("x ≤ y", "x <= y"), ("x≥y", "x>=y"),
    ("x≠y", "x!=y"),
    ("2·π·θ", "2*pi*theta"), ("μ where μ = ϕ", "mu where mu = phi"), ("x\u{a0}+\u{202f}y", "x + y"),
    ("x^y²", "x^y^2"), ("(x²)³", "(x^2)^3"), ("1e−3·x", "1e-3*x"), ("x¹⁰", "x^10"), ("x + y", "x + y"),
  ]

  @Test(arguments: spellings) func isSpelledOut(_ written: String, _ text: String) throws {
    #expect(try ExpressionSpelling(written).text == text)
    let plain = try ExpressionSpelling(text)
    #expect(plain.text == text)
    #expect(
      try Formula(written, constants: ["kappa", "theta", "phi"].filter { text.contains($0) }).text == text)
  }

  /// A symbol that a constant has on the screen is that constant, also where it is the letter of another name.
  @Test func symbolsOfConstantsAreTheirNames() throws {
    let constants = [Constant(name: "angle", symbol: "φ", value: 30, range: -90...90)]
    let landscape = try Landscape(formula: "x·φ + y²", constants: constants)
    #expect(landscape.text == "x*angle + y^2")
    #expect(landscape.display == "x·φ + y²")
    #expect(landscape.value(at: Point(2, 3)) == 69)
    #expect(
      try Formula.names(in: "κ·x² + angle", of: ["kappa": "κ", "angle": "φ", "speed": "ω"]) == [
        "kappa", "angle",
      ])
  }

  @Test func whatIsTooLongSpelledOutIsTooLong() {
    let text = "x" + String(repeating: "+κ", count: 1000)
    #expect {
      try Formula(text, constants: ["kappa"])
    } throws: { error in
      (error as? ExpressionError)?.message == "the formula is too long: 4000 characters are the limit"
    }
  }
}
