import Canvas
import Experiments
import Landscapes
import Scenes

/// How the gradients of batches scatter about the true one, around the iterate: an ellipse of one standard deviation as
/// measured, and one by the law that the batches are drawn by, both by the same factor.
struct NoisePicture {
  let shown: Portrait.Scatter

  /// Draws it and returns what is to be said about it.
  func draw(on plot: inout Plot, _ scale: PlotScale, _ look: Look) -> [[(String, Style)]] {
    guard let batch = shown.batch else {
      return [[("no batches: --noise minibatch(size=32) draws some", look.muted)]]
    }
    guard let scatter = shown.scatter else {
      return [[("too many samples and parameters to tell the noise", look.muted)]]
    }
    let style = look.text.with(look.palette.accent)
    let words = [
      ("◦ ", style),
      ("batch of \(batch): σ² \(NumberText.brief(scatter.measuredTrace, digits: 3)) measured", look.muted),
    ]
    let law = [
      ("╌ ", look.text.with(look.palette.caption)),
      ("\(look.spelled(scatter.formula)) \(NumberText.brief(scatter.predictedTrace, digits: 3))", look.muted),
    ]
    guard scale.columns > 0, scale.rows > 0 else { return [words, law] }
    let (measured, predicted) = shown.ellipses(on: scale.measure)
    for (a, b) in zip(predicted, predicted.dropFirst()) {
      plot.dashes(from: scale.place(a), to: scale.place(b), colour: look.palette.caption)
    }
    guard !measured.isEmpty else { return [words, law] }
    plot.trail(
      measured.map(scale.place),
      .over(look.palette.accent, sign: plot.rung == .ascii ? "@" : "◦")
    ) { _ in 1 }
    return [words, law]
  }
}
