import Landscapes
import OptimizerCore

/// The knobs of an optimizer that come closest to a recorded run, each row from the row before or all from the first.
struct KnobFit {
  /// The fit as it stands.
  var fitted: FittedKnobs
  private let pursuit: Pursuit
  let knobs: [Knob]
  /// The first whole number, of which those are tried that people use.
  private let count: Knob?
  /// The optimizer before its numbers are set.
  private let blank: any Optimizer<Double>
  /// How many rows are looked at, the start among them.
  var rows: Int
  /// Whether each row begins at the row before.
  private var isGuided = true

  /// Below it nothing is left but rounding.
  static let exact = 1e-11

  /// A fit that begins at the defaults.
  init(_ skeleton: OptimizerSpec, delay: Int = 0, to pursuit: Pursuit, rows: Int) {
    var fitted = FittedKnobs(defaultsOf: skeleton, delay: delay)
    if let rate = pursuit.constantRate,
      let knob = skeleton.knobs.first(where: { $0.role == .rate && $0.range.contains(rate) })
    {
      fitted.values[knob.key] = rate
    }
    self.init(fitted, to: pursuit, rows: rows)
  }

  /// A fit that goes on from what was found.
  init(_ fitted: FittedKnobs, to pursuit: Pursuit, rows: Int) {
    self.fitted = fitted
    self.pursuit = pursuit
    self.rows = min(rows, pursuit.recorded.rows.count)
    let isRateKnown = pursuit.rates != nil || pursuit.constantRate != nil
    knobs = fitted.skeleton.knobs.filter { $0.kind == .real && !(isRateKnown && $0.role == .rate) }
    count = fitted.skeleton.knobs.first { $0.kind == .integer }
    blank = fitted.skeleton.makeScalar()
    self.fitted.cost = cost(fitted.values)
    self.fitted.count = (self.rows - 1) * pursuit.recorded.dimension
  }

  var values: [String: Double] {
    get { fitted.values }
    set { fitted.values = newValue }
  }
  var cost: Double {
    get { fitted.cost }
    set { fitted.cost = newValue }
  }

  // MARK: What is left

  private func points(_ values: [String: Double]) -> [Double] {
    var optimizer = blank
    for (key, value) in values { optimizer.set(key, to: value) }
    return pursuit.points(of: optimizer, isGuided: isGuided, delay: fitted.delay, rows: rows)
  }

  /// What the optimizer misses in each coordinate of each row, of recorded steps of length 1 in the mean.
  private func residuals(_ values: [String: Double]) -> [Double] {
    let d = pursuit.recorded.dimension
    let points = points(values)
    let scale = stepScale
    return (d..<max(points.count, d)).map {
      (points[$0] - pursuit.recorded.rows[$0 / d].point[$0 % d]) / scale
    }
  }

  func cost(_ values: [String: Double]) -> Double {
    let sum = residuals(values).reduce(0) { $0 + $1 * $1 }
    return sum.isFinite ? sum.squareRoot() : .infinity
  }

  /// The root of the squares of all steps.
  private var stepScale: Double {
    let recorded = pursuit.recorded.rows
    var sum = 0.0
    for row in 1..<max(rows, 1) {
      for (a, b) in zip(recorded[row].point, recorded[row - 1].point) { sum += (a - b) * (a - b) }
    }
    return max(sum.squareRoot(), .leastNormalMagnitude)
  }

  /// The factor of the learning rate with which steps that are straight in it would come closest, and what would be left.
  func projected(_ values: [String: Double]) -> (factor: Double, cost: Double) {
    guard let rateKey, let rate = values[rateKey] else { return (1, cost(values)) }
    let points = points(values)
    let slopes = slopes(of: points, values, rateKey, rate)
    let (d, recorded) = (pursuit.recorded.dimension, pursuit.recorded.rows)
    func missing(_ place: Int) -> Double { recorded[place / d].point[place % d] - points[place] }
    let places = d..<max(points.count, d)
    let along = places.reduce(0) { $0 + missing($1) * slopes[$1] }
    let change = along / places.reduce(0) { $0 + slopes[$1] * slopes[$1] }
    guard change.isFinite, change > -1 else { return (1, .infinity) }
    let sum = places.reduce(0.0) { sum, place in
      let rest = missing(place) - change * slopes[place]
      return sum + rest * rest
    }
    return (1 + change, sum.isFinite ? sum.squareRoot() / stepScale : .infinity)
  }

  /// What a rate that is greater by itself would add to each coordinate of each row.
  ///
  /// A rule's step is proportional to its rate, so that is the step. A wrapper may move the point besides, as Lookahead does
  /// when it goes back to its slow point: there another rate is tried.
  private func slopes(
    of points: [Double], _ values: [String: Double], _ rateKey: String, _ rate: Double
  ) -> [Double] {
    guard fitted.skeleton.base != nil, let knob = knobs.first(where: { $0.key == rateKey }) else {
      let d = pursuit.recorded.dimension
      return points.indices.map { place in
        place < d ? 0 : points[place] - pursuit.recorded.rows[place / d - 1].point[place % d]
      }
    }
    let factor = knob.range.contains(2 * rate) ? 2.0 : 0.5
    var other = values
    other[rateKey] = factor * rate
    return zip(self.points(other), points).map { ($0 - $1) / (factor - 1) }
  }

