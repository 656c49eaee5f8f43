import Landscapes
import Synchronization

/// Maps in the making: computed in the background on all cores, coarse to fine, and readable at any time.
///
/// The result does not depend on the number of threads nor on the order. A job that is no longer held is cancelled.
public final class SweepJob: Sendable {
  /// What is known by now.
  public struct Snapshot: Sendable {
    /// A grid for each sweep of the job.
    public fileprivate(set) var grids: [SweepGrid]
    /// The cells that the job computes.
    public fileprivate(set) var total: Int
    /// Those that are known.
    public fileprivate(set) var known = 0
    /// Whether it was called off before it was complete.
    public fileprivate(set) var isCancelled = false

    /// How much is done, 0...1.
    public var progress: Double { total > 0 ? Double(known) / Double(total) : 1 }
    /// Whether nothing more will come.
    public var isFinished: Bool { known == total || isCancelled }
    /// The grid of the first sweep.
    public var grid: SweepGrid { grids[0] }
  }

  /// What is computed.
  public let sweeps: [Sweep]
  private let board: Board
  private let workers: Workers

  /// Starts maps that belong together.
  ///
  /// - Parameters:
  ///   - threads: nil is one for each processor; the numbers are the same for any.
  ///   - cells: the indices, row by row, that are computed in each sweep; all if left out.
  public init(_ sweeps: [Sweep], threads: Int? = nil, cells: Range<Int>? = nil) {
    precondition(!sweeps.isEmpty, "a job has a map to compute")
    self.sweeps = sweeps
    let board = Board(sweeps, cells: cells)
    self.board = board
    workers = Workers(max(1, threads ?? Workers.processorCount)) {
      var desks: [SweepDesk?] = sweeps.map { _ in nil }
      while let block = board.next() {
        let desk = desks[block.sweep] ?? SweepDesk(sweeps[block.sweep])
        desks[block.sweep] = desk
        guard let cells = desk.compute(block.cells, isCancelled: { board.isCancelled }) else { return }
        board.post(cells, of: block)
      }
    }
  }

  /// Starts a map.
  public convenience init(_ sweep: Sweep, threads: Int? = nil, cells: Range<Int>? = nil) {
    self.init([sweep], threads: threads, cells: cells)
  }

  deinit { board.cancel() }

  /// What is known by now, at the price of a lock that nobody holds for long.
  public var snapshot: Snapshot { board.snapshot }

  /// Calls it off; the threads stop within a few milliseconds, and nothing waits for them.
  public func cancel() { board.cancel() }

  /// Blocks until all is computed, or called off and quiet. Never for a thread that draws, nor for two at once.
  @discardableResult
  public func wait() -> Snapshot {
    workers.wait()
    return board.snapshot
  }
}

extension Sweep {
  /// Computes the whole map, blocking, on so many threads; nil is all processors.
  public func grid(threads: Int? = nil) -> SweepGrid { SweepJob(self, threads: threads).wait().grid }
}

/// Cells that are computed together.
struct SweepBlock: Sendable {
  /// Which sweep they are of.
  let sweep: Int
  /// Their indices, row by row.
  let cells: [Int]
}

/// What the threads of a job share: what is left to do, and what is done.
private final class Board: Sendable {
  private struct State {
    var snapshot: SweepJob.Snapshot
    var queue: [SweepBlock] = []
    var taken = 0
    var nextPass = 0
  }
  private let sweeps: [Sweep]
  private let groupings: [Sweep.Grouping]
  private let wanted: Range<Int>?
  private let state: Mutex<State>
  private let cancelled = Atomic<Bool>(false)

  init(_ sweeps: [Sweep], cells: Range<Int>?) {
    self.sweeps = sweeps
    groupings = sweeps.map(\.grouping)
    wanted = cells
    let total = sweeps.reduce(0) { sum, sweep in
      let all = 0..<sweep.count
      return sum + (cells.map { all.clamped(to: $0) } ?? all).count
    }
    state = Mutex(
      State(
        snapshot: SweepJob.Snapshot(
          grids: sweeps.map { SweepGrid(columns: $0.columns, rows: $0.rows) }, total: total)))
  }

  var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

  func cancel() { cancelled.store(true, ordering: .relaxed) }

  var snapshot: SweepJob.Snapshot {
    state.withLock { state in
      var snapshot = state.snapshot
      snapshot.isCancelled = isCancelled && snapshot.known < snapshot.total
      return snapshot
    }
  }

  /// The next cells to compute, or nil if there are none or nobody wants them any more.
  func next() -> SweepBlock? {
    guard !isCancelled else { return nil }
    return state.withLock { state in
      while state.taken == state.queue.count {
        guard state.nextPass < SweepOrder.strides.count else { return nil }
        state.queue = blocks(of: state.nextPass, seeing: state.snapshot.grids)
        state.taken = 0
        state.nextPass += 1
      }
      state.taken += 1
      return state.queue[state.taken - 1]
    }
  }

  /// The blocks of a pass, those first whose cells lie between coarser ones that ended differently.
  private func blocks(of pass: Int, seeing grids: [SweepGrid]) -> [SweepBlock] {
    var telling: [SweepBlock] = []
    var others: [SweepBlock] = []
    for (index, sweep) in sweeps.enumerated() {
      let cells = SweepOrder.cells(
        of: pass, columns: sweep.columns, rows: sweep.rows, within: wanted ?? 0..<sweep.count)
      for block in sweep.blocks(of: cells, in: groupings[index]) {
        let isTelling = block.contains { SweepOrder.isTelling($0, in: pass, of: grids[index]) }
        if isTelling {
          telling.append(SweepBlock(sweep: index, cells: block))
        } else {
          others.append(SweepBlock(sweep: index, cells: block))
        }
      }
    }
    return telling + others
  }

  func post(_ cells: [SweepCell], of block: SweepBlock) {
    state.withLock { state in
      for (index, cell) in zip(block.cells, cells) { state.snapshot.grids[block.sweep].set(cell, at: index) }
      state.snapshot.known += cells.count
    }
  }
}
