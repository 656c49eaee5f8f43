import Synchronization

extension Workers {
  /// The results of a function for 0, 1, … `count` − 1, in order, computed on all processors.
  ///
  /// - Parameter finished: told, one after the other, how many there are so far.
  package static func map<Result: Sendable>(
    _ count: Int, finished: @escaping @Sendable (Int) -> Void = { _ in },
    _ body: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    let job = MapJob<Result>(count)
    Workers(min(count, processorCount)) {
      // The indices are handed out one by one, so that a long one holds up nobody.
      while case let index = job.next.add(1, ordering: .relaxed).oldValue, index < count {
        let result = body(index)
        job.results.withLock {
          $0.all[index] = result
          $0.known += 1
          finished($0.known)
        }
      }
    }.wait()
    return job.results.withLock { $0.all.compactMap(\.self) }
  }

  private final class MapJob<Result: Sendable>: Sendable {
    let next = Atomic(0)
    let results: Mutex<(all: [Result?], known: Int)>

    init(_ count: Int) { results = Mutex((Array(repeating: nil, count: count), 0)) }
  }
}
