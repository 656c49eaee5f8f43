import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// A quantity of the entries over the whole of what was recorded, ready to be drawn.
struct Curves {
  /// One curve: places on the axis and values, as the scale counts them.
  struct Curve {
    let entry: Int
    /// What tells it from the other curves of its entry; empty where there is one.
    let label: String
    /// Its colour; nil for that of the entry.
    let colour: Colour?
    /// What was recorded, oldest first.
    let points: [SIMD2<Double>]
    /// How many of the points lie at or before the playhead.
    let past: Int
    /// What a schedule will do beyond what was recorded.
    let planned: [SIMD2<Double>]
    /// Where on the axis the run diverged, infinity if it has not.
    let end: Double
  }

  /// What stands behind the curves of the loss, as the scale counts it.
  struct Backdrop {
    var ghosts: [[SIMD2<Double>]] = []
    /// The edges of the fan and its median, as long as each other; empty without a fan.
    var low: [SIMD2<Double>] = []
    var median: [SIMD2<Double>] = []
    var high: [SIMD2<Double>] = []

    var all: [[SIMD2<Double>]] { ghosts + [low, median, high] }
  }

  private(set) var curves: [Curve] = []
  private(set) var backdrop = Backdrop()
  private(set) var title: String
  /// Whether the title names a quantity among others, so that a click on it shows the next.
  let isQuantity: Bool
  /// Why nothing is drawn.
  private(set) var obstacle: String?
  private(set) var scale: CurveScale
  let countsEvaluations: Bool
  /// Whether the horizontal axis is to count in powers of ten where the vertical one does.
  private let wantsLogLog: Bool
  /// The ends of the vertical axis, as the scale counts.
  private(set) var low = Double.infinity
  private(set) var high = -Double.infinity
  private(set) var labels: (top: String, bottom: String) = ("", "")
  /// The right end of the horizontal axis, in steps or evaluations.
  private(set) var right = 1.0
  /// Where the playhead stands on it: for evaluations that of the selected entry.
  private(set) var playhead = 0.0
  /// Whether that is where all that was recorded ends.
  private(set) var isAtEnd = false

  /// The quantity that is chosen, of all entries that take part.
  ///
  /// - Parameters:
  ///   - landscape: the landscape in force at the playhead.
  ///   - selected: the entry whose playhead is shown, and whose rates.
  ///   - rates: the effective rates of that entry, if they are what is shown.
  ///   - samples: the numbers of an entry each, if what is shown stands in no history.
  ///   - expected: the expected loss of the models, an entry each, which stands behind their loss in grey.
  ///   - ghosts: runs whose losses stand behind those of the entries.
  ///   - fan: runs whose losses are a band behind them.
  ///   - columns: about how many points a curve needs.
  init(
    of race: Race, on landscape: Landscape, _ choice: CurveChoice, selected: Int,
    rates: [RateRecorder.Sample] = [], samples: [[CurveSample]] = [],
    expected: [[CurveSample]] = [], ghosts: [Ghost] = [], fan: Fan? = nil, columns: Int
  ) {
    let quantity = choice.quantity
    title = quantity.title
    isQuantity = true
    obstacle = quantity.obstacle(in: race, on: landscape, selected: selected, against: choice.point)
    countsEvaluations = choice.countsEvaluations
    wantsLogLog = choice.axes == .logLog
    // A share of rows lies between 0 and 1, where a logarithm says little.
    scale = choice.axes != .linear && !quantity.isShare ? .logarithmic : .linear
    guard obstacle == nil else { return }
    if quantity == .regret, scale == .logarithmic, samples.contains(where: { $0.contains { $0.value <= 0 } })
    {
      scale = .symmetric(from: samples.compactMap(\.first?.value))
    }
    // Rows of a long run are thinned out.
    let isCut = samples.enumerated().contains { entry, samples in
      let history = race.run(entry: entry).history
      return race.experiment.entries[entry].isOn && history.count <= history.lastStep
        && (samples.last?.step ?? 0) < history.lastStep
    }
    if quantity == .regret, isCut {
      obstacle = "a regret is a sum over every step, and of a run as long as this one not all are kept"
    }
    if quantity.isSampled {
      add(samples, of: race, selected: selected)
      fit()
      return
    }
    if quantity == .effectiveRates {
      readRates(rates, of: race, on: landscape, entry: selected)
      fit()
      return
    }
    let on = race.experiment.entries.indices.filter { race.experiment.entries[$0].isOn }
    let base = quantity == .loss ? base(of: race, on: landscape, on) : 0
    let distances = Distances(race.experiment)
    for index in on {
      add(
        index, of: race, columns: columns, planned: planned(index, quantity, race, columns: columns)
      ) { history, row in quantity.value(of: history, at: row, distances) - base }
      if index == selected || playhead == 0 { setPlayhead(race, entry: index) }
    }
    if quantity == .loss {
      backdrop = scaled(CurveBackdrop(of: race, ghosts: ghosts, fan: fan, columns: columns), base: base)
      addExpected(expected, of: race, base: base)
    }
    let interval = race.experiment.noise.lookInterval
    if interval > 1, quantity == .loss || quantity == .gradientNorm { title += ", every \(interval) steps" }
    fit()
  }

