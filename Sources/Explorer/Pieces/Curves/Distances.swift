import Experiments
import Landscapes
import OptimizerCore

/// How far parameters are from the nearest known minimum; minima move where a constant is turned during the run.
struct Distances {
  /// The minima in force from a step on, by step.
  private var minima: [(from: Int, points: [[Double]])]

  init(_ experiment: Experiment) {
    minima = [(0, experiment.landscape(at: 0).minimisers)]
    for change in experiment.changes.sorted(by: { $0.step < $1.step }) {
      guard case .landscape = change.target, change.step > minima[minima.count - 1].from else { continue }
      minima.append((change.step, experiment.landscape(at: change.step).minimisers))
    }
  }

  /// The Euclidean distance to the nearest of them; NaN if none is known.
  func nearest(to parameters: ArraySlice<Double>, step: Int) -> Double {
    let points = (minima.last { $0.from <= step } ?? minima[0]).points
    let distances = points.map { point in
      zip(point, parameters).reduce(0) { Elementary.hypot($0, $1.0 - $1.1) }
    }
    return distances.min() ?? .nan
  }
}
