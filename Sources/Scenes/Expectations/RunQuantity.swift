import Experiments
import Landscapes
import OptimizerCore

/// Something that an expectation can ask of a run: `sgd.loss(40)`.
///
/// Steps count from 0, the start. A step that is left out is the last of the run; one that the run did not reach, because
/// it ended before, gives `never`.
struct RunQuantity: Sendable {
  /// A value that it takes.
  struct Parameter: Sendable {
    let name: String
    var kind = ExpectationValue.Kind.number
    var isOptional = false
    /// Whether it is a step, which must lie within the scene's budget.
    var isStep = false

    static let step = Parameter(name: "step", isOptional: true, isStep: true)
    static let from = Parameter(name: "from", isOptional: true, isStep: true)
    static let to = Parameter(name: "to", isOptional: true, isStep: true)
    static let index = Parameter(name: "i")
  }

  let name: String
  let parameters: [Parameter]
  let kind: ExpectationValue.Kind
  /// In a few words.
  let meaning: String
  let value: @Sendable (RunRecord, Arguments) throws(RunRecord.Fault) -> ExpectationValue

  init(
    _ name: String, _ parameters: [Parameter], _ kind: ExpectationValue.Kind, _ meaning: String,
    value: @escaping @Sendable (RunRecord, Arguments) throws(RunRecord.Fault) -> ExpectationValue
  ) {
    self.name = name
    self.parameters = parameters
    self.kind = kind
    self.meaning = meaning
    self.value = value
  }

  /// The values given.
  struct Arguments: Sendable {
    let values: [ExpectationValue]

    func number(_ place: Int) -> Double? { values.indices.contains(place) ? values[place].number : nil }
    func text(_ place: Int) -> String? {
      guard values.indices.contains(place), case .text(let text) = values[place] else { return nil }
      return text
    }
  }

  /// The rows that a step, or a range of steps, names.
  private static func row(
    _ name: String, _ meaning: String, at place: Int = 0, _ parameters: [Parameter] = [.step],
    value: @escaping @Sendable (RunRecord, Int, Arguments) throws(RunRecord.Fault) -> Double?
  ) -> RunQuantity {
    RunQuantity(name, parameters, .number, meaning) { run, arguments throws(RunRecord.Fault) in
      guard let row = try run.row(arguments, place), let number = try value(run, row, arguments) else {
        return .never
      }
      return .number(number)
    }
  }

  private static func rows(
    _ name: String, _ meaning: String,
    value: @escaping @Sendable (RunRecord, ClosedRange<Int>) throws(RunRecord.Fault) -> Double?
  ) -> RunQuantity {
    RunQuantity(name, [.from, .to], .number, meaning) { run, arguments throws(RunRecord.Fault) in
      let last = run.history.count - 1
      guard let first = arguments.values.isEmpty ? 0 : try run.row(arguments, 0),
        let end = arguments.values.count < 2 ? last : try run.row(arguments, 1), first <= end,
        let number = try value(run, first...end)
      else { return .never }
      return .number(number)
    }
  }

  private static func outcome(
    _ name: String, _ meaning: String, _ holds: @escaping @Sendable (RunRecord) -> Bool
  ) -> RunQuantity {
    RunQuantity(name, [], .truth, meaning) { run, _ throws(RunRecord.Fault) in .truth(holds(run)) }
  }

