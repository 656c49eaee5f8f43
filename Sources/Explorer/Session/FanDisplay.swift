import Canvas
import Experiments
import Landscapes
import OptimizerCore

/// The fan of seeded runs beside the run of the selected entry: how many, and what has been run.
struct FanDisplay {
  /// How many there are at first.
  static let usual = 16
  /// About how many steps a frame takes, of all runs together: a few milliseconds.
  static let work = 8192

  /// How many runs, nil while the fan is closed.
  var count: Int?
  /// What has been run.
  var runs: Fan?
}
