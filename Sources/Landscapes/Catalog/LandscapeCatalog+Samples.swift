extension LandscapeCatalog {
  /// Rows of Wilson's problem, half of them for training.
  private static let wilsonRows = 30

  /// The features of Wilson's problem as sums of weights: the answer itself, two that are always there, and for every row
  /// one of its own, or five where the answer is −1.
  private static let wilson: (model: String, start: [SampleSettings.Parameter]) = {
    let own = (1...wilsonRows).map { row in
      "(i == \(row - 1))*(u\(row) + (y < 0)*(v\(row) + r\(row) + s\(row) + q\(row)))"
    }
    let names =
      ["w1", "w2", "w3"]
      + (1...wilsonRows).flatMap { row in ["u", "v", "r", "s", "q"].map { "\($0)\(row)" } }
    return (
      (["w1*y + w2 + w3"] + own).joined(separator: " + "),
      names.map { SampleSettings.Parameter($0, start: 0) }
    )
  }()

  /// Means over samples.
  static let samples: [SamplesEntry] = [
    SamplesEntry(
      id: "linear-fit", title: "A line through points", source: "line", model: ["a*x + b"],
      start: [.init("a", start: -1), .init("b", start: 1.5)], rows: "rows",
      constants: [
        Constant(name: "rows", symbol: "N", label: "rows of data", whole: 50, range: 5...5000, scale: .log)
      ],
      watch: "A bowl: what gradient descent does here it does on every quadratic.",
      origin: "y = 1.5x − 0.5 with normal noise of 0.4"),
    SamplesEntry(
      id: "centre-of-rows", title: "The centre that rows are scattered around",
      source: "u: normal(1); v: normal(1)",
      model: ["0.5*((a - u)^2 + (b - v)^2)"], loss: .free,
      start: [.init("a", start: 3), .init("b", start: 2)], rows: "n",
      constants: [
        Constant(name: "n", symbol: "N", label: "rows of data", whole: 100, range: 5...5000, scale: .log)
      ],
      watch: "The mean of the rows is the minimum, and misses the centre they came from by about √(2/N).",
      origin: "two standard normal columns; Robbins & Monro 1951 with f = ½|θ − x|²"),
    SamplesEntry(
      id: "scaled-features", title: "A plane over features of unlike size",
      source: "x: normal(1); y: normal(scale); z: 1.2*x + 0.8*y/scale + normal(0.1)", model: ["a*x + b*y"],
      start: [.init("a", start: -1), .init("b", start: 1)], rows: "200",
      constants: [
        Constant(
          name: "scale", symbol: "s", label: "size of the second feature", value: 0.1, range: 0.01...100,
          scale: .log, isFixed: true)
      ],
      watch:
        "The condition number is the square of the ratio of sizes; scaling the features mends this ravine.",
      origin: "two independent normal features, one of them scaled"),
    SamplesEntry(
      id: "logistic-line", title: "Logistic regression on a line", source: "odds", model: ["a*x + b"],
      loss: .bernoulli, start: [.init("a", start: -1), .init("b", start: 2)], rows: "rows",
      constants: [
        Constant(name: "rows", symbol: "N", label: "rows of data", whole: 200, range: 5...5000, scale: .log)
      ],
      watch: "Steep on the wrong side, flat on the right one: undamped Newton leaps off the flat.",
      origin: "x standard normal, P(y = 1) = σ(2x − 1)"),
    SamplesEntry(
      id: "exponential-fit", title: "A decaying exponential through points",
      source: "t: 0.3*row; y: 2*exp(-t) + normal(residual)", model: ["a*exp(-b*t)"], target: "y",
      start: [.init("a", start: 1), .init("b", start: 0)], rows: "11",
      constants: [
        Constant(
          name: "residual", symbol: "σ", label: "size of the residuals", value: 0, range: 0...1, isFixed: true
        )
      ],
      window: (x: -0.5...3.5, y: -0.5...2.5),
      watch: "Without residuals Gauss-Newton's right digits double; with large ones it is only linear.",
      origin: "2e^−t at 11 times from 0 to 3"),
    SamplesEntry(
      id: "gaussian-fit", title: "A normal distribution fitted to numbers",
      source: "u: normal(1); y: 1 + 0.5*u", model: ["mu", "s^q"], loss: .normal, target: "y",
      start: [.init("mu", start: -1), .init("s", start: 2)], rows: "200",
      constants: [
        Constant(
          name: "q", label: "width as a power of s", value: 1, range: -2...2, scale: .linear, isFixed: true)
      ],
      window: (x: -1.6...2.4, y: 0.2...2.6),
      watch: "The natural gradient takes the same way in every coordinate, the plain one does not.",
      origin: "200 numbers of mean 1 and variance ¼; coordinates μ and s, of which the width σ is a power"),
    SamplesEntry(
      id: "gaussian-fit-log", title: "The same normal distribution by the logarithm of its width",
      source: "u: normal(1); y: 1 + 0.5*u", model: ["mu", "exp(lnsigma)"], loss: .normal, target: "y",
      start: [.init("mu", start: -1), .init("lnsigma", start: 0.6931471805599453)], rows: "200",
      window: (x: -1.6...2.4, y: -1.6...1.4),
      watch: "The natural gradient takes the same way in every coordinate, the plain one does not.",
      origin: "200 numbers of mean 1 and variance ¼; coordinates (μ, ln σ)"),
    SamplesEntry(
      id: "gaussian-fit-precision", title: "The same normal distribution by its precision",
      source: "u: normal(1); y: 1 + 0.5*u", model: ["mu", "1/sqrt(tau)"], loss: .normal, target: "y",
      start: [.init("mu", start: -1), .init("tau", start: 0.25)], rows: "200",
      window: (x: -1.6...2.4, y: 0.05...6),
      watch: "The natural gradient takes the same way in every coordinate, the plain one does not.",
      origin: "200 numbers of mean 1 and variance ¼; coordinates (μ, 1/σ²)"),
    SamplesEntry(
      id: "sparse-features", title: "A feature that is seldom there",
      source: "x: normal(1); y: bernoulli(0.05)*normal(1); z: 1.5*x - 2*y + normal(0.1)",
      model: ["a*x + b*y"], start: [.init("a", start: -1), .init("b", start: 1)], rows: "400",
      watch: "The mean slope along a rare feature is small; AdaGrad gives its few steps their full length.",
      origin: "one feature in every row, one in a twentieth of the rows"),
    SamplesEntry(
      id: "softmax-peaks", title: "Peaks, by softmax regression",
      source: "peaks", model: (1...5).map { "a\($0)*x + b\($0)*y + c\($0)" }, loss: .categorical,
      target: "class",
      start: (1...5).flatMap { k in ["a", "b", "c"].map { SampleSettings.Parameter("\($0)\(k)", start: 0) } },
      rows: "200", plane: "a1,b1",
      watch: "Fifteen parameters and straight borders: half of the points cannot be told.",
      origin: "200 points, classes at the quintiles of peaks"),
    SamplesEntry(
      id: "deep-linear", title: "Five factors in a row", source: "x: normal(1); y: x + normal(0.1)",
      model: ["w1*w2*w3*w4*w5*x"], target: "y",
      start: (1...5).map { SampleSettings.Parameter("w\($0)", start: $0 == 1 ? 0.6 : 0.5) }, rows: "50",
      spacing: .log, window: (x: -0.5...1.5, y: -0.5...1.5), plane: "w1,w2",
      watch:
        "A line in disguise: near 0 every slope is a product of four small numbers, so a plateau and then a leap.",
      origin: "Saxe, McClelland & Ganguli 2014, arXiv:1312.6120; the differences of the squared factors stay",
      note: "Zero is a saddle without curvature, and the minima are a surface."),
    SamplesEntry(
      id: "wilson", title: "Wilson's problem: who learns the feature that counts?",
      source: "i: row; y: 2*bernoulli(0.75) - 1", model: [wilson.model], target: "y", start: wilson.start,
      rows: "\(wilsonRows)", testShare: 0.5, spacing: .log, window: (x: -0.5...1, y: -0.5...1),
      plane: "w1,w2",
      watch:
        "Only the first feature tells new rows: descent finds it, adaptive rules lean on the two that are always there.",
      origin: "Wilson et al. 2017, arXiv:1705.08292, with 15 rows to learn and P(y = 1) = 3/4",
      note: "Of 153 weights 150 belong to single rows; on a new row w1·y + w2 + w3 decides."),
  ]
}
