import CNetworks

extension NetworkMachine {
  /// The Hessian of the mean loss times a direction, exactly.
  package func hessianProduct(
    at parameters: borrowing Span<Double>, direction: borrowing Span<Double>, batch: SampleBatch = .all,
    into product: inout MutableSpan<Double>
  ) {
    multiply(at: parameters, direction: direction, isGaussNewton: false, batch: batch, into: &product)
  }

  /// The Gauss-Newton matrix Jᵀ H J times a direction; H is the loss's Hessian by the outputs.
  package func gaussNewtonProduct(
    at parameters: borrowing Span<Double>, direction: borrowing Span<Double>, batch: SampleBatch = .all,
    into product: inout MutableSpan<Double>
  ) {
    multiply(at: parameters, direction: direction, isGaussNewton: true, batch: batch, into: &product)
  }

  private func multiply(
    at parameters: borrowing Span<Double>, direction: borrowing Span<Double>, isGaussNewton: Bool,
    batch: SampleBatch, into product: inout MutableSpan<Double>
  ) {
    let point = start(of: parameters, count: parameterCount)
    let along = start(of: direction, count: parameterCount)
    let target = start(of: &product, count: parameterCount)
    withMembers(of: batch) {
      kernels.pointee.product(shape, $0, point, along, isGaussNewton ? 1 : 0, target, scratch)
    }
  }

  /// The Hessian of the mean loss, a product for each parameter; symmetric to the bit.
  package func hessian(
    at parameters: borrowing Span<Double>, batch: SampleBatch = .all, into hessian: inout MutableSpan<Double>
  ) {
    let p = parameterCount
    let point = start(of: parameters, count: p)
    let target = start(of: &hessian, count: p * p)
    withMembers(of: batch) { members in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: p) { axis in
        axis.initialize(repeating: 0)
        for row in 0..<p {
          axis[row] = 1
          kernels.pointee.product(shape, members, point, axis.baseAddress!, 0, target + row * p, scratch)
          axis[row] = 0
        }
      }
    }
    for row in 0..<p {
      for column in 0..<row {
        let mean = 0.5 * (target[row * p + column] + target[column * p + row])
        target[row * p + column] = mean
        target[column * p + row] = mean
      }
    }
  }

  /// The Gauss-Newton matrix; of a classifier it is the Fisher matrix.
  package func gaussNewtonMatrix(
    at parameters: borrowing Span<Double>, batch: SampleBatch = .all, into matrix: inout MutableSpan<Double>
  ) {
    fill(&matrix, at: parameters, isEmpirical: false, batch: batch)
  }

  /// The mean of g gᵀ over the members, g the gradient of a sample's loss.
  package func empiricalFisher(
    at parameters: borrowing Span<Double>, batch: SampleBatch = .all, into matrix: inout MutableSpan<Double>
  ) {
    fill(&matrix, at: parameters, isEmpirical: true, batch: batch)
  }

  private func fill(
    _ matrix: inout MutableSpan<Double>, at parameters: borrowing Span<Double>, isEmpirical: Bool,
    batch: SampleBatch
  ) {
    let point = start(of: parameters, count: parameterCount)
    let target = start(of: &matrix, count: parameterCount * parameterCount)
    withMembers(of: batch) {
      kernels.pointee.matrix(shape, $0, point, isEmpirical ? 1 : 0, target, matrixScratch)
    }
  }

  /// The Kronecker factors of all layers, where `Network.kroneckerFactors` says.
  ///
  /// A is the mean of ā āᵀ, ā what enters a layer and 1 for the bias. S is the mean of δ δᵀ over the members and over the
  /// classes that the network itself expects; for the squared loss over normal targets of variance 1 about the outputs.
  package func kroneckerFactors(
    at parameters: borrowing Span<Double>, batch: SampleBatch = .all, into factors: inout MutableSpan<Double>
  ) {
    let point = start(of: parameters, count: parameterCount)
    let target = start(of: &factors, count: network.kroneckerCount)
    withMembers(of: batch) { kernels.pointee.factors(shape, $0, point, target, matrixScratch) }
  }
}
