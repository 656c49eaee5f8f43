/// The picture in a terminal with kitty's protocol: what was sent, so that only changes are sent again.
///
/// There are two pictures: the ground, and over it a transparent one with what moves.
public struct KittyLayer: Sendable {
  /// Above the cells, of which those in a picture are blank: what lies between their grounds and their text is drawn in
  /// other colours by some versions.
  private static let depths: (ground: Int32, moving: Int32) = (1, 2)

  private let ids: (ground: UInt32, moving: UInt32)
  /// How large the cells of the pictures are, which the terminal stretches to its own.
  private let cell: CellSize?
  private var shown: (ground: PixelImage, moving: PixelImage, column: Int, row: Int)?

  /// Whether the terminal can replace a part of a picture.
  private let replacesParts: Bool

  /// A layer of pictures of two numbers that follow each other.
  ///
  /// - Parameter replacesParts: whether the terminal can replace a part of a picture; else a picture that has changed is sent
  ///   whole.
  /// - Parameter cell: how large the cells of the pictures are, where the terminal has larger ones; nil for as large as its.
  public init(firstID: UInt32, replacesParts: Bool = true, cell: CellSize? = nil) {
    self.cell = cell
    ids = (firstID, firstID &+ 1)
    self.replacesParts = replacesParts
  }

  /// Forgets what was sent: the terminal has lost it.
  public mutating func forget() { shown = nil }

  /// What shows these pictures at a cell, counted from 0; nothing where they are shown already.
  public mutating func show(
    ground: PixelImage, moving: PixelImage, column: Int, row: Int
  ) -> [UInt8] {
    defer { shown = (ground, moving, column, row) }
    guard let shown, shown.column == column, shown.row == row else {
      return clear() + sent(ground, ids.ground, column, row, KittyLayer.depths.ground)
        + sent(moving, ids.moving, column, row, KittyLayer.depths.moving)
    }
    return update(ground, from: shown.ground, ids.ground, column, row, KittyLayer.depths.ground)
      + update(moving, from: shown.moving, ids.moving, column, row, KittyLayer.depths.moving)
  }

  /// What takes the pictures away; nothing where there are none.
  public mutating func clear() -> [UInt8] {
    guard shown != nil else { return [] }
    shown = nil
    return removal
  }

  /// What takes the pictures away, whether they are there or not.
  public var removal: [UInt8] { KittyGraphics.delete(id: ids.moving) + KittyGraphics.delete(id: ids.ground) }

  private func sent(
    _ image: PixelImage, _ id: UInt32, _ column: Int, _ row: Int, _ depth: Int32
  ) -> [UInt8] {
    image.bounds.isEmpty
      ? []
      : KittyGraphics.show(
        image, id: id, column: column, row: row, depth: depth,
        over: cell.map { (image.width / $0.width, image.height / $0.height) })
  }

  private func update(
    _ image: PixelImage, from shown: PixelImage, _ id: UInt32, _ column: Int, _ row: Int, _ depth: Int32
  ) -> [UInt8] {
    guard image.width == shown.width, image.height == shown.height else {
      return KittyGraphics.delete(id: id) + sent(image, id, column, row, depth)
    }
    guard let box = image.change(from: shown) else { return [] }
    // A picture of the same number takes the place of the one before.
    guard replacesParts else { return sent(image, id, column, row, depth) }
    return KittyGraphics.replace(image.part(box), id: id, left: box.left, top: box.top)
  }
}
