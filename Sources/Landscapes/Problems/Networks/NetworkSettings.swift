internal import OptimizerCore

/// All that a network's loss is made of.
public struct NetworkSettings: Sendable, Hashable {
  /// The widest layer.
  public static let maximumWidth = 1_000_000
  /// The most hidden layers.
  public static let maximumLayers = 100
  /// The most parameters.
  public static let maximumParameters = 10_000_000

  /// Where the rows come from.
  public var source: DataSource
  /// How many rows there are.
  public var rows: Int
  /// The share of the rows that is set aside.
  public var testShare = 0.0
  /// What the rows are drawn from.
  public var seed: UInt64 = 0
  /// The column that is to be told; nil for the one called `class`, else the last.
  public var target: String?
  /// The widths of the hidden layers.
  public var hidden = [32]
  /// Whether units add a number of their own.
  public var bias = true
  /// What the hidden units do.
  public var activation = Activation.relu
  /// How far outputs are from the target; nil for cross-entropy where the target is a class, else squared.
  public var loss: Network.Loss?
  /// What each row counts in the mean, a formula of columns that is divided by its mean; nil where all rows count alike. A
  /// column that is the whole formula is no input of the network.
  public var sampleWeight: String?
  /// How the weights begin.
  public var initialisation = Network.Initialization.torch
  /// What the first weights are multiplied by.
  public var gain = 1.0
  /// What the first weights are drawn from; 0 leaves it to the seed of the run.
  public var weightSeed: UInt64 = 0

  /// A network on data.
  public init(source: DataSource) {
    self.source = source
    rows = source.usualRows
  }

  /// The text that reads back as the same loss.
  public var text: String {
    let usual = NetworkSettings(source: source)
    var parts = ["data=\(source.text)"]
    if rows != usual.rows { parts.append("rows=\(rows)") }
    if testShare > 0 { parts.append("test=\(testShare.shortest)") }
    if seed != 0 { parts.append("seed=\(seed)") }
    if let target { parts.append("target=\(target)") }
    parts.append("hidden=\(hidden.isEmpty ? "none" : hidden.map(String.init).joined(separator: "x"))")
    if !bias { parts.append("bias=off") }
    if activation != usual.activation { parts.append("activation=\(activation.rawValue)") }
    if let loss { parts.append("loss=\(loss.rawValue)") }
    if let sampleWeight { parts.append("sample_weight=\(sampleWeight)") }
    if initialisation != usual.initialisation { parts.append("init=\(initialisation.rawValue)") }
    if gain != 1 { parts.append("gain=\(gain.shortest)") }
    if weightSeed != 0 { parts.append("weights=\(weightSeed)") }
    return "network(\(parts.joined(separator: ", ")))"
  }
}
