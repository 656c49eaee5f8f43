import Experiments
import Landscapes
import OptimizerCore

/// A run to the end of its budget, for expectations to look at. A class, because it is handed about once for each number that
/// is asked for.
final class RunRecord {
  /// What cannot be said of this run, in one sentence.
  struct Fault: Error {
    let message: String
  }

  /// The race with this run alone, at its end.
  private let race: Race
  private let entry: Int
  private let start: Int
  /// The run at its end.
  let run: Run
  /// How it ended.
  let outcome: Outcome

  /// Runs an entry from one of the starts. The budget must have an end.
  init(_ experiment: Experiment, entry: Int, start: Int) {
    var (alone, place) = (experiment, entry)
    if experiment.noise.isIndependent {
      // The others keep their places, by which it is drawn.
      for i in alone.entries.indices { alone.entries[i].isOn = i == entry }
    } else {
      // Over many seeds the starts of all others would cost more than this run.
      alone.entries = [experiment.entries[entry]]
      alone.entries[0].isOn = true
      place = 0
    }
    var race = Race(alone, historyLimit: (experiment.budget.steps ?? RunRecord.mostSteps) + 8)
    while race.step < RunRecord.mostSteps, race.advance() {}
    race.settle()
    self.race = race
    self.entry = place
    self.start = start
    run = race.run(entry: place, start: start)
    outcome = run.outcome(on: race.experiment.landscape(at: run.step), in: experiment.window)
  }

  /// The most steps of a run that is looked at, whatever it costs.
  static let mostSteps = 1_000_000

  var history: History { run.history }
  var window: Window { race.experiment.window }

  func landscape(_ row: Int) -> Landscape {
    race.experiment.changes.isEmpty
      ? race.experiment.landscape : race.experiment.landscape(at: history.steps[row])
  }

  /// The row of a step among the arguments, the last if it is left out; nil if the run did not come there.
  func row(_ arguments: RunQuantity.Arguments, _ place: Int) throws(Fault) -> Int? {
    guard arguments.values.indices.contains(place) else { return history.count - 1 }
    guard let step = arguments.number(place) else { return nil }
    guard step >= 0, step.rounded() == step, step <= Double(RunRecord.mostSteps) else {
      throw Fault(message: "a step is a whole number, at least 0, got \(NumberText.exact(step))")
    }
    if let budget = race.experiment.budget.steps, step > Double(budget) {
      throw Fault(message: "step \(NumberText.exact(step)) is beyond the scene's \(budget) steps")
    }
    guard step <= Double(history.lastStep) else { return nil }
    return history.index(at: Int(step))
  }

  /// The first argument as a place from 0.
  func index(_ arguments: RunQuantity.Arguments, at place: Int = 0, of count: Int) throws(Fault) -> Int {
    guard let number = arguments.number(place), number >= 1, number <= Double(count),
      number.rounded() == number
    else {
      let given = arguments.number(place).map(NumberText.exact) ?? "never"
      throw Fault(message: "there are numbers 1 to \(count), got \(given)")
    }
    return Int(number) - 1
  }

  func firstRow(atMost loss: Double?) -> Int? {
    guard let loss, history.lowestLoss <= loss else { return nil }
    return history.losses.firstIndex { $0 <= loss }
  }

  static let noTest = Fault(message: "no rows were set aside, or they have no classes")
  static let noClasses = Fault(message: "the target of these data is no class")

  func data(_ row: Int) throws(Fault) -> any DataProblem {
    guard let data = landscape(row).data else { throw Fault(message: "this loss is not made of data") }
    return data
  }

  func network(_ row: Int) throws(Fault) -> NetworkProblem {
    guard let network = landscape(row).network else {
      throw Fault(message: "this loss is not that of a network")
    }
    return network
  }

  /// How the gradients of batches scatter about the true one at a row.
  func scatter(_ row: Int) throws(Fault) -> NoiseScatter {
    let experiment = race.experiment
    guard
      let scatter = NoiseScatter(
        of: experiment.noise, at: Array(history.parameters(at: row)), on: landscape(row),
        seed: experiment.seed)
    else {
      throw Fault(message: "the noise is no minibatch of these samples, or they are too many to look at all")
    }
    return scatter
  }

  func expectedLoss(_ row: Int) throws(Fault) -> Double {
    let data = try data(row)
    guard let loss = data.expectedLoss(at: Array(history.parameters(at: row))) else {
      throw Fault(message: "no expected loss is known: \(data.fresh.obstacle ?? "no more rows can be made")")
    }
    return loss
  }

  func report(_ row: Int) throws(Fault) -> DataReport {
    try data(row).report(at: Array(history.parameters(at: row)))
  }

  func point(_ row: Int) -> Point { landscape(row).project(history.parameters(at: row)) }

  func gradient(_ row: Int) -> [Double] {
    landscape(row).gradient(at: Array(history.parameters(at: row)), step: history.steps[row])
  }

  func curvatures(_ row: Int) -> (smaller: Double, larger: Double) {
    landscape(row).curvatures(at: Array(history.parameters(at: row)), step: history.steps[row])
  }

