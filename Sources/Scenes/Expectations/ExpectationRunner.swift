import Experiments
import Landscapes
import OptimizerCore

/// Evaluates the expectations of a scene. Runs are made once, when they are first asked for.
final class ExpectationRunner {
  /// Where a part is evaluated: under which settings, from which start, with which numbers of folds.
  struct Scope {
    /// The place of the experiment among those met so far.
    var experiment: Int
    var start = 0
    var variables: [String: Double] = [:]
  }

  private struct RunKey: Hashable {
    let experiment: Int
    let entry: Int
    let start: Int
  }

  /// The most parts that are evaluated for one expectation.
  static let workLimit = 2_000_000

  /// The most steps of all runs of a scene together: they are kept, some fifty bytes each.
  static let stepLimit = 20_000_000

  private var experiments: [Experiment]
  /// Where each stands: over many seeds there are many, and comparing two landscapes takes long.
  private var places: [Experiment: Int]
  private var records: [RunKey: RunRecord] = [:]
  private var work = 0
  /// The steps of all runs made so far.
  private var steps = 0

  init(_ experiment: Experiment) {
    experiments = [experiment]
    places = [experiment: 0]
  }

  /// Whether a statement holds, with the reason why not.
  func verdict(on statement: ExpectationExpression) throws(ExpectationError) -> (holds: Bool, reason: String)
  {
    work = 0
    let scope = Scope(experiment: 0)
    let holds = try truth(statement, scope)
    work = 0
    return (holds, holds ? "" : try reason(statement, scope, wanted: true))
  }

  /// The sides of the comparisons of a statement as they came out.
  func values(of statement: ExpectationExpression) throws(ExpectationError) -> String {
    work = 0
    return try values(in: statement, Scope(experiment: 0))
  }

  // MARK: Values

  func truth(_ part: ExpectationExpression, _ scope: Scope) throws(ExpectationError) -> Bool {
    try value(part, scope).truth ?? false
  }

  private func number(_ part: ExpectationExpression, _ scope: Scope) throws(ExpectationError) -> Double? {
    try value(part, scope).number
  }

  func value(
    _ part: ExpectationExpression, _ scope: Scope
  ) throws(ExpectationError) -> ExpectationValue {
    work += 1
    guard work <= ExpectationRunner.workLimit else {
      throw ExpectationError(
        "this asks for too much: more than \(ExpectationRunner.workLimit) values", at: part.offset)
    }
    switch part.form {
    case .value(let value): return value
    case .variable(let name): return scope.variables[name].map { .number($0) } ?? .never
    case .knob(let target):
      return experiments[scope.experiment].value(of: target, at: 0).map { .number($0) } ?? .never
    case .ofRun(let quantity, let entry, let arguments):
      return try ofRun(quantity, entry, arguments, scope, part)
    case .ofLandscape(let quantity, let arguments): return try ofLandscape(quantity, arguments, scope)
    case .function(let function, let arguments):
      var numbers: [Double] = []
      for argument in arguments {
        guard let number = try number(argument, scope) else { return .never }
        numbers.append(number)
      }
      return .number(function.value(numbers))
    case .distance(let a, let b, let step):
      return try distance(record(a, scope, part), record(b, scope, part), step, scope, part)
    case .negative(let operand): return try number(operand, scope).map { .number(-$0) } ?? .never
    case .arithmetic(let sign, let left, let right):
      guard let left = try number(left, scope), let right = try number(right, scope) else { return .never }
      return .number(ExpectationRunner.result(sign, left, right))
    case .comparison(let sides, let signs): return .truth(try holds(sides, signs, scope))
    case .not(let operand): return .truth(!(try truth(operand, scope)))
    case .and(let parts):
      for part in parts where !(try truth(part, scope)) { return .truth(false) }
      return .truth(true)
    case .or(let parts):
      for part in parts where try truth(part, scope) { return .truth(true) }
      return .truth(false)
    case .with(let settings, let body): return try value(body, changed(scope, by: settings))
    case .from(let start, let body):
      var scope = scope
      scope.start = start
      return try value(body, scope)
    case .overSeeds(let fold, let level, let seeds, let body):
      var part = 0.0
      if let level { part = try number(level, scope) ?? 0 }
      return try overSeeds(fold, part, seeds, body, scope)
    case .fold(let fold, let variable, let lower, let upper, let body):
      return try self.fold(fold, variable, try range(lower, upper, scope), body, scope).value
    }
  }

