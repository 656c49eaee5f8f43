/// Functions of the singular values of a block of the parameters: the matrix UΣVᵀ becomes UVᵀ, or UΣ^(−1/k)Vᵀ.
enum RuleMatrices {
  /// Computes one block of one lane.
  ///
  /// - Parameter rootOrder: the k of the root; nil for the sign.
  static func apply<Scalar: Lane>(
    to matrix: UnsafeMutableBufferPointer<Scalar>, into result: UnsafeMutableBufferPointer<Scalar>,
    _ block: BlockShape, _ lane: Int, rootOrder: Double?
  ) {
    let isTall = block.rows >= block.columns
    let (n, k) = isTall ? (block.rows, block.columns) : (block.columns, block.rows)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: n * k + k * k) { work in
      work.initialize(repeating: 0)
      let columns = UnsafeMutableBufferPointer(rebasing: work[..<(n * k)])
      let turns = UnsafeMutableBufferPointer(rebasing: work[(n * k)..<(n * k + k * k)])
      func place(_ i: Int, _ j: Int) -> Int {
        block.offset + (isTall ? i * block.columns + j : j * block.columns + i)
      }
      for i in 0..<n {
        for j in 0..<k { columns[i * k + j] = matrix[place(i, j)][lane: lane] }
      }
      DenseMatrix.polar(columns, turns, n, k) { length in
        guard let rootOrder else { return 1 }
        return Elementary.pow(length, -1 / rootOrder)
      }
      for i in 0..<n {
        for j in 0..<k { result[place(i, j)][lane: lane] = columns[i * k + j] }
      }
    }
  }
}