  /// The learning rate, if it is to be found.
  private var rateKey: String? { knobs.first { $0.role == .rate && KnobKey.isRate($0.key) }?.key }

  /// Goes on with all rows from the first: what is wrong with a row is then not wrong with the next.
  mutating func letGo() {
    isGuided = false
    cost = cost(values)
  }

  // MARK: The search

  /// Improves what it has by least squares.
  mutating func run() {
    let isRate = { (knob: Knob) in knob.role == .rate }
    let stages: [(Knob) -> Bool] = [
      { isRate($0) || $0.role == .memory || $0.role == .memoryOfSquares },
      { isRate($0) || [.memory, .memoryOfSquares, .decay, .penalty].contains($0.role) },
      { $0.role != .divisor }, { _ in true },
    ]
    var before = 0
    for stage in stages where cost > Self.exact {
      let chosen = knobs.filter(stage)
      guard chosen.count > before else { continue }
      before = chosen.count
      improve(chosen)
    }
  }

  /// Improves what was found, and gives it round numbers.
  mutating func refine() {
    if cost > Self.exact { improve(knobs) }
    round()
  }

  /// Looks at the numbers that people use: with each whole number from the beginning, because what else fits a wrong one
  /// makes it matter less and less.
  mutating func lookAround() {
    guard let count else { return look() }
    let (start, usual) = (fitted, count.defaultValue)
    var best = start
    // That of the default is not worse than another's that differs later.
    for value in [usual] + Self.usualValues(of: count).filter({ $0 != usual }) where best.cost > Self.exact {
      fitted = start
      fitted.values[count.key] = value
      look()
      if cost < best.cost { best = fitted }
    }
    fitted = best
  }

  /// One knob after the other.
  private mutating func look() {
    var best = projected(values)
    for _ in 0..<2 {
      let start = best.cost
      for knob in knobs where knob.role != .rate {
        for value in Self.usualValues(of: knob) where value != values[knob.key] && best.cost > Self.exact {
          var trial = values
          trial[knob.key] = value
          let found = projected(trial)
          if found.cost < 0.99 * best.cost { (values, best) = (trial, found) }
        }
        scaleRate(&best)
      }
      if !(best.cost < 0.9 * start) || best.cost <= Self.exact { break }
    }
    scaleRate(&best)
    cost = cost(values)
  }

  /// Two knobs at once, from the defaults: a rule by signs that has two numbers wrong is as far away with one of them right.
  mutating func lookAtPairs() {
    let found = fitted
    for knob in knobs where knob.role != .rate { values[knob.key] = knob.defaultValue }
    var best = projected(values)
    let turned = knobs.filter { $0.role != .rate }
    for _ in 0..<2 where best.cost > Self.exact {
      let start = best.cost
      for (place, first) in turned.enumerated() {
        for second in turned[(place + 1)...] where best.cost > Self.exact { lookAt(first, second, &best) }
      }
      if !(best.cost < 0.9 * start) { break }
    }
    scaleRate(&best)
    cost = cost(values)
    if found.cost <= cost { fitted = found }
  }

  private mutating func lookAt(_ first: Knob, _ second: Knob, _ best: inout (factor: Double, cost: Double)) {
    let start = values
    for a in Self.usualValues(of: first) {
      for b in Self.usualValues(of: second) where best.cost > Self.exact {
        var trial = start
        (trial[first.key], trial[second.key]) = (a, b)
        let found = projected(trial)
        if found.cost < 0.99 * best.cost { (values, best) = (trial, found) }
      }
    }
    scaleRate(&best)
  }

  mutating func scaleRate(_ best: inout (factor: Double, cost: Double)) {
    guard let rateKey, let knob = knobs.first(where: { $0.key == rateKey }), let rate = values[rateKey] else {
      return
    }
    values[rateKey] = knob.clamped(rate * best.factor)
    best = projected(values)
  }

  /// Values of a knob that people use.
  static func usualValues(of knob: Knob) -> [Double] {
    if knob.kind == .integer { return [1, 2, 3, 4, 5, 6, 7, 8, 10, 20].filter(knob.range.contains) }
    let values: [Double] =
      switch knob.role {
      case .memory, .memoryOfSquares: [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999]
      case .decay, .penalty: [0, 1e-4, 1e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]
      case .divisor: [0, 1e-16, 1e-10, 1e-8, 1e-6, 1e-4, 1e-3, 1e-2, 0.1]
      default:
        knob.range.lowerBound == 0 && knob.range.upperBound <= 1
          ? [0, 0.1, 0.3, 0.5, 0.8, 0.9, 1]
          : knob.defaultValue == 0
            ? [0, 1e-3, 0.01, 0.1, 1, 10, 100] : [0.1, 0.5, 1, 2, 10].map { $0 * knob.defaultValue }
      }
    return (values + (knob.endWord == nil ? [] : [knob.range.upperBound])).filter(knob.range.contains)
  }

