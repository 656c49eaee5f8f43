extension TypedRule {
  /// The language of rules.
  package static let reference = ReferencePage(
    name: "rules", title: "Typed rules",
    summary:
      "An optimizer as text, as --rule and the key `rules` of scenes take it; `descent describe adam --rule` prints one.",
    sections: [
      ReferencePage.Section(
        "The form of a rule",
        "A head with a name and knobs, a colon, then lines, separated by semicolons or below each other. They are carried out in "
          + "order at every step, each for all parameters at once. What a line assigns stands for its new value in the lines "
          + "below it.",
        columns: ["written", "what it is"],
        [
          .init(
            "heavy(lr=0.01, beta=0.9): v := 0; v = beta*v + g; x = x - lr*v",
            "a whole rule; then -o heavy:lr=0.02 is an entry of the race"),
          .init("v := 0", "a state, kept from step to step, and where it starts: in numbers, knobs and x"),
          .init("v = beta*v + g", "an assignment: to a state, to x, to g, or to a local name of this step"),
          .init("x = x - lr*v", "what moves the point; without such a line a text is no rule"),
        ]),
      ReferencePage.Section(
        "Knobs of rules",
        "Range and scale follow from the name (lr, beta, beta1, beta2, rho, eps, momentum, l2, weight_decay) or from the value where "
          + "nothing is said.",
        columns: ["written", "what it is"],
        [
          .init("lr=0.01", "a number with its default; lr is the learning rate, which schedules drive"),
          .init("a=0.5 from 0 to 1", "with its range"),
          .init("a=0.5 from 1e-3 to 10 log", "with its scale: linear, log, or decay for rates near 1"),
          .init("k=5 from 1 to 100 whole", "a whole number"),
          .init("nesterov=off", "a switch: 1 where it is on, else 0"),
          .init("form=plain|torch", "a choice, the first of which is the default; form == torch asks for it"),
        ]),
      ReferencePage.Section(
        "Names of rules", columns: ["name", "what it is"],
        [
          .init(RuleNames.point, "the parameters; θ is the same"),
          .init(RuleNames.gradient, "the gradient where the step began"),
          .init(RuleNames.loss, "the loss there"), .init(RuleNames.step, "the number of the step, from 1"),
          .init("previous(g)", "what a name stood for at the end of the step before; 0 before the first"),
          .init("pi", "3.14159…"), .init("e", "2.71828…"),
        ]),
      ReferencePage.Section(
        "Functions of rules",
        "Beside these all operators and functions of formulas; see `descent describe formulas`.",
        columns: ["function", "what it is"],
        ExpressionFunction.ofRules.map { .init($0.example, $0.meaning) }),
      ReferencePage.Section(
        "What holds for rules",
        "A state smaller than 1e-290 becomes 0, as in every optimizer here. One run and eight side by side give the same bits. There "
          + "are no loops: a step costs what its lines say. At most \(RuleLimits.lines) lines, \(RuleLimits.knobs) knobs, "
          + "\(RuleLimits.calls) calls, \(ExpressionLimits.length) characters."),
    ])
}
