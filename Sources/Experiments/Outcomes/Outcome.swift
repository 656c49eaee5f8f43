public import Landscapes
internal import OptimizerCore

/// What a run is doing, computed from the run alone.
public enum Outcome: Sendable, Hashable {
  /// Nothing has happened yet.
  case atStart
  /// On its way, and nothing more can be said.
  case running
  /// On its way, each step nearly undoing the one before.
  case crossing
  /// At rest with a vanishing gradient and no negative curvature; the number (from 1) of the known minimum, if it is one,
  /// and where that is, if there are more than the picture can number.
  case converged(minimum: Int?, at: Point? = nil)
  /// The same where the loss changes with the step: the minimum moves on, and so will the run.
  case atMinimum
  /// At rest with a vanishing gradient and negative curvature.
  case saddle(smallestEigenvalue: Double)
  /// At rest with a vanishing gradient and curvature that bends down in every direction.
  case maximum(largestEigenvalue: Double)
  /// The gradient has vanished, but so has the curvature.
  case plateau(gradientNorm: Double)
  /// Comes back to the same points, again and again.
  case oscillating(period: Int)
  /// Outside the window.
  case leftView
  /// The loss is above the loss at the start.
  case growing
  /// From this step on too far away, or not finite.
  case diverged(step: Int)

  /// In words, for the race table.
  public var words: String {
    switch self {
    case .atStart: "at the start"
    case .running: "on its way"
    case .crossing: "crossing the valley, period 2"
    case .converged(_, let point?):
      "converged to (\(NumberText.fixed(point.x, decimals: 2)), \(NumberText.fixed(point.y, decimals: 2)))"
    case .converged(let minimum?, nil): "converged to minimum \(minimum)"
    case .converged(nil, nil): "converged"
    case .atMinimum: "at the minimum"
    case .saddle(let eigenvalue): "stuck at a saddle, λmin = \(NumberText.brief(eigenvalue, digits: 2))"
    case .maximum(let eigenvalue):
      "stuck at a maximum, λmax = \(NumberText.brief(eigenvalue, digits: 2))"
    case .plateau(let norm): "on a plateau, |∇f| = \(NumberText.scientific(norm, digits: 1))"
    case .oscillating(let period): "oscillating, period \(period)"
    case .leftView: "left the view"
    case .growing: "growing: above its start"
    case .diverged(let step): "diverged at step \(step)"
    }
  }

  /// One word, for programs.
  public var name: String {
    switch self {
    case .atStart: "at-start"
    case .running: "running"
    case .crossing: "crossing"
    case .converged: "converged"
    case .atMinimum: "at-minimum"
    case .saddle: "saddle"
    case .maximum: "maximum"
    case .plateau: "plateau"
    case .oscillating: "oscillating"
    case .leftView: "left-view"
    case .growing: "growing"
    case .diverged: "diverged"
    }
  }
}

extension Run {
  /// Up to so many known minima a picture can tell by their numbers.
  public static let numberedMinima = 4

  /// The outcome at the playhead, on the landscape in force there.
  ///
  /// The first that holds, in this order: diverged; converged (gradient norm below 1e-6, Hessian positive semidefinite,
  /// no step since longer than 1e-6 of the window, and not at a known saddle, whose Hessian may vanish; merely at the
  /// minimum where the loss changes with the step); maximum, saddle and
  /// plateau (gradient norm below 1e-6, every curvature below −1e-4, one of them or at a known saddle, none); growing; oscillating (each of the last points within 1 % of a step of the one a period before);
  /// left the view; crossing (each of the last six steps turned by more than 120° from the one before).
  public func outcome(on landscape: Landscape, in window: Window) -> Outcome {
    if let divergedAt { return .diverged(step: divergedAt) }
    let isAtSaddle = gradientNorm < Run.tolerance && isAtKnownSaddle(of: landscape, in: window)
    if convergedAt != nil, !isAtSaddle {
      if landscape.usesStep { return .atMinimum }
      let number = Run.minimum(near: parameters, of: landscape, in: window)
      let place = number.flatMap {
        landscape.minima.count > Run.numberedMinima ? landscape.minima[$0 - 1] : nil
      }
      return .converged(minimum: number, at: place)
    }
    if gradientNorm < Run.tolerance {
      let (smallest, largest) = landscape.curvatures(at: parameters, step: step)
      if largest < -1e-4 { return .maximum(largestEigenvalue: largest) }
      return smallest < -1e-4 || isAtSaddle
        ? .saddle(smallestEigenvalue: smallest) : .plateau(gradientNorm: gradientNorm)
    }
    if step == 0 { return .atStart }
    if loss > history.losses[0] { return .growing }
    let tail = recentParameters(64)
    if let period = Run.period(of: tail, atLeast: Run.tolerance * window.diagonal) {
      return .oscillating(period: period)
    }
    if !window.contains(point) { return .leftView }
    if Run.crosses(tail) { return .crossing }
    return .running
  }

