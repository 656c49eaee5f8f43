import Canvas
import Experiments
import Landscapes
import Scenes

/// What is drawn over the landscape of the selected entry's step.
struct Instruments {
  var picture: StepPicture?
  /// The step as a sum.
  var terms: StepPicture?
  /// Whether a sum was asked for and the step is none, or of one term alone.
  var hasNoTerms = false
  var axes: HessianAxes?
  var ball: BallPicture?
  var field: StepField?
  var noise: NoisePicture?

  /// Draws all of it and returns what is to be said about it.
  func draw(on plot: inout Plot, _ scale: PlotScale, highlighted: String?, _ look: Look) -> InstrumentLegend {
    var legend = InstrumentLegend()
    if let field { legend.remarks += field.draw(on: &plot, scale, look) }
    if let ball { legend.remarks += ball.draw(on: &plot, scale, look) }
    if let noise { legend.remarks += noise.draw(on: &plot, scale, look) }
    if let axes { legend.remarks += axes.draw(on: &plot, scale, look) }
    if let terms { legend.arrows += terms.draw(on: &plot, scale, highlighted: nil) }
    if hasNoTerms { legend.remarks.append([("the step is one term, or no sum of terms", look.muted)]) }
    if let picture { legend.arrows += picture.draw(on: &plot, scale, highlighted: highlighted) }
    return legend
  }
}
