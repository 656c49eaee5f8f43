public import Landscapes
public import OptimizerCore

/// The race on a landscape where no entries are named.
public enum StandardRace {
  /// SGD, momentum, Adam and Newton, with the learning rates of `rate(for:on:from:)`. Where the parameters are a matrix,
  /// SGD, Adam, Shampoo and Muon. Where the problem names a race, that one. One that needs what the landscape does not offer is left out.
  public static func specs(on landscape: Landscape, from start: Point) -> [OptimizerSpec] {
    if let race = landscape.data?.usualRace, !race.isEmpty {
      return race.map { text in
        guard let spec = try? OptimizerSpec(text) else { preconditionFailure("\(text) is no optimizer") }
        return spec
      }
    }
    let isMatrix = landscape.layout.blocks.contains { !$0.isVector }
    return OptimizerRegistry.standardRace(hasMatrix: isMatrix).compactMap { id in
      guard var spec = try? OptimizerSpec(id) else {
        preconditionFailure("the standard entries are registered")
      }
      if landscape.obstacle(to: spec) != nil { return nil }
      if let rate = rate(for: id, on: landscape, from: start),
        let knob = spec.knobs.first(where: { $0.role == .rate })
      {
        spec.set(knob.key, to: rate)
      }
      return spec
    }
  }

  /// A learning rate with which an optimizer of an id gets along on a landscape, within the range of its knob `lr`; nil
  /// where its rate is neither an inverse curvature nor a length, so that the default is as good anywhere.
  ///
  /// Rules whose step is the rate times the gradient get 1/L, where L is the largest of the curvatures by magnitude at the
  /// start, at the known minima, and the median over the window: flat ground around a bowl must not give a rate that
  /// throws the run out of it. And they get no more than makes the first step of SGD a tenth of the window's shorter
  /// side, since where the curvature vanishes 1/L says nothing. Rules whose rate is the length of
  /// a step get a fiftieth of the window's shorter side, and five times that where steps become shorter by themselves.
  /// All are rounded down to one digit.
  public static func rate(for id: String, on landscape: Landscape, from start: Point) -> Double? {
    let side = min(landscape.window.width, landscape.window.height)
    guard let entry = OptimizerRegistry.entry(id),
      let knob = entry.knobs.first(where: { $0.role == .rate })
    else { return nil }
    let rate: Double
    switch entry.about.rate {
    case .inverseCurvature:
      let places = [landscape.lift(start)] + landscape.minimisers
      let largest = max(
        typicalCurvature(of: landscape), places.map { curvature(of: landscape, at: $0) }.max() ?? 0)
      let inverse = largest > 0 && largest.isFinite ? 1 / largest : 0.01
      let slope = self.slope(of: landscape, at: start)
      rate = slope > 0 && slope.isFinite ? min(inverse, side / 10 / slope) : inverse
    case .length: rate = side / 50
    case .fadingLength: rate = side / 10
    case .none: return nil
    }
    return knob.clamped(roundedDown(rate))
  }

  /// The norm of the gradient at a point of the picture, in the first step.
  private static func slope(of landscape: Landscape, at point: Point) -> Double {
    landscape.gradient(at: landscape.lift(point), step: 1).euclideanNorm
  }

  /// The larger eigenvalue of the Hessian by magnitude; 0 where it is not finite.
  private static func curvature(of landscape: Landscape, at parameters: [Double]) -> Double {
    let eigenvalues = landscape.curvatures(at: parameters)
    let curvature = max(abs(eigenvalues.smaller), abs(eigenvalues.larger))
    return curvature.isFinite ? curvature : 0
  }

  /// The median curvature over a grid of 9×9 points in the window.
  private static func typicalCurvature(of landscape: Landscape) -> Double {
    let window = landscape.window
    var curvatures: [Double] = []
    for i in 0..<9 {
      for j in 0..<9 {
        let point = Point(
          x: window.x.lowerBound + (Double(i) + 0.5) / 9 * window.width,
          y: window.y.lowerBound + (Double(j) + 0.5) / 9 * window.height)
        curvatures.append(curvature(of: landscape, at: landscape.lift(point)))
      }
    }
    return curvatures.sorted()[curvatures.count / 2]
  }

  /// The value with one significant digit, towards 0.
  static func roundedDown(_ value: Double) -> Double {
    value > 0 && value.isFinite ? NumberText.firstDigit(of: value) : value
  }
}