  /// Whether each side stands to the next as its sign says; what comes after the first that does not is not asked.
  private func holds(
    _ sides: [ExpectationExpression], _ signs: [ExpectationExpression.Comparison], _ scope: Scope
  ) throws(ExpectationError) -> Bool {
    var left = try value(sides[0], scope)
    for (i, sign) in signs.enumerated() {
      let right = try value(sides[i + 1], scope)
      guard sign.holds(left, right) else { return false }
      left = right
    }
    return true
  }

  private static func result(_ sign: ExpectationExpression.Arithmetic, _ a: Double, _ b: Double) -> Double {
    switch sign {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .power: Elementary.pow(a, b)
    }
  }

  func record(
    _ name: String, _ scope: Scope, _ part: ExpectationExpression
  ) throws(ExpectationError) -> RunRecord {
    let experiment = experiments[scope.experiment]
    guard let entry = experiment.entries.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("entries are checked when an expectation is read")
    }
    guard experiment.starts.indices.contains(scope.start) else {
      throw ExpectationError("with one start there is none of that number", at: part.offset)
    }
    let key = RunKey(experiment: scope.experiment, entry: entry, start: scope.start)
    if let record = records[key] { return record }
    let record = RunRecord(experiment, entry: entry, start: scope.start)
    steps += record.history.count
    guard steps <= ExpectationRunner.stepLimit else {
      throw ExpectationError(
        "the scene's expectations take more than \(ExpectationRunner.stepLimit) steps; ask for fewer seeds or steps",
        at: part.offset)
    }
    records[key] = record
    return record
  }

  private func ofRun(
    _ quantity: RunQuantity, _ entry: String, _ arguments: [ExpectationExpression], _ scope: Scope,
    _ part: ExpectationExpression
  ) throws(ExpectationError) -> ExpectationValue {
    var values: [ExpectationValue] = []
    for argument in arguments { values.append(try value(argument, scope)) }
    let record = try record(entry, scope, part)
    do {
      return try quantity.value(record, RunQuantity.Arguments(values: values))
    } catch {
      throw ExpectationError("in '\(part.text)': \(error.message)", at: part.offset)
    }
  }

  private func ofLandscape(
    _ quantity: LandscapeQuantity, _ arguments: [ExpectationExpression], _ scope: Scope
  ) throws(ExpectationError) -> ExpectationValue {
    var point = Point(0, 0)
    if arguments.count == 2 {
      guard let x = try number(arguments[0], scope), let y = try number(arguments[1], scope) else {
        return .never
      }
      point = Point(x, y)
    }
    return quantity.value(experiments[scope.experiment].landscape, point).map { .number($0) } ?? .never
  }

  /// Of two runs at a step, or at the last that both have.
  private func distance(
    _ a: RunRecord, _ b: RunRecord, _ step: ExpectationExpression?, _ scope: Scope,
    _ part: ExpectationExpression
  ) throws(ExpectationError) -> ExpectationValue {
    let number: Double
    if let step {
      guard let given = try self.number(step, scope) else { return .never }
      number = given
    } else {
      number = Double(min(a.history.lastStep, b.history.lastStep))
    }
    let arguments = RunQuantity.Arguments(values: [.number(number)])
    do {
      guard let i = try a.row(arguments, 0), let j = try b.row(arguments, 0) else { return .never }
      return .number(
        zip(a.history.parameters(at: i), b.history.parameters(at: j)).map { $0 - $1 }.euclideanNorm)
    } catch {
      throw ExpectationError("in '\(part.text)': \(error.message)", at: part.offset)
    }
  }

  // MARK: Settings

  func changed(
    _ scope: Scope, by settings: [ExpectationExpression.Setting]
  ) throws(ExpectationError) -> Scope {
    var scope = scope
    for setting in settings {
      var experiment = experiments[scope.experiment]
      switch setting.target {
      case .knob(let target, let part):
        guard let number = try number(part, scope) else {
          throw ExpectationError(
            "'\(part.text)' is never, and \(target) needs a number", at: part.offset)
        }
        do {
          _ = try target.value(
            NumberText.exact(number), entries: experiment.entries, landscape: experiment.landscape)
        } catch {
          throw ExpectationError(error.message, at: part.offset)
        }
        experiment.set(.knob(target, number), at: 0)
      case .word(let target, let value):
        // Another rule may stand in the entry's place since the statement was read.
        guard experiment.value(of: target, at: 0) != nil else {
          throw ExpectationError("there is no \(target)", at: setting.offset)
        }
        experiment.set(.knob(target, value), at: 0)
      case .spec(let name, let spec):
        for i in experiment.entries.indices where experiment.entries[i].name == name {
          experiment.entries[i].spec = spec
        }
      case .start(let x, let y):
        guard let x = try number(x, scope), let y = try number(y, scope) else {
          throw ExpectationError("a start needs two numbers", at: setting.offset)
        }
        experiment.starts = [Point(x, y)]
        scope.start = 0
      case .steps(let steps): experiment.budget = Budget(steps: steps)
      case .seed(let seed): experiment.seed = seed
      case .noise(let noise): experiment.noise = noise
      }
      scope.experiment = place(of: experiment)
    }
    return scope
  }

  private func place(of experiment: Experiment) -> Int {
    if let place = places[experiment] { return place }
    experiments.append(experiment)
    places[experiment] = experiments.count - 1
    return experiments.count - 1
  }

  // MARK: Seeds and folds

  private func overSeeds(
    _ fold: ExpectationExpression.SeedFold, _ level: Double, _ seeds: Int, _ body: ExpectationExpression,
    _ scope: Scope
  ) throws(ExpectationError) -> ExpectationValue {
    let first = experiments[scope.experiment].seed
    var numbers: [Double] = []
    var holding = 0
    for i in 0..<seeds {
      var scope = scope
      scope.experiment = place(of: experiments[scope.experiment].reseeded(first &+ UInt64(i)))
      switch try value(body, scope) {
      case .number(let number): numbers.append(number)
      case .truth(let truth): holding += truth ? 1 : 0
      case .never, .text: break
      }
    }
    if fold == .share { return .number(Double(holding) / Double(seeds)) }
    // What did not happen for one seed has no place among the others.
    guard numbers.count == seeds else { return .never }
    let mean = numbers.reduce(0, +) / Double(seeds)
    switch fold {
    case .mean: return .number(mean)
    case .deviation:
      let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return .number((squares / Double(seeds - 1)).squareRoot())
    case .quantile, .share:
      numbers.sort()
      let place = level * Double(seeds - 1)
      let below = Int(place)
      let rest = place - Double(below)
      guard rest > 0 else { return .number(numbers[below]) }
      return .number(numbers[below] + rest * (numbers[below + 1] - numbers[below]))
    }
  }

  func range(
    _ lower: ExpectationExpression, _ upper: ExpectationExpression, _ scope: Scope
  ) throws(ExpectationError) -> ClosedRange<Int>? {
    guard let low = try number(lower, scope), let high = try number(upper, scope) else { return nil }
    for (number, part) in [(low, lower), (high, upper)]
    where number.rounded() != number || number.magnitude > Double(RunRecord.mostSteps) {
      throw ExpectationError(
        "a range goes between whole numbers up to \(RunRecord.mostSteps), got \(NumberText.exact(number))",
        at: part.offset)
    }
    guard low <= high else {
      throw ExpectationError(
        "a range goes up, got \(NumberText.exact(low))..\(NumberText.exact(high))", at: lower.offset)
    }
    return Int(low)...Int(high)
  }

  /// The value, and where a statement about steps was decided.
  func fold(
    _ fold: ExpectationExpression.Fold, _ variable: String, _ range: ClosedRange<Int>?,
    _ body: ExpectationExpression, _ scope: Scope
  ) throws(ExpectationError) -> (value: ExpectationValue, at: Int?) {
    guard let range else { return (fold == .all || fold == .any ? .truth(false) : .never, nil) }
    var scope = scope
    var numbers: [Double] = []
    for k in range {
      scope.variables[variable] = Double(k)
      let value = try value(body, scope)
      switch fold {
      case .all: if value != .truth(true) { return (.truth(false), k) }
      case .any: if value == .truth(true) { return (.truth(true), k) }
      case .max, .min, .sum:
        guard let number = value.number else { return (.never, k) }
        numbers.append(number)
      }
    }
    switch fold {
    case .all: return (.truth(true), nil)
    case .any: return (.truth(false), nil)
    case .max: return (numbers.max().map { .number($0) } ?? .never, nil)
    case .min: return (numbers.min().map { .number($0) } ?? .never, nil)
    case .sum: return (.number(numbers.reduce(0, +)), nil)
    }
  }
}