  /// What losses are measured from. A logarithm needs losses above 0: they are measured from the lowest known minimum, or it is
  /// one on both sides of 0.
  private mutating func base(of race: Race, on landscape: Landscape, _ on: [Int]) -> Double {
    guard scale == .logarithmic else { return 0 }
    if let lowest = landscape.minimisers.map({ landscape.value(at: $0, step: race.step) }).min(),
      lowest.isFinite
    {
      if lowest != 0 { title = "Loss above the minimum" }
      return lowest
    }
    let histories = on.map { race.run(entry: $0).history }
    if histories.contains(where: { $0.lowestLoss <= 0 }) {
      scale = .symmetric(from: histories.compactMap(\.losses.first))
    }
    return 0
  }

  /// What each eigenvector has of the loss of an entry above the lowest, and, where the loss is no quadratic, the loss
  /// itself.
  ///
  /// - Parameter name: what the entry is called.
  init(
    split basis: CurvatureBasis, of race: Race, entry: Int, name: String, _ choice: CurveChoice, columns: Int,
    _ look: Look
  ) {
    isQuantity = false
    countsEvaluations = choice.countsEvaluations
    wantsLogLog = false
    scale = choice.axes != .linear ? .logarithmic : .linear
    title = "Loss of \(Text.sanitised(name)) split by eigenvector"
    obstacle =
      basis.source == .iterate
      ? "no minimum of this landscape is known, so the loss is not split by the eigenvectors there" : nil
    guard obstacle == nil, race.experiment.entries.indices.contains(entry) else { return }
    func point(_ history: History, _ row: Int) -> Point {
      Point(x: history.coordinate(0, at: row), y: history.coordinate(1, at: row))
    }
    if !basis.isExact {
      title = "Loss of \(Text.sanitised(name)) and its split"
      add(entry, of: race, columns: columns, label: "f", colour: look.palette.parts.whole) {
        $0.losses[$1] - basis.lowest
      }
    }
    let (flat, sharp) = (NumberText.brief(basis.values.flat), NumberText.brief(basis.values.sharp))
    add(entry, of: race, columns: columns, label: "λ \(flat)", colour: look.palette.parts.flat) {
      basis.parts(at: point($0, $1)).flat
    }
    add(entry, of: race, columns: columns, label: "λ \(sharp)", colour: look.palette.parts.sharp) {
      basis.parts(at: point($0, $1)).sharp
    }
    setPlayhead(race, entry: entry)
    fit()
  }

  private mutating func setPlayhead(_ race: Race, entry: Int) {
    isAtEnd = race.step == race.lastStep
    playhead = countsEvaluations ? Double(race.run(entry: entry).cost.evaluations) : Double(race.step)
  }