  /// How many eigenvalues of the Hessian over the first parameters are below 0, by more than rounding.
  func negativeCurvatures(_ row: Int, _ arguments: RunQuantity.Arguments) throws(Fault) -> Double {
    let landscape = landscape(row)
    let (count, d) = (try index(arguments, of: landscape.dimension) + 1, landscape.dimension)
    guard
      let hessian = landscape.hessian(at: Array(history.parameters(at: row)), step: history.steps[row])
    else { throw Fault(message: "\(d) parameters are too many for their Hessian") }
    let corner = (0..<count * count).map { hessian[$0 / count * d + $0 % count] }
    let values = DenseMatrix.eigen(corner).values
    let largest = values.map(abs).max() ?? 0
    return Double(values.count { $0 < -1e-12 * largest })
  }

  /// How many numbers the rule keeps from step to step, wrappers and what they wrap.
  func stored() throws(Fault) -> Int {
    let rules = sequence(first: race.experiment.entries[entry].spec) { $0.base }
    for rule in rules where !rule.about.memory.isEmpty {
      throw Fault(message: "\(rule.id) keeps more than it shows; `descent describe \(rule.id)` says what")
    }
    return run.optimizer.storedCount
  }

  /// What the step that led to a row added to the parameters; nil at the start.
  func displacement(_ row: Int) -> [Double]? {
    guard row > 0 else { return nil }
    return zip(history.parameters(at: row), history.parameters(at: row - 1)).map { $0 - $1 }
  }

  /// How often a coordinate of the steps of some rows changes its sign.
  func turns(_ rows: ClosedRange<Int>, _ coordinate: (Point) -> Double) -> Double {
    var turns = 0
    var last = 0.0
    for row in rows.dropFirst() {
      let way = coordinate(point(row)) - coordinate(point(row - 1))
      if way * last < 0 { turns += 1 }
      if way != 0 { last = way }
    }
    return Double(turns)
  }

  func wayToMinimum(_ row: Int) throws(Fault) -> [Double] {
    let parameters = history.parameters(at: row)
    let ways = landscape(row).minimisers.map { zip($0, parameters).map { $0 - $1 } }
    guard let way = ways.min(by: { $0.euclideanNorm < $1.euclideanNorm }) else { throw RunRecord.noMinimum }
    return way
  }

  func lowestLoss() throws(Fault) -> Double {
    let landscape = race.experiment.landscape
    guard let lowest = landscape.minimisers.map({ landscape.value(at: $0) }).min() else {
      throw RunRecord.noMinimum
    }
    return lowest
  }

  private static let noMinimum = Fault(
    message: "the landscape knows no minimum; give a formula's as minima: [[0, 0]]")

  func outcome(at step: Int) -> Outcome {
    var race = race
    race.seek(to: step)
    return race.run(entry: entry, start: start).outcome(
      on: race.experiment.landscape(at: step), in: window)
  }

  /// The coordinates of the known minimum at which the run ended, or "none".
  var minimum: String {
    let landscape = race.experiment.landscape(at: run.step)
    guard let number = StandingThresholds(in: window).minimum(near: run.parameters, of: landscape) else {
      return "none"
    }
    return "(" + landscape.minimisers[number - 1].map(RunRecord.coordinate).joined(separator: ", ") + ")"
  }

  /// At most two decimals, without zeros behind.
  private static func coordinate(_ value: Double) -> String {
    var text = NumberText.fixed(value, decimals: 2).replacing("−", with: "-")
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text == "-0" ? "0" : text
  }

  func singular(_ entries: [Double], _ arguments: RunQuantity.Arguments) throws(Fault) -> Double {
    guard let block = landscape(0).layout.blocks.first, landscape(0).layout.blocks.count == 1,
      !block.isVector
    else { throw Fault(message: "singular values need parameters that are a matrix, as those of matrix-2x2") }
    let values = SingularValueDecomposition(entries, rows: block.rows, columns: block.columns).values
    return values[try index(arguments, of: values.count)]
  }

  /// The optimizer as it was at a row.
  private func optimizer(_ row: Int) -> any Optimizer<Double> {
    var race = race
    race.seek(to: history.steps[row])
    return race.run(entry: entry, start: start).optimizer
  }

  func used(_ row: Int, _ arguments: RunQuantity.Arguments) throws(Fault) -> Double? {
    let (optimizer, key) = (optimizer(row), arguments.text(0) ?? "")
    guard let value = optimizer.valueInForce(of: key) else {
      let keys = optimizer.knobs.map(\.key).joined(separator: ", ")
      throw Fault(message: "the optimizer has no knob '\(Excerpt.printable(key))'; its keys are \(keys)")
    }
    return value
  }

  func state(_ row: Int, _ arguments: RunQuantity.Arguments) throws(Fault) -> Double? {
    let state = optimizer(row).state
    let symbol = arguments.text(0) ?? ""
    guard let slot = state.first(where: { $0.symbol == symbol }) else {
      let symbols = state.map(\.symbol)
      let all = symbols.isEmpty ? "; it has none" : "; there are \(symbols.joined(separator: ", "))"
      throw Fault(message: "the optimizer has no state '\(Excerpt.printable(symbol))'\(all)")
    }
    guard !slot.values.isEmpty else { return nil }
    return slot.values[try index(arguments, at: 1, of: slot.values.count)]
  }

  /// What the theory says at the start; `never` where it says nothing.
  func theory(_ ask: (Theory) -> Theory.Answer) -> ExpectationValue {
    let experiment = race.experiment
    let parameters = Array(history.parameters(at: 0))
    let theory = Theory(of: experiment.entries[entry].spec, on: experiment.landscape, at: parameters)
    if case .known(let value, _) = ask(theory) { return .number(value) }
    return .never
  }
}
