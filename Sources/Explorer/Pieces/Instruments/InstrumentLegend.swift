import Canvas
import Experiments
import Landscapes
import Scenes

/// What the corner of the plot says about what is drawn over it.
struct InstrumentLegend {
  var arrows: [StepPicture.Legend] = []
  var remarks: [[(String, Style)]] = []
}
