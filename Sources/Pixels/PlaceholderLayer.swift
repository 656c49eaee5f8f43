/// The picture in a terminal of kitty's protocol behind tmux: the terminal holds it, and shows parts of it in cells that name
/// them, which tmux moves about as text.
struct PlaceholderLayer: Sendable {
  /// What names the picture in the colour of cells.
  let id: UInt32
  private var shown: PixelImage?

  init(id: UInt32) { self.id = id }

  /// What makes the terminal hold this picture for so many cells; nothing where it does.
  mutating func show(_ image: PixelImage, columns: Int, rows: Int) -> [UInt8] {
    defer { shown = image }
    guard let shown, shown.width == image.width, shown.height == image.height else {
      return EscapeSequence.passedThrough(KittyGraphics.store(image, id: id, columns: columns, rows: rows))
    }
    guard let box = image.change(from: shown) else { return [] }
    return EscapeSequence.passedThrough(
      KittyGraphics.replace(image.part(box), id: id, left: box.left, top: box.top))
  }

  /// What makes the terminal forget the picture.
  mutating func clear() -> [UInt8] {
    guard shown != nil else { return [] }
    shown = nil
    return EscapeSequence.passedThrough(KittyGraphics.delete(id: id))
  }

  /// Forgets what was sent.
  mutating func forget() { shown = nil }
}
