package import Landscapes
package import OptimizerCore

/// The search for the optimizer that a recorded run is of.
package struct RuleSearch: Sendable {
  /// Those that cannot be told apart, the simplest first; at least one.
  package let best: [Comparison]
  /// The next best, of another kind.
  package let others: [Comparison]
  /// The simplest of the best with all its forms as they are where nothing is said, if it has others.
  package let published: Comparison?
  /// What is left of a step of the best, as a share of the recorded steps, in the mean.
  package let remainder: Double

  /// The rows by which optimizers are told apart first, and those by which the closest are.
  private static let (few, many) = (10, 60)
  /// How many are looked at closely.
  private static let mostClose = 14
  /// What differs by less than this factor cannot be told apart.
  private static let likeness = 10.0
  /// The same of runs that no optimizer meets.
  private static let roughLikeness = 1.05

  private struct Found: Sendable {
    let comparison: Comparison
    let cost: Double
    let complexity: Int
  }

  /// Searches all that the registry knows.
  ///
  /// - Parameters:
  ///   - tolerance: as of `Comparison`.
  ///   - specs: what is searched; all, if nothing is said.
  package init(
    for recorded: Trajectory, on landscape: Landscape, tolerance: Double, among specs: [OptimizerSpec]? = nil
  ) {
    @Sendable func pursuit() -> Pursuit { Pursuit(of: recorded, on: landscape, usesRates: true) }
    let specs = specs ?? Conventions.all(on: landscape)
    let hasRates = pursuit().rates != nil
    let tries = specs.flatMap { spec in (hasRates ? [0, 1, -1] : [0]).map { (spec, $0) } }
    var looked = Workers.map(tries.count) { place -> FittedKnobs in
      var fit = KnobFit(tries[place].0, delay: tries[place].1, to: pursuit(), rows: Self.few)
      fit.lookAround()
      return fit.fitted
    }
    if !looked.contains(where: { $0.cost <= KnobFit.exact }) {
      let first = looked
      looked = Workers.map(first.count) { place -> FittedKnobs in
        var fit = KnobFit(first[place], to: pursuit(), rows: Self.few)
        fit.lookAtPairs()
        return fit.fitted
      }
    }
    // Where numbers that people use are met to rounding, only what comes close is worth other numbers.
    let isMet = looked.contains { $0.cost <= KnobFit.exact }
    let candidates = isMet ? Self.closest(looked) : looked
    let rough = Workers.map(candidates.count) { place -> FittedKnobs in
      var fit = KnobFit(candidates[place], to: pursuit(), rows: Self.few)
      fit.run()
      return fit.fitted
    }
    @Sendable func found(_ fitted: FittedKnobs) -> Found {
      let comparison = Comparison(fitted.spec, delay: fitted.delay, of: pursuit(), tolerance: tolerance)
      return Found(comparison: comparison, cost: fitted.cost, complexity: fitted.complexity)
    }
    let close = Self.closest(rough)
    var all = Workers.map(close.count) { place -> Found in
      var fit = KnobFit(close[place], to: pursuit(), rows: Self.many)
      fit.refine()
      return found(fit.fitted)
    }
    if !all.contains(where: \.comparison.fits) {
      // A few steps may be those of many rules: what met them is looked at again in the light of more.
      let again = Self.closest(looked, most: 3 * Self.mostClose)
      all += Workers.map(again.count) { place -> Found in
        var fit = KnobFit(again[place], to: pursuit(), rows: Self.many)
        fit.lookAtPairs()
        fit.refine()
        return found(fit.fitted)
      }
    }
    all += Self.lent(all, to: specs, pursuit, tolerance)
    (best, others, remainder) = Self.ranked(Self.withoutRepetition(all), extent: pursuit().extent)
    published = best.first.flatMap { Self.published($0, recorded, landscape, tolerance) }
  }

  /// What else the numbers of the best fit: AdamW without decay is Adam, which a fit of its own may miss.
  private static func lent(
    _ found: [Found], to specs: [OptimizerSpec], _ pursuit: @escaping @Sendable () -> Pursuit,
    _ tolerance: Double
  ) -> [Found] {
    let fitting = found.map(\.comparison).filter(\.fits)
    guard let best = fitting.min(by: { $0.deviation < $1.deviation }) else { return [] }
    let known = Set(found.map(\.comparison.spec))
    return Workers.map(specs.count) { place -> Found? in
      var fitted = FittedKnobs(skeleton: specs[place], delay: best.delay)
      for knob in specs[place].knobs where knob.kind == .real {
        fitted.values[knob.key] =
          Self.setting(of: best.spec, like: knob).flatMap { knob.range.contains($0) ? $0 : nil }
          ?? ([.penalty, .decay].contains(knob.role) && knob.range.contains(0) ? 0 : knob.defaultValue)
      }
      guard !known.contains(fitted.spec) else { return nil }
      fitted = KnobFit(fitted, to: pursuit(), rows: few).fitted
      guard fitted.cost <= 100 * KnobFit.exact else { return nil }
      let comparison = Comparison(fitted.spec, delay: fitted.delay, of: pursuit(), tolerance: tolerance)
      guard comparison.fits else { return nil }
      return Found(comparison: comparison, cost: fitted.cost, complexity: fitted.complexity)
    }.compactMap(\.self)
  }

  /// What a spec sets a knob of another rule to: by its key, or as a wrapper calls that of its base.
  private static func setting(of spec: OptimizerSpec, like knob: Knob) -> Double? {
    let other = KnobKey.inBase(knob.key) ?? KnobKey.ofBase(knob.key)
    return spec.setting(knob.key) ?? (spec.knobs.contains { $0.key == other } ? spec.setting(other) : nil)
  }

  /// The fits that are worth a close look: of equals, the simpler first.
  private static func closest(_ fits: [FittedKnobs], most: Int = mostClose) -> [FittedKnobs] {
    let sorted = fits.filter(\.cost.isFinite).sorted {
      (max($0.cost, KnobFit.exact), $0.complexity) < (max($1.cost, KnobFit.exact), $1.complexity)
    }
    let exact = sorted.prefix { $0.cost <= KnobFit.exact }.count
    return Array(sorted.prefix(max(most, min(exact, 3 * mostClose))))
  }

  /// Without what was found twice, or is the same as something simpler: a wrapper that does nothing.
  private static func withoutRepetition(_ found: [Found]) -> [Found] {
    let plain = Set(found.map(\.comparison.spec))
    var seen: Set<String> = []
    return found.filter { one in
      guard seen.insert("\(one.comparison.spec) \(one.comparison.delay)").inserted else { return false }
      guard let base = one.comparison.spec.base else { return true }
      return
        !(plain.contains(base)
        && one.comparison.spec.knobs.contains { knob in
          [.decay].contains(knob.role) && KnobKey.inBase(knob.key) == nil
            && one.comparison.spec.setting(knob.key) == 0
        })
    }
  }

  private static func ranked(
    _ found: [Found], extent: Double
  ) -> (best: [Comparison], others: [Comparison], remainder: Double) {
    let fitting = found.filter(\.comparison.fits)
    func isSimpler(_ a: Found, _ b: Found) -> Bool { (a.complexity, a.cost) < (b.complexity, b.cost) }
    let least = fitting.map(\.comparison.deviation).min()
    let alike: [Found]
    if let least {
      let bound = max(likeness * least, KnobFit.exact * extent)
      alike = fitting.filter { $0.comparison.deviation <= bound }
    } else {
      let least = found.map(\.cost).min() ?? 0
      alike = found.filter { $0.cost <= roughLikeness * least }
    }
    let best = alike.sorted(by: isSimpler)
    let names = Set(best.map(\.comparison.spec))
    let others = found.filter { !names.contains($0.comparison.spec) }.sorted { $0.cost < $1.cost }
    return (best.map(\.comparison), others.map(\.comparison), best.first?.cost ?? .infinity)
  }

  private static func published(
    _ best: Comparison, _ recorded: Trajectory, _ landscape: Landscape, _ tolerance: Double
  ) -> Comparison? {
    let spec = best.spec
    var plain = spec
    var isOther = best.delay != 0
    for knob in spec.knobs where knob.kind != .real && knob.kind != .integer {
      guard spec.setting(knob.key) != knob.defaultValue else { continue }
      isOther = true
      plain.set(knob.key, to: knob.defaultValue)
    }
    guard isOther else { return nil }
    return Comparison(
      plain, of: Pursuit(of: recorded, on: landscape, usesRates: true), tolerance: tolerance)
  }
}