  /// A curve over the rows of an entry's history.
  private mutating func add(
    _ entry: Int, of race: Race, columns: Int, label: String = "", colour: Colour? = nil,
    planned: [SIMD2<Double>] = [], value: (History, Int) -> Double
  ) {
    let run = race.run(entry: entry)
    let history = run.history
    let now = history.index(at: run.step) ?? 0
    let rows = Curves.rows(count: history.count, playhead: now, columns: columns)
    let points = rows.map { SIMD2(place(history, $0), scale.position(of: value(history, $0))) }
    let end = run.divergedAt.flatMap { history.index(at: $0) }.map { place(history, $0) }
    curves.append(
      Curve(
        entry: entry, label: label, colour: colour, points: points,
        past: rows.firstIndex { $0 > now } ?? rows.count, planned: planned, end: end ?? .infinity))
  }

  /// Where a row of a history stands on the axis.
  private func place(_ history: History, _ row: Int) -> Double {
    Double(countsEvaluations ? history.evaluations(at: row) : history.steps[row])
  }

  /// The rates of the coordinates of an entry, a curve each.
  private mutating func readRates(
    _ samples: [RateRecorder.Sample], of race: Race, on landscape: Landscape, entry: Int
  ) {
    let run = race.run(entry: entry)
    setPlayhead(race, entry: entry)
    guard run.lastStep > 0 else {
      obstacle = "no step was taken yet: the first one brings the rates"
      return
    }
    guard let count = samples.first?.rates.count, count > 0 else {
      obstacle =
        "\(race.experiment.entries[entry].label) has no rate for each coordinate: it steps by signs or through a matrix"
      return
    }
    let axes = landscape.axes
    let names = count == 2 && landscape.dimension == 2 ? [axes.x, axes.y] : []
    if names.isEmpty { title += ", \(count) coordinates" }
    for coordinate in 0..<count {
      let points = samples.map { sample in
        SIMD2(
          run.history.index(at: sample.step).map { place(run.history, $0) } ?? .nan,
          scale.position(of: sample.rates.indices.contains(coordinate) ? sample.rates[coordinate] : .nan))
      }
      curves.append(
        Curve(
          entry: entry, label: names.isEmpty ? "" : names[coordinate], colour: nil, points: points,
          past: samples.firstIndex { $0.step > run.step } ?? samples.count, planned: [],
          end: run.divergedAt.flatMap { run.history.index(at: $0) }.map { place(run.history, $0) }
            ?? .infinity))
    }
  }

  /// Numbers that stand in no history.
  private mutating func add(_ samples: [[CurveSample]], of race: Race, selected: Int) {
    for (entry, samples) in samples.enumerated() where !samples.isEmpty {
      let run = race.run(entry: entry)
      let points = samples.map { sample in
        SIMD2(
          run.history.index(at: sample.step).map { place(run.history, $0) } ?? .nan,
          scale.position(of: sample.value))
      }
      curves.append(
        Curve(
          entry: entry, label: "", colour: nil, points: points,
          past: samples.firstIndex { $0.step > run.step } ?? samples.count, planned: [],
          end: run.divergedAt.flatMap { run.history.index(at: $0) }.map { place(run.history, $0) }
            ?? .infinity))
      if entry == selected || playhead == 0 { setPlayhead(race, entry: entry) }
    }
  }

  /// The expected loss, in grey behind that of the samples.
  private mutating func addExpected(_ expected: [[CurveSample]], of race: Race, base: Double) {
    guard expected.contains(where: { !$0.isEmpty }) else { return }
    title += "; grey: of \(FreshRows.heldOutCount) new rows"
    for (entry, samples) in expected.enumerated() where !samples.isEmpty {
      let history = race.run(entry: entry).history
      backdrop.ghosts.append(
        samples.map { sample in
          SIMD2(
            history.index(at: sample.step).map { place(history, $0) } ?? .nan,
            scale.position(of: sample.value - base))
        })
    }
  }

