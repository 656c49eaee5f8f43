import Canvas
import Experiments
import Landscapes
import OptimizerCore
import Scenes

/// What a line of the command line asks for, read and checked.
enum CommandRequest {
  /// The same race on another landscape.
  case landscape(Landscape, caption: String)
  case constant(Constant)
  case knob(Knob, entry: Int, to: Double)
  case optimizer(OptimizerSpec)
  /// A typed rule that joins the race.
  case rule(TypedRule, OptimizerSpec)
  case noOptimizer
  case start(Point)
  case budget(Budget)
  case noise(Noise)
  case seed(UInt64)
  case change(Change)
  case plane(String)
  case window(PlotWindow)
  case step(Int)
  case speed(Double)
  case view(ViewName)
  case theme(Theme)
  case glyphs(GlyphSet)
  case colours(ColourDepth)
  /// A line to be read, such as another framework's.
  case line(String)
  /// The keys, narrowed by words.
  case help(String)
  case quit
}
