/// Something that happened to a run, once or in every step of a stretch.
public struct LogEntry: Sendable, Hashable {
  /// What kind of thing.
  public enum Kind: Sendable, Hashable {
    /// The optimizer did something beyond its plain rule.
    case event
    /// A knob was turned before the step.
    case change
    /// The run came to rest at a minimum, or left it again.
    case convergence
    /// The run is too far away, or its next step would not be finite.
    case divergence
  }

  /// The first step of the stretch.
  public let step: Int
  /// The last step of the stretch; the same as the first for a single event.
  public internal(set) var lastStep: Int
  /// What kind of thing.
  public let kind: Kind
  /// What happened, in words.
  public let text: String

  /// Something that happened in a stretch of steps.
  public init(step: Int, lastStep: Int, kind: Kind, text: String) {
    self.step = step
    self.lastStep = lastStep
    self.kind = kind
    self.text = text
  }
}

/// What happened to a run, in bounded memory: the same event in successive steps is one entry, and past the limit every
/// second of the older half is left out, and counted.
public struct EventLog: Sendable {
  /// The most entries kept.
  public static let limit = 512

  /// What happened, in the order of the steps.
  public private(set) var entries: [LogEntry] = []
  /// How many entries were left out of the older half.
  public private(set) var omitted = 0
  /// The last step that was looked at.
  private(set) var lastStep = 0

  /// Takes in what happened in a step; it must be the one after the last.
  mutating func record(_ step: Int, _ events: [String]) {
    for event in events { add(LogEntry(step: step, lastStep: step, kind: .event, text: event)) }
    lastStep = step
  }

  /// Adds an entry, or makes the stretch of the same event one step longer.
  mutating func add(_ entry: LogEntry) {
    // Events of the same step may stand between.
    for i in entries.indices.suffix(6).reversed()
    where entries[i].lastStep == entry.step - 1 && entries[i].kind == entry.kind
      && entries[i].text == entry.text
    {
      entries[i].lastStep = entry.lastStep
      return
    }
    if entries.count >= EventLog.limit { thin() }
    entries.append(entry)
  }

  private mutating func thin() {
    let half = entries.count / 2
    var kept: [LogEntry] = []
    for (i, entry) in entries.enumerated() {
      // What happens once is never left out.
      if i >= half || entry.kind != .event || i % 2 == 0 { kept.append(entry) } else { omitted += 1 }
    }
    entries = kept
  }

  /// Forgets what happened after a step.
  mutating func truncate(after step: Int) {
    entries.removeAll { $0.step > step }
    for i in entries.indices where entries[i].lastStep > step { entries[i].lastStep = step }
    lastStep = min(lastStep, step)
  }
}

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
