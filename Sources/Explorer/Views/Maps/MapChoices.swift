import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// What can vary on the axes of a map: the knobs of an entry, the constants of the landscape, how far off the start is.
struct MapChoices {
  /// The experiment that the runs of the map vary.
  let experiment: Experiment
  /// The entry that it is a map of.
  let entry: Int

  private var spec: OptimizerSpec { experiment.entries[entry].spec }

  /// All of it, in the order in which the keys go through it.
  var targets: [Axis.Target] {
    guard experiment.entries.indices.contains(entry) else { return [] }
    let knobs = KnobPath.all(of: experiment.entries[entry]) + KnobPath.all(of: experiment.landscape)
    return knobs.map(Axis.Target.knob) + [.startDistance]
  }

  /// An axis with the range that suits it; nil where nothing varies.
  func axis(_ target: Axis.Target) -> Axis? {
    switch target {
    case .knob(.entry(_, let key)):
      guard let axis = try? Axis.suggested(for: key, of: experiment.entries[entry], in: experiment) else {
        return nil
      }
      // What matters of a momentum lies as much in 0…0.9 as beyond.
      guard KnobKey.word(of: key) == "beta", axis.scale == .logOneMinus else { return axis }
      return try? Axis(target, from: 0, to: 0.99, scale: .linear, in: experiment)
    case .startDistance:
      let size = 0.5 * experiment.window.diagonal
      return try? Axis(target, from: size / 100, to: size, in: experiment)
    default: return try? Axis(target.path, in: experiment)
    }
  }

  /// The usual axis across: the learning rate, or the first thing that varies.
  func across(besides taken: Axis?) -> Axis? { first(["lr"], besides: taken) }

  /// The usual axis upwards: the first decay rate, or the first thing that varies.
  func up(besides taken: Axis?) -> Axis? { first(["beta", "beta1", "rho", "kappa"], besides: taken) }

  private func first(_ words: [Substring], besides taken: Axis?) -> Axis? {
    let free = targets.filter { $0 != taken?.target }
    let named = words.lazy.compactMap { word in
      free.first { target in
        guard case .knob(let knob) = target else { return false }
        return knob.word == word
      }
    }.first
    return (named ?? free.first).flatMap(axis)
  }

  /// The axis that follows on one, without the other one of the map; nil if there is none.
  func next(after present: Axis?, besides taken: Axis?) -> Axis? {
    let all = targets
    let index = all.firstIndex { $0 == present?.target } ?? -1
    guard !all.isEmpty else { return nil }
    return (1...all.count).lazy.map { all[(index + $0) % all.count] }
      .filter { $0 != taken?.target }.compactMap(axis).first
  }

  /// The axis about a value of it, its range `factor` times as wide on its scale; within what the knob allows.
  func zoomed(_ axis: Axis, about value: Double, _ factor: Double) -> Axis? {
    // Places as fractions of the axis: the scale is the axis's own, told by where its cells lie.
    let count = 1001
    guard let centre = axis.position(of: value, of: count) else { return nil }
    let half = Double(count - 1) / 2 * factor
    func end(_ position: Double) -> Double {
      switch axis.scale {
      case .linear: return axis.low + (axis.high - axis.low) * position / Double(count - 1)
      case .log:
        return axis.low * Elementary.pow(axis.high / axis.low, position / Double(count - 1))
      case .logOneMinus:
        return 1 - (1 - axis.low)
          * Elementary.pow((1 - axis.high) / (1 - axis.low), position / Double(count - 1))
      }
    }
    var (low, high) = (end(centre - half), end(centre + half))
    // Where the knob ends the axis does.
    if case .knob(.entry(_, let key)) = axis.target,
      let knob = spec.knobs.first(where: { $0.key == key })
    {
      (low, high) = (knob.clamped(low), knob.clamped(high))
      if axis.scale == .log { low = max(low, knob.floor) }
    }
    if case .knob(.landscape(let name)) = axis.target,
      let range = experiment.landscape.constants.first(where: { $0.name == name })?.range
    {
      (low, high) = (max(low, range.lowerBound), min(high, range.upperBound))
    }
    return try? Axis(axis.target, from: low, to: high, scale: axis.scale, in: experiment)
  }

  /// The cell nearest to the value that the race has now.
  func cell(of axis: Axis, among count: Int) -> Int {
    let value: Double? =
      switch axis.target {
      case .knob(let knob): experiment.value(of: knob, at: 0)
      case .startX: experiment.starts[0].x
      case .startY: experiment.starts[0].y
      case .startDistance, .startNumber: nil
      }
    guard let value, let position = axis.position(of: value, of: count) else { return count / 2 }
    return min(max(0, Int(clamped: position.rounded())), count - 1)
  }
}
