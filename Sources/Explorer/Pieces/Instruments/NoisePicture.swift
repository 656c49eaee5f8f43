import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// How the gradients of batches scatter about the true one, around the iterate: an ellipse of one standard deviation as
/// measured, and one by the law that the batches are drawn by, both by the same factor.
struct NoisePicture {
  private let scatter: NoiseScatter?
  private let place: Point
  private let batch: Int?

  init(_ shown: Portrait.Scatter) { (scatter, place, batch) = (shown.scatter, shown.place, shown.batch) }

  /// The longest half axis, as a share of the plot's smaller side.
  private static let share = 0.22

  /// The closed line of one standard deviation around (0, 0).
  static func outline(of covariance: SymmetricMatrix2) -> [Point] {
    let (values, vectors) = (covariance.eigenvalues, covariance.eigenvectors)
    let (a, b) = (max(values.larger, 0).squareRoot(), max(values.smaller, 0).squareRoot())
    return (0...64).map { turn in
      let angle = 2 * Double.pi * Double(turn) / 64
      let (c, s) = (a * Elementary.cos(angle), b * Elementary.sin(angle))
      return Point(
        x: c * vectors.larger.x + s * vectors.smaller.x, y: c * vectors.larger.y + s * vectors.smaller.y)
    }
  }

  /// Draws it and returns what is to be said about it.
  func draw(on plot: inout Plot, _ scale: PlotScale, _ look: Look) -> [[(String, Style)]] {
    guard let batch else { return [[("no batches: --noise minibatch(size=32) draws some", look.muted)]] }
    guard let scatter else { return [[("too many samples and parameters to tell the noise", look.muted)]] }
    let style = look.text.with(look.palette.accent)
    let words = [
      ("◦ ", style),
      ("batch of \(batch): σ² \(NumberText.brief(scatter.measuredTrace, digits: 3)) measured", look.muted),
    ]
    let law = [
      ("╌ ", look.text.with(look.palette.caption)),
      ("\(look.spelled(scatter.formula)) \(NumberText.brief(scatter.predictedTrace, digits: 3))", look.muted),
    ]
    guard place.isFinite, scale.columns > 0, scale.rows > 0 else { return [words, law] }
    let middle = scale.place(place)
    func ways(_ covariance: SymmetricMatrix2) -> [SIMD2<Double>] {
      Self.outline(of: covariance).map {
        SIMD2($0.x / scale.window.width * scale.columns, -$0.y / scale.window.height * scale.rows)
      }
    }
    let (measured, predicted) = (ways(scatter.measured), ways(scatter.predicted))
    let reach = (measured + predicted).map { Point(x: $0.x / 2, y: $0.y).norm }.max() ?? 0
    guard reach > 0, reach.isFinite else { return [words, law] }
    let factor = Self.share * min(scale.columns / 2, scale.rows) / reach
    for place in predicted.indices.dropLast() {
      plot.dashes(
        from: middle + predicted[place] * factor, to: middle + predicted[place + 1] * factor,
        colour: look.palette.caption)
    }
    plot.trail(
      measured.map { middle + $0 * factor },
      .over(look.palette.accent, sign: plot.rung == .ascii ? "@" : "◦")
    ) { _ in 1 }
    return [words, law]
  }
}
