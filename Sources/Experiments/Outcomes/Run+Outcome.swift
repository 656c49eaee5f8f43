public import Landscapes
import OptimizerCore

extension Run {
  /// Up to so many known minima a picture can tell by their numbers.
  package static let numberedMinima = 4

  /// Where the run stands at the playhead, on the landscape in force there.
  ///
  /// The first that holds, in this order: diverged; at a minimum (gradient norm vanished, Hessian positive semidefinite, no
  /// step since that was longer than rest, and not at a known saddle, whose Hessian may vanish); at a maximum, a saddle or on
  /// a plateau (gradient norm vanished); moving. `StandingThresholds` has the numbers.
  package func standing(on landscape: Landscape, in window: Window) -> Standing {
    let thresholds = StandingThresholds(in: window)
    if divergedAt != nil { return .diverged }
    let hasVanished = gradientNorm < StandingThresholds.gradientNorm
    let isAtSaddle = hasVanished && thresholds.isAtSaddle(point, of: landscape)
    if convergedAt != nil, !isAtSaddle {
      return .minimum(thresholds.minimum(near: parameters, of: landscape))
    }
    guard hasVanished else { return .moving }
    return thresholds.critical(landscape.curvatures(at: parameters, step: step), isAtSaddle: isAtSaddle)
  }

  /// The outcome at the playhead, on the landscape in force there.
  ///
  /// What its standing says, if it is not moving (merely at the minimum where the loss changes with the step); else the first
  /// that holds, in this order: ended; at the start; of a network what `learningOutcome` says; growing; oscillating (each of
  /// the last points within 1 % of a step of the one
  /// a period before); left the view; crossing (each of the last six steps turned by more than 120° from the one before).
  public func outcome(on landscape: Landscape, in window: Window) -> Outcome {
    switch standing(on: landscape, in: window) {
    case .diverged: return .diverged(step: divergedAt ?? step, reason: endReason)
    case .minimum where landscape.usesStep: return .atMinimum
    case .minimum(let number):
      let place = number.flatMap {
        landscape.minima.count > Run.numberedMinima ? landscape.minima[$0 - 1] : nil
      }
      return .converged(minimum: number, at: place)
    case .maximum(let largest): return .maximum(largestEigenvalue: largest)
    case .saddle(let smallest): return .saddle(smallestEigenvalue: smallest)
    case .plateau: return .plateau(gradientNorm: gradientNorm)
    case .moving: break
    }
    if isOver, divergedAt == nil, let endReason { return .ended(reason: endReason) }
    if step == 0 { return .atStart }
    if let outcome = learningOutcome(on: landscape) { return outcome }
    if loss > history.losses[0] { return .growing }
    let tail = recentParameters(64)
    let restLength = StandingThresholds(in: window).restLength
    if let period = Run.period(of: tail.count, atLeast: restLength, distance: tail.distance) {
      return .oscillating(period: period)
    }
    // Of a network the picture is a thin slice, and leaving its window says nothing.
    if !window.contains(point), !(landscape.problem is NetworkProblem) { return .leftView }
    if Run.crosses(tail) { return .crossing }
    return .running
  }

  /// The parameters of the last steps up to the playhead, at most `count`, as long as they are consecutive.
  private func recentParameters(_ count: Int) -> Tail {
    let dimension = history.dimension
    guard let end = history.index(at: step) else {
      return Tail(numbers: [], first: 0, count: 0, dimension: dimension)
    }
    var first = end
    while first > 0, end - first + 1 < count, history.steps[first - 1] == history.steps[first] - 1 {
      first -= 1
    }
    return Tail(numbers: history.coordinates, first: first, count: end - first + 1, dimension: dimension)
  }

  /// The smallest period from 2 to 16 with which the last four periods of so many points repeat, if there is one.
  ///
  /// Every frame asks, of points of any number of parameters: as few distances as possible are looked at, the last points
  /// first, which of a run that moves on have moved on.
  static func period(of count: Int, atLeast shortest: Double, distance: (Int, Int) -> Double) -> Int? {
    let last = count - 1
    var longest = 0.0
    var steps = 0
    for period in 2...16 {
      guard count > 4 * period else { return nil }
      while steps < 4 * period {
        longest = max(longest, distance(last - steps, last - steps - 1))
        steps += 1
      }
      let repeats = { (back: Int) in distance(last - back, last - back - period) <= 0.01 * longest }
      if longest > shortest, (0...3 * period).allSatisfy(repeats) { return period }
    }
    return nil
  }

  /// Whether each of the last six steps points back, by more than 120° from the step before.
  private static func crosses(_ tail: Tail) -> Bool {
    guard tail.count >= 8 else { return false }
    return ((tail.count - 6)..<tail.count).allSatisfy { i in
      let (next, last) = (tail.dot(i, i), tail.dot(i - 1, i - 1))
      let lengths = next.squareRoot() * last.squareRoot()
      return lengths > 0 && tail.dot(i, i - 1) < -0.5 * lengths
    }
  }
}
