/// Texts compiled into one graph: n named inputs, k named results.
package struct ExpressionProgram: Sendable {
  /// What the texts may name.
  package let vocabulary: ExpressionVocabulary
  /// The names of the results, in their order.
  package let resultNames: [String]
  private var graph: ExpressionGraph
  private let roots: [ExpressionGraph.Index]

  /// One text, one result.
  ///
  /// - Throws: `ExpressionError` with the column of the first fault.
  package init(_ text: String, _ vocabulary: ExpressionVocabulary) throws(ExpressionError) {
    try self.init(tokens: try ExpressionLexer.tokens(of: text), vocabulary)
  }

  /// A text that has been taken apart already.
  package init(
    tokens: [ExpressionToken], _ vocabulary: ExpressionVocabulary
  ) throws(ExpressionError) {
    self.vocabulary = vocabulary
    resultNames = [""]
    graph = ExpressionGraph(vocabulary.inputs)
    roots = [
      try ExpressionParser.parse(tokens, vocabulary, scope: Self.inputs(of: vocabulary), into: &graph)
    ]
  }

  /// Assignments, one after the other: `m = beta*m + (1 - beta)*g`, then `x = x - lr*m`. A name on the left stands for the
  /// new value in the lines below it; what a line reads of a name that is assigned below is the input still.
  ///
  /// - Throws: the first fault, with its line from 0 and its column in that line's text.
  package init(
    assignments: [(name: String, text: String)], _ vocabulary: ExpressionVocabulary
  ) throws(AssignmentError) {
    self.vocabulary = vocabulary
    resultNames = assignments.map(\.name)
    graph = ExpressionGraph(vocabulary.inputs)
    var scope = Self.inputs(of: vocabulary)
    var roots: [ExpressionGraph.Index] = []
    for (line, assignment) in assignments.enumerated() {
      do throws(ExpressionError) {
        try Self.check(assignment.name, in: vocabulary)
        let tokens = try ExpressionLexer.tokens(of: assignment.text)
        let root = try ExpressionParser.parse(tokens, vocabulary, scope: scope, into: &graph)
        roots.append(root)
        scope[assignment.name] = root
      } catch {
        throw AssignmentError(line: line, error: error)
      }
    }
    self.roots = roots
  }

  /// Why assignments are none: the line from 0, and what is wrong in it.
  package struct AssignmentError: Error, Hashable {
    package let line: Int
    package let error: ExpressionError
  }

  private static func check(
    _ name: String, in vocabulary: ExpressionVocabulary
  ) throws(ExpressionError) {
    let shown = ExpressionLexer.shown(name)
    guard ExpressionLexer.isName(name) else {
      throw ExpressionError(message: "a result needs a name such as m, got '\(shown)'", column: 1)
    }
    let role = vocabulary.index(of: name).map { vocabulary.inputs[$0].role }
    if ExpressionVocabulary.languageNames.contains(name) || role == .step {
      throw ExpressionError(
        message: "a result cannot be called '\(shown)', which has a meaning already", column: 1)
    }
    if role == .constant {
      throw ExpressionError(message: "a result cannot be called '\(shown)', which is a constant", column: 1)
    }
  }

  private static func inputs(of vocabulary: ExpressionVocabulary) -> [String: ExpressionGraph.Index] {
    var scope: [String: ExpressionGraph.Index] = [:]
    for (place, input) in vocabulary.inputs.enumerated() {
      scope[input.name] = ExpressionGraph.Index(place)
    }
    return scope
  }

  // MARK: What it tells

  /// Whether a result depends on an input of a role.
  package func depends(on role: ExpressionInput.Role, result: Int = 0) -> Bool {
    graph.dependences[Int(roots[result])].contains(ExpressionGraph.Dependence(role))
  }

  /// The degree of a result as a polynomial in some inputs, judged by its structure; nil if it is none.
  package func polynomialDegree(in inputs: [Int], result: Int = 0) -> Int? {
    graph.polynomialDegrees(in: inputs.map { ExpressionGraph.Index($0) })[Int(roots[result])]
  }

  // MARK: Programs

  /// The program of all results.
  package var tape: Tape { graph.tape(for: roots) }

  /// The programs of a result with its derivatives along some inputs.
  package func derivatives(along inputs: [Int], result: Int = 0) -> Derivatives {
    let inputs = inputs.map { ExpressionGraph.Index($0) }
    var graph = graph
    let root = roots[result]
    let value = graph.tape(for: [root])
    let gradient = graph.gradient(of: root, along: inputs)
    let gradientTape = graph.tape(for: [root] + gradient)
    let hessian = graph.hessian(along: inputs, gradient: gradient)
    return Derivatives(value: value, gradient: gradientTape, hessian: graph.tape(for: hessian))
  }

  /// The program of a result and its slopes along some inputs, where no second derivatives are asked for.
  package func gradientTape(along inputs: [Int], result: Int = 0) -> Tape {
    var graph = graph
    let gradient = graph.gradient(of: roots[result], along: inputs.map { ExpressionGraph.Index($0) })
    return graph.tape(for: [roots[result]] + gradient)
  }

  /// The program of some of the results.
  package func tape(of results: [Int]) -> Tape { graph.tape(for: results.map { roots[$0] }) }

  /// The program of a result's Hessian along some inputs times a direction, whose numbers are inputs too.
  package func productTape(along inputs: [Int], directions: [Int], result: Int = 0) -> Tape {
    var graph = graph
    let along = inputs.map { ExpressionGraph.Index($0) }
    var slope: ExpressionGraph.Index?
    for (part, direction) in zip(graph.gradient(of: roots[result], along: along), directions) {
      let term = graph.make(.multiply, ExpressionGraph.Index(direction), part)
      slope = slope.map { graph.make(.add, $0, term) } ?? term
    }
    guard let slope else { return graph.tape(for: []) }
    let product = graph.gradient(of: slope, along: along)
    return graph.tape(for: product)
  }

  /// Programs for a value and its derivatives.
  package struct Derivatives: Sendable {
    /// The value.
    package let value: Tape
    /// The value, then its slopes along the inputs.
    package let gradient: Tape
    /// The upper triangle of the Hessian, row by row.
    package let hessian: Tape
  }
}
