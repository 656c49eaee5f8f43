internal import Pixels

/// What a terminal has said of pictures.
struct PictureAnswer: Equatable, Sendable {
  /// Whether it knows kitty's protocol.
  var knowsKitty = false
  /// Whether it draws sixels.
  var knowsSixels = false
  /// Whether parts of a picture can be replaced, as far as its name tells.
  var replacesParts = false

  /// The terminal behind tmux, if it is there and handed pictures.
  var behind: TerminalVersion?
  /// Whether cells can have any of 2²⁴ colours.
  var hasDirectColour = false

  /// How it takes pictures; nil for not at all.
  var means: PictureLayers.Means? {
    if behind?.knowsPlaceholders ?? false { return .placeholders(hasDirectColour: hasDirectColour) }
    return knowsKitty ? .kitty(replacesParts: replacesParts) : knowsSixels ? .sixel : nil
  }
}
