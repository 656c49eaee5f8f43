import Canvas
import Scenes

/// A line of the key table that holds in one view: its keys, and what they do.
struct ViewBinding<V: View> {
  /// A key and what it does.
  struct Stroke {
    let key: Key
    /// Changes the view, and asks for what is to become of the rest.
    let act: (inout V, ViewContext) -> [ViewRequest]
  }

  /// The keys, as the help prints them.
  let shown: String
  /// What they do, as the help prints it.
  let does: String
  /// The short word in the hint line; nil keeps it out.
  let hint: (keys: String, word: String)?
  let strokes: [Stroke]

  init(
    _ shown: String, _ does: String, hint: (keys: String, word: String)? = nil,
    _ strokes: [(Key, (inout V, ViewContext) -> [ViewRequest])]
  ) {
    self.shown = shown
    self.does = does
    self.hint = hint
    self.strokes = strokes.map { Stroke(key: $0.0, act: $0.1) }
  }
}

extension View {
  /// The keys of the view as lines of the key table, in the order of their hints, before all others.
  static var keyTable: [Binding] {
    bindings.enumerated().map { place, binding in
      Binding(
        .here, binding.shown, binding.does, hint: binding.hint.map { (place - 1000, $0.keys, $0.word) },
        keys: binding.strokes.map(\.key), [])
    }
  }
}
