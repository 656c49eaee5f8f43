package import Landscapes
package import OptimizerCore

/// How a recorded run and an optimizer go together.
package struct Comparison: Sendable {
  /// Where a run parts from the recorded one.
  package struct Parting: Sendable, Hashable {
    /// The step, as the file counts from its first row.
    package let step: Int
    /// Where the file is.
    package let there: [Double]
    /// Where the optimizer is.
    package let here: [Double]
    /// How many times as long as the optimizer's the recorded step is; nil where that is no number.
    package let factor: Double?
  }

  /// The optimizer.
  package let spec: OptimizerSpec
  /// By how many steps its schedule, or the recorded rates, come late; early, if negative.
  package let delay: Int
  /// The largest difference of a coordinate over the whole run; not a number where the optimizer is lost.
  package let deviation: Double
  /// The same where each row begins at the row before.
  package let stepDeviation: Double
  /// The last step that was compared.
  package let lastStep: Int
  /// Where the two part; nil if they do not.
  package let parting: Parting?

  /// Whether it is the recorded run.
  package var fits: Bool { parting == nil }

  /// Follows a recorded run with an optimizer.
  ///
  /// - Parameter tolerance: the largest difference that counts as none, as a share of how far the recorded run gets from
  ///   its start in a coordinate.
  init(_ spec: OptimizerSpec, delay: Int = 0, of pursuit: Pursuit, tolerance: Double) {
    let rows = pursuit.recorded.rows
    let d = pursuit.recorded.dimension
    func points(isGuided: Bool) -> [Double] {
      pursuit.points(of: spec.makeScalar(late: delay), isGuided: isGuided, delay: delay, rows: rows.count)
    }
    let free = points(isGuided: false)
    let guided = points(isGuided: true)
    let deviations = pursuit.deviations(of: free)
    let bound = tolerance * pursuit.extent
    self.spec = spec
    self.delay = delay
    deviation = deviations.contains(where: \.isNaN) ? .nan : deviations.max() ?? 0
    let steps = pursuit.deviations(of: guided)
    stepDeviation = steps.contains(where: \.isNaN) ? .nan : steps.max() ?? 0
    lastStep = pursuit.recorded.lastStep
    // A loop that amplifies rounding leaves a run that it meets step by step.
    let isMetByStep = stepDeviation <= KnobFit.exact * pursuit.extent
    guard !isMetByStep, let row = deviations.firstIndex(where: { !($0 <= bound) }) else {
      parting = nil
      return
    }
    func length(_ to: @escaping (Int) -> Double) -> Double {
      (0..<d).lazy.map { to($0) - rows[row - 1].point[$0] }.euclideanNorm
    }
    // How long a step is compared from where both are put at its beginning.
    let (there, here) = (length { rows[row].point[$0] }, length { guided[row * d + $0] })
    let factor = there / here
    parting = Parting(
      step: rows[row].step, there: rows[row].point, here: Array(free[(row * d)..<((row + 1) * d)]),
      factor: factor.isFinite && factor > 0 ? factor : nil)
  }
}

extension Comparison {
  /// Compares a recorded run with an optimizer.
  package static func of(
    _ spec: OptimizerSpec, with recorded: Trajectory, on landscape: Landscape, tolerance: Double
  ) -> Comparison {
    Comparison(spec, of: Pursuit(of: recorded, on: landscape), tolerance: tolerance)
  }

  /// The forms of an optimizer, with the knobs that it has, that are the recorded run although it is not: another form, a
  /// decay in the other place, a schedule that is a step early or late.
  package static func neighbours(
    of spec: OptimizerSpec, with recorded: Trajectory, on landscape: Landscape, tolerance: Double
  ) -> [Comparison] {
    let pursuit = Pursuit(of: recorded, on: landscape)
    var found = Conventions.forms(of: spec).dropFirst().map {
      Comparison($0, of: pursuit, tolerance: tolerance)
    }
    found += withOtherDecay(spec).map { Comparison($0, of: pursuit, tolerance: tolerance) }
    if spec.isScheduled {
      found += [1, -1].map { Comparison(spec, delay: $0, of: pursuit, tolerance: tolerance) }
    }
    return found.filter(\.fits)
  }

  /// The same strength of decay beside the gradient instead of in it, or the other way round.
  private static func withOtherDecay(_ spec: OptimizerSpec) -> [OptimizerSpec] {
    func moved(_ from: Knob.Role, _ to: Knob.Role) -> OptimizerSpec? {
      guard let source = spec.knobs.first(where: { $0.role == from }),
        let strength = spec.setting(source.key),
        strength > 0, let target = spec.knobs.first(where: { $0.role == to })
      else { return nil }
      var other = spec
      other.clear(source.key)
      other.set(target.key, to: strength)
      return other
    }
    var specs = [moved(.penalty, .decay), moved(.decay, .penalty)].compactMap(\.self)
    if let source = spec.knobs.first(where: { $0.role == .penalty }), let strength = spec.setting(source.key),
      strength > 0, !spec.knobs.contains(where: { $0.role == .decay })
    {
      var plain = spec
      plain.clear(source.key)
      if let other = try? OptimizerSpec("decay(\(plain)):weight_decay=\(strength.shortest)") {
        specs.append(other)
      }
    }
    return specs
  }
}
