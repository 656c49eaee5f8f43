import Landscapes

extension Sweep {
  /// A map of starts over the window: each cell is a pixel of it, and tells which minimum the run from its centre ends at.
  ///
  /// Row 0 is the lowest of the window.
  public static func basins(
    of experiment: Experiment, entry: Int, columns: Int, rows: Int, target: Double? = nil
  ) throws(SweepError) -> Sweep {
    let (x, y) = Axis.pixels(of: experiment.window)
    return try Sweep(experiment, entry: entry, x: x, y: y, columns: columns, rows: rows, target: target)
  }
}
