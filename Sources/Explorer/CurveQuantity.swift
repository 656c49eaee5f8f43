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
  func obstacle(in explorer: Explorer) -> String? {
    switch self {
    case .loss, .gradientNorm: nil
    case .distance:
      explorer.race.landscape.minimisers.isEmpty
        ? "no minimum of this landscape is known, so there is no distance to it" : nil
    case .effectiveRate:
      explorer.race.experiment.entries.indices.contains(explorer.selectedEntry)
        ? nil : "no entry yet: a adds one"
    case .learningRate:
      explorer.race.experiment.entries.contains { $0.isOn && $0.spec.hasLearningRate }
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

/// What a schedule will make of a learning rate.
struct PlannedRate {
  private let nominal: Double
  private let schedule: Schedule

  /// The plan of an entry with its knobs as they are once `step` steps are done; nil if no schedule moves its rate.
  init?(of entry: Entry, in experiment: Experiment, at step: Int) {
    var spec = experiment.spec(of: entry, at: step)
    // A schedule moves the rate wherever in the nest it is; the outermost one has the last word.
    while spec.schedule == nil, let base = spec.base { spec = base }
    guard let schedule = spec.schedule else { return nil }
    var rated = spec
    while rated.setting("lr") == nil, let base = rated.base { rated = base }
    guard let nominal = rated.setting("lr") else { return nil }
    self.schedule = schedule
    self.nominal = nominal
  }

  /// The learning rate of a step, from 1.
  func rate(at step: Int) -> Double { nominal * schedule.multiplier(at: step - 1) }
}

/// The effective rates of one entry at its recorded steps, read from a run that is taken once more; kept between frames.
///
/// A class, so that a frame can go on where the last one stopped.
final class RateRecorder {
  /// The rates that a step used, a number for each coordinate.
  struct Sample {
    let step: Int
    let rates: [Double]
  }

  private var experiment: Experiment?
  private var entry = 0
  private var walk: Walk?
  private var kept: [Sample] = []
  /// Every how many steps a sample is kept: a power of two.
  private var stride = 1

  /// The samples up to the last recorded step, in order, at most about `limit` of them; steps without rates are left out.
  func samples(of entry: Int, in race: Race, atMost limit: Int) -> [Sample] {
    let last = race.run(entry: entry).lastStep
    var wanted = 1
    while last / wanted > limit { wanted *= 2 }
    // A budget ends a run and changes nothing in it.
    var experiment = race.experiment
    experiment.budget = Budget()
    if self.experiment != experiment || self.entry != entry || wanted < stride
      || walk.map({ $0.step > last }) ?? true
    {
      self.experiment = experiment
      self.entry = entry
      walk = Walk(entry: entry, of: experiment)
      kept = []
      stride = wanted
    }
    if wanted > stride {
      stride = wanted
      kept.removeAll { $0.step % wanted != 0 }
    }
    while let step = walk?.step, step < last {
      guard walk?.advance() == true, let run = walk?.run else { break }
      if run.step % stride == 0, let rates = run.optimizer.effectiveRates {
        kept.append(Sample(step: run.step, rates: rates))
      }
    }
    guard let run = walk?.run, run.step > 0, run.step % stride != 0, let rates = run.optimizer.effectiveRates
    else { return kept }
    return kept + [Sample(step: run.step, rates: rates)]
  }
}
