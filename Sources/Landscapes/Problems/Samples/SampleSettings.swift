internal import OptimizerCore

/// All that a loss over samples is made of, before the constants have values.
public struct SampleSettings: Sendable, Hashable {
  /// A parameter, and where runs start.
  public struct Parameter: Sendable, Hashable {
    /// The name in the model.
    public let name: String
    /// Where it starts.
    public let start: Double

    /// A parameter.
    public init(_ name: String, start: Double) {
      self.name = name
      self.start = start
    }
  }

  /// The most parameters.
  public static let maximumParameters = 200

  /// Where the rows come from.
  public var source: DataSource
  /// How many rows there are, a number or an expression of the constants; nil for as many as the source usually has.
  public var rows: String?
  /// The share of the rows that is set aside.
  public var testShare = 0.0
  /// What the rows are drawn from.
  public var seed: UInt64 = 0
  /// The outputs of the model, expressions of columns, parameters and constants.
  public var model: [String]
  /// How far outputs are from the target.
  public var loss: SampleLoss
  /// The column that is to be told; nil where the loss has none.
  public var target: String?
  /// What each row counts in the mean, a formula of columns and constants that is divided by its mean; nil where all rows
  /// count alike.
  public var sampleWeight: String?
  /// The strength λ of a penalty ½λ‖θ‖², a number or an expression of the constants.
  public var penalty = "0"
  /// The parameters.
  public var parameters: [Parameter]

  /// A loss over samples.
  public init(
    source: DataSource, model: [String], loss: SampleLoss, target: String?, parameters: [Parameter]
  ) {
    self.source = source
    self.model = model
    self.loss = loss
    self.target = target
    self.parameters = parameters
  }

  /// The text that reads back as the same loss.
  public var text: String {
    var parts = ["data=\(source.text)"]
    if let rows { parts.append("rows=\(rows)") }
    if testShare > 0 { parts.append("test=\(testShare.shortest)") }
    if seed != 0 { parts.append("seed=\(seed)") }
    parts.append("model=\(model.joined(separator: "; "))")
    if let target { parts.append("target=\(target)") }
    parts.append("loss=\(loss.rawValue)")
    if let sampleWeight { parts.append("sample_weight=\(sampleWeight)") }
    if penalty != "0" { parts.append("l2=\(penalty)") }
    let starts = parameters.map { "\($0.name)=\($0.start.shortest)" }
    parts.append("start=\(starts.joined(separator: " "))")
    return "samples(\(parts.joined(separator: ", ")))"
  }
}
