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
  /// How many of a disturbed run are to go without what does not pay, and as many without a wrapper.
  private static let mostSimple = 4
  /// What differs by less than this factor cannot be told apart.
  private static let likeness = 10.0
  /// The same of runs that no optimizer meets: how much more there may be to be said, in nats. A factor of twenty in odds.
  private static let roughLikeness = 3.0

  private struct Found: Sendable {
    let comparison: Comparison
    let fitted: FittedKnobs
    var cost: Double { fitted.cost }
    var complexity: Int { fitted.complexity }
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
      looked = Self.improved(looked, pursuit, rows: Self.few) { $0.lookAtPairs() }
    }
    // Where numbers that people use are met to rounding, only what comes close is worth other numbers.
    let isMet = looked.contains { $0.cost <= KnobFit.exact }
    let rough = Self.improved(isMet ? Self.closest(looked) : looked, pursuit, rows: Self.few) { $0.run() }
    @Sendable func found(_ fitted: [FittedKnobs]) -> [Found] {
      Workers.map(fitted.count) { place in
        let one = fitted[place]
        return Found(
          comparison: Comparison(one.spec, delay: one.delay, of: pursuit(), tolerance: tolerance), fitted: one
        )
      }
    }
    var all = found(Self.improved(Self.closest(rough), pursuit, rows: Self.many) { $0.refine() })
    if !all.contains(where: \.comparison.fits) {
      // A few steps may be those of many rules: what met them is looked at again in the light of more.
      let again = Self.closest(looked, most: 3 * Self.mostClose)
      all += found(
        Self.improved(again, pursuit, rows: Self.many) {
          $0.lookAtPairs()
          $0.refine()
        })
    }
    if !all.contains(where: \.comparison.fits) {
      let plain = tries.map { FittedKnobs(defaultsOf: $0.0, delay: $0.1) }
      let followed = Self.improved(plain, pursuit, rows: Self.many) { $0.follow() }
      all += found(
        Self.improved(followed.filter { $0.cost <= 100 * KnobFit.exact }, pursuit, rows: Self.many) {
          $0.refine()
        })
    }
    if !all.contains(where: \.comparison.fits) { all = found(Self.disturbed(all.map(\.fitted), pursuit)) }
    all += Self.lent(all, to: specs, pursuit, tolerance)
    (best, others, remainder) = Self.ranked(Self.withoutRepetition(all), extent: pursuit().extent)
    published = best.first.flatMap { Self.published($0, recorded, landscape, tolerance) }
  }

  /// The fits of a run that none meets: either its steps were disturbed, or what was written down of them. Neither is met the
  /// better for a number that fits the disturbance, so the closest go without those that do not pay.
  private static func disturbed(
    _ fits: [FittedKnobs], _ pursuit: @escaping @Sendable () -> Pursuit
  ) -> [FittedKnobs] {
    let guided = shortest(fits, most: mostClose)
    let free = improved(guided, pursuit, rows: many) {
      $0.letGo()
      $0.refine()
    }
    func least(_ fits: [FittedKnobs]) -> Double { fits.map(\.length).min() ?? .infinity }
    let isFree = least(free) < least(guided)
    let close = isFree ? free : guided
    let simple = improved(shortest(close, most: mostSimple), pursuit, rows: many) {
      if isFree { $0.letGo() }
      $0.simplify()
    }
    return close + simple
  }

  /// Fits that go on from where they are.
  static func improved(
    _ fits: [FittedKnobs], _ pursuit: @escaping @Sendable () -> Pursuit, rows: Int,
    _ improve: @escaping @Sendable (inout KnobFit) -> Void
  ) -> [FittedKnobs] {
    Workers.map(fits.count) { place in
      var fit = KnobFit(fits[place], to: pursuit(), rows: rows)
      improve(&fit)
      return fit.fitted
    }
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
      var fitted = FittedKnobs(defaultsOf: specs[place], delay: best.delay)
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
      return Found(comparison: comparison, fitted: fitted)
    }.compactMap(\.self)
  }

  /// What a spec sets a knob of another rule to: by its key, or as a wrapper calls that of its base.
  private static func setting(of spec: OptimizerSpec, like knob: Knob) -> Double? {
    let other = KnobKey.inBase(knob.key) ?? KnobKey.ofBase(knob.key)
    return spec.setting(knob.key) ?? (spec.knobs.contains { $0.key == other } ? spec.setting(other) : nil)
  }

  /// The fits that are worth a close look: those that leave the least, of equals the simpler first; and of a run that none
  /// meets those of which there is the least to be said.
  static func closest(_ fits: [FittedKnobs], most: Int = mostClose) -> [FittedKnobs] {
    let sorted = fits.filter(\.cost.isFinite).sorted {
      (max($0.cost, KnobFit.exact), $0.complexity) < (max($1.cost, KnobFit.exact), $1.complexity)
    }
    let exact = sorted.prefix { $0.cost <= KnobFit.exact }.count
    let count = max(most, min(exact, 3 * mostClose))
    guard exact == 0 else { return Array(sorted.prefix(count)) }
    return Array(sorted.prefix(count))
      + sorted.dropFirst(count).sorted { $0.length < $1.length }.prefix(most / 2)
  }

  /// Those of which there is the least to be said, and of the others those without a wrapper: what a wrapper remembers follows
  /// any noise, and a rule has to go without numbers before it is seen to be the simpler.
  private static func shortest(_ fits: [FittedKnobs], most: Int) -> [FittedKnobs] {
    let sorted = fits.sorted { $0.length < $1.length }
    let rest = sorted.dropFirst(most).filter { $0.skeleton.base == nil }
    return Array(sorted.prefix(most)) + rest.prefix(most)
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
    let alike: [Found]
    if let least = fitting.map(\.comparison.deviation).min() {
      let bound = max(likeness * least, KnobFit.exact * extent)
      alike = fitting.filter { $0.comparison.deviation <= bound }
    } else {
      let least = found.map(\.fitted.length).min() ?? 0
      alike = found.filter { $0.fitted.length <= least + roughLikeness }
    }
    // Of equals that which comes first where optimizers are listed: what others are made of.
    let places = Dictionary(
      uniqueKeysWithValues: OptimizerRegistry.all.enumerated().map { ($1.about.id, $0) })
    let best = alike.sorted { a, b in
      (a.complexity, places[a.comparison.spec.id] ?? 0, a.cost)
        < (b.complexity, places[b.comparison.spec.id] ?? 0, b.cost)
    }
    let names = Set(best.map(\.comparison.spec))
    let others = found.filter { !names.contains($0.comparison.spec) }
      .sorted { fitting.isEmpty ? $0.fitted.length < $1.fitted.length : $0.cost < $1.cost }
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
