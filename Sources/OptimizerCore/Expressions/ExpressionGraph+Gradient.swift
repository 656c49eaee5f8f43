extension ExpressionGraph {
  /// The derivatives of a node along some inputs, by one reverse sweep that writes new nodes.
  mutating func gradient(of root: Index, along inputs: [Index]) -> [Index] {
    var sweep = ReverseSweep(self, from: root, along: inputs)
    let slopes = inputs.map { sweep.derivative(along: $0) }
    self = sweep.graph
    return slopes
  }

  /// The second derivatives of a node along some inputs: the upper triangle of the Hessian, row by row.
  mutating func hessian(along inputs: [Index], gradient: [Index]) -> [Index] {
    var entries: [Index] = []
    let rows = gradient.map { self.gradient(of: $0, along: inputs) }
    for (i, row) in rows.enumerated() { entries += row[i...] }
    return entries
  }
}
