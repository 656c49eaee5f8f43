package import OptimizerCore

/// A loss that is a mean over rows of data: f(θ) = 1/N Σ ℓ(model(θ, row)), with a penalty if asked for.
package struct SamplesProblem: DataProblem {
  /// What it is made of.
  public let settings: SampleSettings
  /// The rows that the loss is a mean of.
  public let training: DataTable
  /// The rows set aside.
  public let test: DataTable?
  /// Minimisers that were found from the start, to rounding.
  public let minimisers: [[Double]]
  /// The usual one.
  public var usualRace: [String] { [] }
  /// How steep each row is at the start.
  public let importance: [Double]?
  /// Rows beyond those of the table.
  public let fresh: FreshRows
  private let constantNames: [String]
  private let constants: [Double]
  private let penalty: Double
  private let program: SampleProgram
  private let rows: SampleColumns
  private let weights: SampleWeights?

  /// A loss for values of its constants.
  ///
  /// - Throws: what is wrong with data or model, with the column in the model's text if that is to blame.
  public init(
    _ settings: SampleSettings, constants: [(name: String, value: Double)] = []
  ) throws(LandscapeError) {
    self.settings = settings
    constantNames = constants.map(\.name)
    self.constants = constants.map(\.value)
    let number = {
      (text: String, what: String, range: ClosedRange<Double>) throws(LandscapeError) -> Double in
      let value = try ConstantExpression(text, constants: constants.map(\.name)).value(constants.map(\.value))
      guard range.contains(value) else {
        throw LandscapeError(
          "\(what) must be between \(range.lowerBound.shortest) and \(range.upperBound.shortest), got "
            + "'\(value.shortest)'")
      }
      return value
    }
    penalty = try number(settings.penalty, "l2", 0...1e6)
    let most = Double(DataTable.maximumRows)
    let count = try settings.rows.map { text throws(LandscapeError) in try number(text, "rows", 1...most) }
    let table: DataTable
    let values = Dictionary(uniqueKeysWithValues: constants.map { ($0.name, $0.value) })
    do {
      table = try settings.source.table(
        rows: count.map { Int($0.rounded()) } ?? settings.source.usualRows, seed: settings.seed,
        constants: values)
    } catch { throw LandscapeError(error.description) }
    fresh = FreshRows(settings.source, constants: values, after: table.count, seed: settings.seed)
    (training, test) = try DataSplit.split(table, testShare: settings.testShare, seed: settings.seed)
    try Self.check(settings, table)
    program = try Self.compile(settings, columns: table.names, constants: constants.map(\.name))
    if let text = settings.sampleWeight {
      weights = try SampleWeights(text, of: table, parts: (training, test), constants: constants)
    } else {
      weights = nil
    }
    rows = SampleColumns(training.columns, weights: weights?.values(over: training) ?? [])
    let machine = SampleMachine(program, rows: rows, constants: self.constants, penalty: penalty)
    let start = settings.parameters.map(\.start)
    minimisers = MinimumSearch.minimum(of: machine, from: start).map { [$0] } ?? []
    importance = Self.importance(machine, start)
  }

  /// The most products of the Hessian that importance is worth, and the most slopes of these.
  private static let (mostProducts, mostSlopes) = (20_000, 200_000)

  /// The traces of the rows' Hessians; nil where there are too many rows, or one of them is not above 0.
  private static func importance(_ machine: SampleMachine, _ start: [Double]) -> [Double]? {
    let products = machine.count * start.count
    guard products <= mostProducts, products * start.count <= mostSlopes else { return nil }
    var traces: [Double] = []
    for row in 0..<machine.count {
      let trace = machine.hessianTrace(at: start.span, row: row)
      guard trace > 0, trace.isFinite else { return nil }
      traces.append(trace)
    }
    return traces
  }

  private static func check(_ settings: SampleSettings, _ table: DataTable) throws(LandscapeError) {
    let (loss, outputs) = (settings.loss, settings.model.count)
    guard (1...SampleSettings.maximumParameters).contains(settings.parameters.count) else {
      throw LandscapeError(
        "a model has 1 to \(SampleSettings.maximumParameters) parameters, got \(settings.parameters.count)")
    }
    for (place, parameter) in settings.parameters.enumerated() {
      guard !table.names.contains(parameter.name) else {
        throw LandscapeError("'\(parameter.name)' is a column, so a parameter needs another name")
      }
      guard !settings.parameters[..<place].contains(where: { $0.name == parameter.name }) else {
        throw LandscapeError("the parameter '\(parameter.name)' is there twice")
      }
    }
    guard loss.outputs.map({ $0 == outputs }) ?? (2...16).contains(outputs) else {
      let wanted = loss.outputs.map { $0 == 1 ? "one output" : "\($0) outputs" } ?? "2 to 16 outputs"
      throw LandscapeError(
        "the loss \(loss.rawValue) is of \(wanted), separated by ';', and the model has \(outputs)")
    }
    guard loss.hasTarget else { return }
    guard let target = settings.target, let values = table.column(target) else {
      throw LandscapeError(
        "the loss \(loss.rawValue) needs a target column, one of \(table.names.joined(separator: ", "))"
          + (settings.target.map { ", got '\(Excerpt.of($0))'" } ?? ""))
    }
    if let complaint = loss.complaint(about: values, outputs: outputs) { throw LandscapeError(complaint) }
    if loss == .bernoulli || loss == .categorical, Set(values).count < 2 {
      throw LandscapeError("every row has the class \(values[0].shortest): there is nothing to tell apart")
    }
  }

  private static func compile(
    _ settings: SampleSettings, columns: [String], constants: [String]
  ) throws(LandscapeError) -> SampleProgram {
    for name in settings.parameters.map(\.name) + constants {
      guard ExpressionLexer.isName(name), !ExpressionVocabulary.languageNames.contains(name),
        !ExpressionVocabulary.isInner(name)
      else { throw LandscapeError("a parameter cannot be called '\(Excerpt.of(name))'") }
    }
    do {
      return try SampleProgram(
        outputs: settings.model,
        loss: settings.loss.program(outputs: settings.model.count, target: settings.target ?? ""),
        parameters: settings.parameters.map(\.name), columns: columns, constants: constants)
    } catch {
      let text = error.line < settings.model.count ? settings.model[error.line] : settings.loss.rawValue
      throw LandscapeError(
        "in the model '\(Excerpt.of(text, around: error.error.column))': \(error.error.message)",
        column: error.error.column)
    }
  }

  // MARK: What it is

  /// One column of parameters.
  public var layout: ParameterLayout { .vector(settings.parameters.count) }
  /// What the loss has.
  public var offers: Capabilities { program.offers }
  /// Judged by the loss as a formula of the parameters.
  public var structure: ProblemStructure {
    ProblemStructure(isQuadratic: program.isQuadratic, usesStep: false)
  }
  /// The mean in words.
  public var words: ProblemWords {
    let model = settings.model.joined(separator: "; ")
    let shown = settings.target.map { "\(settings.loss.rawValue)(\(model), \($0))" } ?? model
    let weighted = weights.map { "w·\(shown), w ∝ \($0.text)" } ?? shown
    return ProblemWords(
      text: settings.text,
      display: [
        .text("1/\(training.count) Σ \(weighted)" + (penalty > 0 ? " + ½·\(penalty.shortest)‖θ‖²" : ""))
      ],
      parameters: ParameterNames(settings.parameters.map(\.name)))
  }
  /// Where the parameters start.
  public var defaultStart: [Double]? { settings.parameters.map(\.start) }
  /// None is looked for.
  public var saddles: [[Double]] { [] }
  /// The usual ones.
  public var directions: [NamedDirection] { NamedDirection.standard }
  /// The size of the data.
  public var facts: [ProblemFact] {
    var facts = [
      ProblemFact("data", .text(settings.source.text)), ProblemFact("rows", .text("\(training.count)")),
    ]
    if let test { facts.append(ProblemFact("test rows", .text("\(test.count)"))) }
    if let weights { facts.append(weights.fact(over: training)) }
    return facts
  }
  /// What the columns are.
  public var roles: DataRoles {
    let words = Set(
      settings.model.flatMap {
        $0.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
      })
    let classes: Int? =
      switch settings.loss {
      case .bernoulli: 2
      case .categorical: settings.model.count
      default: nil
      }
    return DataRoles(
      inputs: training.names.filter(words.contains), target: settings.target, classes: classes)
  }

  // MARK: Evaluation

  private var machine: SampleMachine {
    SampleMachine(program, rows: rows, constants: constants, penalty: penalty)
  }

  /// An oracle for one run.
  public func makeOracle() -> ObjectiveOracle<Double> {
    let (program, constants, penalty, fresh, weights) = (program, constants, penalty, fresh, weights)
    return SamplesOracle(
      machine, layout: layout, offers: offers, outputs: settings.model.count, importance: importance
    ) { batch, count in
      guard let table = fresh.table(batch, count: count) else { return nil }
      let made = weights.map { $0.values(over: table, isMadeForStep: true) } ?? []
      return made.map {
        SampleMachine(
          program, rows: SampleColumns(table.columns, weights: $0), constants: constants, penalty: penalty)
      }
    }
  }
  /// None: the lanes are taken by the rows.
  public func makeLanesOracle() -> ObjectiveOracle<Lanes>? { nil }
  /// None.
  public func makeLanesOracle(constants: [Lanes]) -> ObjectiveOracle<Lanes>? { nil }

  /// The same with other values of its constants.
  ///
  /// - Throws: why they leave no loss, such as a row that is not finite.
  public func setting(_ constants: [Double]) throws(LandscapeError) -> SamplesProblem {
    try SamplesProblem(settings, constants: Array(zip(constantNames, constants)))
  }

  /// Exact, by the program for it.
  public func hessianProduct(_ direction: [Double], at parameters: [Double], step: Int) -> [Double] {
    var product = [Double](repeating: 0, count: parameters.count)
    var span = product.mutableSpan
    machine.product(direction.span, at: parameters.span, batch: nil, into: &span)
    return product
  }

  /// What the outputs say: probabilities of classes, or the outputs.
  public func predictions(at parameters: [Double], inputs: [[Double]]) -> [[Double]] {
    guard let count = inputs.first?.count, count > 0 else { return [] }
    let names = roles.inputs
    let columns = training.names.map { name in
      names.firstIndex(of: name).map { inputs[$0] } ?? [Double](repeating: 0, count: count)
    }
    let outputs = SampleMachine(program, rows: SampleColumns(columns), constants: constants)
      .outputs(at: parameters)
    switch settings.loss {
    case .bernoulli:
      let p = outputs[0].map { 1 / (1 + Elementary.exp(-$0)) }
      return [p.map { 1 - $0 }, p]
    case .categorical: return Self.softmax(outputs)
    default: return outputs
    }
  }

  private static func softmax(_ outputs: [[Double]]) -> [[Double]] {
    var result = outputs
    for row in outputs[0].indices {
      let largest = outputs.reduce(-Double.infinity) { max($0, $1[row]) }
      var total = 0.0
      for k in outputs.indices {
        result[k][row] = Elementary.exp(outputs[k][row] - largest)
        total += result[k][row]
      }
      for k in outputs.indices { result[k][row] /= total }
    }
    return result
  }

  /// The mean loss over rows.
  public func loss(at parameters: [Double], over table: DataTable) -> Double {
    guard let own = weights.map({ $0.values(over: table) }) ?? [] else { return .nan }
    let rows = table == training ? rows : SampleColumns(table.columns, weights: own)
    return SampleMachine(program, rows: rows, constants: constants).value(at: parameters.span, batch: nil)
  }

  /// Equal if they are made of the same.
  public static func == (a: SamplesProblem, b: SamplesProblem) -> Bool {
    a.settings == b.settings && a.constants == b.constants
  }

  /// Hashes what `==` compares, but for the rows.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(settings.model)
    hasher.combine(constants)
  }
}
