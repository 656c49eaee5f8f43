internal import OptimizerCore

/// The two directions of unit length along which points vary most, by the principal components of what is left of them
/// without their mean. Each points to where the last lies from the first.
struct PrincipalDirections {
  let first: [Double]
  let second: [Double]

  /// Nil where the points lie on a line, but for rounding.
  init?(of points: [[Double]]) {
    let (count, d) = (points.count, points[0].count)
    guard count >= 3 else { return nil }
    var mean = [Double](repeating: 0, count: d)
    for point in points { for k in 0..<d { mean[k] += point[k] / Double(count) } }
    let centred = points.map { point in zip(point, mean).map { $0 - $1 } }
    // The matrix of inner products has the same eigenvalues as the covariance, and there are few points in many dimensions.
    var products = [Double](repeating: 0, count: count * count)
    for i in 0..<count {
      for j in 0...i {
        let product = Plane.dot(centred[i], centred[j])
        products[i * count + j] = product
        products[j * count + i] = product
      }
    }
    let (values, vectors) = DenseMatrix.eigen(products)
    let order = values.indices.sorted { values[$0] > values[$1] }
    guard values[order[0]] > 0, values[order[0]].isFinite, values[order[1]] > 1e-13 * values[order[0]] else {
      return nil
    }
    let way = zip(points[count - 1], points[0]).map { $0 - $1 }
    let directions = order.prefix(2).map { place in
      var direction = [Double](repeating: 0, count: d)
      for i in 0..<count {
        let weight = vectors[i * count + place]
        for k in 0..<d { direction[k] += weight * centred[i][k] }
      }
      let length = direction.euclideanNorm
      let sign = Plane.dot(direction, way) < 0 ? -1.0 : 1
      return direction.map { sign * $0 / length }
    }
    (first, second) = (directions[0], directions[1])
  }
}
