public import Landscapes
import OptimizerCore

/// Why a run does what its outcome says, computed from the run alone.
///
/// | remark | when |
/// |---|---|
/// | crosses the valley | the outcome is crossing, the last step lies within 26° of the eigenvector of the largest eigenvalue (cosine above 0.9), and that is at least 3 times the magnitude of the smallest |
/// | no noise | the outcome is a saddle or a maximum, and neither the experiment nor the rule draws noise that could push the run off |
/// | beyond the limit | the largest eigenvalue, preconditioned where the rule is, lies above the rule's stability limit; see `Gauge` |
/// | second moment remembers | for rules that average squared gradients (a slot and a knob of that role) without noise or a wrapper that changes the gradient: √v̂ = η/rate is at least 10 times the last gradient in Euclidean norm, and steps of the past whose gradient was at least half of the largest, next to that largest one, gave at least half of what the average holds; the step named is the largest |
/// | carried past | the rule has momentum; the last step went up from where it began (its angle with the gradient there below 84°, and the loss rose), away from the nearest known minimum, and the run had come closer to that before, within the last 16 steps |
/// | carried uphill | the same without a known minimum that it passed |
/// | beside a saddle | the loss bends down in a direction, and the gradient is at most a tenth of the largest of the run so far; of two parameters |
/// | on a cliff | the gradient is at least 10 times the median of the 32 steps before (at least 8), and the largest of them all |
///
/// In this order; while the outcome is running, crossing, growing or left the view, all but the second. What is not computed
/// is not said.
public enum Remark: Sendable, Hashable {
  /// The steps go to and fro along the direction of largest curvature.
  case crossesValley(curvature: Double)
  /// Nothing random can push it away.
  case noNoise
  /// The step is too long for the curvature here: how many times the limit, and the limit's formula.
  case beyondLimit(symbol: String, share: Double, formula: String)
  /// The average of squares is many times the present gradient because of one step.
  case secondMomentRemembers(step: Int)
  /// It moves away from a minimum that it came by.
  case carriedPast
  /// It moves against the slope.
  case carriedUphill
  /// There is next to no slope where the loss bends down: it leads off, slowly at first.
  case besideSaddle(curvature: Double)
  /// The slope is many times what it was.
  case onCliff(factor: Double)

  /// In words.
  public var words: String {
    switch self {
    case .crossesValley(let curvature):
      "to and fro along λmax = \(NumberText.brief(curvature))"
    case .noNoise: "no noise"
    case .beyondLimit(let symbol, let share, let formula):
      "\(symbol) is \(NumberText.brief(share)) × \(formula == StepMatrix.formula ? "the limit" : formula)"
    case .secondMomentRemembers(let step): "second moment still remembers step \(step)"
    case .carriedPast: "momentum carries it past the minimum"
    case .carriedUphill: "momentum carries it uphill"
    case .besideSaddle(let curvature):
      "hardly a slope beside a saddle, λmin = \(NumberText.brief(curvature))"
    case .onCliff(let factor): "on a cliff, |∇f| \(NumberText.brief(factor)) × what it was"
    }
  }
}

extension Run {
  /// The outcome at the playhead with the first of its remarks: `stuck at a saddle, λmin = −1.2, no noise`.
  public func words(on landscape: Landscape, in window: Window) -> String {
    let outcome = outcome(on: landscape, in: window)
    guard let remark = remarks(on: outcome, landscape).first else { return outcome.words }
    return outcome == .running ? remark.words : "\(outcome.words), \(remark.words)"
  }

  /// Why the run does what it does at the playhead, on the landscape in force there; see `Remark` for the rules.
  public func remarks(on landscape: Landscape, in window: Window) -> [Remark] {
    remarks(on: outcome(on: landscape, in: window), landscape)
  }

  private func remarks(on outcome: Outcome, _ landscape: Landscape) -> [Remark] {
    guard step > 0 else { return [] }
    switch outcome {
    case .saddle, .maximum:
      return noise.isNone && !isRandom ? [.noNoise] : []
    case .running, .crossing, .growing, .leftView, .ended: break
    default: return []
    }
    return [
      outcome == .crossing ? crossesValley(landscape) : nil, beyondLimit(landscape),
      secondMomentRemembers(), carried(landscape), besideSaddle(landscape), onCliff(),
    ].compactMap { $0 }
  }

  /// Whether the optimizer or one inside it draws random numbers.
  private var isRandom: Bool {
    var next: (any Optimizer<Double>)? = optimizer
    while let link = next {
      if link.about.isRandom { return true }
      next = link.wrapped
    }
    return false
  }

  private func crossesValley(_ landscape: Landscape) -> Remark? {
    guard landscape.showsAllParameters else { return nil }
    let hessian = landscape.hessian(at: point, step: step)
    let (least, most) = hessian.eigenvalues
    guard most > 0, most >= 3 * least.magnitude else { return nil }
    let move = lastStepRecord.displacement
    let axis = hessian.eigenvectors.larger
    let length = Point(move[0], move[1]).norm
    guard length > 0, (move[0] * axis.x + move[1] * axis.y).magnitude > 0.9 * length else { return nil }
    return .crossesValley(curvature: most)
  }

