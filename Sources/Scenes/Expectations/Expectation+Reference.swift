package import OptimizerCore

extension Expectation {
  /// The language of expectations.
  package static let reference = ReferencePage(
    name: "expectations", title: "Expectations",
    summary: "Statements about the runs of a scene, such as momentum.steps_to(1e-3) < sgd.steps_to(1e-3).",
    sections: [
      ReferencePage.Section(
        "Of an entry",
        "After its name and a point. A step that is left out is the last of the run; one that the run did not reach gives "
          + "`never`. A knob is asked by its key: `momentum.beta`, `lookahead.base.lr`.",
        columns: ["quantity", "kind", "what it is"],
        RunQuantity.all.map { ReferencePage.Row($0.form, form: $0.kind.name, $0.meaning) }),
      ReferencePage.Section(
        "Of the landscape", "After `landscape` and a point, as its constants are: `landscape.kappa`.",
        columns: ["quantity", "what it is"],
        LandscapeQuantity.all.map {
          ReferencePage.Row("\($0.name)\($0.isAtPoint ? "(x, y)" : "")", $0.meaning)
        }),
      ReferencePage.Section(
        "Operators of expectations", "From the loosest; brackets group. Comparisons chain: `0 < sgd.x < 1`.",
        columns: ["written", "what it is"], operators),
      ReferencePage.Section(
        "Values", columns: ["word", "what it is"],
        ExpectationParser.words.map { ReferencePage.Row($0.name, $0.meaning) }),
      ReferencePage.Section(
        "Functions of numbers", columns: ["function", "what it is"],
        NumberFunction.all.map {
          ReferencePage.Row("\($0.name)(\($0.arity.count == 1 ? "1" : "1, 2"))", $0.meaning)
        }),
      ReferencePage.Section(
        "Of two entries, other settings, other starts", columns: ["written", "what it is"],
        ExpectationParser.Call.allCases.map { ReferencePage.Row($0.example, $0.meaning) }
          + ExpectationParser.SceneSetting.allCases.map {
            ReferencePage.Row("with(\($0.example), sgd.loss)", $0.meaning)
          }),
      ReferencePage.Section(
        "Over several steps", columns: ["written", "what it is"],
        ExpectationExpression.Fold.allCases.map {
          ReferencePage.Row("\($0.rawValue)(k in 1..100, \($0.body))", $0.meaning)
        }),
      ReferencePage.Section(
        "Over several seeds", "The scene's seed and those after it.", columns: ["written", "what it is"],
        ExpectationExpression.SeedFold.allCases.map {
          ReferencePage.Row(
            $0.form.replacing("…", with: $0 == .share ? "sgd.diverged" : "sgd.loss"), $0.meaning)
        }),
    ])

  private static let operators =
    [
      ReferencePage.Row("sgd.diverged or adam.diverged", "one of them, or both"),
      ReferencePage.Row("sgd.diverged and adam.diverged", "both"),
      ReferencePage.Row("not sgd.diverged", "the contrary"),
    ]
    + ExpectationExpression.Comparison.allCases.map {
      ReferencePage.Row("sgd.loss \($0.rawValue) adam.loss", $0.meaning)
    }
    + ExpectationExpression.Arithmetic.allCases.map { ReferencePage.Row("2 \($0.rawValue) 3", $0.meaning) }
    + [
      ReferencePage.Row("-sgd.x", "the negative")
    ]
}

extension RunQuantity {
  /// As it is written: `loss([step])`.
  var form: String {
    let parameters = parameters.map { $0.isOptional ? "[\($0.name)]" : $0.name }.joined(separator: ", ")
    return parameters.isEmpty ? name : "\(name)(\(parameters))"
  }
}

extension ExpectationValue.Kind {
  /// In a word.
  fileprivate var name: String {
    switch self {
    case .number: "number"
    case .truth: "statement"
    case .text: "text"
    }
  }
}

extension ExpectationExpression.Comparison {
  fileprivate var meaning: String {
    switch self {
    case .lessOrEqual: "at most"
    case .greaterOrEqual: "at least"
    case .equal: "the same; of texts, statements and never, too"
    case .unequal: "not the same"
    case .less: "less"
    case .greater: "more"
    }
  }
}

extension ExpectationExpression.Arithmetic {
  fileprivate var meaning: String {
    switch self {
    case .add: "the sum"
    case .subtract: "the difference"
    case .multiply: "the product"
    case .divide: "the quotient"
    case .power: "the power, to the right first"
    }
  }
}

extension ExpectationParser.Call {
  /// As it is written.
  fileprivate var example: String {
    switch self {
    case .distance: "distance(sgd, adam, 40)"
    case .with: "with(sgd.lr=0.02, landscape.kappa=100, sgd.diverged)"
    case .from: "from(1, sgd.loss)"
    }
  }

  fileprivate var meaning: String {
    switch self {
    case .distance: "between the points of two entries at a step; at the end, if it is left out"
    case .with: "the last part, under other settings, made in order; also a whole spec, sgd=\"sgd:lr=0.1\""
    case .from: "the last part, from the start of a number"
    }
  }
}

extension ExpectationParser.SceneSetting {
  /// As it is written.
  fileprivate var example: String {
    switch self {
    case .start: "start=(1, 10)"
    case .steps: "steps=400"
    case .seed: "seed=7"
    case .noise: "noise=\"gaussian(sigma=1)\""
    }
  }

  fileprivate var meaning: String {
    switch self {
    case .start: "from another start"
    case .steps: "on another budget"
    case .seed: "with another seed"
    case .noise: "with another noise"
    }
  }
}

extension ExpectationExpression.Fold {
  /// What it goes over, by an example.
  fileprivate var body: String {
    switch self {
    case .all, .any: "sgd.loss(k) < 9"
    case .max, .min, .sum: "sgd.loss(k)"
    }
  }

  fileprivate var meaning: String {
    switch self {
    case .all: "whether it holds at every step"
    case .any: "whether it holds at some step"
    case .max: "the largest"
    case .min: "the smallest"
    case .sum: "the sum"
    }
  }
}

extension ExpectationExpression.SeedFold {
  fileprivate var meaning: String {
    switch self {
    case .quantile: "the value below which a part of them lies, between neighbours in proportion"
    case .mean: "the mean"
    case .deviation: "the standard deviation, over n − 1"
    case .share: "the part of them for which a statement holds"
    }
  }
}
