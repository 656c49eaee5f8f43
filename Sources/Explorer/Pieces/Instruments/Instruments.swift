import Canvas
import Experiments
import Landscapes
import Scenes

/// What is drawn over the landscape of the selected entry's step.
struct Instruments {
  let shown: Portrait.Instruments

  /// Draws all of it and returns what is to be said about it.
  func draw(on plot: inout Plot, _ scale: PlotScale, highlighted: String?, _ look: Look) -> InstrumentLegend {
    var legend = InstrumentLegend()
    if let field = shown.field {
      legend.remarks += StepField(of: field.run, on: field.landscape).draw(on: &plot, scale, look)
    }
    if let ball = shown.ball { legend.remarks += BallPicture(ball: ball).draw(on: &plot, scale, look) }
    if let noise = shown.noise { legend.remarks += NoisePicture(shown: noise).draw(on: &plot, scale, look) }
    if let axes = shown.axes { legend.remarks += AxesPicture(axes: axes).draw(on: &plot, scale, look) }
    if let terms = shown.terms {
      legend.arrows += StepPicture(arrows: terms).draw(on: &plot, scale, highlighted: nil)
    }
    if shown.hasNoTerms { legend.remarks.append([("the step is one term, or no sum of terms", look.muted)]) }
    if let arrows = shown.arrows {
      legend.arrows += StepPicture(arrows: arrows).draw(on: &plot, scale, highlighted: highlighted)
    }
    return legend
  }
}
