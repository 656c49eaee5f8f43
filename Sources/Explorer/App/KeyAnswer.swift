/// What became of a key in a mode that takes some keys only.
enum KeyAnswer {
  /// It has no meaning there.
  case unused
  /// It was taken, and may ask something of the program.
  case used(Effect?)
}
