import CNetworks

/// Evaluates a network on a sample, in memory of its own; it belongs to one thread at a time.
///
/// A call allocates nothing, the first for a matrix or for a batch larger than the sample aside. Parameters, gradients and
/// directions are p numbers in the order of the network's `layout`; matrices are row-major. A batch's loss is the mean
/// over its members.
package final class NetworkMachine {
  /// The network.
  package let network: Network
  /// What it is compared with.
  package let samples: NetworkSamples
  let parameterCount: Int
  let kernels: UnsafePointer<cnetworks_kernels>
  let shape: UnsafeMutablePointer<cnetworks_network>
  /// For values, gradients and products.
  private(set) var scratch: UnsafeMutableRawPointer
  /// The largest batch that the scratch is enough for.
  private var capacity: Int
  /// Helpers of its own, or those of the whole program where the network is large enough for them.
  private let team: OpaquePointer?
  private let ownsTeam: Bool
  private let layers: UnsafeMutablePointer<cnetworks_layer>
  private var scratchForMatrices: UnsafeMutableRawPointer?

  /// A network and a sample that fits it; the widest instructions that the processor has, or those asked for.
  ///
  /// The values and gradients of large networks take helpers: as many as there are other processors, or so many that there
  /// are `threads`. The bits are the same.
  package init(
    _ network: Network, samples: NetworkSamples, threads: Int? = nil,
    instructions: InstructionSet = InstructionSet.available[0]
  ) {
    precondition(samples.fits(network), "the sample has the network's inputs, and answers of its loss")
    guard let kernels = instructions.kernels else {
      preconditionFailure("this processor has no \(instructions)")
    }
    (self.network, self.samples, self.kernels) = (network, samples, kernels)
    parameterCount = network.parameterCount
    layers = .allocate(capacity: network.layers.count)
    for (index, layer) in network.layers.enumerated() {
      (layers + index).initialize(
        to: cnetworks_layer(width: layer.width, activation: layer.activation.code, bias: layer.bias ? 1 : 0))
    }
    shape = .allocate(capacity: 1)
    shape.initialize(
      to: cnetworks_network(
        inputs: network.inputs, layers: network.layers.count, layer: layers, loss: network.loss.code))
    capacity = samples.count
    scratch = Self.scratch(for: shape, count: capacity)
    ownsTeam = threads != nil
    if let threads {
      team = cnetworks_team_create(threads - 1)
    } else {
      team = cnetworks_has_parts(shape, capacity) != 0 ? cnetworks_team_shared() : nil
    }
  }

  deinit {
    if ownsTeam { cnetworks_team_destroy(team) }
    scratch.deallocate()
    scratchForMatrices?.deallocate()
    shape.deallocate()
    layers.deallocate()
  }

  private static func scratch(for shape: UnsafePointer<cnetworks_network>, count: Int)
    -> UnsafeMutableRawPointer
  {
    let bytes = max(
      cnetworks_mean_scratch(shape, count), cnetworks_scratch(shape, Int32(CNETWORKS_PRODUCT)))
    return .allocate(byteCount: bytes, alignment: 64)
  }

  private func mean(
    of members: UnsafePointer<cnetworks_samples>, at point: UnsafePointer<Double>,
    gradient: UnsafeMutablePointer<Double>?
  ) -> Double {
    if members.pointee.count > capacity {
      capacity = members.pointee.count
      scratch.deallocate()
      scratch = Self.scratch(for: shape, count: capacity)
    }
    return cnetworks_mean(kernels, team, shape, members, point, gradient, scratch)
  }

  /// Memory for matrices: much more than the rest where layers are wide, so it is made when it is first wanted.
  var matrixScratch: UnsafeMutableRawPointer {
    if let scratchForMatrices { return scratchForMatrices }
    let bytes = cnetworks_scratch(shape, Int32(CNETWORKS_MATRIX))
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    scratchForMatrices = memory
    return memory
  }

  /// The mean loss.
  package func value(at parameters: borrowing Span<Double>, batch: SampleBatch = .all) -> Double {
    let point = start(of: parameters, count: parameterCount)
    return withMembers(of: batch) { mean(of: $0, at: point, gradient: nil) }
  }

  /// The mean loss, and its gradient.
  @discardableResult
  package func gradient(
    at parameters: borrowing Span<Double>, batch: SampleBatch = .all, into gradient: inout MutableSpan<Double>
  ) -> Double {
    let point = start(of: parameters, count: parameterCount)
    let target = start(of: &gradient, count: parameterCount)
    return withMembers(of: batch) { mean(of: $0, at: point, gradient: target) }
  }

  /// The root mean squares, over units and members without their weights: for each layer of its activations, and of the
  /// derivatives of a sample's loss by what enters it.
  package func layerSizes(
    at parameters: borrowing Span<Double>, batch: SampleBatch = .all, activations: inout MutableSpan<Double>,
    deltas: inout MutableSpan<Double>
  ) {
    let point = start(of: parameters, count: parameterCount)
    let forward = start(of: &activations, count: network.layers.count)
    let backward = start(of: &deltas, count: network.layers.count)
    withMembers(of: batch) { kernels.pointee.sizes(shape, $0, point, forward, backward, scratch) }
    for layer in network.layers.indices {
      forward[layer].formSquareRoot()
      backward[layer].formSquareRoot()
    }
  }

  /// The outputs for any inputs: feature j of row s stands at j·count + s, and so does output k.
  ///
  /// `probabilities` asks for their softmax instead.
  package func outputs(
    at parameters: borrowing Span<Double>, features: borrowing Span<Double>, count: Int,
    probabilities: Bool = false, into outputs: inout MutableSpan<Double>
  ) {
    // No numbers have no address.
    guard count > 0 else { return }
    var rows = cnetworks_samples()
    (rows.total, rows.count) = (count, count)
    rows.features = start(of: features, count: network.inputs * count)
    let target = start(of: &outputs, count: network.outputs * count)
    let point = start(of: parameters, count: parameterCount)
    kernels.pointee.outputs(shape, &rows, point, probabilities ? 1 : 0, target, scratch)
  }

  /// The outputs for the sample.
  package func outputs(
    at parameters: borrowing Span<Double>, probabilities: Bool = false,
    into outputs: inout MutableSpan<Double>
  ) {
    let target = start(of: &outputs, count: network.outputs * samples.count)
    let point = start(of: parameters, count: parameterCount)
    withMembers(of: .all) {
      kernels.pointee.outputs(shape, $0, point, probabilities ? 1 : 0, target, scratch)
    }
  }
}
