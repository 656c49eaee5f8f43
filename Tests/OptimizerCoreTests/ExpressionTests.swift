import Testing

@testable import OptimizerCore

/// Expressions of any number of named inputs with any number of results.
@Suite struct ExpressionTests {
  private func inputs(_ names: String, _ role: ExpressionInput.Role) -> [ExpressionInput] {
    names.split(separator: " ").map { ExpressionInput(String($0), role) }
  }

  /// Adam's update for one coordinate as five assignments, beside the rule itself.
  @Test func assignmentsAreAnUpdateRule() throws {
    let vocabulary = ExpressionVocabulary(
      inputs("x g m v", .variable) + inputs("t", .step) + inputs("lr beta1 beta2 eps", .constant),
      invitation: "write what becomes of x")
    let program = try ExpressionProgram(
      assignments: [
        ("m", "beta1*m + (1 - beta1)*g"), ("v", "beta2*v + (1 - beta2)*g^2"),
        ("mhat", "m/(1 - beta1^t)"), ("vhat", "v/(1 - beta2^t)"), ("x", "x - lr*mhat/(sqrt(vhat) + eps)"),
      ], vocabulary)
    #expect(program.resultNames == ["m", "v", "mhat", "vhat", "x"])
    #expect(program.depends(on: .step, result: 4) && !program.depends(on: .step, result: 0))
    var adam = try OptimizerSpec("adam:lr=0.05").makeScalar()
    let oracle = Valley<Double>()
    adam.prepare(for: oracle.layout)
    var point = [-1.2, 1.0]
    var typed = [[-1.2, 0, 0], [1.0, 0, 0]]
    for t in 1...30 {
      var gradient = point
      _ = oracle.gradient(at: typed.map { $0[0] }, into: &gradient)
      for k in 0..<2 {
        let (x, m, v) = (typed[k][0], typed[k][1], typed[k][2])
        let results = program.tape.results([x, gradient[k], m, v, Double(t), 0.05, 0.9, 0.999, 1e-8])
        typed[k] = [results[4], results[0], results[1]]
      }
      oracle.beginStep(t)
      var span = point.mutableSpan
      adam.step(&span, oracle: oracle)
      for k in 0..<2 { #expect((typed[k][0] - point[k]).magnitude < 1e-12, "step \(t)") }
    }
  }

  /// A model over two columns of data with weights that are constant while the rows are gone through.
  @Test func slopesAreAlongTheInputsThatAreChosen() throws {
    let vocabulary = ExpressionVocabulary(
      inputs("a b", .variable) + inputs("w1 w2 w3", .constant), invitation: "write a model")
    let program = try ExpressionProgram("tanh(w1*a + w2*b^2) + w3", vocabulary)
    #expect(program.polynomialDegree(in: [4]) == 1 && program.polynomialDegree(in: [2]) == nil)
    let tape = program.gradientTape(along: [2, 3, 4])
    let derivatives = program.derivatives(along: [3, 0])
    let values = [0.7, -1.3, 0.4, 0.2, 5]
    let z = 0.4 * 0.7 + 0.2 * 1.69
    let (value, slope) = (Elementary.tanh(z), 1 - Elementary.tanh(z) * Elementary.tanh(z))
    let results = tape.results(values)
    for (found, exact) in zip(results, [value + 5, slope * 0.7, slope * 1.69, 1]) {
      #expect((found - exact).magnitude < 1e-15)
    }
    #expect((derivatives.value.results(values)[0] - value - 5).magnitude < 1e-15)
    // ∂²/∂w2², ∂²/∂w2∂a, ∂²/∂a².
    let second = -2 * value * slope
    for (found, exact) in zip(
      derivatives.hessian.results(values), [second * 1.69 * 1.69, second * 1.69 * 0.4, second * 0.16])
    {
      #expect((found - exact).magnitude < 1e-14)
    }
    // What weights alone decide is not computed again for every row.
    let constant = try ExpressionProgram("a*exp(w1 + w2)", vocabulary).tape
    #expect(constant.body.count == 1 && constant.preparation.count == 2)
  }

  /// Many parameters: the gradient agrees with what is known of ½Σ k(wₖ − k)², in one run and in eight.
  @Test func twoHundredParametersHaveGradients() throws {
    let names = (1...200).map { "w\($0)" }
    let vocabulary = ExpressionVocabulary(names.map { ExpressionInput($0, .variable) }, invitation: "write")
    let text = (1...200).map { "\($0)*(w\($0)-\($0))^2" }.joined(separator: "+")
    let program = try ExpressionProgram("0.5*(\(text))", vocabulary)
    let tape = program.gradientTape(along: Array(0..<200))
    let point = (1...200).map { Double($0 % 7) }
    let results = tape.results(point)
    for k in 1...200 { #expect(results[k] == Double(k) * (point[k - 1] - Double(k))) }
    #expect(program.polynomialDegree(in: Array(0..<200)) == 2)
  }

  @Test func threeParametersMakeAnOracle() throws {
    let vocabulary = ExpressionVocabulary(
      inputs("x y z", .variable) + inputs("t", .step) + inputs("c", .constant), invitation: "write")
    let program = try ExpressionProgram("x*y^2 + c*sin(z) + t*x", vocabulary)
    let layout = ParameterLayout.vector(3)
    let oracle = ExpressionOracle(
      program.derivatives(along: [0, 1, 2]), layout: layout, inputs: [0, 0, 0, 0, 2], stepInput: 3)
    let lanes = ExpressionLanesOracle(
      program.derivatives(along: [0, 1, 2]), layout: layout,
      inputs: [0, 0, 0, 0, 2].map { Lanes(repeating: $0) }, stepInput: 3)
    oracle.beginStep(5)
    lanes.beginStep(5)
    let point = [0.5, -1.5, 0.25]
    var gradient = point
    let value = oracle.gradient(at: point, into: &gradient)
    #expect(value == 0.5 * 2.25 + 2 * Elementary.sin(0.25) + 2.5)
    #expect(gradient == [2.25 + 5, -1.5, 2 * Elementary.cos(0.25)])
    var hessian = [Double](repeating: 0, count: 9)
    var span = hessian.mutableSpan
    oracle.evaluateHessian(at: point.span, into: &span)
    #expect(hessian == [0, -3, 0, -3, 1, 0, 0, 0, -2 * Elementary.sin(0.25)])
    let eight = point.map { Lanes(repeating: $0) }
    var slopes = eight
    let values = lanes.gradient(at: eight, into: &slopes)
    #expect(values == Lanes(repeating: value) && slopes.map { $0[3] } == gradient)
  }

  @Test func faultsOfAssignmentsSayWhere() throws {
    let vocabulary = ExpressionVocabulary(
      inputs("x g", .variable) + inputs("t", .step) + inputs("lr", .constant), invitation: "write an update")
    func fault(_ assignments: [(String, String)]) -> String {
      do throws(ExpressionProgram.AssignmentError) {
        _ = try ExpressionProgram(assignments: assignments.map { (name: $0.0, text: $0.1) }, vocabulary)
        return ""
      } catch {
        return "\(error.line): \(error.error)"
      }
    }
    #expect(fault([("x", "x - lr*g")]) == "")
    #expect(
      fault([("x", "x - lr*h")])
        == "0: unknown name 'h': a formula knows x, g, lr, t, pi, e and what follows 'where' (column 8)")
    #expect(
      fault([("u", "lr*g"), ("x", "x - v")])
        == "1: unknown name 'v': a formula knows x, g, lr, u, t, pi, e and what follows 'where' (column 5)")
    #expect(fault([("x", "")]) == "0: the formula is empty: write an update (column 1)")
    #expect(fault([("lr", "2*lr")]) == "0: a result cannot be called 'lr', which is a constant (column 1)")
    #expect(
      fault([("sin", "x")]) == "0: a result cannot be called 'sin', which has a meaning already (column 1)")
    #expect(fault([("t", "x")]) == "0: a result cannot be called 't', which has a meaning already (column 1)")
    #expect(fault([("2m", "x")]) == "0: a result needs a name such as m, got '2m' (column 1)")
    #expect(fault([("u", "g"), ("x", "u where u = 2")]).hasPrefix("1: a local name cannot be 'u'"))
  }
}