  // MARK: Least squares

  /// Where a knob stands on a scale on which steps of one size mean about as much everywhere.
  private static func coordinate(_ value: Double, _ knob: Knob) -> Double {
    switch knob.role {
    case .rate: Elementary.log(max(value, 1e-300))
    case .memory, .memoryOfSquares: -Elementary.log(1 - value)
    case .divisor: Elementary.log(max(value, 1e-20))
    default: value / size(of: knob)
    }
  }

  private static func value(_ coordinate: Double, _ knob: Knob) -> Double {
    let value: Double =
      switch knob.role {
      case .rate, .divisor: Elementary.exp(coordinate)
      case .memory, .memoryOfSquares: 1 - Elementary.exp(-coordinate)
      default: coordinate * size(of: knob)
      }
    return knob.clamped(value)
  }

  private static func size(of knob: Knob) -> Double {
    switch knob.role {
    case .decay, .penalty: 0.01
    default: knob.defaultValue == 0 ? 0.1 : knob.defaultValue.magnitude
    }
  }

  /// The method of Levenberg and Marquardt on some knobs, with differences for slopes.
  mutating func improve(_ knobs: [Knob]) {
    guard !knobs.isEmpty, cost.isFinite else { return }
    var damping = 1e-3
    var left = residuals(values)
    for _ in 0..<25 where cost > Self.exact && damping < 1e8 {
      let here = knobs.map { Self.coordinate(values[$0.key] ?? 0, $0) }
      let columns = knobs.indices.map { k -> [Double] in
        let h = 1e-6 * max(1, here[k].magnitude)
        var trial = values
        trial[knobs[k].key] = Self.value(here[k] + h, knobs[k])
        let moved = Self.coordinate(trial[knobs[k].key] ?? 0, knobs[k]) - here[k]
        return moved == 0 ? left.map { _ in 0 } : zip(residuals(trial), left).map { ($0 - $1) / moved }
      }
      guard columns.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return }
      var isBetter = false
      while !isBetter, damping < 1e8 {
        let move = Self.step(columns, left, damping)
        var trial = values
        for (k, knob) in knobs.enumerated() { trial[knob.key] = Self.value(here[k] - move[k], knob) }
        let found = cost(trial)
        if found < cost {
          let gain = found / cost
          (values, cost) = (trial, found)
          left = residuals(values)
          damping = max(damping * 0.1, 1e-12)
          isBetter = true
          if gain > 1 - 1e-5 { return }
        } else {
          damping *= 10
        }
      }
    }
  }

  /// The step of least squares, by elimination in the normal equations.
  private static func step(_ columns: [[Double]], _ left: [Double], _ damping: Double) -> [Double] {
    let n = columns.count
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    var rows = columns.map { a in columns.map { dot(a, $0) } + [dot(a, left)] }
    for i in 0..<n { rows[i][i] += damping * rows[i][i] + 1e-30 }
    for i in 0..<n {
      for j in 0..<n where j != i && rows[i][i] != 0 {
        let factor = rows[j][i] / rows[i][i]
        for k in i...n { rows[j][k] -= factor * rows[i][k] }
      }
    }
    return (0..<n).map { rows[$0][$0] == 0 ? 0 : rows[$0][n] / rows[$0][$0] }
  }

  // MARK: Round numbers

  /// Gives each knob the fewest digits with which the run is met as well as before; what is left of a noisy run may grow by
  /// as much as chance would have it.
  mutating func round() {
    let count = Double(max((rows - 1) * pursuit.recorded.dimension, 1))
    let bound = max(cost * (1 + 4 / count).squareRoot(), Self.exact)
    roundTogether(within: bound)
    for knob in knobs {
      guard let value = values[knob.key] else { continue }
      for rounded in Self.roundings(of: value, knob) where knob.range.contains(rounded) {
        var trial = values
        trial[knob.key] = rounded
        let found = cost(trial)
        guard found <= bound else { continue }
        (values, cost) = (trial, found)
        break
      }
    }
  }

  /// All numbers at once: where one makes up for what another lacks, none can be rounded alone.
  private mutating func roundTogether(within bound: Double) {
    for digits in 1...8 {
      var trial = values
      for knob in knobs {
        guard let value = values[knob.key] else { continue }
        let usual = knob.defaultValue
        let rounded =
          (value - usual).magnitude <= 0.02 * usual.magnitude
          ? usual : NumberText.rounded(value, digits: digits)
        if knob.range.contains(rounded) { trial[knob.key] = rounded }
      }
      let found = cost(trial)
      guard found <= bound else { continue }
      (values, cost) = (trial, found)
      return
    }
  }

  /// The default, 0, and the value with one digit, two and so on.
  private static func roundings(of value: Double, _ knob: Knob) -> [Double] {
    var found = [knob.defaultValue]
    if knob.role != .rate { found.append(0) }
    guard value > 0 || value < 0 else { return found }
    for digits in 1...12 {
      found.append(NumberText.rounded(value, digits: digits))
    }
    return found
  }
}
