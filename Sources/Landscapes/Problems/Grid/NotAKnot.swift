/// The slopes of cubic splines over the same nodes, of which there are at least four.
struct NotAKnot {
  private let h: [Double]
  /// What elimination leaves above the diagonal, and what a row is divided by.
  private let above: [Double]
  private let pivots: [Double]

  init(_ nodes: [Double]) {
    let h = zip(nodes.dropFirst(), nodes).map { $0 - $1 }
    let n = nodes.count
    var above = [(h[0] + h[1]) / h[1]]
    var pivots = [h[1]]
    for i in 1..<(n - 1) {
      let pivot = 2 * (h[i - 1] + h[i]) - h[i] * above[i - 1]
      pivots.append(pivot)
      above.append(h[i - 1] / pivot)
    }
    pivots.append(h[n - 3] - (h[n - 3] + h[n - 2]) * above[n - 2])
    (self.h, self.above, self.pivots) = (h, above, pivots)
  }

  /// The slopes at the nodes of the spline through some values.
  func slopes(_ value: (Int) -> Double) -> [Double] {
    let n = h.count + 1
    let secants = h.indices.map { (value($0 + 1) - value($0)) / h[$0] }
    let (first, last) = (h[0] + h[1], h[n - 3] + h[n - 2])
    var slopes = [
      ((h[0] + 2 * first) * h[1] * secants[0] + h[0] * h[0] * secants[1]) / first / pivots[0]
    ]
    slopes.reserveCapacity(n)
    for i in 1..<(n - 1) {
      let right = 3 * (h[i] * secants[i - 1] + h[i - 1] * secants[i])
      slopes.append((right - h[i] * slopes[i - 1]) / pivots[i])
    }
    let right =
      (h[n - 2] * h[n - 2] * secants[n - 3] + (2 * last + h[n - 2]) * h[n - 3] * secants[n - 2]) / last
    slopes.append((right - last * slopes[n - 2]) / pivots[n - 1])
    for i in (0..<(n - 1)).reversed() { slopes[i] -= above[i] * slopes[i + 1] }
    return slopes
  }
}
