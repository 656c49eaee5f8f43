import Experiments
import Landscapes
import OptimizerCore

/// The loss along a line through the point before the last step, with all that the step can be compared to.
///
/// Lengths along the line are in parameter units, from 0 at that point; the landscape is the one that the step saw.
struct Slice {
  /// Which line.
  enum Direction: CaseIterable, Hashable {
    /// The way the step went.
    case step
    /// Downhill: the negative gradient.
    case downhill
    /// The eigenvector of the largest eigenvalue of the Hessian.
    case sharpest
    /// That of the smallest.
    case flattest
    /// From where the run is to where another one is.
    case between

    /// A word for the tab.
    var label: String {
      switch self {
      case .step: "step"
      case .downhill: "−∇f"
      case .sharpest: "λmax"
      case .flattest: "λmin"
      case .between: "runs"
      }
    }

    /// What the line is, in words.
    var words: String {
      switch self {
      case .step: "along the step"
      case .downhill: "down the gradient"
      case .sharpest: "sharpest eigenvector"
      case .flattest: "flattest eigenvector"
      case .between: "to another run"
      }
    }
  }

  /// The line that was asked for.
  let direction: Direction
  /// The line that it is: before the first step, or where a step has no length, there is no way it went.
  let shown: Direction
  /// The point before the step; at the start the start.
  let origin: [Double]
  /// The direction of the line, of length 1.
  let unit: [Double]
  /// How far the step went along the line; nil at the start.
  let length: Double?
  /// Whether the point after the step lies on the line.
  let endsOnLine: Bool
  /// The loss at the origin.
  let value: Double
  /// The slope there along the line.
  let slope: Double
  /// The curvature there along the line.
  let curvature: Double
  /// Where on the line the step asked, the origin left out; a line search's trials.
  let trials: [Double]
  /// The entry to whose run the line leads; nil where it leads to none.
  let other: Int?
  private let landscape: Landscape
  /// The step that the loss is taken at, where it changes with the step.
  private let step: Int

  /// The line through the last step of a run.
  ///
  /// - Parameter other: an entry whose run a line between runs leads to; nil where there is no other.
  init(
    _ run: Run, in experiment: Experiment, along direction: Direction,
    to other: (entry: Int, parameters: [Double])? = nil
  ) {
    self.direction = direction
    step = run.step
    let landscape = experiment.landscape(at: run.step)
    self.landscape = landscape
    let record = run.lastStepRecord
    let way = direction == .between ? other.map { zip($0.parameters, run.parameters).map { $0 - $1 } } : nil
    let isBetween = way.map { $0.contains { $0 != 0 } && $0.allSatisfy(\.isFinite) } ?? false
    let origin = run.step == 0 || isBetween ? run.parameters : record.before
    self.origin = origin
    self.other = isBetween ? other?.entry : nil
    let displacement = zip(run.parameters, origin).map { $0 - $1 }
    let gradient = landscape.gradient(at: origin, step: step)
    let principal = landscape.principalDirections(at: origin, step: step)
    let (unit, upright) = (Slice.unit, Slice.upright)
    let chosen: (Direction, [Double])? =
      switch direction {
      case .step: unit(displacement).map { (.step, $0) }
      case .downhill: nil
      case .sharpest: unit(upright(principal.sharpest)).map { (.sharpest, $0) }
      case .flattest: unit(upright(principal.flattest)).map { (.flattest, $0) }
      case .between: isBetween ? way.flatMap(unit).map { (.between, $0) } : nil
      }
    let found =
      chosen ?? unit(gradient.map { -$0 }).map { (.downhill, $0) }
      ?? (.flattest, upright(principal.flattest))
    (shown, self.unit) = found
    let line = found.1
    func product(_ a: [Double]) -> Double { zip(a, line).reduce(0) { $0 + $1.0 * $1.1 } }
    func place(_ parameters: [Double]) -> (along: Double, beside: Double) {
      let way = zip(parameters, origin).map { $0 - $1 }
      let along = product(way)
      return (along, Slice.length(zip(way, line).map { $0 - along * $1 }))
    }
    /// Whether what lies beside the line is rounding.
    func isOnLine(_ place: (along: Double, beside: Double)) -> Bool {
      place.beside <= 1e-7 * place.along.magnitude + 1e-14 * Slice.length(origin)
    }
    value = landscape.value(at: origin, step: step)
    slope = product(gradient)
    curvature = landscape.curvature(along: line, at: origin, step: step)
    let end = place(isBetween ? other?.parameters ?? [] : run.parameters)
    length = run.step == 0 && !isBetween ? nil : end.along
    endsOnLine = isBetween || run.step > 0 && isOnLine(end)
    var trials: [Double] = []
    for query in isBetween ? [] : run.queries(in: experiment) where query.kind != .hessian {
      let asked = place(query.parameters)
      guard asked.along != 0, isOnLine(asked), !trials.contains(asked.along) else { continue }
      trials.append(asked.along)
    }
    self.trials = trials
  }

  private static func unit(_ vector: [Double]) -> [Double]? {
    let length = Slice.length(vector)
    return length > 0 && length.isFinite ? vector.map { $0 / length } : nil
  }

  /// An eigenvector has no sign of its own: its largest coordinate is made positive.
  private static func upright(_ vector: [Double]) -> [Double] {
    let largest = vector.max { $0.magnitude < $1.magnitude } ?? 0
    return largest < 0 ? vector.map { -$0 } : vector
  }

