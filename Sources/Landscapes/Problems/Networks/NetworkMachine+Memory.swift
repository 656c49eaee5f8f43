import CNetworks

extension Activation {
  /// The kernels' name for it.
  var code: Int32 {
    let code =
      switch self {
      case .relu: CNETWORKS_RELU
      case .tanh: CNETWORKS_TANH
      case .sigmoid: CNETWORKS_SIGMOID
      case .identity: CNETWORKS_IDENTITY
      }
    return Int32(code)
  }
}

extension Network.Loss {
  /// The kernels' name for it.
  var code: Int32 {
    Int32((self == .squared ? CNETWORKS_SQUARED : CNETWORKS_CROSS_ENTROPY))
  }
}

extension NetworkMachine {
  /// Where a span's numbers begin: they stay there as long as its owner lends it.
  func start(of span: borrowing Span<Double>, count: Int) -> UnsafePointer<Double> {
    precondition(span.count == count, "\(span.count) numbers where \(count) are wanted")
    return span.withUnsafeBufferPointer { $0.baseAddress! }
  }

  /// The same of numbers to be written.
  func start(of span: inout MutableSpan<Double>, count: Int) -> UnsafeMutablePointer<Double> {
    precondition(span.count == count, "\(span.count) numbers where \(count) are wanted")
    return span.withUnsafeMutableBufferPointer { $0.baseAddress! }
  }

  /// A batch as the kernels see it.
  func withMembers<Result>(
    of batch: borrowing SampleBatch, _ body: (UnsafePointer<cnetworks_samples>) -> Result
  ) -> Result {
    let isAll = batch.rows.isEmpty
    let count = isAll ? samples.count : batch.rows.count
    precondition(
      batch.weights.isEmpty || batch.weights.count == count, "a batch has a weight for each member, or none")
    return samples.features.withUnsafeBufferPointer { features in
      batch.rows.withUnsafeBufferPointer { rows in
        batch.weights.withUnsafeBufferPointer { weights in
          samples.weights.withUnsafeBufferPointer { own in
            var members = cnetworks_samples()
            members.total = samples.count
            members.count = count
            members.features = features.baseAddress
            for row in rows {
              precondition(0 <= row && row < samples.count, "row \(row) of a sample of \(samples.count)")
            }
            if !isAll { members.rows = rows.baseAddress }
            if !batch.weights.isEmpty { members.weights = weights.baseAddress }
            if !samples.weights.isEmpty { members.sample_weights = own.baseAddress }
            switch samples.answers {
            case .classes(let labels):
              return labels.withUnsafeBufferPointer {
                members.labels = $0.baseAddress
                return body(&members)
              }
            case .targets(let targets):
              return targets.withUnsafeBufferPointer {
                members.targets = $0.baseAddress
                return body(&members)
              }
            }
          }
        }
      }
    }
  }
}
