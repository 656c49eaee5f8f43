/// A model of rows of data with its loss, compiled: outputs computed from a row and the parameters, and a loss of outputs
/// and target.
///
/// The inputs are the parameters, the columns, the constants, and a direction for each parameter, in this order.
package struct SampleProgram: Sendable {
  /// What the loss calls an output of the model, counted from 0.
  package static func outputName(_ place: Int) -> String { "output__\(place + 1)" }

  /// The parts of a loss that its outputs are put into, as texts in `outputName`s and what the vocabulary names.
  package struct Loss: Sendable, Hashable {
    /// The loss of a row.
    package let value: String
    /// The upper triangle of its Hessian in the outputs, row by row; nil where it is not made of outputs.
    package let curvature: [String]?
    /// The upper triangle of the model's own expectation of the same; nil where the loss is no likelihood.
    package let fisher: [String]?

    /// A loss by its parts.
    package init(value: String, curvature: [String]? = nil, fisher: [String]? = nil) {
      self.value = value
      self.curvature = curvature
      self.fisher = fisher
    }
  }

  /// The names of the parameters.
  package let parameters: [String]
  /// The names of the columns.
  package let columns: [String]
  /// The names of the constants.
  package let constants: [String]
  /// How many outputs the model has.
  package let outputCount: Int
  /// Whether the loss is a polynomial of degree 2 or less in the parameters.
  package let isQuadratic: Bool
  let value: Tape
  let gradient: Tape
  let product: Tape
  /// The outputs alone.
  let outputs: Tape
  /// Each output and its slopes; empty where there is no curvature in the outputs.
  let jacobians: [Tape]
  let curvature: Tape?
  let fisher: Tape?

  /// Compiles a model: a text for each output, and the loss in these.
  ///
  /// - Throws: the first fault, with the number of the output from 0 and the column in its text; a fault in the loss
  ///   itself has the number `outputs.count`.
  package init(
    outputs texts: [String], loss: Loss, parameters: [String], columns: [String], constants: [String] = []
  ) throws(ExpressionProgram.AssignmentError) {
    self.parameters = parameters
    self.columns = columns
    self.constants = constants
    outputCount = texts.count
    // Names of directions have a sign that no text can write.
    let vocabulary = ExpressionVocabulary(
      parameters.map { ExpressionInput($0, .constant) } + columns.map { ExpressionInput($0, .variable) }
        + constants.map { ExpressionInput($0, .constant) }
        + parameters.map { ExpressionInput("→" + $0, .constant) },
      invitation: "write a model of the columns and parameters, such as a*x + b")
    let upper = (0..<texts.count).flatMap { i in (i..<texts.count).map { "curvature__\(i + 1)_\($0 + 1)" } }
    var assignments = texts.enumerated().map { (name: SampleProgram.outputName($0), text: $1) }
    assignments.append(("loss__", loss.value))
    for (name, text) in zip(upper, loss.curvature ?? []) { assignments.append((name, text)) }
    for (name, text) in zip(upper, loss.fisher ?? []) { assignments.append(("expected_" + name, text)) }
    let program = try ExpressionProgram(assignments: assignments, vocabulary)
    let along = Array(parameters.indices)
    let directions = parameters.indices.map { parameters.count + columns.count + constants.count + $0 }
    let lossPlace = texts.count
    isQuadratic = program.polynomialDegree(in: along, result: lossPlace).map { $0 <= 2 } ?? false
    value = program.tape(of: [lossPlace])
    gradient = program.gradientTape(along: along, result: lossPlace)
    product = program.productTape(along: along, directions: directions, result: lossPlace)
    outputs = program.tape(of: Array(texts.indices))
    let count = loss.curvature?.count ?? 0
    jacobians =
      loss.curvature == nil ? [] : texts.indices.map { program.gradientTape(along: along, result: $0) }
    curvature = loss.curvature.map { program.tape(of: $0.indices.map { lossPlace + 1 + $0 }) }
    fisher = loss.fisher.map { program.tape(of: $0.indices.map { lossPlace + 1 + count + $0 }) }
  }

  /// What oracles over it offer.
  package var offers: Capabilities {
    var offers: Capabilities = .hessian
    if curvature != nil { offers.insert(.gaussNewton) }
    if fisher != nil { offers.insert(.fisher) }
    return offers
  }
}
