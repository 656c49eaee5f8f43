/// Lets the weights decay beside any optimizer.
///
///     θ ← the base's step − η λ θ,  η the base's learning rate in this step, 1 if it has none
///
/// The gradient is taken at the undecayed θ, so `decay(adam)` equals AdamW, `decay(momentum)` SGDW.
///
/// Watch: the minimum that it reaches lies between the landscape's and the origin.
///
/// Loshchilov & Hutter 2019, arXiv:1711.05101.
struct Decay<Scalar: Lane>: Wrapper {
  var base: any Optimizer<Scalar>
  var decay = Scalar(repeating: 0.01)
  private var ends = State<Scalar>()

  init(base: any Optimizer<Scalar>) { self.base = base }

  static var about: About {
    About(
      id: "decay", name: "Decay", group: .wrapper, rate: .none,
      summary: "lets the weights decay beside any optimizer",
      watch: "the minimum that it reaches lies between the landscape's and the origin",
      citation: "Loshchilov & Hutter 2019, arXiv:1711.05101")
  }

  static var phrases: [Phrase] {
    [
      .argument(.keras, "weight_decay")
    ]
      + Framework.allCases.map {
        .other(
          $0,
          [
            // Plain descent does not tell the two places of a decay apart.
            "sgd": ("sgd", "l2"), "momentum": ("sgdw", "weight_decay"), "adam": ("adamw", "weight_decay"),
          ])
      }
  }

  static var hyperparameters: [Hyperparameter<Self>] { [.weightDecay(0.01, \.decay)] }

  static var rule: RuleLines? {
    RuleLines(
      """
      before = x
      base
      x = x - lr*weight_decay*before
      """)
  }

  static var recipe: [RecipeLine<Self>] {
    [.decayTerm("w ← −η wd θ_prev") { ($0.base.learningRate ?? .one) * $0.decay }, .move("θ ← θ + w")]
  }

  var baseEnd: [Scalar]? { ends[1] }

  static var changesGradient: Bool { false }

  var stability: Stability {
    if base.stability.recurrence?.isOfMoves == true {
      return .unknown("the velocity is the last move, of which the decay is no part")
    }
    return base.stability.decaying(by: decay)
  }

  mutating func prepare(for layout: ParameterLayout) {
    base.prepare(for: layout)
    ends = State(2, of: layout.count)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == SIMD8<Double>)
  mutating func step(_ θ: inout MutableSpan<Scalar>, oracle: Oracle<Scalar>) { kernel(&θ, oracle) }

  @inline(never)
  private mutating func kernel(_ θ: inout MutableSpan<Scalar>, _ oracle: Oracle<Scalar>) {
    let rows = ends.writable()
    let (before, moved) = (rows[0], rows[1])
    for i in before.indices { before[i] = θ[i] }
    base.step(&θ, oracle: oracle)
    let strength = (base.learningRate ?? .one) * decay
    for i in before.indices {
      moved[i] = θ[i]
      θ[i] -= strength * before[i]
    }
  }
}
