/// How the way of an entry is drawn.
public struct TrailPen: Sendable {
  /// The colour of the entry.
  public var colour: Colour
  /// Its digit, say: what the trail is made of where colours or blocks are missing. Else all entries would look alike.
  public var sign: Glyph?
  /// Where trails meet in a cell, the one of higher rank has it, and of equal ones the fresher.
  public var rank: UInt8
  /// Over how many segments what is left of the colour goes to nothing; they are faint well before.
  public var fade: Int
  /// So many of the newest segments are twice as broad.
  public var broad: Int
  /// Whether every place that is far enough from the one before is marked by a dot.
  public var marksPlaces: Bool

  /// A pen.
  public init(
    _ colour: Colour, sign: Glyph? = nil, rank: UInt8 = 0, fade: Int = 24, broad: Int = 0,
    marksPlaces: Bool = false
  ) {
    self.colour = colour
    self.sign = sign
    self.rank = rank
    self.fade = fade
    self.broad = broad
    self.marksPlaces = marksPlaces
  }

  /// What is drawn over all trails.
  public static func over(_ colour: Colour, sign: Glyph? = nil, fade: Int = 1) -> TrailPen {
    TrailPen(colour, sign: sign, rank: .max, fade: fade)
  }
}
