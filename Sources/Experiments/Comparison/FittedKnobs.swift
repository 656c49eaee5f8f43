import OptimizerCore

/// An optimizer whose numbers were fitted to a recorded run.
struct FittedKnobs: Sendable {
  /// The optimizer with its forms chosen and all numbers left at their defaults.
  let skeleton: OptimizerSpec
  /// By how many steps recorded rates are late.
  let delay: Int
  /// The values of its numbers.
  var values: [String: Double] = [:]
  /// The root of the squares of what is left, as a share of that of the recorded steps.
  var cost = Double.infinity

  /// The spec with the values that are not the defaults.
  var spec: OptimizerSpec { spec(values) }

  /// The same with other values.
  func spec(_ values: [String: Double]) -> OptimizerSpec {
    var spec = skeleton
    for knob in skeleton.knobs {
      if let value = values[knob.key], value != knob.defaultValue { spec.set(knob.key, to: value) }
    }
    return spec
  }

  /// How many numbers and forms are not those that are meant where nothing is said, the learning rate aside.
  var complexity: Int {
    var spec: OptimizerSpec? = self.spec
    var count = abs(delay)
    while let here = spec {
      count += here.settings.count { !KnobKey.isRate($0.key) }
      spec = here.base
      if spec != nil { count += 1 }
    }
    return count
  }
}
