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

  /// An optimizer with all numbers at their defaults.
  init(defaultsOf skeleton: OptimizerSpec, delay: Int = 0) {
    self.skeleton = skeleton
    self.delay = delay
    for knob in skeleton.knobs where knob.kind == .real || knob.kind == .integer {
      values[knob.key] = knob.defaultValue
    }
  }

  /// How many numbers of the run it was fitted to.
  var count = 0

  /// How much there is to be said of a run by it, in nats: what is left of the run, and half a logarithm of the count for
  /// each number, form and wrapper that it needs (Schwarz 1978, doi:10.1214/aos/1176344136). Of a noisy run a rule with
  /// more knobs always leaves less; by this it is the better one only if it leaves less than chance would have it.
  var length: Double {
    let n = Double(max(count, 1))
    return n * Elementary.log(max(cost, KnobFit.exact)) + 0.5 * Double(complexity) * Elementary.log(n)
  }

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
