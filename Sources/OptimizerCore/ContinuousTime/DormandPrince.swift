/// Follows ẏ = F(t, y) by the embedded Runge-Kutta pair of orders 5 and 4, with steps chosen so that the estimated error of
/// each is below the tolerance, relative to 1 + |y|.
///
/// Dormand & Prince 1980, doi:10.1016/0771-050X(80)90013-3.
struct DormandPrince: Sendable {
  private var stages = Vector<Double>()
  private var trial = Vector<Double>()
  private var size = 0.0
  private var count = 0

  init() {}

  /// For n unknowns.
  init(count: Int) {
    self.count = count
    stages = Vector(7 * count)
    trial = Vector(count)
  }

  /// Each row's weights of the stages before it; the last is the step of order 5.
  private static let weights: [[Double]] = [
    [], [1 / 5], [3 / 40, 9 / 40], [44 / 45, -56 / 15, 32 / 9],
    [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
    [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
    [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
  ]
  private static let nodes: [Double] = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1]
  /// Order 5 minus order 4.
  private static let difference: [Double] = [
    71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40,
  ]

  /// Follows `y` from `start` for a duration; false if the steps became too small or too many, at the point reached.
  mutating func follow(
    _ y: UnsafeMutableBufferPointer<Double>, from start: Double, for duration: Double, tolerance: Double,
    _ field: (Double, UnsafeMutableBufferPointer<Double>, UnsafeMutableBufferPointer<Double>) -> Void
  ) -> Bool {
    let (stages, trial) = (self.stages.writable(), self.trial.writable())
    let n = count
    func stage(_ s: Int) -> UnsafeMutableBufferPointer<Double> {
      UnsafeMutableBufferPointer(rebasing: stages[s * n..<(s + 1) * n])
    }
    var passed = 0.0
    var h = size > 0 ? min(size, duration) : duration / 16
    field(start, y, stage(0))
    for _ in 0..<5000 {
      guard passed < duration else { return true }
      let isLast = h >= duration - passed
      let now = isLast ? duration - passed : h
      for s in 1..<7 {
        for i in 0..<n {
          var sum = 0.0
          for k in 0..<s { sum += Self.weights[s][k] * stages[k * n + i] }
          trial[i] = y[i] + now * sum
        }
        field(start + passed + Self.nodes[s] * now, trial, stage(s))
      }
      var error = 0.0
      for i in 0..<n {
        var sum = 0.0
        for k in 0..<7 { sum += Self.difference[k] * stages[k * n + i] }
        let allowed = tolerance * (1 + max(y[i].magnitude, trial[i].magnitude))
        error = max(error, (now * sum).magnitude / allowed)
        if sum.isNaN || trial[i].isNaN { error = .infinity }
      }
      if error <= 1 {
        for i in 0..<n {
          y[i] = trial[i]
          // The last stage is the first of the next step.
          stages[i] = stages[6 * n + i]
        }
        passed = isLast ? duration : passed + now
      }
      let factor = error == 0 ? 5 : min(5, max(0.2, 0.9 * Elementary.pow(error, -0.2)))
      // The remainder of the duration says nothing about the size of a good step unless it failed.
      if !isLast || error > 1 { h = now * factor } else { h = max(h, now * factor) }
      size = h
      guard h > 1e-13 * duration else { return false }
    }
    return false
  }
}
