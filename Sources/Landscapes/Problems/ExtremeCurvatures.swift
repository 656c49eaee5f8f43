internal import OptimizerCore

/// The smallest and the largest eigenvalue of a symmetric matrix, with a unit eigenvector of each.
struct ExtremeCurvatures: Sendable {
  /// What is looked for; each includes those before it.
  enum Detail: Int, Comparable {
    /// The largest eigenvalue; the smallest, which takes most of the products, is NaN.
    case largest
    /// Both eigenvalues; the vectors are 0.
    case values
    /// The eigenvectors too.
    case vectors

    static func < (a: Detail, b: Detail) -> Bool { a.rawValue < b.rawValue }
  }

  let smallest: Double
  let largest: Double
  let flattest: [Double]
  let sharpest: [Double]

  /// Of a small matrix of d·d numbers, by Jacobi's rotations; NaN where an entry is not finite.
  init(of matrix: [Double], _ d: Int) {
    let (values, vectors) = DenseMatrix.eigen(matrix)
    func column(_ j: Int) -> [Double] { (0..<d).map { vectors[$0 * d + j] } }
    guard values.allSatisfy(\.isFinite), let low = values.indices.min(by: { values[$0] < values[$1] }),
      let high = values.indices.max(by: { values[$0] < values[$1] })
    else {
      (smallest, largest) = (.nan, .nan)
      (flattest, sharpest) = (column(0), column(d - 1))
      return
    }
    (smallest, largest) = (values[low], values[high])
    (flattest, sharpest) = (column(low), column(high))
  }

  /// The most products with the matrix that are asked for, and as many again for the eigenvectors.
  private static let mostSteps = 120

  /// Of a large matrix that is known by its products with vectors, by Lanczos' method.
  ///
  /// The Krylov space grows until the residuals of what is looked for are below 1e-6 of the larger by magnitude, which
  /// makes the eigenvalues good to about the square of that, or it has 120 dimensions.
  /// Only three vectors are kept, so there may be millions of parameters: the eigenvectors are put together by going the
  /// same way a second time. Vectors that lose their orthogonality meanwhile give extreme eigenvalues twice, but no
  /// wrong ones (Paige 1980, doi:10.1016/0024-3795(80)90167-6).
  ///
  /// - Parameter detail: what is looked for; the eigenvectors take as many products again.
  init(dimension d: Int, _ detail: Detail = .vectors, product: ([Double]) -> [Double]) {
    var start = (0..<(d + 1) / 2).flatMap { pair -> [Double] in
      let (a, b) = Philox(seed: 0).normals(step: 0, stream: 0, index: pair)
      return [a, b]
    }
    start.removeLast(start.count - d)
    let length = start.euclideanNorm
    for k in start.indices { start[k] /= length }

    var (alphas, betas): ([Double], [Double]) = ([], [])
    var ritz: (values: [Double], vectors: [Double], low: Int, high: Int)?
    let most = min(d, Self.mostSteps)
    Self.walk(from: start, product) { _, alpha, beta in
      alphas.append(alpha)
      betas.append(beta)
      let m = alphas.count
      guard alpha.isFinite, beta.isFinite else { return false }
      let scale = alphas.reduce(0) { max($0, $1.magnitude) }
      let isExhausted = beta <= 1e-13 * max(scale, betas.max() ?? 0) || m == most
      // Solving the small problem costs too, so it is done now and then.
      guard isExhausted || [10, 15, 20, 30, 40, 60, 80].contains(m) else { return true }
      let solved = Self.solve(alphas, betas)
      ritz = solved
      let size = max(solved.values[solved.low].magnitude, solved.values[solved.high].magnitude)
      let isGood = (detail == .largest ? [solved.high] : [solved.low, solved.high]).allSatisfy {
        beta * solved.vectors[(m - 1) * m + $0].magnitude <= 1e-6 * size
      }
      return !(isExhausted || isGood)
    }
    guard let ritz, ritz.values.allSatisfy(\.isFinite) else {
      (smallest, largest, flattest, sharpest) = (.nan, .nan, start, start)
      return
    }
    let m = alphas.count
    smallest = detail == .largest ? .nan : ritz.values[ritz.low]
    largest = ritz.values[ritz.high]
    guard detail == .vectors else {
      (flattest, sharpest) = ([], [])
      return
    }
    var (flat, sharp) = ([Double](repeating: 0, count: d), [Double](repeating: 0, count: d))
    var place = 0
    Self.walk(from: start, product) { q, _, _ in
      let (a, b) = (ritz.vectors[place * m + ritz.low], ritz.vectors[place * m + ritz.high])
      for k in q.indices {
        flat[k] += a * q[k]
        sharp[k] += b * q[k]
      }
      place += 1
      return place < m
    }
    func normalised(_ v: [Double]) -> [Double] {
      let length = v.euclideanNorm
      return length > 0 ? v.map { $0 / length } : v
    }
    (flattest, sharpest) = (normalised(flat), normalised(sharp))
  }

  /// Of D(A + penalty·I)D, with A a large matrix that is known by its products and D diagonal.
  init(
    dimension d: Int, scaledBy diagonal: [Double], penalty: Double, _ detail: Detail,
    product: ([Double]) -> [Double]
  ) {
    self.init(dimension: d, detail) { direction in
      let scaled = zip(diagonal, direction).map { $0 * $1 }
      let product = product(scaled)
      return diagonal.indices.map { diagonal[$0] * (product[$0] + penalty * scaled[$0]) }
    }
  }

  /// Lanczos' recurrence: hands over each vector with its diagonal and the next off-diagonal entry until told to stop.
  private static func walk(
    from start: [Double], _ product: ([Double]) -> [Double],
    _ visit: (_ vector: [Double], _ alpha: Double, _ beta: Double) -> Bool
  ) {
    var (before, q) = ([Double](repeating: 0, count: start.count), start)
    var beta = 0.0
    while true {
      var next = product(q)
      for k in next.indices { next[k] -= beta * before[k] }
      var alpha = 0.0
      for k in next.indices { alpha += next[k] * q[k] }
      for k in next.indices { next[k] -= alpha * q[k] }
      beta = next.euclideanNorm
      guard visit(q, alpha, beta) else { return }
      for k in next.indices { next[k] /= beta }
      (before, q) = (q, next)
    }
  }

  /// The eigenvalues and eigenvectors of the tridiagonal matrix, and the places of the extreme ones.
  private static func solve(
    _ alphas: [Double], _ betas: [Double]
  ) -> (values: [Double], vectors: [Double], low: Int, high: Int) {
    let (values, vectors) = TridiagonalMatrix(diagonal: alphas, beside: Array(betas.dropLast())).eigen
    let low = values.indices.min { values[$0] < values[$1] } ?? 0
    let high = values.indices.max { values[$0] < values[$1] } ?? 0
    return (values, vectors, low, high)
  }
}
