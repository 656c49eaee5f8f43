package import OptimizerCore

/// The loss of a network over rows of data.
package struct NetworkProblem: DataProblem {
  /// What it is made of.
  public let settings: NetworkSettings
  /// The network.
  public let network: Network
  /// The rows that the loss is a mean of.
  public let training: DataTable
  /// The rows set aside.
  public let test: DataTable?
  /// What the columns are.
  public let roles: DataRoles
  /// Rows beyond those of the table.
  public let fresh: FreshRows
  /// The curvatures at the points that were asked about last.
  let curvatureMemory = CurvatureMemory()
  /// Where the weights begin.
  private let start: [Double]
  private let weights: SampleWeights?
  private let samples: NetworkSamples
  private let testSamples: NetworkSamples?
  /// Makes the same of other constants, where it is of a family that has some.
  private let family: NetworkFamily?

  /// A network's loss.
  ///
  /// - Throws: what is wrong with data or network.
  public init(_ settings: NetworkSettings) throws(LandscapeError) { try self.init(settings, family: nil) }

  init(_ settings: NetworkSettings, family: NetworkFamily?) throws(LandscapeError) {
    self.settings = settings
    self.family = family
    let table: DataTable
    do {
      table = try settings.source.table(rows: settings.rows, seed: settings.seed, constants: [:])
    } catch { throw LandscapeError(error.description) }
    fresh = FreshRows(settings.source, constants: [:], after: table.count, seed: settings.seed)
    roles = try Self.roles(settings, table)
    (training, test) = try DataSplit.split(table, testShare: settings.testShare, seed: settings.seed)
    let loss = settings.loss ?? (roles.classes == nil ? .squared : .crossEntropy)
    // The sizes are multiplied only when none of them can overflow.
    let widths = [roles.inputs.count] + settings.hidden + [roles.classes ?? 1]
    let bias = settings.bias ? 1 : 0
    let count = zip(widths, widths.dropFirst()).reduce(0.0) { $0 + Double($1.0 + bias) * Double($1.1) }
    guard count <= Double(NetworkSettings.maximumParameters) else {
      throw LandscapeError(
        "the network would have \(count.shortest) parameters; at most \(NetworkSettings.maximumParameters)")
    }
    network = Network(
      inputs: roles.inputs.count, hidden: settings.hidden, outputs: roles.classes ?? 1,
      activation: settings.activation, loss: loss, bias: settings.bias)
    start = network.initialParameters(
      settings.initialisation, gain: settings.gain, seed: settings.weightSeed)
    if let text = settings.sampleWeight {
      weights = try SampleWeights(text, of: table, parts: (training, test))
    } else {
      weights = nil
    }
    let (roles, weights) = (roles, weights)
    samples = Self.samples(training, roles, loss, weights?.values(over: training) ?? [])
    testSamples = test.map { Self.samples($0, roles, loss, weights?.values(over: $0) ?? []) }
  }

  private static func roles(
    _ settings: NetworkSettings, _ table: DataTable
  ) throws(LandscapeError) -> DataRoles {
    let others = table.names.filter { $0 != settings.sampleWeight }
    guard let last = others.last else {
      throw LandscapeError("besides '\(table.names[0])' there is no column to learn from")
    }
    let target = settings.target ?? (others.contains("class") ? "class" : last)
    guard let values = table.column(target) else {
      throw LandscapeError(
        "there is no column '\(Excerpt.of(target))', the data have \(table.names.joined(separator: ", "))")
    }
    let inputs = others.filter { $0 != target }
    guard !inputs.isEmpty else {
      throw LandscapeError("besides '\(target)' there is no column to learn from")
    }
    let isClass = settings.loss.map { $0 == .crossEntropy } ?? (target == "class")
    guard isClass else { return DataRoles(inputs: inputs, target: target, classes: nil) }
    if let row = values.firstIndex(where: { !($0 >= 0 && $0 < 100 && $0 == $0.rounded()) }) {
      throw LandscapeError(
        "\(target) must be a class, a whole number from 0 to 99, row \(row + 1) has "
          + "\(values[row].shortest); loss=squared takes any number")
    }
    let classes = Int(values.max() ?? 0) + 1
    guard Set(values).count >= 2 else {
      throw LandscapeError("every row has the class \(values[0].shortest): there is nothing to tell apart")
    }
    return DataRoles(inputs: inputs, target: target, classes: classes)
  }

  private static func samples(
    _ table: DataTable, _ roles: DataRoles, _ loss: Network.Loss, _ weights: [Double]
  ) -> NetworkSamples {
    let answers = roles.target.flatMap(table.column) ?? []
    let outputs = roles.classes ?? 1
    return NetworkSamples(
      count: table.count, features: roles.inputs.flatMap { table.column($0) ?? [] },
      answers: loss == .crossEntropy
        ? .classes(answers.map { Int32($0) })
        : .targets(
          roles.classes == nil
            ? answers : (0..<outputs).flatMap { k in answers.map { Int($0) == k ? 1.0 : 0 } }),
      weights: weights)
  }

  // MARK: What it is

  /// A block for the weights and one for the biases of every layer.
  public var layout: ParameterLayout { network.layout }
  /// All there is, but matrices of as many rows as parameters only up to 2,000 of these.
  public var offers: Capabilities {
    network.parameterCount <= Self.mostDense
      ? [.hessian, .gaussNewton, .fisher, .kroneckerFactors] : .kroneckerFactors
  }
  /// The most parameters of which full matrices are made.
  static let mostDense = 2000
  /// There are too many parameters.
  public var reasonForNoMatrix: String? {
    offers.contains(.hessian)
      ? nil
      : "and of more than \(Self.mostDense) parameters no full matrix is made: there are \(dimension); take fewer units, "
        + "or lbfgs or kfac"
  }
  /// Nothing simple.
  public var structure: ProblemStructure { ProblemStructure(isQuadratic: false, usesStep: false) }
  /// The shape of the network, and its weights.
  public var words: ProblemWords {
    ProblemWords(
      text: settings.text,
      display: [
        .text(
          "\(network.loss.rawValue) of \(shape) on \(training.count) × \(settings.source.text)"
            + (weights.map { ", each counting w ∝ \($0.text)" } ?? ""))
      ],
      parameters: ParameterNames(entriesOf: network.layout))
  }
  /// `2-32-5`, and whether it has biases.
  private var shape: String { network.shapeText + (settings.bias ? "" : " without biases") }
  /// The first weights.
  public var defaultStart: [Double]? { start }
  /// Weights of the seed, unless `weights` names one of its own.
  public func drawnStart(seed: UInt64) -> [Double]? {
    guard settings.weightSeed == 0, settings.initialisation != .zero else { return nil }
    return network.initialParameters(settings.initialisation, gain: settings.gain, seed: seed)
  }
  /// None is known.
  public var minimisers: [[Double]] { [] }
  /// None is known.
  public var saddles: [[Double]] { [] }
  /// Random directions with the lengths of the weights, and the usual ones but for the minimum.
  public var directions: [NamedDirection] {
    [.random(1, layout: network.layout), .random(2, layout: network.layout)]
      + NamedDirection.standard.dropFirst()
  }
  /// The sizes: what a lecturer counts.
  public var facts: [ProblemFact] {
    let (forward, backward) = (network.forwardMultiplications, network.backwardMultiplications)
    var facts = [
      ProblemFact("parameters", .text("\(network.parameterCount)")),
      ProblemFact("layers", .text(shape)),
      ProblemFact("data", .text("\(training.count) rows of \(settings.source.text)")),
    ]
    if let test { facts.append(ProblemFact("test rows", .text("\(test.count)"))) }
    if let weights { facts.append(weights.fact(over: training)) }
    facts.append(ProblemFact("multiplications forward", .text("\(forward) a row")))
    facts.append(ProblemFact("multiplications backward", .text("\(backward) a row")))
    return facts
  }

  /// What each training row counts in the mean; 1 on average.
  package var trainingWeights: [Double] {
    samples.weights.isEmpty ? [Double](repeating: 1, count: samples.count) : samples.weights
  }

  // MARK: Evaluation

  var machine: NetworkMachine { NetworkMachine(network, samples: samples) }

  /// An oracle for one run.
  public func makeOracle() -> ObjectiveOracle<Double> {
    let (network, roles, fresh, weights) = (network, roles, fresh, weights)
    return NetworkOracle(machine, offers: offers) { batch, count in
      guard let table = fresh.table(batch, count: count) else { return nil }
      // A class that the table had not has no output.
      if network.loss == .crossEntropy, let answers = roles.target.flatMap(table.column),
        answers.contains(where: { !(0..<Double(network.outputs)).contains($0) })
      {
        return nil
      }
      let made = weights.map { $0.values(over: table, isMadeForStep: true) } ?? []
      return made.map { NetworkMachine(network, samples: Self.samples(table, roles, network.loss, $0)) }
    }
  }
  /// None: the lanes are taken by the rows.
  public func makeLanesOracle() -> ObjectiveOracle<Lanes>? { nil }
  /// None.
  public func makeLanesOracle(constants: [Lanes]) -> ObjectiveOracle<Lanes>? { nil }

  /// The network of other constants.
  ///
  /// - Throws: that it would be too large.
  public func setting(_ constants: [Double]) throws(LandscapeError) -> NetworkProblem {
    try family?.problem(constants) ?? self
  }

  /// Exact, by Pearlmutter's operator (Pearlmutter 1994, doi:10.1162/neco.1994.6.1.147).
  public func hessianProduct(_ direction: [Double], at parameters: [Double], step: Int) -> [Double] {
    var product = [Double](repeating: 0, count: parameters.count)
    var span = product.mutableSpan
    machine.hessianProduct(at: parameters.span, direction: direction.span, into: &span)
    return product
  }

  /// Rates that were chosen on peaks, by the training loss of other first weights.
  public var usualRace: [String] {
    OptimizerRegistry.networkRace(tellsClasses: network.loss == .crossEntropy)
  }
  /// Not known.
  public var importance: [Double]? { nil }

  /// What the network says: probabilities of classes, or the output.
  public func predictions(at parameters: [Double], inputs: [[Double]]) -> [[Double]] {
    guard let count = inputs.first?.count, count > 0 else { return [] }
    let features = inputs.flatMap { $0 }
    var outputs = [Double](repeating: 0, count: count * network.outputs)
    var span = outputs.mutableSpan
    machine.outputs(
      at: parameters.span, features: features.span, count: count,
      probabilities: network.loss == .crossEntropy, into: &span)
    return (0..<network.outputs).map { Array(outputs[$0 * count..<($0 + 1) * count]) }
  }

  /// The mean loss over rows.
  public func loss(at parameters: [Double], over table: DataTable) -> Double {
    let known = table == training ? samples : table == test ? testSamples : nil
    if let known { return NetworkMachine(network, samples: known).value(at: parameters.span) }
    guard let own = weights.map({ $0.values(over: table) }) ?? [] else { return .nan }
    return NetworkMachine(network, samples: Self.samples(table, roles, network.loss, own))
      .value(at: parameters.span)
  }

  /// What the units of a layer, counted from 0, say for rows of inputs: a column a unit.
  public func activations(of layer: Int, at parameters: [Double], inputs: [[Double]]) -> [[Double]] {
    guard let count = inputs.first?.count, count > 0 else { return [] }
    // The first layers are a network of their own, whose parameters are the first ones.
    let part = Network(
      inputs: network.inputs, layers: Array(network.layers.prefix(layer + 1)), loss: .squared)
    let own = Array(parameters.prefix(part.parameterCount))
    let machine = NetworkMachine(
      part,
      samples: NetworkSamples(
        count: 1, features: [Double](repeating: 0, count: part.inputs),
        answers: .targets([Double](repeating: 0, count: part.outputs))))
    var outputs = [Double](repeating: 0, count: count * part.outputs)
    var span = outputs.mutableSpan
    let features = inputs.flatMap { $0 }
    machine.outputs(at: own.span, features: features.span, count: count, into: &span)
    return (0..<part.outputs).map { Array(outputs[$0 * count..<($0 + 1) * count]) }
  }

  /// Root mean squares layer by layer, of the activations and of the slopes of the loss in the layers' sums.
  public func layerSizes(at parameters: [Double]) -> (activations: [Double], slopes: [Double]) {
    var activations = [Double](repeating: 0, count: network.layers.count)
    var slopes = activations
    var forward = activations.mutableSpan
    var backward = slopes.mutableSpan
    machine.layerSizes(at: parameters.span, activations: &forward, deltas: &backward)
    return (activations, slopes)
  }

  /// Equal if they are made of the same.
  public static func == (a: NetworkProblem, b: NetworkProblem) -> Bool { a.settings == b.settings }

  /// Hashes what `==` compares, but for the rows.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(settings.hidden)
    hasher.combine(settings.weightSeed)
  }
}

extension Network {
  /// `2-32-5`.
  public var shapeText: String {
    ([inputs] + layers.map(\.width)).map(String.init).joined(separator: "-")
  }
}
