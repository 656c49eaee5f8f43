import Experiments

/// What undo brings back. Runs are not kept: the experiment determines them.
struct Memento {
  var experiment: Experiment
  var step: Int
  var view: View
  var selectedEntry: Int

  /// The title and the window that go with the landscape.
  struct View: Hashable {
    var title: String
    var caption: String
    var window: PlotWindow
  }
}

/// The states to go back to, and forward again.
struct UndoStack {
  /// Turning one knob ten notches is one thing to undo.
  enum Reason: Hashable {
    case knob(entry: Int, key: String, step: Int)
    case constant(String, step: Int)
    case start
    case window
    case plane
    case other
  }

  /// The most states kept.
  static let limit = 200

  private var past: [Memento] = []
  private var future: [Memento] = []
  private var lastReason = Reason.other

  /// Keeps the state before a change; changes of one kind in a row are kept once.
  mutating func push(_ memento: Memento, reason: Reason) {
    future = []
    if reason != .other, reason == lastReason, !past.isEmpty { return }
    past.append(memento)
    if past.count > UndoStack.limit { past.removeFirst() }
    lastReason = reason
  }

  /// Ends a row of changes of one kind.
  mutating func breakRow() { lastReason = .other }

  mutating func undo(from present: Memento) -> Memento? {
    guard let memento = past.popLast() else { return nil }
    future.append(present)
    lastReason = .other
    return memento
  }

  mutating func redo(from present: Memento) -> Memento? {
    guard let memento = future.popLast() else { return nil }
    past.append(present)
    lastReason = .other
    return memento
  }
}
