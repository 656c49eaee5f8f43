/// A key, by what it means.
public enum Key: Hashable, Sendable {
  /// A printable character, space among them.
  case character(Character)
  /// An arrow.
  case up, down, left, right
  /// An arrow with Shift held.
  case shiftUp, shiftDown, shiftLeft, shiftRight
  /// The block above the arrows.
  case home, end, pageUp, pageDown, insert, delete
  /// Return, on either block.
  case enter
  /// Escape on its own.
  case escape
  /// Tab, and Shift-Tab.
  case tab, backTab
  /// Backspace, whichever byte the terminal sends for it.
  case backspace
  /// F1 to F20.
  case function(Int)
  /// A letter or sign with Ctrl held, in lower case: Ctrl-L is `.control("l")`.
  case control(Character)
  /// A character with Alt held, or one that came together with an Esc before it.
  case alt(Character)
}
