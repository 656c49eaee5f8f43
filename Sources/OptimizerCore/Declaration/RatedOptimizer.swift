/// An optimizer with a learning rate of its own.
public protocol RatedOptimizer<Scalar>: Optimizer {
  /// The learning rate η, key `lr`.
  var rate: Scalar { get set }
}

extension RatedOptimizer {
  /// The learning rate, which a rated optimizer always has.
  @inlinable public var learningRate: Scalar? {
    get { rate }
    set { if let newValue { rate = newValue } }
  }

  /// Sets the learning rate.
  @inlinable public mutating func use(learningRate: Scalar) { rate = learningRate }
}
