/// What a terminal reports.
public enum Event: Sendable, Equatable {
  /// A key was typed.
  case key(Key)
  /// The mouse did something.
  case mouse(Mouse)
  /// Text was pasted, as a whole; never to be read as keys. Not sanitised.
  case paste(String)
  /// The screen has this size now, in cells.
  case resize(width: Int, height: Int)
  /// The terminal came to the front, or left it.
  case focus(Bool)
}

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

/// What the mouse did, and where.
public struct Mouse: Hashable, Sendable {
  /// What it did.
  public enum Kind: Hashable, Sendable {
    /// The left button went down, or up.
    case press, release
    /// The middle or right button went down.
    case middlePress, rightPress
    /// It moved with the left button down, or without any.
    case drag, move
    /// It moved with the middle or the right button down.
    case otherDrag
    /// One notch of the wheel.
    case wheelUp, wheelDown
  }

  /// What it did.
  public var kind: Kind
  /// The column, from 0 at the left.
  public var x: Int
  /// The row, from 0 at the top.
  public var y: Int

  /// A report of the mouse.
  public init(_ kind: Kind, x: Int, y: Int) {
    self.kind = kind
    self.x = x
    self.y = y
  }
}
