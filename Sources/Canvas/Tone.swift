/// A tone of the shading: a ground and, where there are too few colours, a glyph strewn over it.
public struct Tone: Hashable, Sendable {
  /// The colour of the ground.
  public var ground: Colour
  /// What is strewn over it; a blank where the colours suffice.
  public var stipple: Glyph
  /// The colour of what is strewn.
  public var ink: Colour
  /// The sign for this tone where there are neither colours nor blocks.
  public var sign: Glyph

  /// A tone; without a stipple it is a plain ground.
  public init(_ ground: Colour, stipple: Glyph = .space, ink: Colour = .terminal, sign: Glyph = .space) {
    self.ground = ground
    self.stipple = stipple
    self.ink = ink
    self.sign = sign
  }
}
