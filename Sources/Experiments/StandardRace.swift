public import Landscapes
public import OptimizerCore

/// The race on a landscape for which nobody has named the entries.
public enum StandardRace {
  /// SGD, momentum, Adam and Newton, with learning rates from the landscape: 1/L for the first two, where L is the
  /// largest curvature at the start by magnitude, or the median of that over the window if it is larger; and a fiftieth
  /// of the window's shorter side for Adam, whose rate is a length. Both are rounded down to one digit.
  ///
  /// Where the parameters are a matrix, SGD, Adam, Shampoo and Muon: the rates of the last two are lengths as well, a tenth
  /// of the window for Shampoo, whose steps become shorter.
  public static func specs(on landscape: Landscape, from start: Point) -> [OptimizerSpec] {
    let curvature = max(self.curvature(of: landscape, at: start), typicalCurvature(of: landscape))
    let inverse = curvature > 0 && curvature.isFinite ? 1 / curvature : 0.01
    let length = min(landscape.window.width, landscape.window.height) / 50
    var specs: [OptimizerSpec] = []
    let isMatrix = landscape.layout.blocks.contains { !$0.isVector }
    let entries: [(String, Double?)] =
      isMatrix
      ? [("sgd", inverse), ("adam", length), ("shampoo", 5 * length), ("muon", length)]
      : [("sgd", inverse), ("momentum", inverse), ("adam", length), ("newton", nil)]
    for (id, rate) in entries {
      guard var spec = try? OptimizerSpec(id) else {
        preconditionFailure("the standard entries are registered")
      }
      if let rate, let knob = spec.knobs.first(where: { $0.key == "lr" }) {
        spec.set("lr", to: knob.clamped(roundedDown(rate)))
      }
      specs.append(spec)
    }
    return specs
  }

  /// The larger eigenvalue of the Hessian by magnitude; 0 where it is not finite.
  private static func curvature(of landscape: Landscape, at point: Point) -> Double {
    let eigenvalues = landscape.curvatures(at: landscape.lift(point))
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
        curvatures.append(curvature(of: landscape, at: point))
      }
    }
    return curvatures.sorted()[curvatures.count / 2]
  }

  /// The value with one significant digit, towards 0.
  static func roundedDown(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return value }
    var text = NumberText.scientific(value, digits: 1)
    if let rounded = Double(text), rounded > value, let digit = text.first?.wholeNumberValue {
      // One digit less; below 1 comes 9 of the next decade.
      if digit > 1 {
        text.replaceSubrange(text.startIndex...text.startIndex, with: "\(digit - 1)")
      } else if let exponent = Int(text.dropFirst(2)) {
        text = "9e\(exponent - 1)"
      }
    }
    return Double(text) ?? value
  }
}