  /// All of them.
  static let all: [RunQuantity] = [
    // MARK: Rows
    row("loss", "the true loss") { run, row, _ in run.history.losses[row] },
    row("excess", "the loss above that of the lowest known minimum") { run, row, _ throws(RunRecord.Fault) in
      run.history.losses[row] - (try run.lowestLoss())
    },
    row("gradient_norm", "the length of the true gradient") { run, row, _ in run.history.gradientNorms[row] },
    row("gradient_x", "the true gradient in x") { run, row, _ in run.gradient(row)[0] },
    row("gradient_y", "the true gradient in y") { run, row, _ in run.gradient(row)[1] },
    row("x", "the first coordinate of the picture") { run, row, _ in run.point(row).x },
    row("y", "the second coordinate of the picture") { run, row, _ in run.point(row).y },
    row("parameter", "the parameter of a number, from 1", at: 1, [.index, .step]) {
      run, row, arguments throws(RunRecord.Fault) in
      let parameters = run.history.parameters(at: row)
      return parameters[parameters.startIndex + (try run.index(arguments, of: parameters.count))]
    },
    row("lr", "the learning rate with which it came there") { run, row, _ in run.history[row].learningRate },
    row("evaluations", "what it has cost, in gradient evaluations") { run, row, _ in
      Double(run.history.evaluations(at: row))
    },
    row("values", "how many losses alone it has asked for, which cost no gradient") { run, row, _ in
      Double(run.history[row].values)
    },
    row("epoch", "how often it has gone through all samples") { run, row, _ throws(RunRecord.Fault) in
      Double(run.history.samples(at: row)) / Double(try run.data(row).training.count)
    },
    row("train_loss", "the loss over the training rows, without a penalty") {
      run, row, _ throws(RunRecord.Fault) in try run.report(row).trainLoss
    },
    row("test_loss", "the loss over the rows set aside") { run, row, _ throws(RunRecord.Fault) in
      guard let loss = try run.report(row).testLoss else { throw RunRecord.noTest }
      return loss
    },
    row("expected_loss", "the loss over 8192 rows that no step sees") {
      run, row, _ throws(RunRecord.Fault) in try run.expectedLoss(row)
    },
    row("noise_covariance", "the trace of the covariance of a batch's gradient, by the law of the batches") {
      run, row, _ throws(RunRecord.Fault) in try run.scatter(row).predictedTrace
    },
    row("noise_measured", "the same measured over the first batches of the run's seed") {
      run, row, _ throws(RunRecord.Fault) in try run.scatter(row).measuredTrace
    },
    row(
      "train_accuracy", "the share of training rows whose class is told, the likeliest or the first of equals"
    ) {
      run, row, _ throws(RunRecord.Fault) in
      guard let share = try run.report(row).trainAccuracy else { throw RunRecord.noClasses }
      return share
    },
    row("test_accuracy", "the share of the rows set aside whose class is told") {
      run, row, _ throws(RunRecord.Fault) in
      guard let share = try run.report(row).testAccuracy else { throw RunRecord.noTest }
      return share
    },
    row(
      "fisher_error", "of a layer from 1, how far its Fisher matrix is from a product of two", at: 1,
      [.index, .step]
    ) {
      run, row, arguments throws(RunRecord.Fault) in
      let network = try run.network(row)
      let layer = try run.index(arguments, of: network.network.layers.count)
      return network.fisherError(layer: layer, at: Array(run.history.parameters(at: row)))
    },
    row("layer_rms", "of a layer from 1, the size of its activations", at: 1, [.index, .step]) {
      run, row, arguments throws(RunRecord.Fault) in
      let sizes = try run.network(row).layerSizes(at: Array(run.history.parameters(at: row)))
      return sizes.activations[try run.index(arguments, of: sizes.activations.count)]
    },
    row("to_minimum", "the distance to the nearest known minimum") { run, row, _ throws(RunRecord.Fault) in
      try run.wayToMinimum(row).euclideanNorm
    },
    row("angle", "between straight down and the way to the nearest known minimum, in degrees") {
      run, row, _ throws(RunRecord.Fault) in
      Vectors.angle(run.gradient(row).map { -$0 }, try run.wayToMinimum(row))
    },
    row("step_length", "the length of the step that led there") { run, row, _ in
      run.displacement(row).map(\.euclideanNorm)
    },
    row("gradient_dot_step", "the gradient before the step that led there, times that step") {
      run, row, _ in
      guard let step = run.displacement(row) else { return nil }
      return zip(run.gradient(row - 1), step).reduce(0) { $0 + $1.0 * $1.1 }
    },
    row(
      "robust_loss", "the highest loss within a distance rho, as far as 360 directions and 32 lengths tell",
      at: 1,
      [Parameter(name: "rho"), .step]
    ) {
      run, row, arguments throws(RunRecord.Fault) in try run.robustLoss(row, within: arguments.number(0))
    },
    row(
      "regret", "what the points before each step up to there have lost more than the fixed point (x, y)",
      at: 2,
      [Parameter(name: "x"), Parameter(name: "y"), .step]
    ) {
      run, row, arguments in run.regret(row, against: arguments.number(0), arguments.number(1))
    },
    row("curvature_min", "the smallest eigenvalue of the Hessian") { run, row, _ in
      run.curvatures(row).smaller
    },
    row("curvature_max", "the largest eigenvalue of the Hessian") { run, row, _ in run.curvatures(row).larger
    },
    row(
      "negative_curvatures", "of the Hessian over the first n parameters, how many eigenvalues are below 0",
      at: 1, [Parameter(name: "n"), .step]
    ) {
      run, row, arguments throws(RunRecord.Fault) in try run.negativeCurvatures(row, arguments)
    },
    row("singular", "a singular value of the parameters as a matrix, from 1", at: 1, [.index, .step]) {
      run, row, arguments throws(RunRecord.Fault) in
      try run.singular(Array(run.history.parameters(at: row)), arguments)
    },
    row("gradient_singular", "a singular value of the gradient as a matrix, from 1", at: 1, [.index, .step]) {
      run, row, arguments throws(RunRecord.Fault) in try run.singular(run.gradient(row), arguments)
    },
    row("step_singular", "a singular value of the step as a matrix, from 1", at: 1, [.index, .step]) {
      run, row, arguments throws(RunRecord.Fault) in
      guard let step = run.displacement(row) else { return nil }
      return try run.singular(step, arguments)
    },
    row(
      "state", "a number, from 1, of the state that goes by a symbol", at: 2,
      [Parameter(name: "symbol", kind: .text), .index, .step]
    ) { run, row, arguments throws(RunRecord.Fault) in try run.state(row, arguments) },

    row(
      "used", "the value of a knob that the step which led there used, which a schedule may move", at: 1,
      [Parameter(name: "key", kind: .text), .step]
    ) { run, row, arguments throws(RunRecord.Fault) in try run.used(row, arguments) },

    // MARK: Ranges of steps
    rows("max_step", "the longest way of one parameter in one step") { run, rows in
      rows.dropFirst().compactMap { run.displacement($0)?.map(abs).max() }.max()
    },
    rows("path_length", "the length of the path") { run, rows in
      rows.dropFirst().compactMap { run.displacement($0).map(\.euclideanNorm) }.reduce(0, +)
    },
    rows("turns_x", "how often the step in x changes its sign") { run, rows in
      run.turns(rows) { $0.x }
    },
    rows("turns_y", "how often the step in y changes its sign") { run, rows in
      run.turns(rows) { $0.y }
    },
    rows("contraction", "the factor of a step, on average, of the distance to the nearest known minimum") {
      run, rows throws(RunRecord.Fault) in
      guard rows.count > 1 else { return nil }
      let before = try run.wayToMinimum(rows.lowerBound).euclideanNorm
      let after = try run.wayToMinimum(rows.upperBound).euclideanNorm
      return Elementary.pow(
        after / before, 1 / Double(run.history.steps[rows.upperBound] - run.history.steps[rows.lowerBound]))
    },

    rows(
      "tail_index",
      "the tail index of the lengths of the steps, after Hill, from the longest twentieth of them"
    ) {
      run, rows in
      TailIndex.hill(rows.dropFirst().compactMap { run.displacement($0).map(\.euclideanNorm) })
    },

    // MARK: The whole run
    RunQuantity("steps", "how many steps it took") { run, _ throws(RunRecord.Fault) in
      .number(Double(run.history.lastStep))
    },
    RunQuantity("stored", "how many numbers its rule keeps from step to step beside the parameters") {
      run, _ throws(RunRecord.Fault) in .number(Double(try run.stored()))
    },
    RunQuantity("steps_to", [Parameter(name: "loss")], "the first step with a loss no greater") {
      run, arguments throws(RunRecord.Fault) in
      run.firstRow(atMost: arguments.number(0)).map { .number(Double(run.history.steps[$0])) } ?? .never
    },
    RunQuantity("evaluations_to", [Parameter(name: "loss")], "what it cost to get there") {
      run, arguments throws(RunRecord.Fault) in
      run.firstRow(atMost: arguments.number(0)).map { .number(Double(run.history.evaluations(at: $0))) }
        ?? .never
    },
    RunQuantity("diverged_at", "the step from which it counts as diverged") {
      run, _ throws(RunRecord.Fault) in
      run.run.divergedAt.map { .number(Double($0)) } ?? .never
    },
    RunQuantity("period", "the period with which it comes back to the same points") {
      run, _ throws(RunRecord.Fault) in
      if case .oscillating(let period) = run.outcome { .number(Double(period)) } else { .never }
    },
    RunQuantity("minimum", [], .text, "the known minimum that it ended at, as \"(3, 2)\", or \"none\"") {
      run, _ throws(RunRecord.Fault) in .text(run.minimum)
    },
    RunQuantity("outcome", [.step], .text, "what it is doing: \"converged\", \"saddle\", \"oscillating\" …") {
      run, arguments throws(RunRecord.Fault) in
      guard let row = try run.row(arguments, 0) else { return .never }
      return .text(run.outcome(at: run.history.steps[row]).name)
    },
    RunQuantity("limit", "where the theory says that the stable learning rates end") {
      run, _ throws(RunRecord.Fault) in run.theory { $0.limit(of: "lr") }
    },
    RunQuantity(
      "optimum", [Parameter(name: "key", kind: .text)],
      "the value of a knob that the theory says is the fastest"
    ) { run, arguments throws(RunRecord.Fault) in
      run.theory { $0.optimum(of: arguments.text(0) ?? "") }
    },
    outcome("diverged", "whether it went too far away, or to values that are not finite") {
      $0.run.divergedAt != nil
    },
    outcome("growing", "whether it ended above the loss of its start") {
      ($0.history.losses.last ?? 0) > $0.history.losses[0]
    },
    outcome("converged", "whether it came to rest at a minimum") {
      if case .converged = $0.outcome { true } else { false }
    },
    outcome("saddle", "whether it came to rest at a saddle") {
      if case .saddle = $0.outcome { true } else { false }
    },
    outcome("maximum", "whether it came to rest at a maximum") {
      if case .maximum = $0.outcome { true } else { false }
    },
    outcome("plateau", "whether gradient and curvature have vanished") {
      if case .plateau = $0.outcome { true } else { false }
    },
    outcome("oscillating", "whether it comes back to the same points again and again") {
      if case .oscillating = $0.outcome { true } else { false }
    },
    outcome("crossing", "whether each step nearly undoes the one before") {
      if case .crossing = $0.outcome { true } else { false }
    },
    outcome("interpolates", "whether a network tells every training row with a small loss") {
      if case .interpolates = $0.outcome { true } else { false }
    },
    outcome("edge_of_stability", "whether a network's largest curvature hovers at the limit of the rate") {
      if case .edgeOfStability = $0.outcome { true } else { false }
    },
    outcome("left_view", "whether it ended outside the window") { !$0.window.contains($0.run.point) },
  ]

  private init(
    _ name: String, _ meaning: String,
    value: @escaping @Sendable (RunRecord, Arguments) throws(RunRecord.Fault) -> ExpectationValue
  ) { self.init(name, [], .number, meaning, value: value) }

  private init(
    _ name: String, _ parameters: [Parameter], _ meaning: String,
    value: @escaping @Sendable (RunRecord, Arguments) throws(RunRecord.Fault) -> ExpectationValue
  ) { self.init(name, parameters, .number, meaning, value: value) }
}