  private static func length(_ vector: [Double]) -> Double {
    vector.reduce(0) { Elementary.hypot($0, $1) }
  }

  /// The losses at places on the line.
  func losses(at places: [Double]) -> [Double] {
    landscape.values(from: origin, along: unit, at: places, step: step)
  }

  /// The loss at a place on the line.
  func loss(at place: Double) -> Double { losses(at: [place])[0] }

  /// What the gradient and the Hessian at the origin say of a place on the line.
  func model(at place: Double) -> Double { value + slope * place + 0.5 * curvature * place * place }

  /// Where the model is lowest; nil if it bends down, or is flat.
  var modelMinimum: Double? {
    guard curvature > 0 else { return nil }
    let place = -slope / curvature
    return place.isFinite ? place : nil
  }

  /// How far the step went, as a multiple of the way to the model's minimum: above 1 it overshoots, above 2 the model
  /// rises again above where the step came from, below 0 it goes uphill.
  var overshoot: Double? {
    guard let length, let minimum = modelMinimum, minimum != 0 else { return nil }
    let ratio = length / minimum
    return ratio.isFinite ? ratio : nil
  }

  /// By how much the loss between two runs rises above the straight line from one's loss to the other's, at most, over
  /// 201 points; nil where the line is another. Frankle et al. 2020, arXiv:1912.05671.
  var barrier: Double? {
    guard other != nil, let length else { return nil }
    let shares = (0...200).map { Double($0) / 200 }
    let losses = losses(at: shares.map { $0 * length })
    let (first, last) = (losses[0], losses[200])
    return zip(shares, losses).map { $1 - (first + $0 * (last - first)) }.max()
  }

  /// A short word on where the step ended, and the full one.
  var verdict: (short: String, long: String) {
    if let barrier, let other {
      let size = max(value.magnitude, 1e-300)
      guard barrier > 1e-9 * size else {
        return ("no barrier", "no barrier on the straight way to \(other + 1): the loss rises above neither")
      }
      let height = NumberText.brief(barrier, digits: 3)
      return ("barrier \(height)", "a barrier of \(height) on the straight way to \(other + 1)")
    }
    guard let length else {
      return ("no step yet", "no step was taken yet: n takes one")
    }
    guard length != 0 else { return ("it rests", "the step moved nothing on this line") }
    guard let minimum = modelMinimum else {
      return curvature < 0
        ? ("bends down", "the loss bends down here: the model has no minimum on this line")
        : ("no curvature", "the loss is straight here: the model has no minimum on this line")
    }
    guard let ratio = overshoot else {
      return ("from the minimum", "the step starts at the model's minimum and leaves it")
    }
    let times = NumberText.brief(ratio)
    let percent = NumberText.brief(100 * ratio)
    let place = NumberText.brief(minimum, digits: 3)
    if ratio < 0 {
      return ("goes uphill", "goes uphill: the model's minimum lies the other way, at \(place)")
    }
    if ratio < 0.95 {
      return ("\(percent) % of the way", "goes \(percent) % of the way to the model's minimum at \(place)")
    }
    if ratio <= 1.05 { return ("lands on it", "lands on the model's minimum at \(place)") }
    let rise = ratio > 2 ? ", beyond twice: it rises" : ""
    return (
      "overshoots \(times)×", "overshoots by \(times)×: the model's minimum is at \(place)\(rise)"
    )
  }

  /// What the picture spans: where the step began, where it ended and the model's minimum, unless that is a hundred windows
  /// away; and the trials, unless they are far beyond all that.
  ///
  /// - Parameter magnification: how much closer one looks.
  func range(magnification: Double = 1) -> ClosedRange<Double> {
    if other != nil, let length { return (-0.25 * length)...(length / magnification * 1.25) }
    var told = [length ?? 0]
    if let minimum = modelMinimum, minimum.magnitude <= 100 * landscape.window.diagonal {
      told.append(minimum)
    }
    let farthest = told.map(\.magnitude).max() ?? 0
    told += trials.filter { $0.magnitude <= 4 * farthest }
    let (left, right) = (-(told.min() ?? 0), told.max() ?? 0)
    var reach = max(left, right)
    if !(reach > 0) || !reach.isFinite { reach = 0.1 * landscape.window.diagonal }
    let span = Slice.roundedUp(1.15 * reach / magnification)
    // An eigenvector has no side to which a step goes.
    guard shown == .step || shown == .downhill else { return (-span)...span }
    /// What lies to one side is shown, and a little where nothing does.
    func side(_ reach: Double) -> Double {
      reach > 0 ? min(span, max(0.4 * span, Slice.roundedUp(1.15 * reach / magnification))) : 0.4 * span
    }
    return -side(left)...side(right)
  }

  /// The next of 1, 1.5, 2, 3, 5, 7 times a power of ten: the picture does not shift with every step. Its length stays one
  /// that places on it can be told apart by.
  private static func roundedUp(_ value: Double) -> Double {
    let value = min(max(value, 1e-300), 1e307)
    let power = Elementary.pow(10, Elementary.log10(value).rounded(.down))
    return ([1, 1.5, 2, 3, 5, 7, 10].first { $0 * power >= value } ?? 10) * power
  }
}
