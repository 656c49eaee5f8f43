/// The vectors of an optimizer's state, equally long, in one memory that a kernel takes hold of once a step.
///
/// A value like an array of arrays. Each vector in memory of its own would have to be asked at every step whether it is
/// shared, which in two dimensions costs as much as the arithmetic.
struct State<Scalar: Lane>: Sendable {
  private var numbers = Vector<Scalar>()
  private var length = 0

  /// None yet.
  init() {}

  /// So many vectors of so many zeros.
  init(_ vectors: Int, of length: Int) {
    numbers = Vector(vectors * length)
    self.length = length
  }

  /// Vectors of one number each, all of a length.
  init(_ initial: [Scalar], of length: Int) {
    self.init(initial.count, of: length)
    let rows = writable()
    for (row, value) in initial.enumerated() { rows[row].update(repeating: value) }
  }

  /// One of the vectors, as an array; empty before there are any.
  subscript(vector: Int) -> [Scalar] {
    length == 0 ? [] : Array(numbers.values[vector * length..<(vector + 1) * length])
  }

  /// The memory, to read and write until this value is next copied or changed; its own if it was shared.
  @inline(__always)
  mutating func writable() -> Rows {
    Rows(start: numbers.writable().baseAddress.unsafelyUnwrapped, length: length)
  }

  /// The memory of the vectors.
  struct Rows {
    fileprivate let start: UnsafeMutablePointer<Scalar>
    fileprivate let length: Int

    /// One of them.
    @inline(__always)
    subscript(vector: Int) -> UnsafeMutableBufferPointer<Scalar> {
      UnsafeMutableBufferPointer(start: start + vector * length, count: length)
    }
  }
}
