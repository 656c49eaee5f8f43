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
  /// Whether no loss has a place on that axis.
  let isBlank: Bool

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
    var marks = slice.trials
    if let length = slice.length { marks.append(length) }
    if let minimum = slice.modelMinimum { marks.append(minimum) }
    var told = [slice.value] + slice.losses(at: marks.filter { range.contains($0) })
    if let minimum = slice.modelMinimum, range.contains(minimum) { told.append(slice.model(at: minimum)) }
    let curve = losses.filter(SlicePicture.hasPlace)
    told.removeAll { !SlicePicture.hasPlace($0) }
    isBlank = curve.isEmpty && told.isEmpty
    (low, high) = SlicePicture.ends(showing: told, of: curve)
  }

  /// Whether a loss can be an end of the axis: a number, and no larger than differences of such numbers are.
  private static func hasPlace(_ loss: Double) -> Bool { loss.magnitude <= 1e306 }

  /// The ends of the vertical axis for what matters and the curve around it.
  private static func ends(showing told: [Double], of curve: [Double]) -> (low: Double, high: Double) {
    // Where nothing that matters has a place the curve does.
    let shown = told.isEmpty ? curve : told
    let (lowest, highest) = (shown.min() ?? 0, shown.max() ?? 0)
    let size = max(lowest.magnitude, highest.magnitude)
    let (deepest, tallest) = (curve.min() ?? lowest, curve.max() ?? highest)
    var spread = highest - lowest
    if !(spread > 1e-12 * size) { spread = tallest - deepest }
    if !(spread > 0) { spread = 1 }
    // Enough to tell one end from the other.
    spread = max(spread, 1e-14 * size)
    return (
      min(lowest, max(deepest, lowest - 2 * spread)) - 0.12 * spread,
      max(highest, min(tallest, highest + 0.6 * spread)) + 0.08 * spread
    )
  }

  /// From the model's minimum to the end of a step that went beyond it, as far as the picture shows.
  var beyond: (Double, Double)? {
    guard slice.other == nil, let length = slice.length, let minimum = slice.modelMinimum,
      let ratio = slice.overshoot, ratio > 1
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
    let from = plot.x + min(max(Int(clamped: left), 0), last)
    let to = plot.x + min(max(Int(clamped: right), 0), last)
    return from..<(max(from, to) + 1)
  }
}
