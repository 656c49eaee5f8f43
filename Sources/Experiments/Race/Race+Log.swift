extension Race {
  /// A line of a race's log.
  public struct LogLine: Sendable, Hashable {
    /// Whose it is: the index of the entry, nil for the landscape.
    public let entry: Int?
    /// What happened.
    public let event: LogEntry
    /// Whether it lies beyond the playhead: it was run before, or waits for its step.
    public let isAhead: Bool
  }

  /// What happened to the entries that are on, or to one of them, by step; the first start speaks for an entry.
  ///
  /// - Parameters:
  ///   - index: the entry; nil for all.
  ///   - includesAhead: whether what lies beyond the playhead is part of it, marked so.
  public func log(entry index: Int? = nil, includesAhead: Bool = true) -> [LogLine] {
    var lines: [LogLine] = []
    for (i, entry) in experiment.entries.enumerated() where entry.isOn && (index == nil || index == i) {
      let run = run(entry: i)
      // That the next step would not be finite is known where the run stands.
      let reached = run.isOver ? max(step, run.step + 1) : step
      lines += run.log.entries.map { line(of: $0, entry: i, reached: reached) }
    }
    for change in experiment.changes {
      let owner: Int?
      switch change.target {
      case .landscape: owner = nil
      case .entry(let name, _):
        owner = experiment.entries.firstIndex { $0.name == name }
        if index != nil, owner != index { continue }
      }
      lines.append(
        line(
          of: LogEntry(step: change.step, lastStep: change.step, kind: .change, text: change.words),
          entry: owner, reached: step))
    }
    let shown = includesAhead ? lines : lines.filter { !$0.isAhead }
    return shown.enumerated().sorted {
      ($0.element.event.step, $0.offset) < ($1.element.event.step, $1.offset)
    }.map(\.element)
  }

  private func line(of event: LogEntry, entry: Int?, reached: Int) -> LogLine {
    guard event.step <= step, event.lastStep > step else {
      return LogLine(entry: entry, event: event, isAhead: event.step > reached)
    }
    // Of a stretch that goes on beyond the playhead, the part that has happened.
    var event = event
    event.lastStep = step
    return LogLine(entry: entry, event: event, isAhead: false)
  }
}
