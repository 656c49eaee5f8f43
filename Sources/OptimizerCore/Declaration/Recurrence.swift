/// The recurrence that a rule follows along an eigenvector of a quadratic, where the curvature is h.
///
///     v ← β v + a h x
///     x ← (1 − η wd) x − η v                    plain
///     x ← (1 − η wd) x − η (c h x + β v)        looking ahead, with the weight c of the newest gradient
///
/// Its two roots are those of z² − T z + D. It is stable where |D| < 1 and |T| < 1 + D; for the rules here the bound that
/// is met first as h grows is T = −(1 + D).
public struct Recurrence: Sendable, Hashable {
  /// η.
  public var rate: Double
  /// β.
  public var beta: Double
  /// a, the weight of a gradient in v.
  public var gain: Double
  /// c; nil for the plain form.
  public var ahead: Double?
  /// wd, a decay beside the gradient.
  public var decay: Double
  /// The letter for β in formulas; nil for a rule without momentum.
  public var symbol: String?
  /// a as it is written in formulas: `(1−β)`; empty for 1.
  package var gainText: String
  /// Whether β changes from step to step and tends to 1; the formulas are those of the limit.
  public var isLimit: Bool
  /// Whether v is the last move of the point itself, so that a decay from outside would enter it.
  package var isOfMoves: Bool
  /// Whether h is the curvature of P⁻¹H, where ηP⁻¹ is what the rule multiplies gradients by.
  public var isPreconditioned = false
  /// What must be true for the formulas to hold, to follow them: `, unclipped`.
  public var proviso = ""

  /// A recurrence; what is left out is that of plain descent.
  public init(
    rate: Double, beta: Double = 0, gain: Double = 1, ahead: Double? = nil, decay: Double = 0,
    symbol: String? = nil, gainText: String = "", isLimit: Bool = false, isOfMoves: Bool = false
  ) {
    self.rate = rate
    self.beta = beta
    self.gain = gain
    self.ahead = ahead
    self.decay = decay
    self.symbol = symbol
    self.gainText = gainText
    self.isLimit = isLimit
    self.isOfMoves = isOfMoves
  }

  /// T and D at a curvature.
  public func coefficients(_ h: Double) -> (trace: Double, determinant: Double) {
    let kept = 1 - rate * decay
    guard let ahead else { return (kept - rate * gain * h + beta, beta * kept) }
    return (kept - rate * (ahead + beta * gain) * h + beta, beta * (kept - rate * ahead * h))
  }

  /// What multiplies ηh where 2(1+β) is the bound.
  private var weight: Double { ahead.map { $0 * (1 + beta) + gain * beta } ?? gain }

  /// The largest stable curvature at this rate.
  public var curvatureLimit: Double { (1 + beta) * (2 - rate * decay) / (weight * rate) }

  /// The largest stable rate at a curvature.
  public func rateLimit(curvature: Double) -> Double {
    2 * (1 + beta) / (weight * curvature + (1 + beta) * decay)
  }

  /// The formula for the bound on `other`, L or η, with the decay if there is one.
  private func formula(over other: String, top: String, decayTerm: String) -> String {
    if isLimit { return "4/(3\(other))" }
    var weight = gainText
    if let ahead, let symbol {
      weight = ahead == gain ? gainText + "(1+2\(symbol))" : "(1+\(symbol)+\(symbol)\(gainText))"
    }
    let product = weight + other
    if !decayTerm.isEmpty { return "\(top)/(\(product)+\(decayTerm))" }
    return product == other ? "\(top)/\(other)" : "\(top)/(\(product))"
  }

  /// The bound on the rate: `2(1+β)/L`.
  public var rateFormula: String {
    let growth = symbol.map { "(1+\($0))" } ?? ""
    return formula(over: "L", top: "2" + growth, decayTerm: decay == 0 ? "" : growth + "wd")
  }

  /// The bound on the curvature: `2(1+β)/η`.
  public var curvatureFormula: String {
    let growth = symbol.map { "(1+\($0))" } ?? ""
    return formula(over: "η", top: decay == 0 ? "2" + growth : growth + "(2−η wd)", decayTerm: "")
  }
}
