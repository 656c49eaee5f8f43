/// A knob turned during a run, before a step.
public struct Change: Sendable, Hashable {
  /// The step before which it is turned, from 1.
  public var step: Int
  /// Which knob it is.
  public var target: KnobPath
  /// The value it is turned to.
  public var value: Double

  /// A knob turned before a step.
  public init(step: Int, target: KnobPath, value: Double) {
    self.step = step
    self.target = target
    self.value = value
  }

  /// In words: `adam.lr = 0.01`.
  public var words: String {
    let number = NumberText.setting(value)
    return switch target {
    case .entry: "\(target) = \(number)"
    case .landscape(let constant): "\(constant) = \(number)"
    }
  }
}
