package import OptimizerCore

extension DataSets {
  /// The language of losses made of data.
  package static let reference = ReferencePage(
    name: "data", title: "Losses made of data",
    summary:
      "A mean over rows, as --landscape and scenes take it: samples(data=line, model=a*x + b, start=a=0 b=0).",
    sections: [
      ReferencePage.Section(
        "Samples",
        "samples(key=value, …): a model by formula. The mean over the rows of the loss of model and target.",
        columns: ["key", "looks like", "what it is"],
        [
          .init("data", form: "line", "a data set, a file points.csv, or a recipe in braces"),
          .init(
            "model", form: "a*x + b",
            "the output, of columns and parameters; several with a semicolon between"),
          .init(
            "start", form: "a=0 b=0",
            "the parameters, 1 to \(SampleSettings.maximumParameters), and where they start"),
          .init("target", form: "y", "the column to be told; the last, if left out"),
          .init("loss", form: "squared", "how far an output is from the target"),
          .init("l2", form: "0.01", "the strength λ of a penalty ½λ‖θ‖²"),
        ] + shared),
      ReferencePage.Section(
        "Networks",
        "network(key=value, …): dense layers with biases. The classes are in a column called class.",
        columns: ["key", "looks like", "what it is"],
        [
          .init("data", form: "moons", "a data set, a file points.csv, or a recipe in braces"),
          .init("hidden", form: "32x16", "the widths of the hidden layers, or none"),
          .init("activation", form: words(Activation.self), "what hidden units do"),
          .init("loss", form: words(Network.Loss.self), "cross-entropy for classes, else squared"),
          .init("init", form: words(Network.Initialization.self), "how the weights begin; torch if left out"),
          .init("gain", form: "1", "what the first weights are multiplied by"),
          .init("weights", form: "0", "the seed of the first weights; 0, or left out, is that of the run"),
          .init("target", form: "class", "the column to be told; class, else the last"),
        ] + shared),
      ReferencePage.Section(
        "Losses of samples", columns: ["loss", "what it is"],
        SampleLoss.allCases.map { .init($0.rawValue, $0.meaning) }),
      ReferencePage.Section(
        "Data sets", "Each is a recipe, so there are as many rows as asked for.",
        columns: ["name", "what it is"],
        all.map { .init($0.name, $0.summary) }),
      ReferencePage.Section(
        "Recipes",
        "{x: uniform(-3,3); y: 2*x + normal(0.4)}: columns one after the other, each of those before it.",
        columns: ["written", "what it is"],
        [
          .init("x: 2*row/rows", "a column called x; row counts from 0, rows is how many there are"),
          .init("let u: normal(1)", "a column that only serves those behind it"),
          .init("uniform(a,b)", "drawn between a and b"),
          .init("normal(s)", "drawn with mean 0 and standard deviation s"),
          .init("bernoulli(p)", "1 with probability p, else 0"),
          .init(
            "levels(k, z)", "in which of k parts with equally many rows z lies, from 0; for a whole column"),
          .init("bands(k, z)", "in which of k parts of equal width z lies, from 0; for a whole column"),
        ]),
    ])

  private static let shared: [ReferencePage.Row] = [
    .init("rows", form: "200", "how many rows"),
    .init("test", form: "0.2", "the share of the rows that is set aside"),
    .init("seed", form: "0", "what the rows, and which are set aside, are drawn from"),
  ]

  private static func words<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> String {
    Word.allCases.map(\.rawValue).joined(separator: "|")
  }
}