  private func beyondLimit(_ landscape: Landscape) -> Remark? {
    let gauge = Gauge(of: self, on: landscape)
    guard let share = gauge.share, share > 1, share.isFinite else { return nil }
    return .beyondLimit(symbol: gauge.symbol, share: share, formula: gauge.formula)
  }

  private func secondMomentRemembers() -> Remark? {
    guard noise.isNone, !optimizer.changesGradient,
      optimizer.state.contains(where: { $0.role == .averageOfSquares }),
      let knob = optimizer.knobs.first(where: { $0.role == .memoryOfSquares }),
      let memory = optimizer.value(of: knob.key),
      let rate = learningRate, let rates = effectiveRates, rates.count == parameters.count,
      let slope = optimizer.state.first(where: { $0.symbol == "g" })?.values
    else { return nil }
    let spread = rates.reduce(0.0) { $0 + (rate / $1) * (rate / $1) }.squareRoot()
    let size = slope.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
    guard spread >= 10 * size, let end = history.index(at: step - 1), history.steps[end] == step - 1 else {
      return nil
    }
    // The step after row k used the gradient of row k, and weighs `memory` to the power of its age.
    var (first, weight) = (end, 1.0)
    var shares: [Double] = []
    while true {
      let norm = history.gradientNorms[first]
      shares.append(weight * norm * norm)
      weight *= memory
      guard first > 0, weight > 1e-3, history.steps[first - 1] == history.steps[first] - 1 else { break }
      first -= 1
    }
    func norm(_ age: Int) -> Double { history.gradientNorms[end - age] }
    guard let peak = shares.indices.max(by: { shares[$0] < shares[$1] }) else { return nil }
    var (from, to) = (peak, peak)
    while from > 0, norm(from - 1) >= norm(peak) / 2 { from -= 1 }
    while to < shares.count - 1, norm(to + 1) >= norm(peak) / 2 { to += 1 }
    // What is going on now is no memory.
    guard from > 0, norm(peak) >= 10 * size else { return nil }
    let episode = shares[from...to].reduce(0, +)
    return 2 * episode >= shares.reduce(0, +)
      ? .secondMomentRemembers(step: history.steps[end - peak] + 1) : nil
  }

  private func carried(_ landscape: Landscape) -> Remark? {
    guard let recurrence = optimizer.stability.recurrence, recurrence.beta > 0 else { return nil }
    let (before, move) = (lastStepRecord.before, lastStepRecord.displacement)
    let slope = landscape.gradient(at: before, step: step)
    let rise = zip(move, slope).reduce(0) { $0 + $1.0 * $1.1 }
    guard rise > 0.1 * move.euclideanNorm * slope.euclideanNorm,
      loss > landscape.value(at: before, step: step)
    else {
      return nil
    }
    func distance(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).map { $0 - $1 }.euclideanNorm }
    let nearest = landscape.minimisers.min { distance($0, parameters) < distance($1, parameters) }
    guard let nearest, let end = history.index(at: step), history.steps[end] == step else {
      return .carriedUphill
    }
    let last = distance(before, nearest)
    guard distance(parameters, nearest) > last else { return .carriedUphill }
    var first = end
    var hasComeCloser = false
    while first > 0, end - first < 16, history.steps[first - 1] == history.steps[first] - 1 {
      let (here, earlier) = (
        distance(Array(history.parameters(at: first)), nearest),
        distance(Array(history.parameters(at: first - 1)), nearest)
      )
      if earlier > here { hasComeCloser = true }
      first -= 1
    }
    return hasComeCloser ? .carriedPast : .carriedUphill
  }

  private func besideSaddle(_ landscape: Landscape) -> Remark? {
    guard landscape.showsAllParameters, let row = history.index(at: step),
      let largest = history.gradientNorms[...row].max()
    else { return nil }
    let slope = landscape.gradient(at: parameters, step: step).euclideanNorm
    guard slope > 0, slope <= 0.1 * largest else { return nil }
    let (least, most) = landscape.hessian(at: point, step: step).eigenvalues
    // A bend that is next to none is a plateau's.
    return least < 0 && least.magnitude >= 0.01 * most.magnitude ? .besideSaddle(curvature: least) : nil
  }

  private func onCliff() -> Remark? {
    guard let end = history.index(at: step), history.steps[end] == step else { return nil }
    var first = end
    while first > 0, end - first < 32, history.steps[first - 1] == history.steps[first] - 1 { first -= 1 }
    let norms = history.gradientNorms[first..<end].sorted()
    guard norms.count >= 8, let most = norms.last, gradientNorm > most else { return nil }
    let factor = gradientNorm / norms[norms.count / 2]
    return factor >= 10 && factor.isFinite ? .onCliff(factor: factor) : nil
  }
}
