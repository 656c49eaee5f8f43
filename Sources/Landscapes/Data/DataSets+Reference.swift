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
        "network(key=value, …): dense layers. The classes are in a column called class; the one that is told has the "
          + "largest output, the first of equals.",
        columns: ["key", "looks like", "what it is"],
        [
          .init("data", form: "moons", "a data set, a file points.csv, or a recipe in braces"),
          .init("hidden", form: "32x16", "the widths of the hidden layers, or none"),
          .init("bias", form: "on|off", "whether units add a number of their own; on if left out"),
          .init("activation", form: words(Activation.self), "what hidden units do"),
          .init("loss", form: words(Network.Loss.self), "cross-entropy for classes, else squared"),
          .init("init", form: words(Network.Initialization.self), "how the weights begin; torch if left out"),
          .init("gain", form: "1", "what the first weights are multiplied by"),
          .init("weights", form: "0", "the seed of the first weights; 0, or left out, is that of the run"),
          .init("target", form: "class", "the column to be told; class, else the last"),
        ] + shared),
      ReferencePage.Section(
        "Measured losses",
        "grid(surface.csv) or grid(surface.npy, x=-2:2, y=-1:3): losses on a rectangular grid, with a bicubic spline "
          + "(not-a-knot) through them. Derivatives are exact; beyond the data there is no value, and a run ends there.",
        columns: ["file", "looks like", "what it is"],
        [
          .init(
            "points", form: "x,y,loss",
            "a line of names, then a row for every x with every y, in any order; three columns without names too"
          ),
          .init(
            "matrix with axes", form: ",-2,-1,0,1,2",
            "x in the first row behind a name or nothing, y in the first column; both go up or down"),
          .init(
            "matrix", form: "1.5,1.2,1.1,1.4",
            "losses along x, the first row at the smallest y, as np.meshgrid has them; without x= and y= "
              + "the places are 0, 1, 2, …"),
          .init(".npy", form: "np.save(file, z)", "the same as float32 or float64, row after row"),
          .init("x=", form: "x=-2:2", "where the first and the last column are; x=2:-2 where they go down"),
          .init("y=", form: "y=-1:3", "where the first and the last row are"),
        ]),
      ReferencePage.Section(
        "Recorded runs",
        "-o 'recorded(run.csv)', or recorded(trace.csv, run=2): a run from CSV or JSON as an entry of the race; "
          + "`descent compare run.csv --landscape NAME` says which optimizer it is of.",
        columns: ["column", "what it is"],
        [
          .init("x, y", "the two parameters; two columns without names too"),
          .init("p0, p1, …", "as many parameters as the landscape has"),
          .init(
            "step", "after which step; those left out are rests. 0, 1, 2, … where there is no such column"),
          .init("loss", "compared with the landscape's: the first that differs is said"),
          .init("lr", "the learning rate of the step that led there, for compare"),
          .init("evaluations", "gradients so far; one a step where there is no such column"),
          .init("run", "which of several runs"),
        ]),
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
    .init(
      "sample_weight", form: "1/s^2",
      "what each row counts in the mean, a column or a formula of columns from 0 up, divided by its mean; accuracy "
        + "counts rows. A column that stands alone is no input of a network"),
    .init("test", form: "0.2", "the share of the rows that is set aside"),
    .init("seed", form: "0", "what the rows, and which are set aside, are drawn from"),
  ]

  private static func words<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> String {
    Word.allCases.map(\.rawValue).joined(separator: "|")
  }
}
