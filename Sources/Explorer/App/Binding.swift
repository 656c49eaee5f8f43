import Canvas

/// One line of the key table: the dispatcher, the help screen and the hints all read it.
struct Binding {
  /// What the line is about, as the help groups it.
  enum Group: String, CaseIterable {
    case lecture = "The lecture"
    case here = "In this view"
    case run = "The run"
    case race = "The race"
    case knobs = "Knobs"
    case landscape = "The landscape"
    case view = "The view"
    case screen = "The screen"
    case mouse = "The mouse"
  }

  /// A key and what it asks for.
  struct Stroke {
    let key: Key
    let action: Action
  }

  let group: Group
  /// The keys, as the help prints them.
  let shown: String
  /// What they do, as the help prints it.
  let does: String
  let strokes: [Stroke]
  /// The keys themselves, in the order in which the help and the hint name them.
  let keys: [Key]
  /// The short word in the hint line, and its place there; nil keeps it out.
  var hint: (place: Int, keys: String, word: String)?

  init(
    _ group: Group, _ shown: String, _ does: String, hint: (place: Int, keys: String, word: String)? = nil,
    keys: [Key]? = nil, _ strokes: [(Key, Action)]
  ) {
    self.group = group
    self.shown = shown
    self.does = does
    self.hint = hint
    self.strokes = strokes.map { Stroke(key: $0.0, action: $0.1) }
    self.keys = keys ?? strokes.map(\.0)
  }

  /// The key that a word of `shown` or of the hint names, if it names one.
  func key(named word: some StringProtocol) -> Key? { keys.first { $0.name == word } }
}
