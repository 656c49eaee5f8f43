import OptimizerCore

/// Evaluates a matrix problem in memory of its own: one kernel for one run and for eight side by side.
struct MatrixMachine<Scalar: Lane> {
  private let a: UnsafeMutablePointer<Double>
  private let b: UnsafeMutablePointer<Double>
  private let c: UnsafeMutablePointer<Double>
  private let leftGram: UnsafeMutablePointer<Double>
  private let rightGram: UnsafeMutablePointer<Double>
  /// A W, then R Bᵀ: rows of A × columns of W.
  private let product: UnsafeMutablePointer<Scalar>
  /// R = A W B − C.
  private let residual: UnsafeMutablePointer<Scalar>
  /// W is p×q, A is m×p, B is q×n.
  private let p: Int
  private let q: Int
  private let m: Int
  private let n: Int

  init(_ problem: MatrixProblem) {
    func copy(_ numbers: [Double]) -> UnsafeMutablePointer<Double> {
      let memory = UnsafeMutablePointer<Double>.allocate(capacity: numbers.count)
      for (i, number) in numbers.enumerated() { (memory + i).initialize(to: number) }
      return memory
    }
    func zeros(_ count: Int) -> UnsafeMutablePointer<Scalar> {
      let memory = UnsafeMutablePointer<Scalar>.allocate(capacity: count)
      memory.initialize(repeating: .zero, count: count)
      return memory
    }
    (p, q, m, n) = (problem.rows, problem.columns, problem.a.rows, problem.b.columns)
    a = copy(problem.a.entries)
    b = copy(problem.b.entries)
    c = copy(problem.c.entries)
    leftGram = copy(problem.leftGram)
    rightGram = copy(problem.rightGram)
    product = zeros(m * q)
    residual = zeros(m * n)
  }

  func deallocate() {
    for memory in [a, b, c, leftGram, rightGram] { memory.deallocate() }
    product.deallocate()
    residual.deallocate()
  }

  /// ½‖R‖², with R left behind.
  @inline(__always)
  func value(at w: borrowing Span<Scalar>) -> Scalar {
    precondition(w.count == p * q, "a point has as many numbers as W has entries")
    for i in 0..<m {
      for j in 0..<q {
        var sum = Scalar.zero
        for k in 0..<p { sum += a[i * p + k] * w[unchecked: k * q + j] }
        product[i * q + j] = sum
      }
    }
    var squares = Scalar.zero
    for i in 0..<m {
      for j in 0..<n {
        var sum = Scalar.zero
        for k in 0..<q { sum += b[k * n + j] * product[i * q + k] }
        let difference = sum - c[i * n + j]
        residual[i * n + j] = difference
        squares += difference * difference
      }
    }
    return 0.5 * squares
  }

  @inline(__always)
  func gradient(at w: borrowing Span<Scalar>, into gradient: inout MutableSpan<Scalar>) -> Scalar {
    precondition(gradient.count == p * q, "a gradient has as many numbers as W has entries")
    let value = value(at: w)
    for i in 0..<m {
      for j in 0..<q {
        var sum = Scalar.zero
        for k in 0..<n { sum += b[j * n + k] * residual[i * n + k] }
        product[i * q + j] = sum
      }
    }
    for i in 0..<p {
      for j in 0..<q {
        var sum = Scalar.zero
        for k in 0..<m { sum += a[k * p + i] * product[k * q + j] }
        gradient[unchecked: i * q + j] = sum
      }
    }
    return value
  }

  @inline(__always)
  func hessian(into hessian: inout MutableSpan<Scalar>) {
    let d = p * q
    for row in 0..<d {
      for column in 0..<d {
        hessian[row * d + column] = Scalar(
          repeating: leftGram[row / q * p + column / q] * rightGram[row % q * q + column % q])
      }
    }
  }

  /// g gᵀ: C is a single sample.
  @inline(__always)
  func squaredGradient(at w: borrowing Span<Scalar>, into matrix: inout MutableSpan<Scalar>) {
    let d = p * q
    var slopes = [Scalar](repeating: .zero, count: d)
    var span = slopes.mutableSpan
    _ = gradient(at: w, into: &span)
    for row in 0..<d {
      for column in 0..<d { matrix[row * d + column] = slopes[row] * slopes[column] }
    }
  }

  /// B Bᵀ of the columns, then AᵀA of the rows.
  @inline(__always)
  func factors(into factors: inout MutableSpan<Scalar>) {
    for i in 0..<q * q { factors[i] = Scalar(repeating: rightGram[i]) }
    for i in 0..<p * p { factors[q * q + i] = Scalar(repeating: leftGram[i]) }
  }
}
