public import OptimizerCore

/// A network of dense layers, and the loss of its outputs.
///
/// Its parameters are the layers' weights (a row a unit) and biases: W1, b1, W2, b2, …
public struct Network: Sendable, Hashable {
  /// Units that see all of the layer below.
  public struct Layer: Sendable, Hashable {
    /// How many units.
    public let width: Int
    /// What they make of what enters them.
    public let activation: Activation
    /// Whether each adds a number of its own.
    public let bias: Bool

    /// A layer of at least one unit.
    public init(width: Int, activation: Activation, bias: Bool = true) {
      precondition(width >= 1, "a layer has at least one unit")
      (self.width, self.activation, self.bias) = (width, activation, bias)
    }
  }

  /// What a sample costs.
  public enum Loss: String, Sendable, Hashable, CaseIterable {
    /// −log of the softmax of the outputs at the sample's class.
    case crossEntropy = "cross-entropy"
    /// ½‖outputs − targets‖².
    case squared
  }

  /// The number of inputs.
  public let inputs: Int
  /// The layers from the inputs on; the last one's units are the outputs.
  public let layers: [Layer]
  /// What a sample costs.
  public let loss: Loss

  /// A network of at least one input and one layer.
  public init(inputs: Int, layers: [Layer], loss: Loss) {
    precondition(inputs >= 1, "a network has at least one input")
    precondition(!layers.isEmpty, "a network has at least one layer")
    (self.inputs, self.layers, self.loss) = (inputs, layers, loss)
  }

  /// Hidden layers of one activation, and outputs that are sums.
  public init(
    inputs: Int, hidden: [Int], outputs: Int, activation: Activation, loss: Loss, bias: Bool = true
  ) {
    let layers = hidden.map { Layer(width: $0, activation: activation, bias: bias) }
    self.init(
      inputs: inputs, layers: layers + [Layer(width: outputs, activation: .identity, bias: bias)],
      loss: loss)
  }

  /// The number of outputs K.
  public var outputs: Int { layers[layers.count - 1].width }

  /// How many numbers enter each unit of a layer, without the bias.
  public func fanIn(_ layer: Int) -> Int { layer == 0 ? inputs : layers[layer - 1].width }

  /// The number of parameters p.
  public var parameterCount: Int {
    layers.indices.reduce(0) { $0 + layers[$1].width * (fanIn($1) + (layers[$1].bias ? 1 : 0)) }
  }

  /// W1 (units × inputs), b1 (units × 1), W2, b2, … A layer without bias has no block for it.
  public var layout: ParameterLayout {
    var shapes: [(name: String, rows: Int, columns: Int)] = []
    var maps: [ParameterLayout.Layer] = []
    for (index, layer) in layers.enumerated() {
      maps.append(.init(weights: shapes.count, bias: layer.bias ? shapes.count + 1 : nil))
      shapes.append(("W\(index + 1)", layer.width, fanIn(index)))
      if layer.bias { shapes.append(("b\(index + 1)", layer.width, 1)) }
    }
    return ParameterLayout(shapes, layers: maps)
  }

  /// The multiplications of weights that one sample takes on its way forward.
  public var forwardMultiplications: Int {
    layers.indices.reduce(0) { $0 + layers[$1].width * fanIn($1) }
  }

  /// Those on the way back: every weight's derivative, and what goes through every layer but the first.
  public var backwardMultiplications: Int {
    2 * forwardMultiplications - layers[0].width * inputs
  }
}
