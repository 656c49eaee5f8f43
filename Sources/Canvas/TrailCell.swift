/// What of the trails shows in a cell: one of them.
struct TrailCell: Hashable, Sendable {
  /// Its dots; none where there is no trail.
  var bits: UInt8 = 0
  /// How much of its colour is left, 0 to `Plot.fades`.
  var fade: UInt8 = 0
  /// Its place among the trails that meet here.
  var rank: UInt8 = 0
  /// The colour of the entry.
  var colour = Colour.terminal
  /// The sign of the entry; a blank is none of its own.
  var sign = Glyph.space
}
