import AllocationCounter
import CBaseline
import Landscapes
import OptimizerCore

/// A network on the points of peaks, with one optimizer; a step is that of the shared core, without a record of it.
final class NetworkTrial {
  /// The network's loss.
  let landscape: Landscape
  private let spec: OptimizerSpec
  private let noise: Noise
  private let oracle: ObjectiveOracle<Double>
  private let start: [Double]
  private var optimizer: any Optimizer<Double>
  private var step = 0
  /// Where it stands.
  private(set) var x: [Double]

  /// A network of one hidden layer of some width on 1000 points.
  init(width: Int, _ optimizer: String, noise: String = "none") {
    guard let landscape = try? LandscapeText.landscape("network(data=peaks, rows=1000, hidden=\(width))"),
      let spec = try? OptimizerSpec(optimizer), let noise = try? Noise(noise)
    else { preconditionFailure("'\(optimizer)' with '\(noise)' is a race on peaks") }
    (self.landscape, self.spec, self.noise) = (landscape, spec, noise)
    start = landscape.lift(landscape.start)
    oracle = landscape.makeOracle()
    oracle.derived(NoisyOracle<Double>.self).configure(noise, seeds: [0])
    self.optimizer = spec.makeScalar()
    x = start
    reset()
  }

  /// Goes back to the start with a clear state.
  func reset() {
    optimizer = spec.makeScalar()
    optimizer.prepare(for: oracle.layout)
    for k in x.indices { x[k] = start[k] }
    step = 0
  }

  /// So many steps.
  func run(_ count: Int) {
    let asked: Oracle<Double> = noise.isNone ? oracle : oracle.derived(NoisyOracle<Double>.self)
    var span = x.mutableSpan
    for _ in 0..<count {
      step += 1
      asked.beginStep(step)
      optimizer.step(&span, oracle: asked)
    }
  }

  /// Allocations a step, but for the first, which is the first after a snapshot.
  var allocations: Double {
    reset()
    run(1)
    allocation_counter_start()
    run(20)
    return Double(allocation_counter_stop()) / 20
  }

  // MARK: In C

  /// The same network for the baseline.
  private lazy var baseline: (features: [Double], labels: [Int32], inputs: Int) = {
    guard let data = landscape.data, let target = data.roles.target.flatMap(data.training.column) else {
      preconditionFailure("a network tells a column")
    }
    let columns = data.roles.inputs.compactMap(data.training.column)
    return (
      (0..<data.training.count).flatMap { row in columns.map { $0[row] } }, target.map { Int32($0) },
      columns.count
    )
  }()

  /// Lends the network of the baseline and the start of a run, which becomes its end.
  func inC(_ body: (UnsafePointer<baseline_network>, UnsafeMutablePointer<Double>) -> Void) -> [Double] {
    var point = start
    let (features, labels, inputs) = baseline
    let blocks = landscape.layout.blocks
    features.withUnsafeBufferPointer { features in
      labels.withUnsafeBufferPointer { labels in
        var network = baseline_network(
          inputs: Int32(inputs), units: Int32(blocks[0].rows), classes: Int32(blocks[2].rows),
          samples: Int32(labels.count), features: features.baseAddress, labels: labels.baseAddress)
        point.withUnsafeMutableBufferPointer { body(&network, $0.baseAddress!) }
      }
    }
    return point
  }

  /// Whether the baseline comes to where so many steps lead, but for rounding.
  func agrees(after steps: Int, with end: [Double]) -> Bool {
    reset()
    run(steps)
    let size = end.reduce(0) { max($0, $1.magnitude) }
    return zip(x, end).allSatisfy { ($0 - $1).magnitude <= 1e-9 * size }
  }
}
