public import Experiments
import OptimizerCore

/// Two axes of a map: what is varied, and between which values.
public struct MapAxes: Sendable, Hashable {
  /// One axis, as the command line writes it: `momentum.lr=1e-3:1:log`, `start.x=-2:2`.
  public struct Axis: Sendable, Hashable, CustomStringConvertible {
    /// What is varied.
    public enum Quantity: Sendable, Hashable {
      /// A knob of an entry or a constant of the landscape.
      case knob(Change.Target)
      /// The first coordinate of the start.
      case startX
      /// The second coordinate of the start.
      case startY
    }

    /// How the values lie between the ends.
    public enum Scale: String, CaseIterable, Sendable, Hashable {
      /// With equal differences.
      case linear
      /// With equal ratios.
      case log
    }

    /// What is varied.
    public var quantity: Quantity
    /// The values at the two ends.
    public var range: ClosedRange<Double>
    /// How the values lie between them; nil leaves it to the knob.
    public var scale: Scale?

    /// An axis as it is.
    public init(_ quantity: Quantity, _ range: ClosedRange<Double>, scale: Scale? = nil) {
      self.quantity = quantity
      self.range = range
      self.scale = scale
    }

    /// The text that says the same on the command line.
    public var description: String {
      let name =
        switch quantity {
        case .knob(let target): target.name
        case .startX: "start.x"
        case .startY: "start.y"
        }
      let ends = "\(range.lowerBound.shortest):\(range.upperBound.shortest)"
      return "\(name)=\(ends)\(scale.map { ":\($0.rawValue)" } ?? "")"
    }
  }

  /// What is varied from left to right.
  public var x: Axis
  /// What is varied from bottom to top.
  public var y: Axis

  /// Two axes.
  public init(x: Axis, y: Axis) {
    self.x = x
    self.y = y
  }
}
