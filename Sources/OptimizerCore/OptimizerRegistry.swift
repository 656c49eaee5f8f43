/// Every optimizer there is, a line each, in the order of lists.
public enum OptimizerRegistry {
  /// All of them.
  public static let all: [OptimizerEntry] = rules.map(\.entry)

  private static let rules: [RegisteredRule] = [
    .optimizer(SGD<Double>.self, SGD<Lanes>.self),
    .optimizer(Momentum<Double>.self, Momentum<Lanes>.self),
    .optimizer(EMAMomentum<Double>.self, EMAMomentum<Lanes>.self),
    .optimizer(Nesterov<Double>.self, Nesterov<Lanes>.self),
    .optimizer(NesterovConvex<Double>.self, NesterovConvex<Lanes>.self),
    .optimizer(ConjugateGradient.self),
    .optimizer(LineSearch.self),

    .optimizer(Adagrad<Double>.self, Adagrad<Lanes>.self),
    .optimizer(RMSprop<Double>.self, RMSprop<Lanes>.self),
    .optimizer(Adadelta<Double>.self, Adadelta<Lanes>.self),
    .optimizer(Adam<Double>.self, Adam<Lanes>.self),
    .optimizer(AMSGrad<Double>.self, AMSGrad<Lanes>.self),
    .optimizer(AdamW<Double>.self, AdamW<Lanes>.self),
    .optimizer(Adamax<Double>.self, Adamax<Lanes>.self),
    .optimizer(NAdam<Double>.self, NAdam<Lanes>.self),
    .optimizer(RAdam<Double>.self, RAdam<Lanes>.self),
    .optimizer(AdaBelief<Double>.self, AdaBelief<Lanes>.self),
    .optimizer(Yogi<Double>.self, Yogi<Lanes>.self),
    .optimizer(Adan<Double>.self, Adan<Lanes>.self),
    .optimizer(NovoGrad<Double>.self, NovoGrad<Lanes>.self),
    .optimizer(Adafactor<Double>.self, Adafactor<Lanes>.self),
    .optimizer(SGDW<Double>.self, SGDW<Lanes>.self),
    .optimizer(Lion<Double>.self, Lion<Lanes>.self),
    .optimizer(SignSGD<Double>.self, SignSGD<Lanes>.self),
    .optimizer(Rprop<Double>.self, Rprop<Lanes>.self),
    .optimizer(ASGD<Double>.self, ASGD<Lanes>.self),

    .optimizer(AdagradFull<Double>.self, AdagradFull<Lanes>.self),
    .optimizer(Preconditioned<Double>.self, Preconditioned<Lanes>.self),
    .optimizer(DiagonalNewton<Double>.self, DiagonalNewton<Lanes>.self),
    .optimizer(Newton<Double>.self, Newton<Lanes>.self),
    .optimizer(GaussNewton<Double>.self, GaussNewton<Lanes>.self),
    .optimizer(NaturalGradient<Double>.self, NaturalGradient<Lanes>.self),
    .optimizer(KFAC<Double>.self, KFAC<Lanes>.self),
    .optimizer(Shampoo<Double>.self, Shampoo<Lanes>.self),
    .optimizer(Muon<Double>.self, Muon<Lanes>.self),
    .optimizer(LBFGS.self),

    .optimizer(GradientFlow.self),
    .optimizer(NesterovFlow.self),
    .optimizer(AdamFlow.self),
    .optimizer(Langevin<Double>.self, Langevin<Lanes>.self),

    .wrapper(Lookahead<Double>.self, Lookahead<Lanes>.self),
    .wrapper(SAM<Double>.self, SAM<Lanes>.self),
    .wrapper(Clip<Double>.self, Clip<Lanes>.self),
    .wrapper(Project<Double>.self, Project<Lanes>.self),
    .wrapper(Decay<Double>.self, Decay<Lanes>.self),
    .wrapper(Average<Double>.self, Average<Lanes>.self),
    .wrapper(Coordinates<Double>.self, Coordinates<Lanes>.self),
  ]

  /// The race on a landscape for which nobody has named the entries: what a first picture is to compare.
  ///
  /// - Parameter hasMatrix: whether some of the parameters are a matrix, for which there are rules of its own.
  public static func standardRace(hasMatrix: Bool) -> [String] {
    hasMatrix
      ? [
        SGD<Double>.about.id, Adam<Double>.about.id, Shampoo<Double>.about.id, Muon<Double>.about.id,
      ]
      : [
        SGD<Double>.about.id, Momentum<Double>.about.id, Adam<Double>.about.id, Newton<Double>.about.id,
      ]
  }

  /// The optimizers that are wrapped most, and what wraps them: of a run that is not known these are tried.
  package static var usualWrappings: (bases: [String], wrappers: [String]) {
    (
      [SGD<Double>.about.id, Momentum<Double>.about.id, Adam<Double>.about.id],
      [Lookahead<Double>.about.id, SAM<Double>.about.id]
    )
  }

  /// The race on a network, with rates that were chosen on one of 261 parameters by the training loss from other first
  /// weights.
  ///
  /// - Parameter tellsClasses: whether its loss is the cross-entropy of classes; the rates for squares are lower.
  package static func networkRace(tellsClasses: Bool) -> [String] {
    let plain: [(String, Double, Double)] = [
      (SGD<Double>.about.id, 0.3, 0.05), (Momentum<Double>.about.id, 0.03, 0.01),
      (Nesterov<Double>.about.id, 0.1, 0.02), (Adam<Double>.about.id, 0.03, 0.03),
      (AdamW<Double>.about.id, 0.03, 0.03), (Lion<Double>.about.id, 0.003, 0.003),
    ]
    return plain.map { "\($0):lr=\((tellsClasses ? $1 : $2).shortest)" }
  }

  /// The one of this id, or nil.
  public static func entry(_ id: String) -> OptimizerEntry? { byID[id]?.entry }

  /// The one of this id, also as PyTorch writes it (`AdamW`, `torch.optim.AdamW`), or an error that offers the nearest.
  ///
  /// - Parameter others: names that are known beside those of the registry, for the offer.
  public static func find(_ id: String, besides others: [String] = []) throws(SpecError) -> OptimizerEntry {
    let path = "torch.optim."
    let word = (id.hasPrefix(path) ? id.dropFirst(path.count) : id[...]).lowercased()
    if let found = byID[id] ?? byID[word] { return found.entry }
    if word == Recorded.about.id { throw SpecError("recorded needs a file, as in recorded(run.csv)") }
    if word == "sparseadam" {
      throw SpecError("every gradient here is dense: write adam, not \(Excerpt.of(id))")
    }
    throw SpecError(
      "unknown optimizer '\(Excerpt.of(id))'"
        + Spelling.suggestion(
          for: id, in: others + all.map(\.about.id), otherwise: "; `descent list optimizers` names them all"))
  }

  private static let byID = Dictionary(uniqueKeysWithValues: rules.map { ($0.id, $0) })
}
