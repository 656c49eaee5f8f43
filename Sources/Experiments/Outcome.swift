public import Landscapes

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
    var best: (number: Int, distance: Double)?
    for (i, minimum) in landscape.minimisers.enumerated() {
      let distance = distance(parameters[...], minimum[...])
      if distance <= 1e-3 * window.diagonal, distance < best?.distance ?? .infinity {
        best = (i + 1, distance)
      }
    }
    return best?.number
  }

  private static func distance(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double {
    // One coordinate after the other, so that no square overflows.
    zip(a, b).reduce(0) { Point(x: $0, y: $1.0 - $1.1).norm }
  }

  /// The parameters of the last steps up to the playhead, at most `count`, oldest first, as long as they are consecutive.
  private func recentParameters(_ count: Int) -> [ArraySlice<Double>] {
    guard let end = history.index(at: step) else { return [] }
    var points: [ArraySlice<Double>] = []
    var expected = step
    var index = end
    while index >= 0, points.count < count, history.steps[index] == expected {
      points.append(history.parameters(at: index))
      index -= 1
      expected -= 1
    }
    return points.reversed()
  }

  /// The smallest period from 2 to 16 with which the last four periods repeat, if there is one.
  static func period(of points: [Point], atLeast shortest: Double) -> Int? {
    period(of: points.map { [$0.x, $0.y][...] }, atLeast: shortest)
  }

  private static func period(of points: [ArraySlice<Double>], atLeast shortest: Double) -> Int? {
    for period in 2...16 {
      let needed = 4 * period + 1
      guard points.count >= needed else { return nil }
      let tail = Array(points.suffix(needed))
      var longest = 0.0
      var drift = 0.0
      for i in 1..<tail.count {
        longest = max(longest, distance(tail[i], tail[i - 1]))
        if i >= period { drift = max(drift, distance(tail[i], tail[i - period])) }
      }
      if longest > shortest, drift <= 0.01 * longest { return period }
    }
    return nil
  }

  /// Whether each of the last six steps points back, by more than 120° from the step before.
  private static func crosses(_ points: [ArraySlice<Double>]) -> Bool {
    guard points.count >= 8 else { return false }
    let tail = points.suffix(8)
    let steps = zip(tail.dropFirst(), tail).map { next, last in zip(next, last).map { $0 - $1 } }
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    return zip(steps.dropFirst(), steps).allSatisfy { next, last in
      let lengths = dot(next, next).squareRoot() * dot(last, last).squareRoot()
      return lengths > 0 && dot(next, last) < -0.5 * lengths
    }
  }
}
