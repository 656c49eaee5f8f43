/// What happened to a run, in bounded memory: the same event in successive steps is one entry, and past the limit every
/// second of the older half is left out, and counted.
public struct EventLog: Sendable {
  /// The most entries kept.
  public static let limit = 512

  /// What happened, in the order of the steps.
  public private(set) var entries: [LogEntry] = []
  /// How many entries were left out of the older half.
  package private(set) var omitted = 0
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
