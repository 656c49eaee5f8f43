public import Landscapes
public import OptimizerCore

/// The race on a landscape for which nobody has named the entries.
public enum StandardRace {
  /// SGD, momentum, Adam and Newton, with learning rates from the landscape: 1/L for the first two, where L is the
  /// largest curvature at the start by magnitude, and a hundredth of the window for Adam, whose rate is a length. Both
  /// are rounded down to one digit.
  public static func specs(on landscape: Landscape, from start: Point) -> [OptimizerSpec] {
    let eigenvalues = landscape.hessian(at: start).eigenvalues
    let curvature = max(abs(eigenvalues.0), abs(eigenvalues.1))
    let inverse = curvature > 0 && curvature.isFinite ? 1 / curvature : 0.01
    let length = min(landscape.window.width, landscape.window.height) / 50
    var specs: [OptimizerSpec] = []
    for (id, rate) in [("sgd", inverse), ("momentum", inverse), ("adam", length), ("newton", nil)] {
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
