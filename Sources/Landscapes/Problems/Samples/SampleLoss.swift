internal import OptimizerCore

/// How far a model's outputs are from the target of a row.
public enum SampleLoss: String, Sendable, Hashable, CaseIterable {
  /// ½(z − y)².
  case squared
  /// |z − y|.
  case absolute
  /// ½r² for residuals r up to 1, |r| − ½ beyond. Huber 1964, doi:10.1214/aoms/1177703732.
  case huber
  /// −log of the probability of y ∈ {0, 1}, of which z is the log-odds.
  case bernoulli
  /// −log of the probability of class y, of which the outputs are the logarithms but for a constant.
  case categorical
  /// −log of the normal density of y with mean and standard deviation.
  case normal
  /// The model's text is the loss itself.
  case free

  /// What it is, in a few words.
  public var meaning: String {
    switch self {
    case .squared: "half the square of output minus target"
    case .absolute: "output minus target without its sign"
    case .huber: "the half square up to 1, straight beyond"
    case .bernoulli: "a target of 0 or 1 whose log-odds the output is"
    case .categorical: "a class from 0, with an output for each, by softmax"
    case .normal: "a normal target; the outputs are mean and standard deviation"
    case .free: "the output is the loss"
    }
  }

  /// How many outputs a model has for it; nil where there may be any number from two on.
  var outputs: Int? {
    switch self {
    case .squared, .absolute, .huber, .bernoulli, .free: 1
    case .normal: 2
    case .categorical: nil
    }
  }

  /// Whether a row has a target.
  var hasTarget: Bool { self != .free }

  /// Its texts for so many outputs and a target by name.
  func program(outputs: Int, target: String) -> SampleProgram.Loss {
    let z = SampleProgram.outputName(0)
    let r = "(\(z) - \(target))"
    switch self {
    case .squared: return .init(value: "0.5*\(r)^2", curvature: ["1"], fisher: ["1"])
    case .absolute: return .init(value: "abs\(r)")
    case .huber:
      return .init(
        value: "if(abs\(r) <= 1, 0.5*\(r)^2, abs\(r) - 0.5)", curvature: ["if(abs\(r) <= 1, 1, 0)"])
    case .bernoulli:
      let spread = "sigmoid(\(z))*sigmoid(-\(z))"
      return .init(value: "softplus(\(z)) - \(target)*\(z)", curvature: [spread], fisher: [spread])
    case .normal:
      let s = SampleProgram.outputName(1)
      return .init(
        value: "log(\(s)) + 0.5*(\(r)/\(s))^2 + 0.5*log(2*pi)",
        curvature: ["1/\(s)^2", "-2*\(r)/\(s)^3", "3*\(r)^2/\(s)^4 - 1/\(s)^2"],
        fisher: ["1/\(s)^2", "0", "2/\(s)^2"])
    case .categorical:
      let names = (0..<outputs).map(SampleProgram.outputName)
      let total = "logsumexp(\(names.joined(separator: ", ")))"
      let own = names.enumerated().map { "if(\(target) == \($0), \($1), 0)" }.joined(separator: " + ")
      let entries = names.indices.flatMap { i in
        names.indices.dropFirst(i).map { j in
          let (p, q) = ("exp(\(names[i]) - \(total))", "exp(\(names[j]) - \(total))")
          return i == j ? "\(p)*(1 - \(p))" : "-\(p)*\(q)"
        }
      }
      return .init(value: "\(total) - (\(own))", curvature: entries, fisher: entries)
    case .free: return .init(value: z)
    }
  }

  /// What is wrong with a target for it; nil if nothing is.
  func complaint(about targets: [Double], outputs: Int) -> String? {
    switch self {
    case .bernoulli:
      guard let row = targets.firstIndex(where: { $0 != 0 && $0 != 1 }) else { return nil }
      return "bernoulli takes targets of 0 or 1, row \(row + 1) has \(targets[row].shortest)"
    case .categorical:
      let row = targets.firstIndex { !($0 >= 0 && $0 < Double(outputs) && $0 == $0.rounded()) }
      guard let row else { return nil }
      return "categorical takes classes 0 to \(outputs - 1), row \(row + 1) has \(targets[row].shortest)"
    default: return nil
    }
  }
}
