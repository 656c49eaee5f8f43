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
