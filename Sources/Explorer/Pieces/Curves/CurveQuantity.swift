import Experiments
import Landscapes
import OptimizerCore

/// What the curves show.
enum CurveQuantity: CaseIterable, Hashable {
  case loss, gradientNorm, distance, effectiveRate, learningRate

  /// The title of the curve.
  var title: String {
    switch self {
    case .loss: "Loss"
    case .gradientNorm: "Gradient norm"
    case .distance: "Distance to minimum"
    case .effectiveRate: "Effective rate a coordinate"
    case .learningRate: "Learning rate"
    }
  }

  /// The next one, nil after the last.
  var next: CurveQuantity? {
    let all = CurveQuantity.allCases
    guard let place = all.firstIndex(of: self), place + 1 < all.count else { return nil }
    return all[place + 1]
  }

  /// Why there is nothing to draw, or nil.
  func obstacle(in race: Race, on landscape: Landscape, selected: Int) -> String? {
    switch self {
    case .loss, .gradientNorm: nil
    case .distance:
      landscape.minimisers.isEmpty
        ? "no minimum of this landscape is known, so there is no distance to it" : nil
    case .effectiveRate:
      race.experiment.entries.indices.contains(selected)
        ? nil : "no entry yet: a adds one"
    case .learningRate:
      race.experiment.entries.contains { $0.isOn && $0.spec.hasLearningRate }
        ? nil : "no entry has a learning rate"
    }
  }

  /// The number of a row of a run; NaN where there is none.
  func value(of history: History, at index: Int, _ distances: Distances) -> Double {
    switch self {
    case .loss: history.losses[index]
    case .gradientNorm: history.gradientNorms[index]
    case .distance: distances.nearest(to: history.parameters(at: index), step: history.steps[index])
    case .effectiveRate: .nan
    case .learningRate: history.learningRate(at: index) ?? .nan
    }
  }
}
