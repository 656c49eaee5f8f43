/// The states to go back to, and forward again.
struct UndoStack {
  /// Turning one knob ten notches is one thing to undo.
  enum Reason: Hashable {
    case knob(entry: Int, key: String, step: Int)
    case constant(String, step: Int)
    case start
    case window
    /// Entries were switched, added or removed; the playhead stays.
    case entries
    case plane
    /// Ghosts were kept or let go; the race stays.
    case ghosts
    /// The fan was opened, closed or resized; the race stays.
    case fan
    case noise
    /// The landscape was chosen, or the race was run anew.
    case race
    /// Everything went back to the scene.
    case scene

    /// Whether changes of this kind in a row are one thing to undo.
    var formsRow: Bool {
      switch self {
      case .knob, .constant, .start, .window, .plane, .fan, .noise: true
      case .entries, .ghosts, .race, .scene: false
      }
    }
  }

  /// The most states kept.
  static let limit = 200

  private var past: [(memento: Memento, reason: Reason)] = []
  private var future: [(memento: Memento, reason: Reason)] = []
  /// The kind of the row that goes on; nil where a change begins anew.
  private var row: Reason?

  /// Keeps the state before a change; changes of one kind in a row are kept once.
  mutating func push(_ memento: Memento, reason: Reason) {
    future = []
    if reason.formsRow, reason == row, !past.isEmpty { return }
    past.append((memento, reason))
    if past.count > UndoStack.limit { past.removeFirst() }
    row = reason
  }

  /// Ends a row of changes of one kind.
  mutating func breakRow() { row = nil }

  /// The last state kept, and what was changed since; the present one can be redone.
  mutating func undo(from present: Memento) -> (memento: Memento, reason: Reason)? {
    guard let last = past.popLast() else { return nil }
    future.append((present, last.reason))
    row = nil
    return last
  }

  /// The last state undone, and what undoing it had changed.
  mutating func redo(from present: Memento) -> (memento: Memento, reason: Reason)? {
    guard let next = future.popLast() else { return nil }
    past.append((present, next.reason))
    row = nil
    return next
  }

  /// Whether there is nothing to go back to.
  var isEmpty: Bool { past.isEmpty }
  /// Whether nothing was undone that could be done again.
  var hasNothingToRedo: Bool { future.isEmpty }

  /// The last state kept, forgotten: what came after is to leave no trace.
  mutating func drop() -> Memento? { past.popLast()?.memento }
}
