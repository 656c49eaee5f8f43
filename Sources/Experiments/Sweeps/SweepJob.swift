import Landscapes
import Synchronization

/// Maps in the making: computed in the background on all cores, coarse to fine, and readable at any time.
///
/// The result does not depend on the number of threads nor on the order. A job that is no longer held is cancelled.
public final class SweepJob: Sendable {
  /// What is known by now.
  public struct Snapshot: Sendable {
    /// A grid for each sweep of the job.
    public internal(set) var grids: [SweepGrid]
    /// The cells that the job computes.
    public internal(set) var total: Int
    /// Those that are known.
    public internal(set) var known = 0
    /// Whether it was called off before it was complete.
    package internal(set) var isCancelled = false

    /// How much is done, 0...1.
    public var progress: Double { total > 0 ? Double(known) / Double(total) : 1 }
    /// Whether nothing more will come.
    public var isFinished: Bool { known == total || isCancelled }
    /// The grid of the first sweep.
    public var grid: SweepGrid { grids[0] }
  }

  /// What is computed.
  public let sweeps: [Sweep]
  private let queue: SweepQueue
  private let workers: Workers

  /// Starts maps that belong together.
  ///
  /// - Parameters:
  ///   - threads: nil is one for each processor; the numbers are the same for any.
  ///   - cells: the indices, row by row, that are computed in each sweep; all if left out.
  public init(_ sweeps: [Sweep], threads: Int? = nil, cells: Range<Int>? = nil) {
    precondition(!sweeps.isEmpty, "a job has a map to compute")
    self.sweeps = sweeps
    let queue = SweepQueue(sweeps, cells: cells)
    self.queue = queue
    workers = Workers(max(1, threads ?? Workers.processorCount)) {
      var desks: [SweepWorker?] = sweeps.map { _ in nil }
      while let block = queue.next() {
        let desk = desks[block.sweep] ?? SweepWorker(sweeps[block.sweep])
        desks[block.sweep] = desk
        guard let cells = desk.compute(block.cells, isCancelled: { queue.isCancelled }) else { return }
        queue.post(cells, of: block)
      }
    }
  }

  /// Starts a map.
  public convenience init(_ sweep: Sweep, threads: Int? = nil, cells: Range<Int>? = nil) {
    self.init([sweep], threads: threads, cells: cells)
  }

  deinit { queue.cancel() }

  /// What is known by now, at the price of a lock that nobody holds for long.
  public var snapshot: Snapshot { queue.snapshot }

  /// Calls it off; the threads stop within a few milliseconds, and nothing waits for them.
  public func cancel() { queue.cancel() }

  /// Blocks until all is computed, or called off and quiet. Never for a thread that draws, nor for two at once.
  @discardableResult
  public func wait() -> Snapshot {
    workers.wait()
    return queue.snapshot
  }
}

extension Sweep {
  /// Computes the whole map, blocking, on so many threads; nil is all processors.
  public func grid(threads: Int? = nil) -> SweepGrid { SweepJob(self, threads: threads).wait().grid }
}
