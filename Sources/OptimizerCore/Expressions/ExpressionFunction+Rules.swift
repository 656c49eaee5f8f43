/// The functions that only rules have: they look at all parameters at once, or ask the loss.
extension ExpressionFunction {
  static let ofRules: [ExpressionFunction] = [
    .init("sum", 1...1, "the sum over the parameters") { $0.make(.sum, $1[0]) },
    .init("mean", 1...1, "the mean over the parameters") { $0.make(.mean, $1[0]) },
    .init("norm", 1...1, "the length, √Σaᵢ²") { $0.make(.norm, $1[0]) },
    .init("dot", 2...2, "the inner product, Σaᵢbᵢ") { $0.make(.sum, $0.make(.multiply, $1[0], $1[1])) },
    .init("largest", 1...1, "the largest of all parameters'") { $0.make(.largest, $1[0]) },
    .init("grad", 1...1, "the gradient at a point; costs a gradient") { $0.make(.gradient, $1[0]) },
    .init("loss", 1...1, "the loss at a point; costs a value") { $0.make(.loss, $1[0]) },
    .init(
      "hess", 1...1, "the Hessian where the step began times a vector; costs as many gradients as parameters"
    ) { $0.make(.hessianProduct, $1[0]) },
    // Of no argument; it stands on the point, which is the first input.
    .init("randn", 0...0, "a standard normal number for each parameter, one draw a step") { graph, _ in
      graph.make(.random, 0)
    },
    .init("msign", 1...1, "block by block UVᵀ of a matrix UΣVᵀ; of a vector v/‖v‖") {
      $0.make(.matrixSign, $1[0])
    },
    .init(
      "inverse_root", 2...2,
      "block by block UΣ^(-1/k)Vᵀ of a matrix UΣVᵀ: the inverse k-th root of a symmetric one"
    ) { $0.make(.inverseRoot, $1[0], $1[1]) },
  ]
}
