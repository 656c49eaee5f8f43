import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// A slice ready to be drawn: sampled, with the ends of its axes.
struct SlicePicture {
  let slice: Slice
  let range: ClosedRange<Double>
  let places: [Double]
  let losses: [Double]
  /// The ends of the vertical axis.
  let low: Double
  let high: Double

  init(_ slice: Slice, range: ClosedRange<Double>, columns: Int) {
    self.slice = slice
    self.range = range
    let span = range.upperBound - range.lowerBound
    let places = (0...max(1, columns)).map {
      range.lowerBound + span * Double($0) / Double(max(1, columns))
    }
    self.places = places
    let losses = slice.losses(at: places)
    self.losses = losses
    // What matters is shown whole; the curve may leave the picture upwards, and far downwards.
    var lowest = slice.value
    var highest = slice.value
    func include(_ value: Double) {
      guard value.isFinite else { return }
      lowest = min(lowest, value)
      highest = max(highest, value)
    }
    var marks = slice.trials
    if let length = slice.length { marks.append(length) }
    if let minimum = slice.modelMinimum {
      marks.append(minimum)
      if range.contains(minimum) { include(slice.model(at: minimum)) }
    }
    for loss in slice.losses(at: marks.filter { range.contains($0) }) { include(loss) }
    let finite = losses.filter(\.isFinite)
    var spread = highest - lowest
    if !(spread > 1e-12 * max(lowest.magnitude, highest.magnitude)) {
      spread = (finite.max() ?? 0) - (finite.min() ?? 0)
    }
    if !(spread > 0) || !spread.isFinite { spread = 1 }
    let deepest = max(finite.min() ?? lowest, lowest - 2 * spread)
    low = min(lowest, deepest) - 0.12 * spread
    high = max(highest, min(finite.max() ?? highest, highest + 0.6 * spread)) + 0.08 * spread
  }

  /// From the model's minimum to the end of a step that went beyond it, as far as the picture shows.
  var beyond: (Double, Double)? {
    guard let length = slice.length, let minimum = slice.modelMinimum, let ratio = slice.overshoot, ratio > 1
    else { return nil }
    return (minimum, length)
  }

  func x(_ place: Double, _ plot: Rect) -> Double {
    (place - range.lowerBound) / (range.upperBound - range.lowerBound) * (Double(plot.width) - 0.01)
  }

  func y(_ value: Double, _ plot: Rect) -> Double {
    (high - value) / (high - low) * (Double(plot.height) - 0.01)
  }

  func place(_ place: Double, _ value: Double, _ plot: Rect) -> SIMD2<Double> {
    SIMD2(x(place, plot), y(value, plot))
  }

  /// The columns between two places, those of both ends included, within the picture.
  func columns(_ a: Double, _ b: Double, in plot: Rect) -> Range<Int> {
    guard plot.width > 0 else { return plot.x..<plot.x }
    let (left, right) = (x(min(a, b), plot), x(max(a, b), plot))
    guard right >= 0, left < Double(plot.width) else { return plot.x..<plot.x }
    let last = plot.width - 1
    let from = plot.x + min(max(Int(max(left, 0)), 0), last)
    let to = plot.x + min(max(Int(min(right, Double(last))), 0), last)
    return from..<(max(from, to) + 1)
  }
}
