import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// Where the values of curves come from.
extension CurveQuantity {
  /// The title of the curve.
  var title: String {
    switch self {
    case .loss: "Loss"
    case .testLoss: "Test loss"
    case .trainAccuracy: "Accuracy in training"
    case .testAccuracy: "Test accuracy"
    case .gradientNorm: "Gradient norm"
    case .distance: "Distance to minimum"
    case .stepLength: "Length of a step"
    case .effectiveRates: "Effective rate a coordinate"
    case .learningRate: "Learning rate"
    case .regret: "Average regret"
    }
  }

  /// The next one that there is on a landscape, nil after the last.
  ///
  /// - Parameter point: the fixed point that a regret is asked to be measured from.
  func next(on landscape: Landscape, against point: Point?) -> CurveQuantity? {
    let all = CurveQuantity.allCases.filter {
      if $0 == self { return true }
      if $0 == .regret { return CurveQuantity.regretPoint(point, on: landscape) != nil }
      return !$0.isOfData || $0.dataObstacle(on: landscape) == nil
    }
    guard let place = all.firstIndex(of: self), place + 1 < all.count else { return nil }
    return all[place + 1]
  }

  /// Why there is nothing to draw, or nil.
  ///
  /// - Parameter point: the fixed point that a regret is asked to be measured from.
  func obstacle(
    in race: Race, on landscape: Landscape, selected: Int, against point: Point? = nil
  ) -> String? {
    switch self {
    case .loss, .gradientNorm, .stepLength: nil
    case .testLoss, .testAccuracy, .trainAccuracy: dataObstacle(on: landscape)
    case .distance:
      landscape.minimisers.isEmpty
        ? "no minimum of this landscape is known, so there is no distance to it" : nil
    case .regret:
      regretObstacle(against: point, on: landscape)
    case .effectiveRates:
      race.experiment.entries.indices.contains(selected)
        ? nil : "no entry yet: a adds one"
    case .learningRate:
      race.experiment.entries.contains { $0.isOn && $0.spec.hasLearningRate }
        ? nil : "no entry has a learning rate"
    }
  }

  /// Whether it is one of a model on its data.
  var isOfData: Bool { [.testLoss, .trainAccuracy, .testAccuracy].contains(self) }

  /// Whether it is a share of rows, from 0 to 1.
  var isShare: Bool { self == .trainAccuracy || self == .testAccuracy }

  /// Whether a run has one number of it at a step, which its points determine.
  var isOfOneRun: Bool { ![.effectiveRates, .learningRate, .regret].contains(self) }

  /// Whether its numbers stand in no history, and are sampled.
  var isSampled: Bool { isOfData || self == .regret }

  /// The fixed point that regrets are measured from: the one that is asked for, or the lowest minimum that is known; nil where
  /// there is none, since a minimum that moves is no fixed point.
  static func regretPoint(_ asked: Point?, on landscape: Landscape) -> Point? {
    if let asked { return asked }
    guard !landscape.usesStep, landscape.dimension == 2,
      let lowest = landscape.minimisers.min(by: { landscape.value(at: $0) < landscape.value(at: $1) })
    else { return nil }
    return Point(lowest[0], lowest[1])
  }

  private func regretObstacle(against point: Point?, on landscape: Landscape) -> String? {
    if let point = CurveQuantity.regretPoint(point, on: landscape) {
      return landscape.value(at: point, step: 1).isFinite
        ? nil : "the loss has no value where the regret is measured from"
    }
    let why =
      landscape.dimension != 2
      ? "this landscape has more than two parameters"
      : landscape.usesStep
        ? "what is least here moves with the steps" : "no minimum of this landscape is known"
    return "a regret is measured from a fixed point: \(why)"
  }

  private func dataObstacle(on landscape: Landscape) -> String? {
    guard let data = landscape.data else { return "this loss is not made of data" }
    if self != .trainAccuracy, data.test == nil { return "no rows of these data were set aside for a test" }
    if self != .testLoss, data.roles.classes == nil { return "the target of these data is no class" }
    return nil
  }

  /// The number of a report that it shows.
  func value(of report: DataReport) -> Double {
    switch self {
    case .testLoss: report.testLoss ?? .nan
    case .trainAccuracy: report.trainAccuracy ?? .nan
    case .testAccuracy: report.testAccuracy ?? .nan
    default: .nan
    }
  }

  /// The number of a row of a run; NaN where there is none.
  func value(of history: History, at index: Int, _ distances: Distances) -> Double {
    switch self {
    case .loss: history.losses[index]
    case .gradientNorm: history.gradientNorms[index]
    case .distance: distances.nearest(to: history.parameters(at: index), step: history.steps[index])
    case .stepLength: CurveQuantity.stepLength(of: history, at: index)
    case .effectiveRates, .testLoss, .trainAccuracy, .testAccuracy, .regret: .nan
    case .learningRate: history.learningRate(at: index) ?? .nan
    }
  }

  /// The length of the step that led to a row; NaN at the start, and where the row before it was thinned out.
  private static func stepLength(of history: History, at index: Int) -> Double {
    guard index > 0, history.steps[index] == history.steps[index - 1] + 1 else { return .nan }
    return zip(history.parameters(at: index), history.parameters(at: index - 1)).map { $0 - $1 }.euclideanNorm
  }
}
