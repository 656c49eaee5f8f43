import Landscapes
import OptimizerCore

/// The recurrence that a rule follows along an eigenvector of a quadratic, where the curvature is h.
///
///     v ← β v + a h x
///     x ← (1 − ηλ) x − η v                      plain
///     x ← (1 − ηλ) x − η (c h x + β v)          looking ahead, with the weight c of the newest gradient
///
/// Its two roots are those of z² − T z + D. It is stable where |D| < 1 and |T| < 1 + D; for the rules here the bound that
/// is met first as h grows is T = −(1 + D).
struct Recurrence: Sendable, Hashable {
  /// η.
  var rate: Double
  /// β.
  var beta = 0.0
  /// a, the weight of a gradient in v.
  var gain = 1.0
  /// c; nil for the plain form.
  var ahead: Double?
  /// λ, a decay beside the gradient.
  var decay = 0.0
  /// The letter for β in formulas; nil for a rule without momentum.
  var symbol: String?
  /// a as it is written in formulas: `(1−β)`; empty for 1.
  var gainText = ""
  /// Whether β tends to 1, and the formulas are those of the limit.
  var isLimit = false

  /// T and D at a curvature.
  func coefficients(_ h: Double) -> (trace: Double, determinant: Double) {
    let kept = 1 - rate * decay
    guard let ahead else { return (kept - rate * gain * h + beta, beta * kept) }
    return (kept - rate * (ahead + beta * gain) * h + beta, beta * (kept - rate * ahead * h))
  }

  /// What multiplies ηh where 2(1+β) is the bound.
  private var weight: Double { ahead.map { $0 * (1 + beta) + gain * beta } ?? gain }

  /// The largest stable curvature at this rate.
  var curvatureLimit: Double { (1 + beta) * (2 - rate * decay) / (weight * rate) }

  /// The largest stable rate at a curvature.
  func rateLimit(curvature: Double) -> Double {
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
  var rateFormula: String {
    let growth = symbol.map { "(1+\($0))" } ?? ""
    return formula(over: "L", top: "2" + growth, decayTerm: decay == 0 ? "" : growth + "λ")
  }

  /// The bound on the curvature: `2(1+β)/η`.
  var curvatureFormula: String {
    let growth = symbol.map { "(1+\($0))" } ?? ""
    return formula(over: "η", top: decay == 0 ? "2" + growth : growth + "(2−ηλ)", decayTerm: "")
  }
}

/// An optimizer as the theory sees it: one recurrence, in the plain space or in that of its preconditioner.
struct LinearRule: Sendable {
  /// The name for messages.
  let name: String
  /// Nil where the rule is none, and then why.
  private(set) var recurrence: Recurrence?
  private(set) var reason = ""
  /// Whether its curvature is that of P⁻¹H.
  private(set) var isPreconditioned = false
  /// Whether the momentum is the same in every step.
  private(set) var hasConstantMomentum = true
  /// λ of a penalty within the gradient: it adds to every curvature.
  private(set) var l2 = 0.0
  /// What must be true for the formula to hold, to follow it.
  private(set) var proviso = ""

  /// One optimizer of a chain of wrappers.
  private struct Link {
    var id: String
    var value: (String) -> Double?
  }

  /// As a spec has it.
  init(_ spec: OptimizerSpec) {
    var links: [Link] = []
    var next: OptimizerSpec? = spec
    while let link = next {
      links.append(Link(id: link.id, value: { link.setting($0) }))
      next = link.base
    }
    self.init(spec.displayName, links, rate: links[links.count - 1].value("lr"))
  }

  /// As it is after a step, with the learning rate that it used.
  init(_ optimizer: any Optimizer<Double>) {
    var links: [Link] = []
    var next: (any Optimizer<Double>)? = optimizer
    var names: [String] = []
    while let link = next {
      links.append(Link(id: link.about.id, value: { link.value(of: $0) }))
      names.append(link.about.name)
      next = link.wrapped
    }
    let name = names.joined(separator: "(") + String(repeating: ")", count: names.count - 1)
    self.init(name, links, rate: optimizer.learningRate)
    if optimizer.events.contains(StepEvent.clipped) {
      recurrence = nil
      reason = "the last gradient was clipped, so the step did not grow with the curvature"
    }
  }

