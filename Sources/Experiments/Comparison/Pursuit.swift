import Landscapes
import OptimizerCore

/// Follows a recorded run with an optimizer, on a landscape.
struct Pursuit {
  let landscape: Landscape
  let recorded: Trajectory
  /// The learning rates that were recorded, one for each row, where they are not the same in all steps.
  let rates: [Double]?
  private let oracle: ObjectiveOracle<Double>

  /// A pursuit, for one thread.
  ///
  /// - Parameter usesRates: whether steps are taken with the learning rates that were recorded, should they change.
  init(of recorded: Trajectory, on landscape: Landscape, usesRates: Bool = false) {
    self.landscape = landscape
    self.recorded = recorded
    oracle = landscape.makeOracle()
    let given = recorded.rows.dropFirst().compactMap(\.rate)
    let isWhole = recorded.isDense && given.count == recorded.rows.count - 1
    // Before the first step there may be one, too: what is logged once a schedule has moved on.
    rates = usesRates && isWhole && Set(given).count > 1 ? [recorded.rows[0].rate ?? given[0]] + given : nil
  }

  /// The learning rate that was recorded, where it is the same in all rows that have one.
  var constantRate: Double? {
    let given = Set(recorded.rows.compactMap(\.rate))
    return given.count == 1 ? given.first : nil
  }

  /// Where an optimizer is at each recorded step, row after row; the first row is the start.
  ///
  /// - Parameters:
  ///   - isGuided: whether it is put back to the recorded point after each row, so that what was wrong before does not add
  ///     up. What it remembers is its own.
  ///   - delay: by how many steps recorded rates are late.
  ///   - count: how many rows.
  func points(
    of optimizer: any Optimizer<Double>, isGuided: Bool, delay: Int = 0, rows count: Int
  ) -> [Double] {
    let d = recorded.dimension
    var optimizer = optimizer
    optimizer.prepare(for: oracle.layout)
    var point = recorded.rows[0].point
    var result = point
    result.reserveCapacity(count * d)
    var step = 0
    for row in 1..<max(count, 1) {
      while step < recorded.rows[row].step {
        step += 1
        oracle.beginStep(step)
        if let rates { optimizer.use(learningRate: rates[min(max(step - delay, 0), rates.count - 1)]) }
        var span = point.mutableSpan
        optimizer.step(&span, oracle: oracle)
      }
      result += point
      if isGuided { point = recorded.rows[row].point }
    }
    return result
  }

  /// The largest difference of a coordinate, row by row; not a number where the optimizer is lost.
  func deviations(of points: [Double]) -> [Double] {
    let d = recorded.dimension
    return (0..<points.count / d).map { row in
      (0..<d).reduce(0.0) { largest, k in
        let difference = (points[row * d + k] - recorded.rows[row].point[k]).magnitude
        return difference > largest || difference.isNaN ? difference : largest
      }
    }
  }

  /// How far the recorded run gets from its start, in a coordinate: what differences are measured by.
  var extent: Double {
    let start = recorded.rows[0].point
    return recorded.rows.reduce(0.0) { largest, row in
      zip(row.point, start).reduce(largest) { max($0, ($1.0 - $1.1).magnitude) }
    }
  }
}
