import Canvas

/// What the mouse does in a region of the screen.
enum HitAction: Hashable {
  /// A click does what a key does.
  case key(Key)
  /// A row of the race: a click selects the entry, the wheel goes through the entries.
  case entry(Int)
  /// The digit of an entry: a click switches it on or off, the wheel goes through the entries.
  case entryDigit(Int)
  /// A row with a knob: a click selects it, the wheel turns it.
  case knob(Int)
  /// Its value: a click also asks for another one.
  case knobValue(Int)
  /// Its slider, in the columns given: it is also taken hold of.
  case slider(Int, columns: Range<Int>)
  /// The knob of a screen with one row for all: a click goes on to the next, the wheel turns it.
  case shownKnob
  /// The step: the wheel goes back and forth, a click asks for a number.
  case step
  /// The speed: the wheel turns it, a click plays or pauses.
  case speed
  /// What was said: a click takes it away.
  case status
  /// The curves: a click or a drag takes the playhead along.
  case playhead(CurveAxis)
  /// A part of the view that is open, by a number of its own.
  case view(Int)
  /// A part of the dialog that is open.
  case dialog(DialogPart)
}