  private func scaled(_ behind: CurveBackdrop, base: Double) -> Backdrop {
    func places(_ rows: [CurveBackdrop.Row]) -> [SIMD2<Double>] {
      rows.map { SIMD2(countsEvaluations ? $0.evaluations : $0.step, scale.position(of: $0.loss - base)) }
    }
    return Backdrop(
      ghosts: behind.ghosts.map(places), low: places(behind.band.low), median: places(behind.band.median),
      high: places(behind.band.high))
  }

  /// Rows of a history for about as many points as there are columns, the playhead's and the last among them.
  private static func rows(count: Int, playhead: Int, columns: Int) -> [Int] {
    guard count > 0 else { return [] }
    let stride = max(1, count / max(1, columns * 2))
    var rows = Array(Swift.stride(from: 0, to: count, by: stride))
    for needed in [playhead, count - 1] where !rows.contains(needed) { rows.append(needed) }
    rows.sort()
    return rows
  }

  /// The rest of a schedule, from the last recorded step to the end of the axis; against evaluations nobody knows it.
  private func planned(
    _ index: Int, _ quantity: CurveQuantity, _ race: Race, columns: Int
  ) -> [SIMD2<Double>] {
    guard quantity == .learningRate, !countsEvaluations else { return [] }
    let last = race.run(entry: index).lastStep
    guard let plan = PlannedRate(of: race.experiment.entries[index], in: race.experiment, at: last + 1) else {
      return []
    }
    let horizon = Int(clamped: Curves.horizon(race))
    guard horizon > last else { return [] }
    let stride = max(1, (horizon - last) / max(1, columns * 2))
    return Swift.stride(from: max(1, last), through: horizon, by: stride).map {
      SIMD2(Double($0), scale.position(of: plan.rate(at: $0)))
    }
  }

  /// How far the axis reaches when it shows what is to come: to the budget, or twice what was recorded.
  private static func horizon(_ race: Race) -> Double {
    let recorded = Double(race.lastStep)
    guard let steps = race.experiment.budget.steps else { return roundedUp(2 * recorded) }
    return max(Double(steps), roundedUp(recorded))
  }

  /// How far the axis reaches at least beyond what it shows: the ends of the curves have labels.
  private static let margin = 1.08

  /// The next of these numbers at or above: the axis grows by jumps, so that a step adds to the picture and does not shift all
  /// of it.
  private static func roundedUp(_ value: Double) -> Double {
    var unit = 10.0
    while true {
      for factor in [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9]
      where unit * factor >= value { return unit * factor }
      unit *= 10
    }
  }

  private mutating func fit() {
    var plannedTo = 0.0
    for curve in curves {
      for point in curve.points + curve.planned {
        // Where a run has diverged its curve leaves the panel; the scale is for the others.
        guard point.y.isFinite, point.x < curve.end else { continue }
        low = min(low, point.y)
        high = max(high, point.y)
      }
      right = max(right, curve.points.last?.x ?? 0)
      plannedTo = max(plannedTo, curve.planned.last?.x ?? 0)
    }
    for points in backdrop.all {
      for point in points where point.y.isFinite {
        low = min(low, point.y)
        high = max(high, point.y)
      }
      right = max(right, points.last?.x ?? 0)
    }
    if plannedTo > right {
      right = plannedTo
    } else if isLogLog {
      right = Curves.roundedUp(Elementary.pow(max(right, 2), Curves.margin))
    } else {
      right = Curves.roundedUp(Curves.margin * right)
    }
    guard low <= high else { return }
    (low, high) = scale.ends(low, high)
    labels = scale.labels(low, high)
    let points = curves.flatMap(\.points)
    if points.contains(where: { $0.y > high }) { labels.top = "≥" + labels.top }
    if points.contains(where: { $0.y < low }) { labels.bottom = "≤" + labels.bottom }
  }

  /// Whether both axes count in powers of ten.
  var isLogLog: Bool { wantsLogLog && scale == .logarithmic }

  /// Whether there is something to draw.
  var isEmpty: Bool { !(low <= high) }
}
