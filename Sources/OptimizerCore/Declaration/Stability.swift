/// What bounds the length of a rule's steps where the loss is a quadratic, declared by every rule for its settings now.
///
/// The gauge, the theory's knobs and the remarks all read it, so they cannot say different things.
public enum Stability: Sendable, Hashable {
  /// Along every eigenvector the rule follows this recurrence, whose limit is known.
  case recurrence(Recurrence)
  /// Along every eigenvector a step is this matrix, whose spectral radius has a limit that is looked for.
  case matrix(StepMatrix)
  /// There is no limit; a sentence that says why.
  case none(String)
  /// No limit is known in closed form; why, in words that follow a colon.
  case unknown(String)

  /// The recurrence, if there is one.
  public var recurrence: Recurrence? { if case .recurrence(let found) = self { found } else { nil } }

  /// Whether the curvature that it bounds is that of P⁻¹H, where ηP⁻¹ is what the rule multiplies gradients by.
  package var isPreconditioned: Bool {
    switch self {
    case .recurrence(let found): found.isPreconditioned
    case .matrix(let found): found.isPreconditioned
    case .none, .unknown: false
    }
  }

  /// Why there is no limit to show, in a sentence about the optimizer of that name; nil where there is one.
  public func reason(for name: String) -> String? {
    switch self {
    case .recurrence, .matrix: nil
    case .none(let reason): reason
    case .unknown(let why): "no closed stability limit is known for \(name): \(why)"
    }
  }
}

// What several rules declare.
extension Stability {
  /// A step of the same length whatever the slope.
  static let signs = Stability.none(
    "a step by signs is as long on flat ground as on steep: it has no stability limit")
  /// A step that is chosen each time.
  static let searched = Stability.none("the step is chosen by a search")
  /// No steps at all.
  static let flow = Stability.none("a flow has no steps that could be too long")

  /// x ← x − η h x.
  static func descent<Scalar: Lane>(_ rate: Scalar) -> Stability {
    .recurrence(Recurrence(rate: rate[lane: 0]))
  }

  /// A velocity that the gradient enters with the weight 1 − dampening.
  static func heavyBall<Scalar: Lane>(
    _ rate: Scalar, beta: Scalar, dampening: Scalar = .zero, symbol: String? = "β"
  ) -> Stability {
    let dampening = dampening[lane: 0]
    guard dampening < 1 else {
      return .unknown("with a dampening of 1 no gradient but the first enters the velocity")
    }
    return .recurrence(
      Recurrence(
        rate: rate[lane: 0], beta: beta[lane: 0], gain: 1 - dampening, symbol: symbol,
        gainText: dampening == 0 ? "" : "(1−d)"))
  }

  /// An average of gradients, which the newest enters with the weight 1 − β.
  static func averaging<Scalar: Lane>(_ rate: Scalar, beta: Scalar, symbol: String) -> Stability {
    let beta = beta[lane: 0]
    guard beta < 1 else { return .unknown("with \(symbol) = 1 no gradient enters the average") }
    return .recurrence(
      Recurrence(
        rate: rate[lane: 0], beta: beta, gain: 1 - beta, symbol: symbol, gainText: "(1−\(symbol))"))
  }

  /// The same with the recurrence changed.
  func changed(_ change: (inout Recurrence) -> Void) -> Stability {
    if case .matrix = self { return .unknown("it is known of the rule inside, and not of what is around it") }
    guard case .recurrence(var found) = self else { return self }
    change(&found)
    return .recurrence(found)
  }

  /// The same in the space of the preconditioner.
  var preconditioned: Stability { changed { $0.isPreconditioned = true } }

  /// The same with a decay of the weights of the rule's own, beside the gradient.
  func decaying<Scalar: Lane>(by strength: Scalar) -> Stability {
    changed { $0.decay += strength[lane: 0] }
  }

  /// The same under a condition, for a wrapper that acts only when it must: `unclipped`.
  func provided(_ condition: String) -> Stability { changed { $0.proviso += ", " + condition } }
}