  private func isAtKnownSaddle(of landscape: Landscape, in window: Window) -> Bool {
    landscape.saddles.contains { point.distance(to: $0) <= 1e-3 * window.diagonal }
  }

  /// The number, from 1, of the known minimum within 1e-3 of the window's diagonal, or nil.
  public static func minimum(near point: Point, of landscape: Landscape, in window: Window) -> Int? {
    minimum(near: landscape.lift(point), of: landscape, in: window)
  }

  /// The same for parameters, whatever the picture shows of them.
  public static func minimum(near parameters: [Double], of landscape: Landscape, in window: Window) -> Int? {
    minimum(near: parameters, among: landscape.minimisers, within: 1e-3 * window.diagonal)
  }

  /// The number, from 1, of the nearest of some minima that is no farther than a radius, or nil.
  static func minimum(near parameters: [Double], among minimisers: [[Double]], within radius: Double) -> Int?
  {
    var best: (number: Int, distance: Double)?
    for (i, minimum) in minimisers.enumerated() {
      let distance = distance(from: parameters, to: minimum)
      if distance <= radius, distance < best?.distance ?? .infinity {
        best = (i + 1, distance)
      }
    }
    return best?.number
  }

  private static func distance(from a: [Double], to b: [Double]) -> Double {
    zip(a, b).lazy.map { $0 - $1 }.euclideanNorm
  }

  /// The parameters of the last steps up to the playhead, at most `count`, as long as they are consecutive.
  private func recentParameters(_ count: Int) -> Tail {
    let dimension = history.dimension
    guard let end = history.index(at: step) else { return Tail(numbers: [], dimension: dimension) }
    var first = end
    while first > 0, end - first + 1 < count, history.steps[first - 1] == history.steps[first] - 1 {
      first -= 1
    }
    return Tail(
      numbers: Array(history.coordinates[(first * dimension)..<((end + 1) * dimension)]), dimension: dimension
    )
  }

  /// The smallest period from 2 to 16 with which the last four periods repeat, if there is one.
  static func period(of points: [Point], atLeast shortest: Double) -> Int? {
    period(of: Tail(numbers: points.flatMap { [$0.x, $0.y] }, dimension: 2), atLeast: shortest)
  }

  private static func period(of tail: Tail, atLeast shortest: Double) -> Int? {
    for period in 2...16 {
      let first = tail.count - (4 * period + 1)
      guard first >= 0 else { return nil }
      var longest = 0.0
      var drift = 0.0
      for i in (first + 1)..<tail.count {
        longest = max(longest, tail.distance(i, i - 1))
        if i >= first + period { drift = max(drift, tail.distance(i, i - period)) }
      }
      if longest > shortest, drift <= 0.01 * longest { return period }
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

/// The parameters of consecutive steps, oldest first, in one array: every frame looks at hundreds of pairs of them.
private struct Tail {
  let numbers: [Double]
  let dimension: Int

  /// The number of steps.
  var count: Int { numbers.count / dimension }

  /// The distance of two of them.
  func distance(_ i: Int, _ j: Int) -> Double {
    (0..<dimension).lazy.map { numbers[i * dimension + $0] - numbers[j * dimension + $0] }.euclideanNorm
  }

  /// The product of the steps that led to two of them.
  func dot(_ i: Int, _ j: Int) -> Double {
    var sum = 0.0
    for k in 0..<dimension {
      let (a, b) = (i * dimension + k, j * dimension + k)
      sum += (numbers[a] - numbers[a - dimension]) * (numbers[b] - numbers[b - dimension])
    }
    return sum
  }
}