  private init(_ name: String, _ links: [Link], rate: Double?) {
    self.name = name
    guard let rule = links.last else { return }
    describe(rule, rate: rate ?? 1)
    for wrapper in links.dropLast().reversed() {
      switch wrapper.id {
      case "decay":
        recurrence?.decay += wrapper.value("weight_decay") ?? 0
        // Its velocity is the last move without the decay, which is another recurrence.
        if rule.id == "nesterov-convex" || rule.id == "nesterov" && rule.value("form") == 0 { forbid() }
      case "clip": proviso = ", unclipped"
      case "project": proviso = ", inside the box"
      case "average": break
      default: forbid()
      }
    }
  }

  private mutating func forbid() {
    recurrence = nil
    reason = "no closed stability limit is known for \(name)"
  }

  private mutating func describe(_ rule: Link, rate η: Double) {
    func value(_ key: String) -> Double { rule.value(key) ?? 0 }
    l2 = value("l2")
    switch rule.id {
    case "sgd", "langevin": recurrence = Recurrence(rate: η)
    case "asgd": recurrence = Recurrence(rate: η, decay: value("lambd"))
    case "momentum": recurrence = heavyBall(η, value)
    case "sgdw":
      var found = heavyBall(η, value)
      found?.decay = value("weight_decay")
      if value("nesterov") != 0 { found?.ahead = 1 }
      recurrence = found
    case "ema-momentum": recurrence = averaging(η, value("beta"), "β")
    case "nesterov": recurrence = Recurrence(rate: η, beta: value("beta"), ahead: 1, symbol: "β")
    case "nesterov-convex":
      // The momentum tends to 1.
      recurrence = Recurrence(rate: η, beta: 1, ahead: 1, isLimit: true)
      hasConstantMomentum = false
    case "adagrad", "adadelta", "diagonal-newton", "newton", "preconditioned", "adagrad-full":
      precondition(Recurrence(rate: η))
    case "adafactor" where value("weight_decay") == 0: precondition(Recurrence(rate: η))
    case "shampoo" where value("momentum") == 0: precondition(Recurrence(rate: η))
    case "rmsprop":
      let μ = value("momentum")
      precondition(Recurrence(rate: η, beta: μ, symbol: μ == 0 ? nil : "μ"))
    case "adam", "adamax", "amsgrad", "adamw", "adabelief", "yogi", "radam":
      var found = averaging(η, value("beta1"), "β₁")
      found?.decay = value("weight_decay")
      precondition(found)
    case "nadam":
      var found = averaging(η, value("beta1"), "β₁")
      found?.decay = value("weight_decay")
      let gain = found?.gain
      found?.ahead = gain
      precondition(found)
    case "novograd" where value("weight_decay") == 0:
      precondition(Recurrence(rate: η, beta: value("beta1"), symbol: "β₁"))
    case "signsgd", "lion", "rprop":
      reason = "a step by signs is as long on flat ground as on steep: it has no stability limit"
    case "muon": reason = "every step is η long: it has no stability limit"
    case "line-search", "conjugate-gradient", "lbfgs": reason = "the step is chosen by a search"
    case "flow", "nesterov-flow", "adam-flow": reason = "a flow has no steps that could be too long"
    default: reason = "no closed stability limit is known for \(name)"
    }
  }

  private mutating func precondition(_ found: Recurrence?) {
    recurrence = found
    isPreconditioned = true
  }

  private func heavyBall(_ η: Double, _ value: (String) -> Double) -> Recurrence? {
    let dampening = value("dampening")
    guard dampening < 1 else { return nil }
    return Recurrence(
      rate: η, beta: value("beta"), gain: 1 - dampening, symbol: "β", gainText: dampening == 0 ? "" : "(1−d)")
  }

  private func averaging(_ η: Double, _ beta: Double, _ symbol: String) -> Recurrence? {
    guard beta < 1 else { return nil }
    return Recurrence(rate: η, beta: beta, gain: 1 - beta, symbol: symbol, gainText: "(1−\(symbol))")
  }
}
