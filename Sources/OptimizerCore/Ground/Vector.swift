/// The numbers of an optimizer's state: a value like an array, whose memory a kernel takes hold of once a step.
///
/// An array asks at every write whether it is shared; in two dimensions that costs more than the arithmetic.
struct Vector<Scalar: Lane>: Sendable {
  // Written only through `writable`, which copies it first if it is shared.
  private final class Storage: @unchecked Sendable {
    let numbers: UnsafeMutableBufferPointer<Scalar>

    // At a boundary of sixteen numbers, so that a kernel may take several parameters at once.
    init(_ count: Int) {
      let bytes = UnsafeMutableRawBufferPointer.allocate(
        byteCount: count * MemoryLayout<Scalar>.stride, alignment: MemoryLayout<SIMD16<Double>>.alignment)
      numbers = bytes.bindMemory(to: Scalar.self)
    }

    deinit { numbers.deallocate() }
  }
  private var storage: Storage?

  /// None yet.
  init() {}

  /// So many, all the same.
  init(_ count: Int, _ value: Scalar = .zero) {
    let made = Storage(count)
    made.numbers.initialize(repeating: value)
    storage = made
  }

  /// The memory, to read and write until this value is next copied or changed; its own if it was shared.
  @inline(__always)
  mutating func writable() -> UnsafeMutableBufferPointer<Scalar> {
    if !isKnownUniquelyReferenced(&storage) { detach() }
    return storage.unsafelyUnwrapped.numbers
  }

  @inline(never)
  private mutating func detach() {
    guard let shared = storage else { preconditionFailure("an optimizer is prepared before its first step") }
    let own = Storage(shared.numbers.count)
    _ = own.numbers.initialize(from: shared.numbers)
    storage = own
  }

  /// The numbers as an array.
  var values: [Scalar] { storage.map { Array($0.numbers) } ?? [] }

  /// How many there are.
  var count: Int { storage?.numbers.count ?? 0 }
}
