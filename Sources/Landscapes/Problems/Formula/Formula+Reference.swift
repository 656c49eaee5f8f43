package import OptimizerCore

extension Formula {
  /// The language of formulas.
  package static let reference = ReferencePage(
    name: "formulas", title: "Formulas",
    summary: "A loss in x and y, as --function, the key f and scenes take it: 0.5*(kappa*x^2 + y^2).",
    sections: [
      ReferencePage.Section(
        "Operators of formulas",
        "A product is always written with a sign. What the screen shows is understood, too: x², κ·x, √(x), −, ≤, π and Greek "
          + "letters for their names. What is undefined is NaN, and so is all that is computed from it.",
        columns: ["written", "what it is"],
        [
          .init("x + y", "the sum"), .init("x - y", "the difference"), .init("x*y", "the product"),
          .init("x/y", "the quotient"), .init("-x", "the negative; -x^2 is -(x^2)"),
          .init("x^y", "the power, to the right first: x^y^2 is x^(y^2); 0^0 is 1"),
          .init("(x + y)*2", "brackets group"),
        ]
          + ExpressionVocabulary.comparisons.map {
            .init("x \($0) y", "1 where it holds, else 0; slope 0 everywhere")
          } + [
            .init("u^2 + v^2 where u = x + y, v = x - y", "local names, each made of those before it")
          ]),
      ReferencePage.Section(
        "Names of formulas", columns: ["name", "what it is"],
        inputs.map {
          .init($0.name, $0.role == .step ? "the step, for a loss that changes with time" : "a parameter")
        }
          + [
            .init("pi", "3.14159…"), .init("e", "2.71828…"),
            .init(
              "kappa",
              "a constant by its name: of the landscape before (f), of the scene (constants), or set (--set kappa=100)"
            ),
          ]),
      ReferencePage.Section(
        "Functions of formulas", "Where there is a kink or a jump, the curvature is 0.",
        columns: ["function", "defined for", "what it is"],
        ExpressionFunction.all.map { function in
          .init(
            function.example, form: function.domain.isEmpty ? "all numbers" : function.domain,
            function.meaning + (function.kink.isEmpty ? "" : "; \(function.kink)"))
        }),
    ])
}
