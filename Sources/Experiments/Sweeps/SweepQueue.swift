import Synchronization

/// What the threads of a job share: what is left to do, and what is done.
final class SweepQueue: Sendable {
  /// Cells that are computed together.
  struct Block: Sendable {
    /// Which sweep they are of.
    let sweep: Int
    /// Their indices, row by row.
    let cells: [Int]
  }

  private struct State {
    var snapshot: SweepJob.Snapshot
    var queue: [Block] = []
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

  /// The next cells to compute, or nil if there are none or it was called off.
  func next() -> Block? {
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
  private func blocks(of pass: Int, seeing grids: [SweepGrid]) -> [Block] {
    var edges: [Block] = []
    var others: [Block] = []
    for (index, sweep) in sweeps.enumerated() {
      let cells = SweepOrder.cells(
        of: pass, columns: sweep.columns, rows: sweep.rows, within: wanted ?? 0..<sweep.count)
      for block in sweep.blocks(of: cells, in: groupings[index]) {
        let isAtEdge = block.contains { SweepOrder.isAtEdge($0, in: pass, of: grids[index]) }
        if isAtEdge {
          edges.append(Block(sweep: index, cells: block))
        } else {
          others.append(Block(sweep: index, cells: block))
        }
      }
    }
    return edges + others
  }

  func post(_ cells: [SweepCell], of block: Block) {
    state.withLock { state in
      for (index, cell) in zip(block.cells, cells) { state.snapshot.grids[block.sweep].set(cell, at: index) }
      state.snapshot.known += cells.count
    }
  }
}
