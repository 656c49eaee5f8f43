import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// The landscape of the last frame with the fan on it; a step adds to it.
struct FanPicture {
  struct Key: Equatable {
    var ground: PictureCache.Key?
    var experiment: Experiment
    var entry: Int
    var count: Int
  }

  var key: Key?
  var step = 0
  var plot = Plot(columns: 0, rows: 0)
}
